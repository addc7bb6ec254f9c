//! Series as a table.

use thidua_persistence::export::Named;

use super::body::DocumentSeriesView;
use crate::export::{Table, Tabular, code_of, date, instant, text, whole};

impl Tabular for DocumentSeriesView {
    const TABLE: Table = Table {
        name: "documentSeries",
        columns: &[
            code_of("issuerUnitCode", Named::Unit, "issuerUnitId"),
            text("documentType"),
            text("documentTypeLabel"),
            text("numbering"),
            text("numberingLabel"),
            date("startDate"),
            whole("firstNumber"),
            text("instrument"),
            text("stage"),
            text("stageLabel"),
            date("retiredDate"),
            text("retirementReason"),
            text("id"),
            text("issuerUnitId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
