//! Table `campaign`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::Campaign, text::fold};

use super::contains;
use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub code: String,
    pub issuer_unit_id: Uuid,
    pub coordinating_unit_id: Uuid,
    pub folded_title: String,
    pub started_on: Option<Date>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Campaign {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("code", "text"),
        ("issuer_unit_id", "uuid"),
        ("coordinating_unit_id", "uuid"),
        ("folded_title", "text"),
        ("started_on", "date"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "code": self.code, "issuer_unit_id": self.issuer, "coordinating_unit_id": self.coordinating_unit,
            "folded_title": fold(self.plan.title.as_str()), "started_on": self.started_on(),
        })
    }
}

/// Which campaigns.
#[derive(Clone, Debug, Default)]
pub struct CampaignFilter {
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
    /// With this in their title.
    pub text: Option<String>,
}

impl Filter for CampaignFilter {
    type Of = Campaign;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        Condition::all().add_option(stages).add_option(self.text.as_deref().map(|text| contains("folded_title", text)))
    }
}
