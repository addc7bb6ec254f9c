//! What can be referred to from outside a plan: by a code that is unique in it, whatever it stands for.

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::text::Token;

/// What a code of a plan stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ItemKind {
    /// Commemorated event.
    Event,
    /// Document referred to.
    LegalBasis,
    /// Section.
    Section,
    /// Field of tasks.
    Field,
    /// Task.
    Task,
    /// Target of the plan.
    PlanTarget,
    /// Project or works.
    Project,
    /// Solution.
    Solution,
    /// Movement.
    Movement,
    /// Date or time limit.
    Deadline,
    /// Line of duties.
    Duty,
    /// Paper that somebody owes.
    Obligation,
    /// Rule on awards.
    AwardRule,
    /// Recipient.
    Recipient,
}

impl ItemKind {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "EVENT",
            Self::LegalBasis => "LEGAL_BASIS",
            Self::Section => "SECTION",
            Self::Field => "FIELD",
            Self::Task => "TASK",
            Self::PlanTarget => "PLAN_TARGET",
            Self::Project => "PROJECT",
            Self::Solution => "SOLUTION",
            Self::Movement => "MOVEMENT",
            Self::Deadline => "DEADLINE",
            Self::Duty => "DUTY",
            Self::Obligation => "OBLIGATION",
            Self::AwardRule => "AWARD_RULE",
            Self::Recipient => "RECIPIENT",
        }
    }
}

/// A code with its place in the body.
pub(super) struct Item<'a> {
    /// The list on the wire.
    pub(super) list: &'static str,
    /// The place in the list.
    pub(super) index: usize,
    /// The code.
    pub(super) code: &'a Token,
    /// What it stands for.
    pub(super) kind: ItemKind,
}

/// Everything with a code, in the order of the plan.
pub(super) fn items(plan: &Plan) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    // One line a list: the field, its name on the wire, the kind.
    macro_rules! list {
        ($field:ident, $list:literal, $kind:ident) => {
            items.extend(plan.$field.iter().enumerate().map(|(index, item)| Item {
                list: $list,
                index,
                code: &item.code,
                kind: ItemKind::$kind,
            }));
        };
    }
    list!(events, "events", Event);
    list!(legal_bases, "legalBases", LegalBasis);
    list!(sections, "sections", Section);
    list!(fields, "fields", Field);
    list!(tasks, "tasks", Task);
    list!(plan_targets, "planTargets", PlanTarget);
    list!(projects, "projects", Project);
    list!(solutions, "solutions", Solution);
    list!(movements, "movements", Movement);
    list!(deadlines, "deadlines", Deadline);
    list!(duties, "duties", Duty);
    list!(obligations, "obligations", Obligation);
    list!(award_rules, "awardRules", AwardRule);
    list!(recipients, "recipients", Recipient);
    items
}
