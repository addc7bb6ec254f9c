//! Reports as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    attachment::AttachToReport,
    principal::Actor,
    report::{AcceptReport, Filed, ReplaceReport, Report, ReturnReport, Stage, SubmitReport},
};
use utoipa::ToSchema;

use super::{
    content::{ExemplarBody, LeadershipBody, MovementResultBody, TargetResultBody, TaskResultBody},
    figure::FigureView,
};
use crate::{
    attachments::EnclosureView,
    command::ActionView,
    input::{CampaignKey, ConsolidatedReportKey, DateOnly, Instant, PeriodKey, PersonKey, ReportKey, Str, UnitKey},
    language::Language,
    papers::SignatureView,
    registrations::{AcceptanceView, RemarkBody},
    rules::{RuleCommentBody, RuleViolationView},
};

/// The stage of a unit's report. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ReportStage {
    Draft,
    Submitted,
    Returned,
    Accepted,
    Locked,
    Superseded,
}

impl ReportStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted => "SUBMITTED",
            Self::Returned => "RETURNED",
            Self::Accepted => "ACCEPTED",
            Self::Locked => "LOCKED",
            Self::Superseded => "SUPERSEDED",
        }
    }
}

impl From<&Stage> for ReportStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::Submitted { .. } => Self::Submitted,
            Stage::Returned { .. } => Self::Returned,
            Stage::Accepted { .. } => Self::Accepted,
            Stage::Locked { .. } => Self::Locked,
            Stage::Superseded { .. } => Self::Superseded,
        }
    }
}

/// A unit's report for a period (báo cáo kết quả).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Report)]
pub(crate) struct ReportView {
    /// Identifies the report.
    id: ReportKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign that is reported on.
    campaign_id: CampaignKey,
    /// The period that is reported on.
    period_id: PeriodKey,
    /// The unit that reports.
    unit_id: UnitKey,
    /// Where it stands.
    stage: ReportStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã tiếp nhận")]
    stage_label: String,
    /// I. Leading, launching, informing; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    leadership: Option<LeadershipBody>,
    /// II.1. Results by task of the plan; absent in lists, and where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    task_results: Vec<TaskResultBody>,
    /// II.2. Results by target, as the unit wrote them; absent in lists, and where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    target_results: Vec<TargetResultBody>,
    /// II.3. Results by movement; absent in lists, and where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    movement_results: Vec<MovementResultBody>,
    /// III. Examples found; absent in lists, and where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    exemplars: Vec<ExemplarBody>,
    /// IV. Awards given and proposed; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    awards: Option<Str<20000>>,
    /// V. Shortcomings and their causes; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    difficulties: Option<Str<20000>>,
    /// V. Lessons; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    lessons: Option<Str<20000>>,
    /// VI. What comes next; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    directions: Option<Str<20000>>,
    /// VI. What is asked for; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposals: Option<Str<20000>>,
    /// Why the figures are as they are where a validation rule warns of them; absent in lists, and where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    rule_comments: Vec<RuleCommentBody>,
    /// The validation rules that the last submission went against, for the one who accepts; absent in lists, and where there
    /// is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    rule_violations: Vec<RuleViolationView>,
    /// The unit's targets as the last submission froze them; absent in lists, and before the first submission.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 200)]
    figures: Vec<FigureView>,
    /// What is attached to it, in the order in which it was; absent in lists, and where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    attachments: Vec<EnclosureView>,
    /// The accepted report that it corrects; absent for a first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects_id: Option<ReportKey>,
    /// Why it corrects the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    correction_reason: Option<Str<2000>>,
    /// Who signed what was handed in last, and in which capacity; while the report is with its unit again, that is not what it
    /// says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureView>,
    /// Number and symbol that the unit gave what was handed in last, as they are printed; absent where it gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60, pattern = "^.+$", example = "12/BC-TH1")]
    symbol: Option<String>,
    /// The day on which the unit issued it under that number.
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_date: Option<DateOnly>,
    /// Counts submissions, from 0.
    #[schema(minimum = 0, maximum = 1_000_000)]
    round: u32,
    /// Who handed it in last; never the one who accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitter_id: Option<PersonKey>,
    /// When the unit handed in for this period first; a correction has it from what it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_submitted_at: Option<Instant>,
    /// Whether that was late, by the instant at which reports then fell due; it never changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<bool>,
    /// When it was handed in, while it waits to be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<Instant>,
    /// When it was given back, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    returned_at: Option<Instant>,
    /// Why it was given back, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_reason: Option<Str<2000>>,
    /// The first instant at which it would come back too late, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    resubmit_before: Option<Instant>,
    /// What was to be changed by field, when it was given back last; absent in lists, and where there was nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    remarks: Vec<RemarkBody>,
    /// Who accepted it (tiếp nhận), and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    acceptance: Option<AcceptanceView>,
    /// The signed report to the city that rests on it, once it is locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    locked_by_id: Option<ConsolidatedReportKey>,
    /// The report that counts in its place, once it is superseded.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by_id: Option<ReportKey>,
    /// When it was drafted, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl ReportView {
    /// The report with all that it says, and with what this caller could do.
    pub(super) fn of(filed: &Filed, actor: &Actor, language: Language) -> Self {
        let report = &filed.report;
        let content = report.content.clone();
        Self {
            leadership: content.leadership.map(Into::into),
            task_results: content.task_results.into_iter().map(Into::into).collect(),
            target_results: content.target_results.into_iter().map(Into::into).collect(),
            movement_results: content.movement_results.into_iter().map(Into::into).collect(),
            exemplars: content.exemplars.into_iter().map(Into::into).collect(),
            awards: content.awards.map(Into::into),
            difficulties: content.difficulties.map(Into::into),
            lessons: content.lessons.map(Into::into),
            directions: content.directions.map(Into::into),
            proposals: content.proposals.map(Into::into),
            rule_comments: content.rule_comments.into_iter().map(Into::into).collect(),
            rule_violations: report.violations.iter().cloned().map(Into::into).collect(),
            figures: report.figures.iter().cloned().map(Into::into).collect(),
            attachments: report.attachments.iter().cloned().map(Into::into).collect(),
            remarks: report.remarks.iter().cloned().map(Into::into).collect(),
            actions: vec![
                ActionView::of::<ReplaceReport, _>(actor, report),
                ActionView::of::<AttachToReport, _>(actor, report),
                ActionView::of::<SubmitReport, _>(actor, filed),
                ActionView::of::<AcceptReport, _>(actor, report),
                ActionView::of::<ReturnReport, _>(actor, report),
            ],
            ..Self::listed(report, language)
        }
    }

