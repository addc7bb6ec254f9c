//! Documents of the outgoing register as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::document::Document;
use thidua_persistence::DocumentFilter;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::kind::DocumentTypeCode;
use crate::{
    input::{
        CampaignKey, ConsolidatedReportKey, CursorText, DateOnly, DocumentKey, DocumentSeriesKey, Instant, Limit, Str,
        UnitKey, Whole, present,
    },
    language::Language,
    list::paged,
    papers::SignatureView,
};

/// An entry of the outgoing register (sổ đăng ký văn bản đi): a document as it was numbered and issued, for ever.
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
    /// Who signed, before it was numbered.
    signature: SignatureView,
    /// Whether its day does not follow the order of the numbers, as the book elsewhere has it.
    out_of_order: bool,
    /// Why the day does not follow that order.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_comment: Option<Str<2000>>,
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
}

impl DocumentView {
    pub(super) fn of(document: &Document, language: Language) -> Self {
        Self {
            id: document.root.id.into(),
            version: document.root.version,
            issuer_unit_id: document.issuer.into(),
            document_type: document.document_type.into(),
            document_type_label: language.label("documentType", document.document_type.as_str()),
            year: document.year,
            number: document.number,
            symbol: document.symbol.as_str().to_owned(),
            issue_date: DateOnly(document.issued_on),
            subject: document.subject.clone().into(),
            signature: SignatureView::of(&document.signature, language),
            out_of_order: document.order_comment.is_some(),
            order_comment: document.order_comment.clone().map(Into::into),
            document_series_id: document.series.map(Into::into),
            campaign_id: document.campaign.map(Into::into),
            consolidated_report_id: document.consolidated_report.map(Into::into),
            created_at: Instant(document.root.created_at),
            updated_at: Instant(document.root.updated_at),
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

/// Which documents, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentQuery {
    /// Only what this unit issued.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    issuer_unit_id: Option<UnitKey>,
    /// Only documents of these types; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 30, required = false)]
    #[validate(length(max = 30))]
    document_type: Vec<DocumentTypeCode>,
    /// Only what was numbered in this series.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    document_series_id: Option<DocumentSeriesKey>,
    /// Only documents of this year.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = 2025)]
    year: Option<Whole<2000, 2099>>,
    /// Only documents of this campaign.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    campaign_id: Option<CampaignKey>,
    /// Part of the subject, without regard to case and accents.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "thi dua")]
    q: Option<Str<60>>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    include_total: bool,
}

impl DocumentQuery {
    pub(super) fn filter(&self) -> DocumentFilter {
        DocumentFilter {
            issuer: self.issuer_unit_id.map(UnitKey::id),
            types: self.document_type.iter().map(|one| one.0).collect(),
            series: self.document_series_id.map(DocumentSeriesKey::id),
            year: self.year.map(|year| year.get()),
            campaign: self.campaign_id.map(CampaignKey::id),
            text: self.q.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

paged!(DocumentQuery, DocumentPage of DocumentView);
