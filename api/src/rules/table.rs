//! Validation rules as a table.

use thidua_persistence::export::Named;

use super::body::ValidationRuleView;
use crate::export::{Table, Tabular, code_of, instant, number, text, whole};

impl Tabular for ValidationRuleView {
    const TABLE: Table = Table {
        name: "validationRules",
        columns: &[
            text("code"),
            text("name"),
            text("severity"),
            text("severityLabel"),
            text("stage"),
            text("stageLabel"),
            text("condition.kind"),
            text("condition.target"),
            text("condition.operator"),
            text("condition.otherTarget"),
            number("condition.atLeast"),
            number("condition.atMost"),
            text("condition.unitType"),
            code_of("condition.ownerUnitCode", Named::Unit, "condition.ownerUnitId"),
            whole("coveredTargets"),
            instant("retiredAt"),
            text("id"),
            text("campaignId"),
            text("condition.ownerUnitId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
