//! The steps of papers and periods, as they are read.

use serde::Serialize;
use thidua_domain::{
    id::Id,
    time::Date,
    unit::{UnitEntry, UnitId},
};
use thidua_persistence::facts::changes::Step;
use utoipa::ToSchema;

use super::MOST_SHOWN;
use crate::{
    input::{CodeText, Instant, PeriodKey, RegistrationKey, ReportKey, Str, UnitKey},
    language::Language,
};

/// The stage that a report or a registration reached. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = PaperStepStage)]
enum PaperStage {
    Submitted,
    Accepted,
    Returned,
}

impl PaperStage {
    fn of(code: &str) -> Option<Self> {
        match code {
            "SUBMITTED" => Some(Self::Submitted),
            "ACCEPTED" => Some(Self::Accepted),
            "RETURNED" => Some(Self::Returned),
            _ => None,
        }
    }
}

/// The stage that a period reached. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = PeriodStepStage)]
enum PeriodStage {
    Open,
    Closed,
    Reopened,
}

impl PeriodStage {
    fn of(code: &str) -> Option<Self> {
        match code {
            "OPEN" => Some(Self::Open),
            "CLOSED" => Some(Self::Closed),
            "REOPENED" => Some(Self::Reopened),
            _ => None,
        }
    }
}

/// How often papers reached each stage within the days.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperStepCounts)]
pub(super) struct CountsView {
    /// How often one was handed in.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    submitted: u32,
    /// How often one was accepted.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    accepted: u32,
    /// How often one was returned.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    returned: u32,
}

impl CountsView {
    fn of(steps: &[Step]) -> Self {
        steps.iter().filter_map(|step| PaperStage::of(&step.stage)).fold(Self::default(), |mut counts, step| {
            match step {
                PaperStage::Submitted => counts.submitted += 1,
                PaperStage::Accepted => counts.accepted += 1,
                PaperStage::Returned => counts.returned += 1,
            }
            counts
        })
    }
}

/// The units that are named, as they are called on the last of the days.
pub(super) struct Called {
    pub(super) units: Vec<UnitEntry>,
    pub(super) day: Date,
}

impl Called {
    /// Which unit it is, as people know it.
    pub(super) fn unit(&self, unit: UnitId) -> Option<(UnitKey, CodeText, Str<300>)> {
        let entry = self.units.iter().find(|entry| entry.unit == unit)?;
        Some((unit.into(), entry.code.clone().into(), entry.faces.on(self.day).name.clone().into()))
    }
}

/// That a unit's report reached a stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportStep)]
struct ReportStepView {
    /// When it reached that stage, by the business clock.
    reached_at: Instant,
    /// Which stage it reached then; it may stand elsewhere by now.
    stage: PaperStage,
    /// Which stage it reached, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã tiếp nhận")]
    stage_label: String,
    /// Identifies the report that moved.
    report_id: ReportKey,
    /// The unit that reports.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// The period that it is for.
    period_id: PeriodKey,
    /// Code of that period, unique within the campaign.
    #[schema(example = "2025-10")]
    period_code: CodeText,
    /// Whether the unit handed in late for this period.
    late: bool,
}

/// The reports that were handed in, accepted or returned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportSteps)]
pub(super) struct ReportStepsView {
    /// How often each happened.
    count: CountsView,
    /// What happened, the latest first.
    #[schema(max_items = 100)]
    items: Vec<ReportStepView>,
}

impl ReportStepsView {
    pub(super) fn of(steps: Vec<Step>, called: &Called, language: Language) -> Self {
        let item = |step: Step| {
            let (unit_id, unit_code, unit_name) = called.unit(step.unit?)?;
            let (period, code) = step.period?;
            Some(ReportStepView {
                reached_at: Instant(step.at),
                stage: PaperStage::of(&step.stage)?,
                stage_label: language.label("reportStage", &step.stage),
                report_id: Id::new(step.object).into(),
                unit_id,
                unit_code,
                unit_name,
                period_id: period.into(),
                period_code: code.into(),
                late: step.late,
            })
        };
        Self { count: CountsView::of(&steps), items: steps.into_iter().filter_map(item).take(MOST_SHOWN).collect() }
    }
}

/// That a registration reached a stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RegistrationStep)]
struct RegistrationStepView {
    /// When it reached that stage, by the business clock.
    reached_at: Instant,
    /// Which stage it reached then; it may stand elsewhere by now.
    stage: PaperStage,
    /// Which stage it reached, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã ghi nhận")]
    stage_label: String,
    /// Identifies the registration that moved.
    registration_id: RegistrationKey,
    /// The unit that registers.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
}

/// The registrations that were handed in, accepted or returned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RegistrationSteps)]
pub(super) struct RegistrationStepsView {
    /// How often each happened.
    count: CountsView,
    /// What happened, the latest first.
    #[schema(max_items = 100)]
    items: Vec<RegistrationStepView>,
}

impl RegistrationStepsView {
    pub(super) fn of(steps: Vec<Step>, called: &Called, language: Language) -> Self {
        let item = |step: Step| {
            let (unit_id, unit_code, unit_name) = called.unit(step.unit?)?;
            Some(RegistrationStepView {
                reached_at: Instant(step.at),
                stage: PaperStage::of(&step.stage)?,
                stage_label: language.label("registrationStage", &step.stage),
                registration_id: Id::new(step.object).into(),
                unit_id,
                unit_code,
                unit_name,
            })
        };
        Self { count: CountsView::of(&steps), items: steps.into_iter().filter_map(item).take(MOST_SHOWN).collect() }
    }
}

/// That a period was opened, closed or opened again.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeriodStep)]
pub(super) struct PeriodStepView {
    /// When it reached that stage, by the business clock.
    reached_at: Instant,
    /// Which stage it reached then; it may stand elsewhere by now.
    stage: PeriodStage,
    /// Which stage it reached, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang mở")]
    stage_label: String,
    /// Identifies the period that moved.
    period_id: PeriodKey,
    /// Code of the period, unique within the campaign.
    #[schema(example = "2025-10")]
    period_code: CodeText,
}

impl PeriodStepView {
    pub(super) fn of(step: Step, language: Language) -> Option<Self> {
        let (period, code) = step.period?;
        Some(Self {
            reached_at: Instant(step.at),
            stage: PeriodStage::of(&step.stage)?,
            stage_label: language.label("periodStage", &step.stage),
            period_id: period.into(),
            period_code: code.into(),
        })
    }
}
