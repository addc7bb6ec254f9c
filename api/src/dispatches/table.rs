//! Dispatches as a table.

use super::view::DispatchView;
use crate::export::{Table, Tabular, date, flag, instant, text, whole};

impl Tabular for DispatchView {
    const TABLE: Table = Table {
        name: "dispatches",
        columns: &[
            text("document.symbol"),
            date("document.issueDate"),
            text("title"),
            text("recipient.name"),
            text("recipient.agencyCode"),
            flag("forInformation"),
            text("channel"),
            text("channelLabel"),
            instant("sentAt"),
            flag("sentLate"),
            text("stage"),
            text("stageLabel"),
            text("receipt.reference"),
            instant("receipt.recordedAt"),
            text("acceptance.reference"),
            instant("acceptance.recordedAt"),
            text("rejection.reference"),
            text("rejection.reason"),
            instant("rejection.recordedAt"),
            text("sender.name"),
            text("sender.agencyCode"),
            text("packageName"),
            text("id"),
            text("campaignId"),
            text("consolidatedReportId"),
            text("document.documentId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
