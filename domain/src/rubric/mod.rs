//! Scoring rubrics of a campaign (*bảng tiêu chí chấm điểm*): what counts for how many points, as an issued document says.
//!
//! The plan asks for criteria that are concrete and clear (part I.2b) and leaves them to a document of their own. Nothing of
//! it is invented here: without a rubric there is no ranking. A criterion counts what the system holds, or people judge by it
//! whom the document names ([`crate::assessment`]).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    campaign::{Campaign, CampaignId},
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::{Action, Command, Permitted, Subject, Visibility},
    principal::{Actor, PrincipalKind, Role},
    refusal::{Code, Fault, Refusal},
    registration::duplicates,
    text::{Line, Paragraph, Token},
    time::{Date, Timestamp},
    unit::UnitId,
};

mod ranking;
#[cfg(test)]
mod tests;

pub use ranking::{Block, Counted, Ranking, Scored, Scoring, Tie, UnitScore};

/// Identifies a scoring rubric.
pub type ScoringRubricId = Id<ScoringRubric>;

/// The most points that a criterion may give.
pub const MOST_POINTS: i64 = 1000;
/// How many criteria a rubric may have.
pub const MOST_CRITERIA: usize = 50;

/// What a criterion counts: each a number of things out of a number of things, so that everybody can count them again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Basis {
    /// Of the targets in force that the unit answers for, those that are reached.
    TargetsReached,
    /// How much of the way to one target is gone, in percent from 0 to 100, for each target of that code that the unit answers
    /// for: its own, and what units left in whose place it stands.
    TargetCompletion {
        /// The target, by its code.
        target: Token,
    },
    /// Of the reports that the unit owes and that fell due, those that are accepted.
    ReportsAccepted,
    /// Of the reports that the unit owes and that fell due, those that were handed in on time.
    ReportsOnTime,
    /// What people judge (*hội đồng, người chấm điểm*): the points that one of these roles gives the unit, with a reason.
    Judged {
        /// The roles, of which one gives the points.
        by: Vec<Role>,
    },
}

impl Basis {
    /// The roles that a rubric can name as those that judge: they follow a campaign over all its units.
    pub const JUDGES: &'static [Role] = &[Role::Coordinator, Role::Office, Role::Chair, Role::ViceChair];

    /// What is wrong with it; pointers as the caller writes them, from the criterion on.
    fn check(&self, at: &str) -> Vec<Fault> {
        let Self::Judged { by } = self else { return Vec::new() };
        let mut faults = duplicates(by, |index| format!("{at}/judgeRoles/{index}"));
        if by.is_empty() {
            faults.push(Fault::at(format!("{at}/judgeRoles"), Code::FieldMissing));
        }
        for (index, role) in by.iter().enumerate() {
            if !Self::JUDGES.contains(role) {
                faults.push(Fault::at(format!("{at}/judgeRoles/{index}"), Code::RoleCannotJudge));
            }
        }
        faults
    }
}

/// A criterion (*tiêu chí*) with its weight.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    /// Short code, unique within the rubric.
    pub code: Token,
    /// What is judged, in the words of the document.
    pub name: Line,
    /// The points of a unit that does all of it (*điểm tối đa*), with two decimals at most.
    pub points: Decimal,
    /// What is counted.
    pub basis: Basis,
}

/// What becomes of a criterion where a unit has nothing to be counted, such as no report that fell due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NothingCounted {
    /// No point, out of the points of the criterion.
    Zero,
    /// The criterion is left out, with its points: the unit is judged by the others.
    LeftOut,
}

impl NothingCounted {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "ZERO",
            Self::LeftOut => "LEFT_OUT",
        }
    }
}

/// Which units are ranked against each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RankedWithin {
    /// All of them.
    Campaign,
    /// Those of one type: schools against schools (*khối thi đua*).
    UnitType,
}

impl RankedWithin {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Campaign => "CAMPAIGN",
            Self::UnitType => "UNIT_TYPE",
        }
    }
}

/// The document that sets the criteria.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Instrument {
    /// Its number and symbol, as printed.
    pub symbol: Token,
    /// What it is about (*trích yếu*).
    pub title: Line,
    /// Its day of issue.
    pub issued_on: Date,
}

/// What a document says of scoring.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Terms {
    /// The document.
    pub instrument: Instrument,
    /// The criteria, in its order.
    pub criteria: Vec<Criterion>,
    /// By which criteria units of the same score are told apart, the first one first.
    pub tie_breakers: Vec<Token>,
    /// Which units are ranked against each other.
    pub within: RankedWithin,
    /// What becomes of a criterion where there is nothing to be counted.
    pub nothing_counted: NothingCounted,
}

