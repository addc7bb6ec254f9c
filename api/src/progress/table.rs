//! Progress by group and by target as tables.

use thidua_persistence::export::Named;

use super::{targets::TargetProgressView, view::GroupView};
use crate::export::{Table, Tabular, code_of, date, each, flag, list, name_of, number, text, whole};

impl Tabular for GroupView {
    const TABLE: Table = Table {
        name: "progress",
        columns: &[
            text("code"),
            text("name"),
            whole("count.targets"),
            whole("count.withValue"),
            whole("count.reached"),
            whole("earlierCount.targets"),
            whole("earlierCount.withValue"),
            whole("earlierCount.reached"),
            whole("change.withValue"),
            whole("change.reached"),
            each("planTargets", "code"),
            flag("restricted"),
            text("managingAuthority"),
            text("unitId"),
            text("aboveUnitId"),
        ],
    };
}

impl Tabular for TargetProgressView {
    const TABLE: Table = Table {
        name: "targetProgress",
        columns: &[
            code_of("unitCode", Named::Unit, "unitId"),
            name_of("unitName", Named::Unit, "unitId"),
            text("code"),
            text("name"),
            flag("restricted"),
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
            date("earlier.asOfDate"),
            text("earlier.value.kind"),
            number("earlier.value.amount"),
            number("earlier.value.numerator"),
            number("earlier.value.denominator"),
            text("earlier.value.finding"),
            flag("earlier.value.reached"),
            list("earlier.value.done"),
            number("earlier.sharePercent"),
            number("earlier.completionPercent"),
            flag("earlier.reached"),
            number("change.amount"),
            number("change.sharePoints"),
            number("change.completionPoints"),
            text("targetId"),
            text("unitId"),
            text("current.measurementId"),
            text("earlier.measurementId"),
        ],
    };
}
