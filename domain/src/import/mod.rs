//! Imports: many rows of a table carried out as one act, each by the command that it would be on its own: all of them, or
//! as many as are right.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{Campaign, CampaignId},
    change::{Aggregate, Change, Consequence, Moment, ObjectType, Root},
    id::Id,
    policy::{Action, Command, Directory, Permitted, Subject, Visibility, Window, Within},
    principal::{Actor, PersonId, Role},
    refusal::{Code, Fault, Refusal},
    registration::CreateRegistration,
    target::{AppendMeasurement, Measurable},
    text::{Text, Token},
    unit::{CreateUnit, Unit, UnitId},
};

#[cfg(test)]
mod tests;

/// Identifies an import.
pub type ImportId = Id<Import>;

/// SHA-256 of a file, hexadecimal.
pub type Digest = Text<64>;

/// The most rows of an import.
pub const MAX_ROWS: usize = 5_000;

/// What the rows of an import are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ImportKind {
    /// Values of targets.
    Measurements,
    /// Targets that units register, as drafts.
    Registrations,
    /// Units of the directory.
    Units,
}

impl ImportKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Measurements, Self::Registrations, Self::Units];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measurements => "MEASUREMENTS",
            Self::Registrations => "REGISTRATIONS",
            Self::Units => "UNITS",
        }
    }
}

/// How much of a table is carried out where something is wrong with some of its rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Effort {
    /// All rows, or none.
    #[default]
    AllOrNothing,
    /// The rows that are right; of each other one it is told why it was left out.
    BestEffort,
}

/// Why a row was left out, as it was told then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rejection {
    /// The row, as spreadsheets count them.
    pub row: u32,
    /// JSON pointer into the row; empty for the whole of it.
    pub pointer: String,
    /// The code on the wire: of a rule, or of what is wrong with the form of the row.
    pub code: String,
    /// What the reader must know by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        Self {
            row: fault.row.unwrap_or_default(),
            pointer: fault.pointer,
            code: fault.code.as_str().to_owned(),
            about: fault.about.map(|name| name.to_string()),
        }
    }
}

/// The most rejections that an import keeps; whoever has more mends these first, and sends the table again.
pub const MAX_REJECTIONS: usize = 1_000;

/// A file that was carried out: all of its rows, or those that were right. It never changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// Identity; the version is always 1.
    pub root: Root<Self>,
    /// What its rows are.
    pub kind: ImportKind,
    /// The campaign; none for units.
    pub campaign: Option<CampaignId>,
    /// The unit for which it was handed in; none for units of the directory.
    pub unit: Option<UnitId>,
    /// Of the file that was handed in.
    pub digest: Digest,
    /// How much of it was to be carried out.
    #[serde(default)]
    pub effort: Effort,
    /// Rows that say something.
    pub rows: u32,
    /// Things that they made.
    pub created: u32,
    /// Rows that say what is there already, and so did nothing.
    pub unchanged: u32,
    /// Rows that were left out.
    #[serde(default)]
    pub rejected: u32,
    /// Why, row by row; [`MAX_REJECTIONS`] at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejections: Vec<Rejection>,
    /// Who handed it in.
    pub made_by: PersonId,
}

impl Aggregate for Import {
    const TYPE: ObjectType = ObjectType::Import;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "CARRIED_OUT"
    }
    fn campaign(&self) -> Option<CampaignId> {
        self.campaign
    }
    fn unit(&self) -> Option<UnitId> {
        self.unit
    }
    /// Its own unit, and whoever sees the papers of all units; those of the directory also who keeps it.
    fn visibility(actor: &Actor) -> Visibility {
        Visibility::nothing()
            .and(actor.has_any(Role::OVERSIGHT) || actor.has(Role::Admin), Window::default())
            .and(true, Window { units: Some(actor.works_for()), ..Window::default() })
    }
}

/// A row: where it stands in the file, and the command that it is, permitted on its own.
#[derive(Debug)]
pub struct Row<C, S> {
    /// As spreadsheets count them, the headings being 1.
    pub number: u32,
    /// Where the command is a paper with a list of targets, the row of each; empty for every other.
    pub parts: Vec<u32>,
    /// That the caller may do it.
    pub permitted: Permitted<C, S>,
    /// What it does.
    pub command: C,
}

/// What an import needs to know: its rows, and what is wrong with those that did not become commands.
#[derive(Debug)]
pub struct Rows<C, S> {
    /// Of the file that was handed in.
    pub digest: Digest,
    /// How much of it is to be carried out.
    pub effort: Effort,
    /// What is wrong with rows that could not be read, where the others are carried out all the same.
    pub unreadable: Vec<Rejection>,
    /// Rows that are to be carried out.
    pub rows: Vec<Row<C, S>>,
    /// Rows that say what is there already.
    pub unchanged: u32,
    /// What is wrong with the others.
    pub faults: Vec<Fault>,
}

/// Imports values of targets.
#[derive(Debug)]
pub struct ImportMeasurements(pub Rows<AppendMeasurement, Measurable>);

/// Imports what units register, a draft for each unit.
#[derive(Debug)]
pub struct ImportRegistrations(pub Rows<CreateRegistration, Within<Campaign>>);

