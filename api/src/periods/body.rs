//! Bodies of reporting periods.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    period::{ClosePeriod, CreatePeriod, OpenPeriod, Owed, Period, PeriodFacts, PeriodKind, ReopenPeriod, Stage},
    policy::Command as _,
    principal::Actor,
    report::CreateReport,
    time::Deadline,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, DateOnly, Instant, PeriodKey, PeriodScheduleKey, Str, UnitKey},
    language::Language,
};

/// What sort of period it is: each month, each quarter, when asked, sơ kết, tổng kết. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PeriodKindCode {
    Monthly,
    Quarterly,
    AdHoc,
    Interim,
    Final,
}

impl From<PeriodKindCode> for PeriodKind {
    fn from(code: PeriodKindCode) -> Self {
        match code {
            PeriodKindCode::Monthly => Self::Monthly,
            PeriodKindCode::Quarterly => Self::Quarterly,
            PeriodKindCode::AdHoc => Self::AdHoc,
            PeriodKindCode::Interim => Self::Interim,
            PeriodKindCode::Final => Self::Final,
        }
    }
}

impl From<PeriodKind> for PeriodKindCode {
    fn from(kind: PeriodKind) -> Self {
        match kind {
            PeriodKind::Monthly => Self::Monthly,
            PeriodKind::Quarterly => Self::Quarterly,
            PeriodKind::AdHoc => Self::AdHoc,
            PeriodKind::Interim => Self::Interim,
            PeriodKind::Final => Self::Final,
        }
    }
}

/// The stage of a reporting period. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PeriodStage {
    Planned,
    Open,
    Closed,
    Reopened,
}

impl PeriodStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "PLANNED",
            Self::Open => "OPEN",
            Self::Closed => "CLOSED",
            Self::Reopened => "REOPENED",
        }
    }
}

impl From<&Stage> for PeriodStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Planned => Self::Planned,
            Stage::Open { .. } => Self::Open,
            Stage::Closed { .. } => Self::Closed,
            Stage::Reopened { .. } => Self::Reopened,
        }
    }
}

/// A reporting period to be planned.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PeriodNew {
    /// Short code, unique within the campaign.
    #[schema(example = "2025-10")]
    code: CodeText,
    /// Name as it is shown to people.
    #[schema(example = "Tháng 10 năm 2025")]
    name: Str<300>,
    /// What sort of period.
    kind: PeriodKindCode,
    /// First day that is reported on.
    #[schema(example = "2025-10-01")]
    start_date: DateOnly,
    /// Last day that is reported on; who exists on this day and is obliged by the plan owes a report.
    #[schema(example = "2025-10-31")]
    end_date: DateOnly,
    /// From when on reports are expected, as announced; the period is opened by its own command.
    #[schema(example = "2025-10-25T00:00:00+07:00")]
    opens_at: Instant,
    /// From this instant on a report is late; not before `opensAt`.
    #[schema(example = "2025-11-05T00:00:00+07:00")]
    due_before: Instant,
    /// When the period is to be closed, as announced; not before `dueBefore`.
    #[schema(example = "2025-11-10T00:00:00+07:00")]
    closes_at: Instant,
}

impl PeriodNew {
    pub(super) const fn code(&self) -> &CodeText {
        &self.code
    }

    pub(super) fn command(&self, facts: PeriodFacts) -> CreatePeriod {
        CreatePeriod {
            code: self.code.clone().into_text(),
            name: self.name.clone().into_text(),
            kind: self.kind.into(),
            start_date: self.start_date.0,
            end_date: self.end_date.0,
            opens_at: self.opens_at.0,
            due_before: Deadline::at(self.due_before.0),
            closes_at: self.closes_at.0,
            facts,
        }
    }
}

/// A unit that owes a report for a period, with the sentence of the plan that says so.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwedReport)]
pub(crate) struct OwedView {
    /// The unit that owes the report.
    unit_id: UnitKey,
    /// The obligation, by its code in the plan.
    #[schema(example = "O3")]
    obligation: CodeText,
    /// The sentence of the plan from which it follows.
    #[schema(example = "định kỳ báo cáo kết quả về UBND xã (qua Phòng Văn hóa – Xã hội) để tổng hợp.")]
    source: Str<20000>,
}

