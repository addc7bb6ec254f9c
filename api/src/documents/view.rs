//! Documents of the outgoing register as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    attachment::AttachToDocument,
    change::Aggregate as _,
    document::{DispatchDocument, Document, PaperSignature, Relation, Seal, SealDocument, SealManner, Stage},
    principal::Actor,
    time::Timestamp,
};
use utoipa::ToSchema;

use super::{body::DocumentQuery, kind::DocumentTypeCode, relation::RelationView};
use crate::{
    attachments::EnclosureView,
    command::ActionView,
    input::{
        CampaignKey, ConsolidatedReportKey, CursorText, DateOnly, DocumentKey, DocumentSeriesKey, Instant, PersonKey,
        Str, UnitKey,
    },
    language::Language,
    list::paged,
    papers::{FormatCheckView, SignatureView},
};

/// Where a document stands. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DocumentStage {
    Issued,
    Sealed,
    Dispatched,
}

impl DocumentStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Issued => "ISSUED",
            Self::Sealed => "SEALED",
            Self::Dispatched => "DISPATCHED",
        }
    }
}

impl From<&Stage> for DocumentStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Issued => Self::Issued,
            Stage::Sealed { .. } => Self::Sealed,
            Stage::Dispatched { .. } => Self::Dispatched,
        }
    }
}

/// How the agency stands for a document: with its seal, or with its digital signature. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = SealManner)]
pub(crate) enum SealMannerCode {
    Seal,
    AgencySignature,
}

impl From<SealMannerCode> for SealManner {
    fn from(code: SealMannerCode) -> Self {
        match code {
            SealMannerCode::Seal => Self::Seal,
            SealMannerCode::AgencySignature => Self::AgencySignature,
        }
    }
}

/// The recorded act of sealing, or of signing for the agency (đóng dấu, ký số của cơ quan).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DocumentSeal)]
pub(crate) struct SealView {
    /// With which of the two the agency stands for it.
    manner: SealMannerCode,
    /// With which of the two, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đóng dấu")]
    manner_label: String,
    /// Identifies the person who did it.
    sealed_by_id: PersonKey,
    /// Name of the person who did it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Bùi Thị Thảo")]
    sealed_by_name: String,
    /// When, by the business clock.
    sealed_at: Instant,
}

impl SealView {
    fn of(seal: &Seal, language: Language) -> Self {
        Self {
            manner: match seal.manner {
                SealManner::Seal => SealMannerCode::Seal,
                SealManner::AgencySignature => SealMannerCode::AgencySignature,
            },
            manner_label: language.label("sealManner", seal.manner.as_str()),
            sealed_by_id: seal.person.into(),
            sealed_by_name: seal.name.clone(),
            sealed_at: Instant(seal.sealed_at),
        }
    }
}

/// Who signed a document that was signed outside this system, as the paper says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperSignature)]
pub(crate) struct PaperSignatureView {
    /// The lines above the name, as they are printed.
    capacity: Str<2000>,
    /// The name of who signed, as printed.
    name: Str<300>,
    /// The day on which it was signed.
    signed_date: DateOnly,
}

impl From<&PaperSignature> for PaperSignatureView {
    fn from(signature: &PaperSignature) -> Self {
        Self {
            capacity: signature.capacity.clone().into(),
            name: signature.name.clone().into(),
            signed_date: DateOnly(signature.signed_on),
        }
    }
}

