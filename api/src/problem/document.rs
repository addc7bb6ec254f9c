//! A no as it goes out: the document of RFC 9457.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Detail, Place};
use crate::language::Language;

/// How much of what is wrong is told at once.
pub(super) const MOST_DETAILS: usize = 1000;

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub(super) struct ProblemDocument {
    /// Identifies the kind of problem; stable.
    #[serde(rename = "type")]
    #[schema(
        max_length = 120,
        pattern = "^urn:thidua:problem:[a-z][A-Za-z.]*$",
        example = "urn:thidua:problem:campaign.notIssued"
    )]
    pub(super) kind: String,
    /// What is wrong, in the caller's language.
    #[schema(max_length = 300, pattern = "^.+$", example = "Kế hoạch chưa được ban hành.")]
    pub(super) title: String,
    /// The HTTP status, repeated.
    #[schema(minimum = 400, maximum = 599, example = 409)]
    pub(super) status: u16,
    /// What the caller can do about it, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000, pattern = "^.+$", example = "Hãy ban hành kế hoạch trước khi phát động.")]
    pub(super) detail: Option<String>,
    /// Identifies this very occurrence: the request's id as a URN.
    #[schema(
        max_length = 80,
        pattern = "^urn:uuid:[A-Za-z0-9-]+$",
        example = "urn:uuid:5b0f3c52-7a2e-4a52-9b0e-0c6a53f6ad6e"
    )]
    pub(super) instance: String,
    /// The kind of problem as a short code; stable. Clients must tolerate new values.
    #[schema(max_length = 80, pattern = "^[a-z][A-Za-z.]*$", example = "campaign.notIssued")]
    pub(super) code: String,
    /// Identifies the request; also in the header Request-Id.
    #[schema(max_length = 64, pattern = "^[A-Za-z0-9-]+$", example = "5b0f3c52-7a2e-4a52-9b0e-0c6a53f6ad6e")]
    pub(super) request_id: String,
    /// Each field, parameter or header that is wrong; absent where the whole request is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(min_items = 1, max_items = 1000)]
    pub(super) errors: Vec<ProblemError>,
}

/// One field, parameter or header that is wrong; exactly one of the three says which.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemError {
    /// What is wrong with it as a short code; stable. Clients must tolerate new values.
    #[schema(max_length = 80, pattern = "^[a-z][A-Za-z.]*$", example = "measure.shareOverWhole")]
    code: String,
    /// What is wrong with it, in the caller's language.
    #[schema(max_length = 500, pattern = "^.+$", example = "Tử số không được lớn hơn mẫu số.")]
    message: String,
    /// The row of the imported table, as spreadsheets count them: the headings are row 1; the pointer is then one into the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 2_000_000_000, example = 17)]
    row: Option<u32>,
    /// JSON pointer (RFC 6901) into the request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, pattern = "^(/.*)?$", example = "/value/numerator")]
    pointer: Option<String>,
    /// Name of the path or query parameter, as the caller wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60, pattern = r"^[\s\S]*$", example = "limit")]
    parameter: Option<String>,
    /// Name of the request's header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60, pattern = "^[A-Za-z-]+$", example = "If-Match")]
    header: Option<&'static str>,
}

impl ProblemError {
    /// What is told of it, in the caller's language.
    pub(crate) fn of(detail: &Detail, language: Language) -> Self {
        let (pointer, parameter, header) = match detail.place.clone() {
            Place::Pointer(pointer) => (Some(printable(&pointer, 300)), None, None),
            Place::Parameter(name) => (None, Some(printable(&name, 60)), None),
            Place::Header(name) => (None, None, Some(name)),
        };
        // A table is written in other forms than JSON.
        let of_table = detail.row.and_then(|_| language.find(&format!("{}.inTable", detail.code)));
        let text = of_table.map_or_else(|| language.text(&detail.code), str::to_owned);
        let message = match &detail.about {
            Some(about) => format!("{text} {}", printable(about, 300)),
            None => text,
        };
        Self { code: detail.code.clone(), message, row: detail.row, pointer, parameter, header }
    }
}

/// What callers made up may be of any length and form; what is told of it is not.
fn printable(text: &str, most: usize) -> String {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().take(most).map(|c| if odd(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Registers the schemas of a problem with the contract.
#[must_use]
pub fn schemas() -> Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)> {
    use utoipa::PartialSchema as _;
    vec![("Problem".to_owned(), ProblemDocument::schema()), ("ProblemError".to_owned(), ProblemError::schema())]
}
