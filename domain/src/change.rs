//! What a permitted command returns: the next state, the event that tells of it, and what must follow with it.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    attachment::Attachment,
    campaign::CampaignId,
    consolidation::ConsolidatedReport,
    dispatch::Dispatch,
    document::Document,
    id::Id,
    incoming::IncomingDocument,
    period::Period,
    policy::Visibility,
    principal::Actor,
    registration::Registration,
    report::Report,
    target::{Measurement, Target},
    text::Paragraph,
    time::Timestamp,
    unit::{Unit, UnitId},
};

/// The kinds of things that live in the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ObjectType {
    /// The points that a person gives a unit for a criterion.
    Assessment,
    /// A file that proves a report or a measurement (tài liệu minh chứng), or stands beside an entry of a register.
    Attachment,
    /// A day on which the working calendar is not what the week says.
    CalendarDay,
    /// An emulation campaign (đợt thi đua).
    Campaign,
    /// A report on the whole campaign (báo cáo tổng hợp).
    ConsolidatedReport,
    /// An issued document on its way to a recipient (gửi văn bản).
    Dispatch,
    /// An issued document in the outgoing register.
    Document,
    /// A series of numbers of documents.
    DocumentSeries,
    /// A table whose rows were carried out.
    Import,
    /// A document that arrived, in the incoming register.
    IncomingDocument,
    /// One value of a target at a day.
    Measurement,
    /// A reporting period.
    Period,
    /// A schedule by which periods were planned.
    PeriodSchedule,
    /// Somebody or something that can call.
    Principal,
    /// What a unit registers for a campaign.
    Registration,
    /// What was said to those who owe something.
    Reminder,
    /// A rule by which those who owe something are reminded.
    ReminderRule,
    /// A unit's report for a period.
    Report,
    /// What counts for how many points.
    ScoringRubric,
    /// A target with its current value.
    Target,
    /// An office, school, station, village.
    Unit,
    /// A rule that the figures of a report must keep.
    ValidationRule,
}

impl ObjectType {
    /// The name in the log and in events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Attachment => "attachment",
            Self::CalendarDay => "calendarDay",
            Self::Campaign => "campaign",
            Self::ConsolidatedReport => "consolidatedReport",
            Self::Dispatch => "dispatch",
            Self::Document => "document",
            Self::DocumentSeries => "documentSeries",
            Self::Import => "import",
            Self::IncomingDocument => "incomingDocument",
            Self::Measurement => "measurement",
            Self::Period => "period",
            Self::PeriodSchedule => "periodSchedule",
            Self::Principal => "principal",
            Self::Registration => "registration",
            Self::Reminder => "reminder",
            Self::ReminderRule => "reminderRule",
            Self::Report => "report",
            Self::ScoringRubric => "scoringRubric",
            Self::Target => "target",
            Self::Unit => "unit",
            Self::ValidationRule => "validationRule",
        }
    }
}

/// What every aggregate carries: who it is and how often it was saved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound = "")]
pub struct Root<A> {
    /// Identity, for ever.
    pub id: Id<A>,
    /// Counts saves, from 1.
    pub version: i64,
    /// Business clock of the first save.
    pub created_at: Timestamp,
    /// Business clock of the last save.
    pub updated_at: Timestamp,
}

/// Something that is saved as a whole, with versions and events.
pub trait Aggregate: Clone + Serialize + DeserializeOwned + 'static {
    /// Its name in the log.
    const TYPE: ObjectType;

    /// Identity and version.
    fn root(&self) -> &Root<Self>;
    /// Identity and version, to be moved on by a change.
    fn root_mut(&mut self) -> &mut Root<Self>;
    /// The stage, as the wire names it; `ACTIVE` for things without stages.
    fn stage_code(&self) -> &'static str;
    /// The campaign whose lock protects it.
    fn campaign(&self) -> Option<CampaignId>;
    /// The unit that it belongs to.
    fn unit(&self) -> Option<UnitId>;
    /// The units to which it was shown, although it is not theirs.
    fn shown_to(&self) -> &[UnitId] {
        &[]
    }
    /// Which of its kind a caller may know of; an invisible thing looks absent.
    fn visibility(actor: &Actor) -> Visibility;
    /// Whether this caller may know that this one exists.
    fn visible_to(&self, actor: &Actor) -> bool {
        Self::visibility(actor).admits(self.unit(), self.stage_code(), self.shown_to())
    }
}

