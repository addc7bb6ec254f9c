//! The report to the city as the API answers it: as much of it as is printed.

use rust_decimal::Decimal;
use serde::Deserialize;
use thidua_domain::{
    consolidation::Narrative,
    measure::{Measure, Value},
    text::{Line, Paragraph, Prose, Token},
    time::{Date, Timestamp},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    pub(super) stage_label: String,
    pub(super) frozen_at: Timestamp,
    pub(super) cut_off_date: Date,
    #[serde(default)]
    pub(super) due_before: Option<Timestamp>,
    #[serde(default)]
    pub(super) document: Option<Document>,
    #[serde(default)]
    pub(super) signature: Option<Signature>,
    #[serde(default)]
    pub(super) dispatch: Option<Dispatch>,
    #[serde(default)]
    pub(super) receipt: Option<Receipt>,
    pub(super) narrative: Narrative,
    pub(super) snapshot: Snapshot,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) symbol: String,
    pub(super) issue_date: Date,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signature {
    pub(super) name: String,
    pub(super) capacity_label: String,
    pub(super) signed_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dispatch {
    pub(super) sent_at: Timestamp,
    pub(super) late: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Receipt {
    pub(super) receipt_number: String,
    pub(super) acknowledged_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Snapshot {
    pub(super) periods: Vec<Period>,
    pub(super) included_reports: Vec<Included>,
    pub(super) missing_units: Vec<Missing>,
    pub(super) figures: Figures,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Period {
    pub(super) period_id: String,
    pub(super) code: Token,
    pub(super) name: Line,
    pub(super) start_date: Date,
    pub(super) end_date: Date,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Included {
    pub(super) report_id: String,
    pub(super) report_version: i64,
    pub(super) period_id: String,
    pub(super) unit_code: Token,
    pub(super) unit_name: Line,
    pub(super) round: u32,
    pub(super) owed: bool,
    pub(super) late: bool,
    pub(super) figures: Vec<Figure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figure {
    pub(super) target_id: String,
    pub(super) code: Token,
    pub(super) name: Line,
    pub(super) restricted: bool,
    pub(super) measure: Measure,
    #[serde(default)]
    pub(super) measurement_id: Option<String>,
    #[serde(default)]
    pub(super) as_of_date: Option<Date>,
    #[serde(default)]
    pub(super) value: Option<Value>,
    #[serde(default)]
    pub(super) reached: Option<bool>,
    #[serde(default)]
    pub(super) explanation: Option<Paragraph>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Missing {
    pub(super) unit_code: Token,
    pub(super) unit_name: Line,
    pub(super) period_id: String,
    pub(super) reason_label: String,
    #[serde(default)]
    pub(super) explanation: Option<Paragraph>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figures {
    pub(super) reporting: Reporting,
    pub(super) reporting_by_period: Vec<PeriodReporting>,
    pub(super) plan_targets: Vec<PlanTarget>,
    pub(super) targets: Count,
    pub(super) fields: Vec<Field>,
    pub(super) without_task: WithoutTask,
    pub(super) movements: Vec<Movement>,
    pub(super) other_movements: Vec<OtherMovement>,
    pub(super) documents_issued: u64,
    pub(super) people_reached: u64,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) struct Reporting {
    pub(super) owed: u32,
    pub(super) reported: u32,
    pub(super) accepted: u32,
    pub(super) late: u32,
    pub(super) missing: u32,
    pub(super) voluntary: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PeriodReporting {
    pub(super) period_id: String,
    pub(super) reporting: Reporting,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlanTarget {
    pub(super) code: Token,
    pub(super) name: Line,
    pub(super) measure: Measure,
    #[serde(default)]
    pub(super) total: Option<Value>,
    #[serde(default)]
    pub(super) completion_percent: Option<Decimal>,
    #[serde(default)]
    pub(super) reached: Option<bool>,
    pub(super) sources: Vec<Source>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Count {
    pub(super) targets: u32,
    pub(super) with_value: u32,
    pub(super) reached: u32,
    pub(super) not_done: u32,
}

#[derive(Deserialize)]
pub(super) struct Field {
    pub(super) field: Token,
    pub(super) count: Count,
    pub(super) tasks: Vec<Task>,
}

#[derive(Deserialize)]
pub(super) struct Task {
    pub(super) task: Token,
    pub(super) restricted: bool,
    pub(super) count: Count,
    pub(super) sources: Vec<Source>,
}

#[derive(Deserialize)]
pub(super) struct WithoutTask {
    pub(super) count: Count,
    pub(super) sources: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Source {
    pub(super) report_id: String,
    pub(super) target_id: String,
}

#[derive(Deserialize)]
pub(super) struct Movement {
    pub(super) movement: Token,
    pub(super) restricted: bool,
    pub(super) contributions: Vec<Contribution>,
}

#[derive(Deserialize)]
pub(super) struct OtherMovement {
    pub(super) name: Line,
    pub(super) contributions: Vec<Contribution>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Contribution {
    pub(super) report_id: String,
    pub(super) text: Prose,
}

impl Snapshot {
    /// The number under which the annex lists a report, its unit, and the report itself.
    pub(super) fn source(&self, report_id: &str) -> Option<(usize, &Included)> {
        let place = self.included_reports.iter().position(|included| included.report_id == report_id)?;
        Some((place + 1, &self.included_reports[place]))
    }

    /// `TYTX [3]`: the unit, and where the annex lists its report.
    pub(super) fn cited(&self, report_id: &str) -> String {
        self.source(report_id).map_or_else(String::new, |(place, included)| format!("{} [{place}]", included.unit_code))
    }

    /// What a report says of a target.
    pub(super) fn figure(&self, source: &Source) -> Option<&Figure> {
        let (_, included) = self.source(&source.report_id)?;
        included.figures.iter().find(|figure| figure.target_id == source.target_id)
    }

    /// The code of a period.
    pub(super) fn period(&self, id: &str) -> &str {
        self.periods.iter().find(|period| period.period_id == id).map_or("", |period| period.code.as_str())
    }
}
