//! Reporting periods as a table.

use super::body::PeriodView;
use crate::export::{Table, Tabular, date, instant, text, whole};

impl Tabular for PeriodView {
    const TABLE: Table = Table {
        name: "periods",
        columns: &[
            text("code"),
            text("name"),
            text("kind"),
            text("kindLabel"),
            text("stage"),
            text("stageLabel"),
            date("startDate"),
            date("endDate"),
            instant("opensAt"),
            instant("dueBefore"),
            instant("closesAt"),
            instant("openedAt"),
            instant("closedAt"),
            instant("reopenedAt"),
            text("reopenReason"),
            text("id"),
            text("campaignId"),
            text("scheduleId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}
