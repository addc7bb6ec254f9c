//! Table `principal`.

use sea_orm::entity::prelude::*;
use serde_json::json;
use thidua_domain::principal::Principal;

use crate::stored::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "principal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub person_id: Uuid,
    pub kind: String,
    pub issuer: String,
    pub subject: String,
    pub name: String,
    pub title: Option<String>,
    pub unit_id: Option<Uuid>,
    pub grants: Json,
    pub disabled_at: Option<DateTimeUtc>,
    pub not_before: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Principal {
    type Entity = Entity;
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("person_id", "uuid"),
        ("kind", "text"),
        ("issuer", "text"),
        ("subject", "text"),
        ("name", "text"),
        ("title", "text"),
        ("unit_id", "uuid"),
        ("grants", "jsonb"),
        ("disabled_at", "timestamptz"),
        ("not_before", "timestamptz"),
    ];

    fn columns(&self) -> serde_json::Value {
        let grants: Vec<_> = self
            .grants
            .iter()
            .map(|grant| {
                json!({
                    "role": grant.role, "unit": grant.unit, "mandate": grant.mandate,
                    "everywhere": grant.role.spans_units(),
                    "valid_from": grant.valid_from, "valid_before": grant.valid_before,
                })
            })
            .collect();
        json!({
            "person_id": self.person, "kind": self.kind, "issuer": self.issuer, "subject": self.subject,
            "name": self.name, "title": self.title, "unit_id": self.unit, "grants": grants,
            "disabled_at": self.disabled_at, "not_before": self.not_before,
        })
    }
}