/// What happened, in the words of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// `campaign.launched`: the object type and a verb in the past tense.
    pub action: &'static str,
    /// The stage before; absent on creation.
    pub from: Option<&'static str>,
    /// The stage after.
    pub to: &'static str,
    /// Why, where a reason is asked for.
    pub reason: Option<Paragraph>,
}

/// The next state of an aggregate with its event; storage writes nothing else.
///
/// Only commands make one, so that audit and announcement cannot be forgotten.
#[derive(Clone, Debug)]
pub struct Change<A> {
    next: A,
    event: Event,
    consequences: Vec<Consequence>,
}

/// A transition: the stage before (empty on creation), the command, the stage after.
pub type Edge = (&'static str, &'static str, &'static str);

/// What must follow in the same transaction; its event says that the first one caused it.
#[derive(Clone, Debug)]
pub enum Consequence {
    /// A correction begins with the files of what it corrects, all in one statement.
    Attachments(Vec<Change<Attachment>>),
    /// A consolidated report is supplemented or replaced.
    ConsolidatedReport(Box<Change<ConsolidatedReport>>),
    /// Documents are on their way to their recipients, or a recipient has answered, all in one statement.
    Dispatches(Vec<Change<Dispatch>>),
    /// A document enters the outgoing register, gets or loses its signed copy, leaves the house, or is shown to units.
    Document(Box<Change<Document>>),
    /// Documents are affected by a later one, all in one statement.
    Documents(Vec<Change<Document>>),
    /// An entry of the incoming register gets or loses a file.
    IncomingDocument(Box<Change<IncomingDocument>>),
    /// Values that an import holds are recorded, all in one statement.
    Measurements(Vec<Change<Measurement>>),
    /// Periods of a schedule are planned, or owed by others after a reorganisation, all in one statement.
    Periods(Vec<Change<Period>>),
    /// A registration is superseded.
    Registration(Box<Change<Registration>>),
    /// Registrations that an import holds are drafted, all in one statement.
    Registrations(Vec<Change<Registration>>),
    /// Reports are locked or superseded, all in one statement.
    Reports(Vec<Change<Report>>),
    /// Targets come into being, change or are retired, all in one statement.
    Targets(Vec<Change<Target>>),
    /// Units begin, end or move with another one, or are entered by an import, all in one statement.
    Units(Vec<Change<Unit>>),
}

/// The moment of a command: the business clock, and a source of fresh identifiers.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The business clock.
    pub now: Timestamp,
    /// A fresh UUIDv7 at each call.
    pub fresh: &'a dyn Fn() -> Uuid,
}

impl Moment<'_> {
    /// The root of an aggregate that begins now.
    #[must_use]
    pub fn root<A>(&self) -> Root<A> {
        Root { id: Id::new((self.fresh)()), version: 1, created_at: self.now, updated_at: self.now }
    }
}

impl<A: Aggregate> Change<A> {
    /// The first state of a new aggregate.
    pub(crate) fn created(next: A, action: &'static str) -> Self {
        let event = Event { action, from: None, to: next.stage_code(), reason: None };
        Self { next, event, consequences: Vec::new() }
    }

    /// The state after `edit`, one version on.
    pub(crate) fn made(before: &A, now: Timestamp, action: &'static str, edit: impl FnOnce(&mut A)) -> Self {
        let mut next = before.clone();
        edit(&mut next);
        let root = next.root_mut();
        root.version += 1;
        root.updated_at = now;
        let event = Event { action, from: Some(before.stage_code()), to: next.stage_code(), reason: None };
        Self { next, event, consequences: Vec::new() }
    }

    /// Adds the reason that the caller gave.
    #[must_use]
    pub(crate) fn because(mut self, reason: Paragraph) -> Self {
        self.event.reason = Some(reason);
        self
    }

    /// Adds what must follow in the same transaction.
    #[must_use]
    pub(crate) fn causing(mut self, consequence: Consequence) -> Self {
        self.consequences.push(consequence);
        self
    }

    /// The state to save.
    #[must_use]
    pub const fn next(&self) -> &A {
        &self.next
    }

    /// What to tell.
    #[must_use]
    pub const fn event(&self) -> &Event {
        &self.event
    }

    /// Takes the change apart for storage.
    #[must_use]
    pub fn into_parts(self) -> (A, Event, Vec<Consequence>) {
        (self.next, self.event, self.consequences)
    }
}