impl From<Owed> for OwedView {
    fn from(owed: Owed) -> Self {
        Self { unit_id: owed.unit.into(), obligation: owed.obligation.into(), source: owed.source.into() }
    }
}

/// A reporting period (kỳ báo cáo): when units report, until when, and which of them owe a report.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Period)]
pub(crate) struct PeriodView {
    /// Identifies the period.
    id: PeriodKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign that is reported on.
    campaign_id: CampaignKey,
    /// The schedule by which it was planned; absent where it was planned alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_id: Option<PeriodScheduleKey>,
    /// Short code, unique within the campaign.
    #[schema(example = "2025-10")]
    code: CodeText,
    /// Name as it is shown to people.
    #[schema(example = "Tháng 10 năm 2025")]
    name: Str<300>,
    /// What sort of period.
    kind: PeriodKindCode,
    /// The sort of period in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Hằng tháng")]
    kind_label: String,
    /// Where it stands.
    stage: PeriodStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang mở")]
    stage_label: String,
    /// First day that is reported on.
    start_date: DateOnly,
    /// Last day that is reported on.
    end_date: DateOnly,
    /// From when on reports are expected, as announced.
    opens_at: Instant,
    /// From this instant on a report is late.
    due_before: Instant,
    /// When the period is to be closed, as announced.
    closes_at: Instant,
    /// When it was opened, while it is open for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<Instant>,
    /// When it was closed, while it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<Instant>,
    /// When it was opened again, while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened_at: Option<Instant>,
    /// Why it was opened again, while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopen_reason: Option<Str<2000>>,
    /// Exactly the units that owe a report, by code; nobody else is ever missing. Absent in lists, and where nobody does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    owed: Vec<OwedView>,
    /// When it was planned, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl PeriodView {
    /// The period with who owes a report, and with what this caller could do.
    pub(super) fn of(period: &Period, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<OpenPeriod, _>(actor, period),
            ActionView::of::<ClosePeriod, _>(actor, period),
            ActionView::of::<ReopenPeriod, _>(actor, period),
            ActionView::answered(CreateReport::ACTION, CreateReport::could(actor, period)),
        ];
        let owed = period.owed.iter().cloned().map(Into::into).collect();
        Self { owed, actions, ..Self::listed(period, language) }
    }

    /// The period without who owes a report.
    pub(super) fn listed(period: &Period, language: Language) -> Self {
        let mut view = Self {
            id: period.root.id.into(),
            version: period.root.version,
            campaign_id: period.campaign.into(),
            schedule_id: period.schedule.map(Into::into),
            code: period.code.clone().into(),
            name: period.name.clone().into(),
            kind: period.kind.into(),
            kind_label: language.label("periodKind", period.kind.as_str()),
            stage: (&period.stage).into(),
            stage_label: language.label("periodStage", period.stage.code()),
            start_date: DateOnly(period.starts_on),
            end_date: DateOnly(period.ends_on),
            opens_at: Instant(period.opens_at),
            due_before: Instant(period.due_before.instant()),
            closes_at: Instant(period.closes_at),
            opened_at: None,
            closed_at: None,
            reopened_at: None,
            reopen_reason: None,
            owed: Vec::new(),
            created_at: Instant(period.root.created_at),
            updated_at: Instant(period.root.updated_at),
            actions: Vec::new(),
        };
        match &period.stage {
            Stage::Planned => {}
            Stage::Open { opened_at } => view.opened_at = Some(Instant(*opened_at)),
            Stage::Closed { closed_at } => view.closed_at = Some(Instant(*closed_at)),
            Stage::Reopened { reopened_at, reason } => {
                view.reopened_at = Some(Instant(*reopened_at));
                view.reopen_reason = Some(reason.clone().into());
            }
        }
        view
    }
}