    /// The report without what it says.
    pub(super) fn listed(report: &Report, language: Language) -> Self {
        let mut view = Self {
            id: report.root.id.into(),
            version: report.root.version,
            campaign_id: report.campaign.into(),
            period_id: report.period.into(),
            unit_id: report.unit.into(),
            stage: (&report.stage).into(),
            stage_label: language.label("reportStage", report.stage.code()),
            leadership: None,
            task_results: Vec::new(),
            target_results: Vec::new(),
            movement_results: Vec::new(),
            exemplars: Vec::new(),
            awards: None,
            difficulties: None,
            lessons: None,
            directions: None,
            proposals: None,
            rule_comments: Vec::new(),
            rule_violations: Vec::new(),
            figures: Vec::new(),
            attachments: Vec::new(),
            corrects_id: report.corrects.map(Into::into),
            correction_reason: report.correction_reason.clone().map(Into::into),
            signature: report.signature.as_ref().map(SignatureView::of),
            symbol: report.own_number.as_ref().map(|number| number.symbol.to_string()),
            issue_date: report.own_number.as_ref().map(|number| DateOnly(number.issued_on)),
            round: report.round,
            submitter_id: report.submitters.last().map(|person| (*person).into()),
            first_submitted_at: report.first_submitted_at.map(Instant),
            late: report.late,
            submitted_at: None,
            returned_at: None,
            return_reason: None,
            resubmit_before: None,
            remarks: Vec::new(),
            acceptance: report.stage.acceptance().map(AcceptanceView::of),
            locked_by_id: None,
            superseded_by_id: None,
            created_at: Instant(report.root.created_at),
            updated_at: Instant(report.root.updated_at),
            actions: Vec::new(),
        };
        match &report.stage {
            Stage::Draft | Stage::Accepted { .. } => {}
            Stage::Submitted { submitted_at } => view.submitted_at = Some(Instant(*submitted_at)),
            Stage::Returned { returned_at, reason, resubmit_before } => {
                view.returned_at = Some(Instant(*returned_at));
                view.return_reason = Some(reason.clone().into());
                view.resubmit_before = resubmit_before.map(|deadline| Instant(deadline.instant()));
            }
            Stage::Locked { by, .. } => view.locked_by_id = Some((*by).into()),
            Stage::Superseded { by, .. } => view.superseded_by_id = Some((*by).into()),
        }
        view
    }
}
