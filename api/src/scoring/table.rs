//! Scoring rubrics as a table.

use super::view::ScoringRubricView;
use crate::export::{Table, Tabular, date, each, instant, list, text, whole};

impl Tabular for ScoringRubricView {
    const TABLE: Table = Table {
        name: "scoringRubrics",
        columns: &[
            text("instrument.symbol"),
            text("instrument.title"),
            date("instrument.issueDate"),
            each("criteria", "code"),
            list("tieBreakers"),
            text("within"),
            text("withinLabel"),
            text("nothingCounted"),
            text("nothingCountedLabel"),
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
