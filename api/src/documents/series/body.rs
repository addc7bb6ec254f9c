//! Series as they come in and as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    document::{CreateDocumentSeries, DocumentSeries, NumberingMode, RetireDocumentSeries, SeriesStage},
    principal::Actor,
    unit::Unit,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::super::kind::DocumentTypeCode;
use crate::{
    command::ActionView,
    input::{CursorText, DateOnly, DocumentSeriesKey, Instant, Limit, Str, UnitKey, Whole, present},
    language::Language,
    list::paged,
};

/// Who gives the numbers: the system, or the clerk who types what the book elsewhere says. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = NumberingMode)]
pub(crate) enum NumberingModeCode {
    Own,
    Entered,
}

impl From<NumberingModeCode> for NumberingMode {
    fn from(code: NumberingModeCode) -> Self {
        match code {
            NumberingModeCode::Own => Self::Own,
            NumberingModeCode::Entered => Self::Entered,
        }
    }
}

impl From<NumberingMode> for NumberingModeCode {
    fn from(mode: NumberingMode) -> Self {
        match mode {
            NumberingMode::Own => Self::Own,
            NumberingMode::Entered => Self::Entered,
        }
    }
}

/// Whether documents are numbered in a series. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DocumentSeriesStage {
    Active,
    Retired,
}

impl DocumentSeriesStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
        }
    }
}

/// A series to be recorded.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DocumentSeriesNew {
    /// The unit whose documents are numbered in it.
    pub(super) issuer_unit_id: UnitKey,
    /// The type that is numbered in it; without one, all types of the issuer that have no series of their own.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    document_type: Option<DocumentTypeCode>,
    /// Who gives the numbers.
    numbering: NumberingModeCode,
    /// The first day of which documents are numbered in it.
    #[schema(example = "2025-07-01")]
    start_date: DateOnly,
    /// The number with which the first year begins, where the system gives the numbers and it is not 1.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    first_number: Option<Whole<1, 99_999>>,
    /// What sets it, of the head of the issuer.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Quy chế công tác văn thư")]
    instrument: Option<Str<2000>>,
}

impl DocumentSeriesNew {
    pub(super) fn command(&self, issuer: Unit) -> CreateDocumentSeries {
        CreateDocumentSeries {
            issuer,
            document_type: self.document_type.map(|one| one.0),
            numbering: self.numbering.into(),
            valid_from: self.start_date.0,
            first_number: self.first_number.map(Whole::get),
            instrument: self.instrument.clone().map(Str::into_text),
        }
    }
}

/// A series of numbers (hệ thống số văn bản), in which each year begins with 1.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DocumentSeries)]
pub(crate) struct DocumentSeriesView {
    /// Identifies the series.
    id: DocumentSeriesKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The unit whose documents are numbered in it.
    issuer_unit_id: UnitKey,
    /// The type that is numbered in it; absent for all types of the issuer that have no series of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    document_type: Option<DocumentTypeCode>,
    /// That type, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, pattern = "^.+$", example = "Kế hoạch")]
    document_type_label: Option<String>,
    /// Who gives the numbers.
    numbering: NumberingModeCode,
    /// Who gives the numbers, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Văn thư nhập số đã cấp ở sổ khác")]
    numbering_label: String,
    /// The first day of which documents are numbered in it.
    start_date: DateOnly,
    /// The number with which its first year begins.
    #[schema(minimum = 1, maximum = 99_999)]
    first_number: i32,
    /// The rule of the agency that sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<Str<2000>>,
    /// Whether documents are numbered in it.
    stage: DocumentSeriesStage,
    /// Whether documents are numbered in it, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// Since when nothing is numbered in it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_date: Option<DateOnly>,
    /// The reason for which it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    retirement_reason: Option<Str<2000>>,
    /// When it was recorded, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl DocumentSeriesView {
    /// The series with what this caller could do.
    pub(super) fn of(series: &DocumentSeries, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<RetireDocumentSeries, _>(actor, series)];
        Self { actions, ..Self::listed(series, language) }
    }

    pub(super) fn listed(series: &DocumentSeries, language: Language) -> Self {
        let (stage, retired) = match &series.stage {
            SeriesStage::Active => (DocumentSeriesStage::Active, None),
            SeriesStage::Retired { retired_on, reason } => (DocumentSeriesStage::Retired, Some((*retired_on, reason))),
        };
        Self {
            id: series.root.id.into(),
            version: series.root.version,
            issuer_unit_id: series.issuer.into(),
            document_type: series.document_type.map(Into::into),
            document_type_label: series.document_type.map(|one| language.label("documentType", one.as_str())),
            numbering: series.numbering.into(),
            numbering_label: language.label("numberingMode", series.numbering.as_str()),
            start_date: DateOnly(series.valid_from),
            first_number: series.first_number,
            instrument: series.instrument.clone().map(Into::into),
            stage,
            stage_label: language.label("documentSeriesStage", series.stage.code()),
            retired_date: retired.map(|(day, _)| DateOnly(day)),
            retirement_reason: retired.map(|(_, reason)| reason.clone().into()),
            created_at: Instant(series.root.created_at),
            updated_at: Instant(series.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of the series of numbers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentSeriesPage {
    /// The series of this page.
    #[schema(max_items = 100)]
    items: Vec<DocumentSeriesView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which series, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentSeriesQuery {
    /// Only the series of this issuer.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) issuer_unit_id: Option<UnitKey>,
    /// Only series in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<DocumentSeriesStage>,
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

paged!(DocumentSeriesQuery, DocumentSeriesPage of DocumentSeriesView);
