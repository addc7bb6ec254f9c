//! The outgoing register as a table.

use thidua_persistence::export::Named;

use super::body::DocumentView;
use crate::export::{Table, Tabular, code_of, date, flag, instant, text, whole};

impl Tabular for DocumentView {
    const TABLE: Table = Table {
        name: "documents",
        columns: &[
            code_of("issuerUnitCode", Named::Unit, "issuerUnitId"),
            whole("year"),
            whole("number"),
            text("symbol"),
            date("issueDate"),
            text("documentType"),
            text("documentTypeLabel"),
            text("subject"),
            text("signature.name"),
            text("signature.capacity"),
            text("signature.capacityLabel"),
            instant("signature.signedAt"),
            flag("outOfOrder"),
            text("orderComment"),
            text("id"),
            text("issuerUnitId"),
            text("documentSeriesId"),
            text("campaignId"),
            text("consolidatedReportId"),
            text("signature.personId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
