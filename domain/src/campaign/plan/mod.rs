//! The plan (*kế hoạch phát động*) as one value: what a campaign asks of whom, until when, and where the paper says so.
//!
//! A plan is replaced as a whole while it is a draft and never after it is issued. Read it in the order of the paper:
//! `head` (title, head, signature), `basis` (the documents it rests on), `party` (whom it names), `content` (sections,
//! fields, tasks), `work` (targets, projects, movements), `duty` (duties, obligations, time limits) and `award` (awards,
//! recipients). What was printed stands beside what was meant: [`Wording`].
//!
//! Everything that others refer to has a code, unique in the plan: [`Plan::codes`]. [`Plan::check`] says what
//! contradicts itself, [`Plan::check_ready_for_submission`] what is still missing. Units are named by their code;
//! whether the directory knows them is for the caller to ask.

use serde::{Deserialize, Serialize};

use crate::{
    refusal::Fault,
    text::{Line, Paragraph, Token},
    time::{Date, Deadline},
    unit::UnitType,
};

mod award;
mod basis;
mod check;
mod content;
mod duty;
mod head;
mod item;
mod party;
mod ready;
mod references;
mod wording;
mod work;

pub use award::{AwardRule, Recipient};
pub use basis::{Citation, DocRef};
pub use check::{MAX_ENTRIES, MAX_ITEMS};
pub use content::{Assignment, Field, Section, Task};
pub use duty::{Duty, DutyRole, Obligation, ObligationKind, TimeLimit};
pub use head::{Event, Header, Month, PlanKind, Signer};
pub use item::ItemKind;
pub use party::{Party, PartyKind};
pub use references::PLACES;
pub use wording::{Correction, Source, Wording};
pub use work::{Movement, MovementKind, OpenList, PlanTarget, Project, ProjectKind, SameProject};

/// The plan of a campaign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// The title in full (*trích yếu*), as the document of issue carries it.
    pub title: Paragraph,
    /// What people call it: "Đợt thi đua".
    pub short_name: Line,
    /// Which form of emulation it is.
    pub kind: PlanKind,
    /// The head of the paper, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    /// Who signs, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// First day, where the paper names one; absent where the campaign begins with its launching.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// Last day, included; required at submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Date>,
    /// The legal basis that this plan carries out (*thực hiện kế hoạch số …*), by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implements: Option<Token>,
    /// What it commemorates.
    #[serde(default)]
    pub events: Vec<Event>,
    /// The documents it refers to.
    #[serde(default)]
    pub legal_bases: Vec<DocRef>,
    /// Everybody it names.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// Its sections but for tasks, solutions and duties, which have their own lists.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Fields of tasks (*lĩnh vực*).
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Tasks (*nhiệm vụ cụ thể*).
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// Targets that the plan itself sets.
    #[serde(default)]
    pub plan_targets: Vec<PlanTarget>,
    /// Projects and works that tasks name.
    #[serde(default)]
    pub projects: Vec<Project>,
    /// Solutions (*giải pháp*).
    #[serde(default)]
    pub solutions: Vec<Section>,
    /// Movements (*phong trào thi đua*) that the plan names.
    #[serde(default)]
    pub movements: Vec<Movement>,
    /// Present where the list of movements is open ("và các phong trào thi đua khác").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_list: Option<OpenList>,
    /// Its dates and time limits.
    #[serde(default)]
    pub deadlines: Vec<TimeLimit>,
    /// The lines that give each party its duties.
    #[serde(default)]
    pub duties: Vec<Duty>,
    /// Who owes which paper to whom.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// What it says on awards.
    #[serde(default)]
    pub award_rules: Vec<AwardRule>,
    /// To whom it is sent (*nơi nhận*).
    #[serde(default)]
    pub recipients: Vec<Recipient>,
    /// Every misprint that was put right.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

impl Plan {
    /// What contradicts itself or leads nowhere, all at once; pointers begin at the plan.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        check::faults(self)
    }

    /// What is missing before the plan can be signed (`domain.md` §4.2).
    #[must_use]
    pub fn check_ready_for_submission(&self) -> Vec<Fault> {
        ready::faults(self)
    }

    /// Every code that may be referred to from outside, in the order of the plan, with what it stands for.
    #[must_use]
    pub fn codes(&self) -> Vec<(&Token, ItemKind)> {
        item::items(self).into_iter().map(|item| (item.code, item.kind)).collect()
    }

    /// Whether figures of this task stay out of the public; false for what is no task of the plan.
    #[must_use]
    pub fn is_restricted(&self, task: &Token) -> bool {
        self.tasks.iter().any(|own| own.code == *task && own.restricted)
    }

    /// The first day on which the campaign can begin: not before the document that it carries out.
    #[must_use]
    pub fn earliest_start(&self) -> Option<Date> {
        let code = self.implements.as_ref()?;
        self.legal_bases.iter().find(|basis| basis.code == *code)?.issue_date
    }

    /// The party with this code.
    #[must_use]
    pub fn party(&self, code: &Token) -> Option<&Party> {
        self.parties.iter().find(|party| party.code == *code)
    }

    /// What a unit owes, by its own name or as one of a group; nothing where the plan asks nothing of it.
    pub fn obligations_of(&self, unit: &Token, unit_type: UnitType) -> impl Iterator<Item = &Obligation> {
        self.obligations.iter().filter(move |obligation| {
            self.party(&obligation.party).is_some_and(|party| party.includes(unit, unit_type))
        })
    }

    /// To whom the paper goes, as the book of the register lists them: without the copy that stays in the house, and without what
    /// is no line.
    pub(crate) fn sent_to(&self) -> Vec<Line> {
        let sent = self.recipients.iter().filter(|recipient| !recipient.filed);
        sent.filter_map(|recipient| Line::parse(recipient.text.text().as_str()).ok()).collect()
    }

    /// The first instant at which an obligation is late, where the paper gives one: as such, or as the last day that is in
    /// time. A month without a day is none.
    #[must_use]
    pub fn due_before(&self, obligation: &Obligation) -> Option<Deadline> {
        let code = obligation.deadline.as_ref()?;
        let limit = self.deadlines.iter().find(|limit| limit.code == *code)?;
        limit.due_before.or_else(|| limit.last_date.map(Deadline::through))
    }

    /// The one code under which a project is followed, whatever list it was named in.
    #[must_use]
    pub fn project_identity<'a>(&'a self, code: &'a Token) -> &'a Token {
        let project = self.projects.iter().find(|project| project.code == *code);
        project.and_then(|project| project.same_as.as_ref()).map_or(code, |same| &same.project)
    }
}

#[cfg(test)]
mod tests;
