//! The check of the form before a consolidated report is signed.

use super::{ConsolidatedReport, Stage};
use crate::{
    change::{Change, Moment},
    document::FormatCheck,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
};

/// Records that somebody other than who compiled the report answers for its form.
#[derive(Clone, Copy, Debug)]
pub struct CheckConsolidatedReportFormat;

impl Command<ConsolidatedReport> for CheckConsolidatedReportFormat {
    const ACTION: Action = Action::CheckConsolidatedReportFormat;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if report.stage != Stage::UnderReview {
            return Err(Code::ConsolidatedReportNotUnderReview);
        }
        if report.format_check.is_some() { Err(Code::FormatChecked) } else { Ok(()) }
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let check = FormatCheck::of(on.by(), at.now);
        Ok(on.made(at.now, "consolidatedReport.formatChecked", |report| report.format_check = Some(check)))
    }
}
