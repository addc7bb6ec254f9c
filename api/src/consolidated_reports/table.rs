//! Reports to the city as a table, without what they rest on, as in their list.

use thidua_persistence::export::Named;

use super::view::ConsolidatedReportView;
use crate::export::{Table, Tabular, code_of, date, flag, instant, text, whole};

impl Tabular for ConsolidatedReportView {
    const TABLE: Table = Table {
        name: "consolidatedReports",
        columns: &[
            text("kind"),
            text("kindLabel"),
            text("stage"),
            text("stageLabel"),
            text("document.symbol"),
            date("document.issueDate"),
            date("cutOffDate"),
            instant("frozenAt"),
            instant("dueBefore"),
            code_of("issuerUnitCode", Named::Unit, "issuerUnitId"),
            code_of("coordinatingUnitCode", Named::Unit, "coordinatingUnitId"),
            code_of("addresseeUnitCode", Named::Unit, "addresseeUnitId"),
            text("signature.name"),
            text("signature.capacity"),
            text("signature.capacityLabel"),
            instant("signature.signedAt"),
            flag("signedAsFrozen"),
            instant("dispatch.sentAt"),
            flag("dispatch.late"),
            text("receipt.receiptNumber"),
            instant("receipt.acknowledgedAt"),
            text("reception.name"),
            instant("reception.receivedAt"),
            text("reception.opinion"),
            text("handBack.name"),
            instant("handBack.handedBackAt"),
            text("handBack.reason"),
            instant("refusal.refusedAt"),
            text("refusal.reason"),
            text("returnReason"),
            text("supplementReason"),
            text("id"),
            text("campaignId"),
            text("issuerUnitId"),
            text("coordinatingUnitId"),
            text("addresseeUnitId"),
            text("replacesId"),
            text("supplementsId"),
            text("supplementedById"),
            text("document.documentId"),
            text("signature.personId"),
            text("reception.personId"),
            text("handBack.personId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
