//! Targets and measurements as tables.

use thidua_persistence::export::Named;

use super::{body::TargetView, measurements::MeasurementView};
use crate::export::{Table, Tabular, code_of, date, each, flag, instant, list, name_of, number, text, whole};

impl Tabular for TargetView {
    const TABLE: Table = Table {
        name: "targets",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("code"),
            text("name"),
            text("stage"),
            text("stageLabel"),
            text("topic.task"),
            text("topic.movement"),
            text("topic.project"),
            text("measure.kind"),
            text("measure.measureUnit"),
            text("measure.direction"),
            number("measure.baseline"),
            number("measure.planned"),
            text("measure.expected"),
            each("measure.steps", "code"),
            date("current.asOfDate"),
            text("current.value.kind"),
            number("current.value.amount"),
            number("current.value.numerator"),
            number("current.value.denominator"),
            text("current.value.finding"),
            flag("current.value.reached"),
            list("current.value.done"),
            number("current.sharePercent"),
            number("current.completionPercent"),
            flag("current.reached"),
            text("origin"),
            text("originLabel"),
            flag("restricted"),
            instant("retiredAt"),
            text("id"),
            text("campaignId"),
            text("unitId"),
            text("registrationId"),
            text("current.measurementId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

impl Tabular for MeasurementView {
    const TABLE: Table = Table {
        name: "measurements",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            code_of("targetCode", Named::Target, "targetId"),
            name_of("targetName", Named::Target, "targetId"),
            date("asOfDate"),
            text("value.kind"),
            number("value.amount"),
            number("value.numerator"),
            number("value.denominator"),
            text("value.finding"),
            flag("value.reached"),
            list("value.done"),
            number("sharePercent"),
            text("note"),
            text("id"),
            text("targetId"),
            text("campaignId"),
            text("unitId"),
            text("recordedById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
