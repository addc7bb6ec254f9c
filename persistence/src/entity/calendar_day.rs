//! Table `calendar_day`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{calendar::CalendarDay, time::Date as Day};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub day: Date,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for CalendarDay {
    type Entity = Entity;
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[("day", "date")];

    fn columns(&self) -> serde_json::Value {
        json!({ "day": self.day })
    }
}

/// The exceptions of a range of days, withdrawn ones among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CalendarFilter {
    /// The first day.
    pub(crate) from: Day,
    /// The last day.
    pub(crate) to: Day,
}

impl Filter for CalendarFilter {
    type Of = CalendarDay;

    fn condition(&self) -> Condition {
        Condition::all().add(Column::Day.between(self.from, self.to))
    }
}
