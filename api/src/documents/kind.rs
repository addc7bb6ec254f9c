//! Types of documents on the wire.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thidua_domain::document::DocumentType;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// What sort of document it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct DocumentTypeCode(pub(crate) DocumentType);

impl From<DocumentType> for DocumentTypeCode {
    fn from(document_type: DocumentType) -> Self {
        Self(document_type)
    }
}

// The names are those of the domain, so that they are not written twice.
impl PartialSchema for DocumentTypeCode {
    fn schema() -> RefOr<Schema> {
        const MEANING: &str =
            "What sort of document it is, of those of NĐ 30/2020, article 7. Clients must tolerate new values.";
        let names = DocumentType::ALL.iter().map(|one| one.as_str());
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).description(Some(MEANING));
        RefOr::T(Schema::Object(schema.build()))
    }
}

impl ToSchema for DocumentTypeCode {
    fn name() -> Cow<'static, str> {
        "DocumentType".into()
    }
}
