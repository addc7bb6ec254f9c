//! Table `period`. STUB
use crate::stored::Stored;
use sea_orm::entity::prelude::*;
use thidua_domain::period::Period;
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
}
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
impl Stored for Period {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[];
    fn columns(&self) -> serde_json::Value {
        serde_json::json!({})
    }
}
