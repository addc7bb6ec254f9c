//! The tables, as SeaORM knows them, and how each aggregate fills its columns.

mod assessment;
mod attachment;
mod calendar_day;
mod campaign;
mod consolidated_report;
mod dispatch;
mod document;
mod document_series;
mod import;
mod incoming_document;
mod measurement;
mod period;
mod period_schedule;
mod principal;
mod registration;
mod reminder;
mod reminder_rule;
mod report;
mod scoring_rubric;
mod target;
mod unit;
mod validation_rule;

pub use assessment::AssessmentFilter;
pub use attachment::AttachmentFilter;
pub(crate) use calendar_day::CalendarFilter;
pub use campaign::CampaignFilter;
pub use consolidated_report::ConsolidatedReportFilter;
pub use dispatch::DispatchFilter;
pub use document::DocumentFilter;
pub use document_series::DocumentSeriesFilter;
pub use incoming_document::IncomingDocumentFilter;
pub use measurement::MeasurementFilter;
pub use period::PeriodFilter;
pub use registration::RegistrationFilter;
pub use reminder::ReminderFilter;
pub use reminder_rule::ReminderRuleFilter;
pub use report::ReportFilter;
pub use scoring_rubric::ScoringRubricFilter;
pub use target::TargetFilter;
pub use unit::UnitFilter;
pub use validation_rule::ValidationRuleFilter;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, LikeExpr, SimpleExpr};

/// Whether a folded column holds a text, without regard to case, accents and where the tone mark sits.
fn contains(folded_column: &str, text: &str) -> SimpleExpr {
    Expr::col(Alias::new(folded_column)).like(LikeExpr::new(pattern(text)).escape('\\'))
}

/// What a folded text is like that holds this one; `\` is the character that takes the meaning of others.
fn pattern(text: &str) -> String {
    let escaped: String = thidua_domain::text::fold(text)
        .chars()
        .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    format!("%{escaped}%")
}