/// A scoring rubric; what it says never changes, another document is another rubric.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScoringRubric {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// What the document says.
    pub terms: Terms,
    /// Since when nobody is ranked by it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl Aggregate for ScoringRubric {
    const TYPE: ObjectType = ObjectType::ScoringRubric;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        if self.retired_at.is_some() { "RETIRED" } else { "ACTIVE" }
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // Everybody may know by what units are judged.
    fn visibility(actor: &Actor) -> Visibility {
        let known = !actor.roles.is_empty() && actor.kind != PrincipalKind::BuiltIn;
        if known { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl ScoringRubric {
    /// What stands in the way of whatever is done by a rubric, once it counts no more.
    ///
    /// # Errors
    /// [`Code::ScoringRubricRetired`].
    pub const fn must_count(&self) -> Result<(), Code> {
        if self.retired_at.is_some() { Err(Code::ScoringRubricRetired) } else { Ok(()) }
    }

    /// Whether one of its criteria names the role as one that judges.
    #[must_use]
    pub fn judged_by(&self, role: Role) -> bool {
        let names = |criterion: &Criterion| matches!(&criterion.basis, Basis::Judged { by } if by.contains(&role));
        self.terms.criteria.iter().any(names)
    }
}

impl Subject for ScoringRubric {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

impl Terms {
    /// What is wrong with them; pointers as the caller writes them.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.instrument.issued_on > today {
            faults.push(Fault::at("/instrument/issueDate", Code::DayInFuture));
        }
        if self.criteria.is_empty() {
            faults.push(Fault::at("/criteria", Code::FieldMissing));
        }
        if self.criteria.len() > MOST_CRITERIA {
            faults.push(Fault::at("/criteria", Code::ListTooLong));
        }
        let codes: Vec<_> = self.criteria.iter().map(|criterion| &criterion.code).collect();
        faults.extend(duplicates(&codes, |index| format!("/criteria/{index}/code")));
        for (index, criterion) in self.criteria.iter().enumerate() {
            let fits = criterion.points > Decimal::ZERO
                && criterion.points <= Decimal::from(MOST_POINTS)
                && criterion.points.normalize().scale() <= 2;
            if !fits {
                faults.push(Fault::at(format!("/criteria/{index}/points"), Code::PointsOutOfBounds));
            }
            faults.extend(criterion.basis.check(&format!("/criteria/{index}")));
        }
        let breakers: Vec<_> = self.tie_breakers.iter().collect();
        faults.extend(duplicates(&breakers, |index| format!("/tieBreakers/{index}")));
        for (index, breaker) in self.tie_breakers.iter().enumerate() {
            if !codes.contains(&breaker) {
                faults.push(Fault::at(format!("/tieBreakers/{index}"), Code::UnknownReference));
            }
        }
        faults
    }
}

/// Records the rubric that a document sets; units are ranked by it from now on.
#[derive(Clone, Debug)]
pub struct CreateScoringRubric {
    /// What the document says, or what is wrong with it as it was written.
    pub terms: Result<Terms, Vec<Fault>>,
}

impl Command<Campaign> for CreateScoringRubric {
    const ACTION: Action = Action::CreateScoringRubric;
    type Of = ScoringRubric;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    /// One rubric a campaign is in force; a unique index sees to it. Codes of targets are not looked up: a unit may register
    /// a target of that code later.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<ScoringRubric>, Refusal> {
        let terms = self.terms.map_err(Refusal::invalid)?;
        Refusal::unless_empty(terms.check(at.now.date()))?;
        let rubric = ScoringRubric { root: at.root(), campaign: on.root.id, terms, retired_at: None };
        Ok(Change::created(rubric, "scoringRubric.created"))
    }
}

/// Retires a rubric: nobody is ranked by it any more, until another one is recorded.
#[derive(Clone, Debug)]
pub struct RetireScoringRubric {
    /// Why.
    pub reason: Paragraph,
}

impl Command<ScoringRubric> for RetireScoringRubric {
    const ACTION: Action = Action::RetireScoringRubric;
    type Of = ScoringRubric;

    fn ready(rubric: &ScoringRubric) -> Result<(), Code> {
        rubric.must_count()
    }

    fn apply(self, on: Permitted<Self, ScoringRubric>, at: Moment<'_>) -> Result<Change<ScoringRubric>, Refusal> {
        let retired = on.made(at.now, "scoringRubric.retired", |rubric| rubric.retired_at = Some(at.now));
        Ok(retired.because(self.reason))
    }
}