/// An entry of the outgoing register (sổ đăng ký văn bản đi): a document as it was numbered and issued, for ever, with what
/// became of it since.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Document)]
pub(crate) struct DocumentView {
    /// Identifies the document.
    id: DocumentKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The unit that issued it.
    issuer_unit_id: UnitKey,
    /// The unit that drafted it, where the register says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    drafting_unit_id: Option<UnitKey>,
    /// What sort of document it is.
    document_type: DocumentTypeCode,
    /// What sort of document it is, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Báo cáo")]
    document_type_label: String,
    /// The year of its number: each year begins with 1.
    #[schema(minimum = 2000, maximum = 2099, example = 2025)]
    year: i32,
    /// Its number in series and year, used once and for ever.
    #[schema(minimum = 1, maximum = 999_999, example = 25)]
    number: i32,
    /// Number and symbol, as they are printed.
    #[schema(max_length = 60, pattern = "^.+$", example = "25/BC-UBND")]
    symbol: String,
    /// The day on which it was issued.
    issue_date: DateOnly,
    /// What it is about (trích yếu).
    #[schema(example = "Báo cáo kết quả Đợt thi đua năm 2025")]
    subject: Str<2000>,
    /// To whom it goes (nơi nhận), as the printed book lists them: those of the plan's paper, or those that were registered;
    /// absent where the register does not say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    recipients: Vec<Str<300>>,
    /// How many copies were made (số lượng bản), where the register says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 9_999)]
    copies: Option<u32>,
    /// Where it stands.
    stage: DocumentStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã đóng dấu, ký số")]
    stage_label: String,
    /// Who answers for its form (kiểm tra thể thức), where that was recorded before it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    format_check: Option<FormatCheckView>,
    /// Who signed it here, before it was numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureView>,
    /// Who signed it elsewhere, as the paper says; one of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    paper_signature: Option<PaperSignatureView>,
    /// Whether its day does not follow the order of the numbers, as the book elsewhere has it.
    out_of_order: bool,
    /// Why the day does not follow that order.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_comment: Option<Str<2000>>,
    /// Whether it was numbered later than the next working day after it was signed (NĐ 30/2020, article 15.2).
    numbered_late: bool,
    /// How the agency stands for it, once it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<SealView>,
    /// From this instant on it leaves too late: the next working day after it was signed is over (article 18.1). Absent for
    /// what was numbered before the register knew.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatch_due_before: Option<Instant>,
    /// Whether it should have left the house by now and has not.
    dispatch_overdue: bool,
    /// When it left the house, once it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatched_at: Option<Instant>,
    /// Whether it left too late, once it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatched_late: Option<bool>,
    /// Its signed copy (bản đã ký), once the clerk has attached it; fixed when it leaves the house.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_copy: Option<EnclosureView>,
    /// What it does to earlier documents.
    #[schema(max_items = 10)]
    relations: Vec<RelationView>,
    /// What later documents did to it; it never changed by that. Empty for who is shown this document and not the register.
    #[schema(max_items = 1000)]
    affected_by: Vec<RelationView>,
    /// The series that it was numbered in; absent where it was numbered before there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_series_id: Option<DocumentSeriesKey>,
    /// The campaign that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    campaign_id: Option<CampaignKey>,
    /// The consolidated report whose paper it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    consolidated_report_id: Option<ConsolidatedReportKey>,
    /// When it was entered, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl DocumentView {
    /// The document with what this caller could do.
    pub(super) fn of(document: &Document, actor: &Actor, now: Timestamp, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<SealDocument, _>(actor, document),
            ActionView::of::<DispatchDocument, _>(actor, document),
            ActionView::of::<AttachToDocument, _>(actor, document),
        ];
        Self { actions, ..Self::listed(document, actor, now, language) }
    }

    /// The document as this caller may know it: who is shown this one and no other learns nothing of those that came after it.
    pub(super) fn listed(document: &Document, actor: &Actor, now: Timestamp, language: Language) -> Self {
        let affected_by: &[Relation] = if Document::visibility(actor).whole() { &document.affected_by } else { &[] };
        let departure = document.stage.departure();
        let due = document.dispatch_due_before;
        let relation = |relation| RelationView::of(relation, language);
        Self {
            id: document.root.id.into(),
            version: document.root.version,
            issuer_unit_id: document.issuer.into(),
            drafting_unit_id: document.drafter.map(Into::into),
            document_type: document.document_type.into(),
            document_type_label: language.label("documentType", document.document_type.as_str()),
            year: document.year,
            number: document.number,
            symbol: document.symbol.as_str().to_owned(),
            issue_date: DateOnly(document.issued_on),
            subject: document.subject.clone().into(),
            recipients: document.recipients.iter().cloned().map(Into::into).collect(),
            copies: document.copies,
            stage: (&document.stage).into(),
            stage_label: language.label("documentStage", document.stage.code()),
            format_check: document.format_check.as_ref().map(Into::into),
            signature: document.signature.as_ref().map(SignatureView::of),
            paper_signature: document.paper_signature.as_ref().map(Into::into),
            out_of_order: document.order_comment.is_some(),
            order_comment: document.order_comment.clone().map(Into::into),
            numbered_late: document.numbered_late(),
            seal: document.stage.seal().map(|seal| SealView::of(seal, language)),
            dispatch_due_before: due.map(|due| Instant(due.instant())),
            dispatch_overdue: departure.is_none() && due.is_some_and(|due| due.missed_at(now)),
            dispatched_at: departure.map(|departure| Instant(departure.dispatched_at)),
            dispatched_late: departure.map(|departure| departure.late),
            signed_copy: document.signed_copy.clone().map(Into::into),
            relations: document.relations.iter().map(relation).collect(),
            affected_by: affected_by.iter().map(relation).collect(),
            document_series_id: document.series.map(Into::into),
            campaign_id: document.campaign.map(Into::into),
            consolidated_report_id: document.consolidated_report.map(Into::into),
            created_at: Instant(document.root.created_at),
            updated_at: Instant(document.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of the outgoing register.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentPage {
    /// The documents of this page.
    #[schema(max_items = 100)]
    items: Vec<DocumentView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

paged!(DocumentQuery, DocumentPage of DocumentView);
