//! Table `document_series`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    document::{DocumentSeries, DocumentType},
    unit::UnitId,
};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub issuer_unit_id: Uuid,
    pub r#type: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for DocumentSeries {
    type Entity = Entity;
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[("issuer_unit_id", "uuid"), ("type", "text")];

    fn columns(&self) -> serde_json::Value {
        json!({ "issuer_unit_id": self.issuer, "type": self.document_type.map(DocumentType::as_str) })
    }
}

/// Which series.
#[derive(Clone, Debug, Default)]
pub struct DocumentSeriesFilter {
    /// Of this issuer; of all without one.
    pub issuer: Option<UnitId>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for DocumentSeriesFilter {
    type Of = DocumentSeries;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        let issuer = self.issuer.map(|issuer| Column::IssuerUnitId.eq(issuer.uuid()));
        Condition::all().add_option(issuer).add_option(stages)
    }
}
