//! The outgoing register as a table.

use thidua_persistence::export::Named;

use super::view::DocumentView;
use crate::export::{Table, Tabular, code_of, date, each, flag, instant, text, whole};

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
            text("stage"),
            text("stageLabel"),
            text("formatCheck.checkedByName"),
            instant("formatCheck.checkedAt"),
            text("signature.name"),
            text("signature.capacity"),
            text("signature.capacityLabel"),
            instant("signature.signedAt"),
            text("signature.authenticationClass"),
            instant("signature.authenticatedAt"),
            text("paperSignature.name"),
            text("paperSignature.capacity"),
            date("paperSignature.signedDate"),
            flag("numberedLate"),
            text("seal.manner"),
            text("seal.mannerLabel"),
            text("seal.sealedByName"),
            instant("seal.sealedAt"),
            instant("dispatchDueBefore"),
            flag("dispatchOverdue"),
            instant("dispatchedAt"),
            flag("dispatchedLate"),
            each("relations", "symbol"),
            each("affectedBy", "symbol"),
            flag("outOfOrder"),
            text("orderComment"),
            text("id"),
            text("issuerUnitId"),
            text("draftingUnitId"),
            text("documentSeriesId"),
            text("campaignId"),
            text("consolidatedReportId"),
            text("signature.personId"),
            text("formatCheck.checkedById"),
            text("seal.sealedById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
