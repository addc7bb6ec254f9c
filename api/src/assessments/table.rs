//! Assessments as a table.

use thidua_persistence::export::Named;

use super::body::AssessmentView;
use crate::export::{Table, Tabular, code_of, instant, name_of, number, text, whole};

impl Tabular for AssessmentView {
    const TABLE: Table = Table {
        name: "assessments",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("criterion"),
            text("criterionName"),
            number("points"),
            number("outOf"),
            text("reason"),
            text("judgedByName"),
            text("judgeRole"),
            text("judgeRoleLabel"),
            instant("judgedAt"),
            text("stage"),
            text("stageLabel"),
            text("id"),
            text("campaignId"),
            text("scoringRubricId"),
            text("unitId"),
            text("judgedById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
