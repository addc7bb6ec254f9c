//! Scoring rubrics and rankings as tables.

use super::{ranking::RankedUnitView, view::ScoringRubricView};
use crate::export::{Table, Tabular, date, each, instant, list, number, text, whole};

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

impl Tabular for RankedUnitView {
    const TABLE: Table = Table {
        name: "ranking",
        columns: &[
            text("unitType"),
            text("unitTypeLabel"),
            whole("rank"),
            text("unitCode"),
            text("unitName"),
            number("points"),
            number("outOf"),
            number("percent"),
            each("criteria", "code"),
            text("unitId"),
        ],
    };
}
