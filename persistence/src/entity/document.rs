//! Table `document`.

use sea_orm::entity::prelude::*;
use serde_json::json;
use thidua_domain::document::Document;

use crate::stored::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub issuer_unit_id: Uuid,
    pub r#type: String,
    pub year: i32,
    pub number: i32,
    pub issued_on: Date,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Document {
    type Entity = Entity;
    const NEVER_CHANGES: bool = true;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("issuer_unit_id", "uuid"),
        ("type", "text"),
        ("year", "integer"),
        ("number", "integer"),
        ("issued_on", "date"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "issuer_unit_id": self.issuer, "type": self.document_type.as_str(),
            "year": self.year, "number": self.number, "issued_on": self.issued_on,
        })
    }
}
