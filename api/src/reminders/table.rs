//! Reminder rules and reminders as tables.

use super::{rule::ReminderRuleView, view::ReminderView};
use crate::export::{Table, Tabular, date, instant, list, text, whole};

impl Tabular for ReminderRuleView {
    const TABLE: Table = Table {
        name: "reminderRules",
        columns: &[
            text("code"),
            text("name"),
            text("deadline"),
            text("deadlineLabel"),
            text("timing.when"),
            whole("timing.days"),
            text("timing.counting"),
            list("roles"),
            text("stage"),
            text("stageLabel"),
            instant("retiredAt"),
            text("id"),
            text("campaignId"),
            whole("version"),
            instant("createdAt"),
            instant("updatedAt"),
        ],
    };
}

impl Tabular for ReminderView {
    const TABLE: Table = Table {
        name: "reminders",
        columns: &[
            instant("createdAt"),
            text("reminderRuleCode"),
            instant("plannedAt"),
            text("document.symbol"),
            date("document.issueDate"),
            text("message"),
            text("subject.deadline"),
            text("subject.deadlineLabel"),
            text("subject.periodName"),
            instant("subject.dueBefore"),
            whole("unitCount"),
            text("id"),
            text("campaignId"),
            text("document.documentId"),
            text("reminderRuleId"),
            text("subject.periodId"),
            text("subject.reportId"),
            text("subject.registrationId"),
            whole("version"),
            instant("updatedAt"),
        ],
    };
}
