//! Campaigns as a table.

use thidua_persistence::export::Named;

use super::body::CampaignView;
use crate::export::{Table, Tabular, code_of, date, instant, text, whole};

impl Tabular for CampaignView {
    const TABLE: Table = Table {
        name: "campaigns",
        columns: &[
            text("code"),
            text("title"),
            text("shortName"),
            text("stage"),
            text("stageLabel"),
            code_of("issuerUnitCode", Named::Unit, "issuerUnitId"),
            code_of("coordinatingUnitCode", Named::Unit, "coordinatingUnitId"),
            text("document.symbol"),
            date("document.issueDate"),
            text("formatCheck.checkedByName"),
            instant("formatCheck.checkedAt"),
            text("signature.name"),
            text("signature.capacity"),
            text("signature.capacityLabel"),
            instant("signature.signedAt"),
            text("signature.authenticationClass"),
            instant("signature.authenticatedAt"),
            date("startDate"),
            date("endDate"),
            text("id"),
            text("issuerUnitId"),
            text("coordinatingUnitId"),
            text("document.documentId"),
            text("signature.personId"),
            text("formatCheck.checkedById"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