/// Imports units. Beside the rows stands, by number, the code of the unit above where that one comes with a row before.
#[derive(Debug)]
pub struct ImportUnits(pub Rows<CreateUnit, Directory>, pub BTreeMap<u32, Token>);

impl Command<Campaign> for ImportMeasurements {
    const ACTION: Action = Action::ImportMeasurements;
    type Of = Import;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Import>, Refusal> {
        let of = (ImportKind::Measurements, Some(on.root.id));
        self.0.carry_out(of, on.by(), at, Consequence::Measurements, |_, _, _| Ok(()))
    }
}

impl Command<Campaign> for ImportRegistrations {
    const ACTION: Action = Action::ImportRegistrations;
    type Of = Import;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Import>, Refusal> {
        let of = (ImportKind::Registrations, Some(on.root.id));
        self.0.carry_out(of, on.by(), at, Consequence::Registrations, |_, _, _| Ok(()))
    }
}

impl Command<Directory> for ImportUnits {
    const ACTION: Action = Action::ImportUnits;
    type Of = Import;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// A unit whose unit above was left out is left out too.
    fn apply(self, on: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Import>, Refusal> {
        let Self(rows, above) = self;
        let mut entered: BTreeMap<Token, Unit> = BTreeMap::new();
        let mut seen = 0;
        let under = |command: &mut CreateUnit, number: u32, made: &[Change<Unit>]| {
            entered.extend(made[seen..].iter().map(|change| (change.next().code.clone(), change.next().clone())));
            seen = made.len();
            let Some(code) = above.get(&number) else { return Ok(()) };
            let parent = entered.get(code).ok_or_else(|| Fault::at("/parentCode", Code::ImportRowAbove))?;
            command.parent = Some(parent.clone());
            Ok(())
        };
        rows.carry_out((ImportKind::Units, None), on.by(), at, Consequence::Units, under)
    }
}

impl<C: Command<S>, S: Subject> Rows<C, S> {
    /// Carries the rows out, all or those that are right, or says of every row what is wrong with it. `rests_on` gives a
    /// command what the rows before it have made.
    fn carry_out(
        self,
        (kind, campaign): (ImportKind, Option<CampaignId>),
        by: &Actor,
        at: Moment<'_>,
        consequence: fn(Vec<Change<C::Of>>) -> Consequence,
        mut rests_on: impl FnMut(&mut C, u32, &[Change<C::Of>]) -> Result<(), Fault>,
    ) -> Result<Change<Import>, Refusal> {
        let Self { digest, effort, unreadable, rows, unchanged, mut faults } = self;
        let mut changes = Vec::with_capacity(rows.len());
        for Row { number, parts, permitted, mut command } in rows {
            if let Err(fault) = rests_on(&mut command, number, &changes) {
                faults.push(fault.in_row(number));
                continue;
            }
            match permitted.carry_out(command, at) {
                Ok(change) => changes.push(change),
                Err(refusal) => faults.extend(refusal.of_row(number).into_iter().map(|fault| of_part(fault, &parts))),
            }
        }
        faults.sort_by_key(|fault| fault.row);
        let created = count(changes.len());
        let nothing = created + unchanged == 0;
        if !faults.is_empty() && (nothing || effort == Effort::AllOrNothing) {
            return Err(Refusal { code: Code::ImportRows, faults });
        }
        if nothing {
            return Err(Code::ImportEmpty.into());
        }
        let (rejected, rejections) = left_out(unreadable, faults);
        let import = Import {
            root: at.root(),
            kind,
            campaign,
            unit: campaign.and_then(|_| by.works_for().first().copied()),
            digest,
            effort,
            rows: created + unchanged + rejected,
            created,
            unchanged,
            rejected,
            rejections,
            made_by: by.person,
        };
        Ok(Change::created(import, "import.carriedOut").causing(consequence(changes)))
    }
}

/// How many rows were left out, and why, in the order of the table.
fn left_out(unreadable: Vec<Rejection>, faults: Vec<Fault>) -> (u32, Vec<Rejection>) {
    let mut rejections: Vec<Rejection> = unreadable.into_iter().chain(faults.into_iter().map(Into::into)).collect();
    rejections.sort_by_key(|rejection| rejection.row);
    let rows: BTreeSet<u32> = rejections.iter().map(|rejection| rejection.row).collect();
    rejections.truncate(MAX_REJECTIONS);
    (count(rows.len()), rejections)
}

/// A fault of an entry of a paper's list is one of the row that the entry comes from.
fn of_part(fault: Fault, parts: &[u32]) -> Fault {
    let place = fault.pointer.strip_prefix("/targets/").map(|rest| rest.split_once('/').unwrap_or((rest, "")));
    let Some((index, rest)) = place else { return fault };
    match index.parse::<usize>().ok().and_then(|index| parts.get(index)) {
        Some(row) if rest.is_empty() => Fault { pointer: String::new(), row: Some(*row), ..fault },
        Some(row) => Fault { pointer: format!("/{rest}"), row: Some(*row), ..fault },
        None => fault,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
