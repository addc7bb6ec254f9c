//! What is written around the figures: the outline of `domain.md` §3.2 at the level of the commune.

use serde::{Deserialize, Serialize};

use super::ConsolidatedKind;
use crate::{
    campaign::Plan,
    refusal::{Code, Fault},
    registration::{duplicates, too_long},
    text::{Line, Paragraph, Prose, Token},
};

/// II.1. The result in a field of the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldResult {
    /// The field.
    pub field: Token,
    /// What was reached.
    pub text: Prose,
}

/// II.3. The result of a movement of the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanMovementResult {
    /// The movement.
    pub movement: Token,
    /// What was reached.
    pub text: Prose,
}

/// The result of a movement that the plan does not name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherMovement {
    /// Its name.
    pub name: Line,
    /// What was reached.
    pub text: Prose,
}

/// The written part; replaced as a whole while the report is a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Narrative {
    /// What the document is about (trích yếu).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Paragraph>,
    /// I. Leading, launching, informing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leadership: Option<Prose>,
    /// II. Results of the plan's content as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Prose>,
    /// II.1. Results by field.
    #[serde(default)]
    pub field_results: Vec<FieldResult>,
    /// II.3. Results by movement of the plan.
    #[serde(default)]
    pub movement_results: Vec<PlanMovementResult>,
    /// Results of the locality's other movements (kết quả các phong trào thi đua khác của địa phương; plan, part V.2).
    #[serde(default)]
    pub other_movements: Vec<OtherMovement>,
    /// What to say where there was no other movement, or of them as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_movements_remark: Option<Paragraph>,
    /// III. Examples (điển hình tiên tiến, mô hình mới, sáng kiến).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemplars: Option<Prose>,
    /// IV. Awards (khen thưởng).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awards: Option<Prose>,
    /// V. Shortcomings and their causes (tồn tại, hạn chế, nguyên nhân).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulties: Option<Prose>,
    /// V. Lessons (bài học kinh nghiệm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lessons: Option<Prose>,
    /// VI. What comes next (phương hướng).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directions: Option<Prose>,
    /// VI. What is asked for (kiến nghị, đề xuất).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposals: Option<Prose>,
}

/// How many entries each list of the narrative may have.
pub const MAX_ENTRIES: usize = 100;

impl Narrative {
    /// What is wrong with it, whatever stage it is in.
    #[must_use]
    pub fn check(&self, plan: &Plan) -> Vec<Fault> {
        let lists = [
            ("/narrative/fieldResults", self.field_results.len()),
            ("/narrative/movementResults", self.movement_results.len()),
            ("/narrative/otherMovements", self.other_movements.len()),
        ];
        let mut faults: Vec<_> = lists.iter().flat_map(|(at, len)| too_long(at, *len, MAX_ENTRIES)).collect();
        let fields: Vec<_> = self.field_results.iter().map(|result| &result.field).collect();
        let movements: Vec<_> = self.movement_results.iter().map(|result| &result.movement).collect();
        let names: Vec<_> = self.other_movements.iter().map(|other| &other.name).collect();
        faults.extend(duplicates(&fields, |index| format!("/narrative/fieldResults/{index}/field")));
        faults.extend(duplicates(&movements, |index| format!("/narrative/movementResults/{index}/movement")));
        faults.extend(duplicates(&names, |index| format!("/narrative/otherMovements/{index}/name")));
        let known_field = |code: &Token| plan.fields.iter().any(|field| field.code == *code);
        let known_movement = |code: &Token| plan.movements.iter().any(|movement| movement.code == *code);
        faults.extend(unknown(&fields, known_field, |index| format!("/narrative/fieldResults/{index}/field")));
        faults.extend(unknown(&movements, known_movement, |index| {
            format!("/narrative/movementResults/{index}/movement")
        }));
        faults
    }

    /// What is still missing before it can be handed in: every section of the outline says something. The city is also
    /// told of other movements (plan, V.2): that section either lists them or says that there were none.
    #[must_use]
    pub fn check_complete(&self, kind: ConsolidatedKind) -> Vec<Fault> {
        let told_of_others = !self.other_movements.is_empty() || self.other_movements_remark.is_some();
        let sections = [
            ("title", self.title.is_some()),
            ("leadership", self.leadership.is_some()),
            ("results", self.results.is_some()),
            ("otherMovements", told_of_others || kind != ConsolidatedKind::CityFinal),
            ("exemplars", self.exemplars.is_some()),
            ("awards", self.awards.is_some()),
            ("difficulties", self.difficulties.is_some()),
            ("lessons", self.lessons.is_some()),
            ("directions", self.directions.is_some()),
            ("proposals", self.proposals.is_some()),
        ];
        sections
            .iter()
            .filter(|(_, said)| !said)
            .map(|(section, _)| Fault::at(format!("/narrative/{section}"), Code::FieldMissing))
            .collect()
    }
}

fn unknown(codes: &[&Token], known: impl Fn(&Token) -> bool, pointer: impl Fn(usize) -> String) -> Vec<Fault> {
    codes
        .iter()
        .enumerate()
        .filter(|(_, code)| !known(code))
        .map(|(index, _)| Fault::at(pointer(index), Code::UnknownReference))
        .collect()
}
