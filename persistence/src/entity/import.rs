//! Table `import`.

use sea_orm::entity::prelude::*;
use serde_json::json;
use thidua_domain::import::Import;

use crate::stored::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Import {
    type Entity = Entity;
    const FENCED: bool = false;
    const NEVER_CHANGES: bool = true;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[("campaign_id", "uuid"), ("unit_id", "uuid")];

    fn columns(&self) -> serde_json::Value {
        json!({ "campaign_id": self.campaign, "unit_id": self.unit })
    }
}
