//! What later documents do to earlier ones, on the wire.

use serde::{Deserialize, Serialize};
use thidua_domain::document::{Relation, RelationKind};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{DateOnly, DocumentKey, Str},
    language::Language,
};

/// What a later document does to an earlier one: puts its form right, amends its content, takes its place, calls it back.
/// Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RelationKindCode {
    Corrects,
    Amends,
    Replaces,
    Recalls,
}

impl From<RelationKind> for RelationKindCode {
    fn from(kind: RelationKind) -> Self {
        match kind {
            RelationKind::Corrects => Self::Corrects,
            RelationKind::Amends => Self::Amends,
            RelationKind::Replaces => Self::Replaces,
            RelationKind::Recalls => Self::Recalls,
        }
    }
}

impl From<RelationKindCode> for RelationKind {
    fn from(code: RelationKindCode) -> Self {
        match code {
            RelationKindCode::Corrects => Self::Corrects,
            RelationKindCode::Amends => Self::Amends,
            RelationKindCode::Replaces => Self::Replaces,
            RelationKindCode::Recalls => Self::Recalls,
        }
    }
}

/// What a new document does to an earlier one of the register.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RelationNew {
    /// What it does to it: form is put right by an official letter, content by a document of the same type.
    pub(super) kind: RelationKindCode,
    /// The earlier document, of the same issuer.
    pub(super) document_id: DocumentKey,
    /// Why; no personal data.
    #[schema(example = "Ghi sai ngày ban hành ở phần căn cứ.")]
    pub(super) reason: Str<2000>,
}

/// What one document does to another, as either of them shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DocumentRelation)]
pub(crate) struct RelationView {
    /// What the later one does to the earlier one.
    kind: RelationKindCode,
    /// What it does, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đính chính")]
    kind_label: String,
    /// The other one of the two documents.
    document_id: DocumentKey,
    /// Its number and symbol, as they are printed.
    #[schema(max_length = 60, pattern = "^.+$", example = "158/UBND-VP")]
    symbol: String,
    /// The day on which it was issued.
    issue_date: DateOnly,
    /// The reason that was given for it, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Str<2000>>,
}

impl RelationView {
    pub(super) fn of(relation: &Relation, language: Language) -> Self {
        Self {
            kind: relation.kind.into(),
            kind_label: language.label("documentRelation", relation.kind.as_str()),
            document_id: relation.document.into(),
            symbol: relation.symbol.as_str().to_owned(),
            issue_date: DateOnly(relation.issued_on),
            reason: relation.reason.clone().map(Into::into),
        }
    }
}
