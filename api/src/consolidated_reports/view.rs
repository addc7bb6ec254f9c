//! The report to the city, as it reads back.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    consolidation::{
        AcknowledgeConsolidatedReport, ConsolidatedKind, ConsolidatedReport, FreezeConsolidatedReport,
        IssueConsolidatedReport, RefuseConsolidatedReport, ReplaceConsolidatedReport, ReturnConsolidatedReport,
        SendConsolidatedReport, SignConsolidatedReport, Stage, SubmitConsolidatedReport, SupplementConsolidatedReport,
    },
    principal::Actor,
};
use utoipa::ToSchema;

use super::{
    answers::{DispatchView, ReceiptView, RefusalView},
    body::ConsolidatedReportQuery,
    narrative::NarrativeBody,
    snapshot::SnapshotView,
};
use crate::{
    command::ActionView,
    input::{CampaignKey, ConsolidatedReportKey, CursorText, DateOnly, Instant, Str, UnitKey},
    language::Language,
    list::paged,
    papers::{IssuedView, SignatureView},
};

/// The stage of a report to the city. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ConsolidatedReportStage {
    Draft,
    UnderReview,
    Signed,
    Issued,
    Sent,
    Acknowledged,
    Refused,
    Supplemented,
}

impl ConsolidatedReportStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::UnderReview => "UNDER_REVIEW",
            Self::Signed => "SIGNED",
            Self::Issued => "ISSUED",
            Self::Sent => "SENT",
            Self::Acknowledged => "ACKNOWLEDGED",
            Self::Refused => "REFUSED",
            Self::Supplemented => "SUPPLEMENTED",
        }
    }
}

impl From<&Stage> for ConsolidatedReportStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::UnderReview => Self::UnderReview,
            Stage::Signed { .. } => Self::Signed,
            Stage::Issued { .. } => Self::Issued,
            Stage::Sent { .. } => Self::Sent,
            Stage::Acknowledged { .. } => Self::Acknowledged,
            Stage::Refused { .. } => Self::Refused,
            Stage::Supplemented { .. } => Self::Supplemented,
        }
    }
}

/// Which of the commune's own reports it is. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ConsolidatedReportKind {
    CityFinal,
}

impl From<ConsolidatedKind> for ConsolidatedReportKind {
    fn from(kind: ConsolidatedKind) -> Self {
        match kind {
            ConsolidatedKind::CityFinal => Self::CityFinal,
        }
    }
}

/// The report to the city: a frozen snapshot of accepted reports with a narrative around it.
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
    /// Where it stands.
    stage: ConsolidatedReportStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang rà soát")]
    stage_label: String,
    /// The authority that issues it.
    issuer_unit_id: UnitKey,
    /// The office that compiles it.
    coordinating_unit_id: UnitKey,
    /// The refused report that it replaces.
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
    /// Sent at this instant or later it is late; absent where the plan sets no deadline, as for a supplement.
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
    /// How it left the house, once sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatch: Option<DispatchView>,
    /// What the city answered, once it acknowledged the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<ReceiptView>,
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
            ActionView::of::<SignConsolidatedReport, _>(actor, report),
            ActionView::of::<IssueConsolidatedReport, _>(actor, report),
            ActionView::of::<SendConsolidatedReport, _>(actor, report),
            ActionView::of::<AcknowledgeConsolidatedReport, _>(actor, report),
            ActionView::of::<RefuseConsolidatedReport, _>(actor, report),
            ActionView::of::<SupplementConsolidatedReport, _>(actor, report),
        ];
        Self {
            stale,
            narrative: Some(report.narrative.clone().into()),
            snapshot: Some(SnapshotView::of(report.snapshot.clone(), language)),
            actions,
            ..Self::listed(report, language)
        }
    }

    pub(super) fn listed(report: &ConsolidatedReport, language: Language) -> Self {
        let stage = &report.stage;
        let (refusal, supplemented_by) = match stage {
            Stage::Refused { refused_at, reason, .. } => (Some(RefusalView::of(*refused_at, reason)), None),
            Stage::Supplemented { by, .. } => (None, Some(*by)),
            Stage::Draft
            | Stage::UnderReview
            | Stage::Signed { .. }
            | Stage::Issued { .. }
            | Stage::Sent { .. }
            | Stage::Acknowledged { .. } => (None, None),
        };
        Self {
            id: report.root.id.into(),
            version: report.root.version,
            campaign_id: report.campaign.into(),
            kind: report.kind.into(),
            stage: stage.into(),
            stage_label: language.label("consolidatedReportStage", stage.code()),
            issuer_unit_id: report.issuer.into(),
            coordinating_unit_id: report.coordinating_unit.into(),
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
            signature: stage.signature().map(|signature| SignatureView::of(signature, language)),
            document: stage.issue().map(IssuedView::of),
            dispatch: stage.dispatch().map(Into::into),
            receipt: stage.receipt().map(Into::into),
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
