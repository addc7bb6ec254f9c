//! A consolidated report, as it reads back.

use serde::Serialize;
use thidua_domain::{
    consolidation::{
        AcknowledgeConsolidatedReport, CheckConsolidatedReportFormat, ConsolidatedReport, FreezeConsolidatedReport,
        HandBackConsolidatedReport, IssueConsolidatedReport, PresentConsolidatedReport, ReceiveConsolidatedReport,
        RefuseConsolidatedReport, ReplaceConsolidatedReport, ReturnConsolidatedReport, SendConsolidatedReport,
        SignConsolidatedReport, Stage, SubmitConsolidatedReport, SupplementConsolidatedReport,
    },
    principal::Actor,
};
use utoipa::ToSchema;

use super::{
    answers::{DepartureView, HandBackView, ReceiptView, ReceptionView, RefusalView},
    body::ConsolidatedReportQuery,
    codes::{ConsolidatedReportKind, ConsolidatedReportStage},
    narrative::NarrativeBody,
    snapshot::SnapshotView,
};
use crate::{
    command::ActionView,
    input::{CampaignKey, ConsolidatedReportKey, CursorText, DateOnly, Instant, Str, UnitKey},
    language::Language,
    list::paged,
    papers::{FormatCheckView, IssuedView, SignatureView},
};

