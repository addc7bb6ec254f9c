//! Table `unit`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    text::fold,
    unit::{Unit, UnitType},
};

use super::contains;
use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub code: String,
    pub r#type: String,
    pub folded_name: String,
    pub parent_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Unit {
    type Entity = Entity;
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("code", "text"), ("type", "text"), ("folded_name", "text"), ("parent_id", "uuid")];

    fn columns(&self) -> serde_json::Value {
        json!({
            "code": self.code, "type": self.unit_type.as_str(), "folded_name": fold(self.name.as_str()),
            "parent_id": self.parent,
        })
    }
}

/// Which units.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// Of one of these types; all without one.
    pub types: Vec<UnitType>,
    /// With this in their name.
    pub text: Option<String>,
}

impl Filter for UnitFilter {
    type Of = Unit;

    fn condition(&self) -> Condition {
        let types = (!self.types.is_empty()).then(|| Column::Type.is_in(self.types.iter().map(|one| one.as_str())));
        Condition::all().add_option(types).add_option(self.text.as_deref().map(|text| contains("folded_name", text)))
    }
}