/// A report on the whole campaign: a frozen snapshot of accepted reports with a narrative around it. It goes to the city,
/// or from Văn phòng to the committee of the commune.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsolidatedReport)]
pub(super) struct ConsolidatedReportView {
    /// Identifies the report.
    id: ConsolidatedReportKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign that it reports on.
    campaign_id: CampaignKey,
    /// Which of the commune's own reports it is.
    kind: ConsolidatedReportKind,
    /// Which of the commune's own reports it is, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Báo cáo sơ kết")]
    kind_label: String,
    /// Where it stands.
    stage: ConsolidatedReportStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang rà soát")]
    stage_label: String,
    /// Who issues it: the authority, or the office that reports to it.
    issuer_unit_id: UnitKey,
    /// The office that compiles it.
    coordinating_unit_id: UnitKey,
    /// The committee to which an office reports; absent where it goes to the city.
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee_unit_id: Option<UnitKey>,
    /// The report that it replaces: the city refused it, or the committee has it or gave it back, and it is put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces_id: Option<ConsolidatedReportKey>,
    /// The acknowledged report that it supplements.
    #[serde(skip_serializing_if = "Option::is_none")]
    supplements_id: Option<ConsolidatedReportKey>,
    /// What has changed since the one that it supplements, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    supplement_reason: Option<Str<2_000>>,
    /// The report that supplements it, once one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    supplemented_by_id: Option<ConsolidatedReportKey>,
    /// Sent or presented at this instant or later it is late; absent where nobody sets a deadline, as for a supplement.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_before: Option<Instant>,
    /// When its figures were frozen, by the business clock.
    frozen_at: Instant,
    /// The day that it prints as "số liệu tính đến ngày"; no figure is of a later day.
    cut_off_date: DateOnly,
    /// Whether other reports count by now than those that were frozen; absent in lists, in answers to commands, and once
    /// it is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    stale: Option<bool>,
    /// What was to be changed when it was given back last, until it is handed in again.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_reason: Option<Str<2_000>>,
    /// Whether it was signed as frozen although accepted reports had changed since.
    signed_as_frozen: bool,
    /// The signature, once signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureView>,
    /// Number and day, once issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<IssuedView>,
    /// How it left the house, once sent to the city or laid before the committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatch: Option<DepartureView>,
    /// When its document was sealed, or signed for the agency; it leaves the house only then.
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed_at: Option<Instant>,
    /// Who answers for its form, where that was recorded since it was handed in last.
    #[serde(skip_serializing_if = "Option::is_none")]
    format_check: Option<FormatCheckView>,
    /// What the city answered, once it acknowledged the report; it stays where the city refuses it afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<ReceiptView>,
    /// Who took note of it for the committee, once somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    reception: Option<ReceptionView>,
    /// Why the committee gave it back, once it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    hand_back: Option<HandBackView>,
    /// What the city answered, once it refused the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<RefusalView>,
    /// What is written around the figures; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    narrative: Option<NarrativeBody>,
    /// What it rests on; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<SnapshotView>,
    /// When it was first frozen, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl ConsolidatedReportView {
    /// The whole report with what this caller could do.
    pub(super) fn of(report: &ConsolidatedReport, stale: Option<bool>, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<ReplaceConsolidatedReport, _>(actor, report),
            ActionView::of::<FreezeConsolidatedReport, _>(actor, report),
            ActionView::of::<SubmitConsolidatedReport, _>(actor, report),
            ActionView::of::<ReturnConsolidatedReport, _>(actor, report),
            ActionView::of::<CheckConsolidatedReportFormat, _>(actor, report),
            ActionView::of::<SignConsolidatedReport, _>(actor, report),
            ActionView::of::<IssueConsolidatedReport, _>(actor, report),
            ActionView::of::<SendConsolidatedReport, _>(actor, report),
            ActionView::of::<AcknowledgeConsolidatedReport, _>(actor, report),
            ActionView::of::<RefuseConsolidatedReport, _>(actor, report),
            ActionView::of::<SupplementConsolidatedReport, _>(actor, report),
            ActionView::of::<PresentConsolidatedReport, _>(actor, report),
            ActionView::of::<ReceiveConsolidatedReport, _>(actor, report),
            ActionView::of::<HandBackConsolidatedReport, _>(actor, report),
        ];
        Self { stale, actions, ..Self::whole(report, language) }
    }

    /// The whole report, whoever reads it.
    pub(super) fn whole(report: &ConsolidatedReport, language: Language) -> Self {
        Self {
            narrative: Some(report.narrative.clone().into()),
            snapshot: Some(SnapshotView::of(report.snapshot.clone(), language)),
            ..Self::listed(report, language)
        }
    }

    pub(super) fn listed(report: &ConsolidatedReport, language: Language) -> Self {
        let stage = &report.stage;
        let (mut refusal, mut supplemented_by, mut reception, mut hand_back) = (None, None, None, None);
        match stage {
            Stage::Refused { refused_at, reason, .. } => refusal = Some(RefusalView::of(*refused_at, reason)),
            Stage::Supplemented { by, .. } => supplemented_by = Some(*by),
            Stage::Received { reception: by, opinion, .. } => {
                reception = Some(ReceptionView::of(by, opinion.as_ref()));
            }
            Stage::HandedBack { hand_back: back, .. } => hand_back = Some(back.into()),
            Stage::Draft
            | Stage::UnderReview
            | Stage::Signed { .. }
            | Stage::Issued { .. }
            | Stage::Sent { .. }
            | Stage::Acknowledged { .. }
            | Stage::Presented { .. } => {}
        }
        Self {
            id: report.root.id.into(),
            version: report.root.version,
            campaign_id: report.campaign.into(),
            kind: report.kind.into(),
            kind_label: language.label("consolidatedReportKind", report.kind.as_str()),
            stage: stage.into(),
            stage_label: language.label("consolidatedReportStage", stage.code()),
            issuer_unit_id: report.issuer.into(),
            coordinating_unit_id: report.coordinating_unit.into(),
            addressee_unit_id: report.addressee.map(Into::into),
            replaces_id: report.replaces.map(Into::into),
            supplements_id: report.supplements.map(Into::into),
            supplement_reason: report.supplement_reason.clone().map(Into::into),
            supplemented_by_id: supplemented_by.map(Into::into),
            due_before: report.due_before.map(|deadline| Instant(deadline.instant())),
            frozen_at: Instant(report.snapshot.frozen_at),
            cut_off_date: DateOnly(report.snapshot.cut_off),
            stale: None,
            return_reason: report.return_reason.clone().map(Into::into),
            signed_as_frozen: report.signed_as_frozen,
            signature: stage.signature().map(SignatureView::of),
            document: stage.issue().map(IssuedView::of),
            dispatch: stage.dispatch().map(Into::into),
            sealed_at: report.sealed_at.map(Instant),
            format_check: report.format_check.as_ref().map(Into::into),
            receipt: stage.receipt().map(Into::into),
            reception,
            hand_back,
            refusal,
            narrative: None,
            snapshot: None,
            created_at: Instant(report.root.created_at),
            updated_at: Instant(report.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of consolidated reports.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsolidatedReportPage {
    /// The reports of this page, without what they rest on and what is written in them.
    #[schema(max_items = 100)]
    items: Vec<ConsolidatedReportView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

paged!(ConsolidatedReportQuery, ConsolidatedReportPage of ConsolidatedReportView);
