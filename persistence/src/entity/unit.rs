//! Table `unit`.

use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Expr, SimpleExpr},
};
use serde_json::json;
use thidua_domain::{
    text::fold,
    time::Date as Day,
    unit::{Face, Unit, UnitId, UnitType},
};

use super::{contains, pattern};
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
    pub valid_from: Date,
    pub valid_before: Option<Date>,
    pub faces: Json,
    pub heritage: Json,
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
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("code", "text"),
        ("type", "text"),
        ("folded_name", "text"),
        ("parent_id", "uuid"),
        ("valid_from", "date"),
        ("valid_before", "date"),
        ("faces", "jsonb"),
        ("heritage", "jsonb"),
    ];

    /// `folded_name` holds every name that it ever had, so that it is found under each; `parent_id` what was recorded last.
    fn columns(&self) -> serde_json::Value {
        let faces: Vec<Face> = self.faces().into();
        let names: Vec<_> = faces.iter().map(|face| fold(face.name.as_str())).collect();
        let ends = faces.iter().skip(1).map(|face| Some(face.since)).chain([None]);
        let rows: Vec<_> =
            faces.iter().zip(&names).zip(ends).map(|((face, folded), before)| row(face, folded, before)).collect();
        json!({
            "code": self.code, "type": self.unit_type.as_str(), "folded_name": names.join("\n"),
            "parent_id": faces.last().and_then(|face| face.parent), "valid_from": self.valid_from,
            "valid_before": self.valid_before, "faces": rows, "heritage": self.heritage,
        })
    }
}

fn row(face: &Face, folded: &str, before: Option<Day>) -> serde_json::Value {
    json!({
        "since": face.since, "before": before, "name": face.name, "folded": folded, "parent": face.parent,
        "managingAuthority": face.managing_authority,
    })
}

/// Which units.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// Of one of these types; all without one.
    pub types: Vec<UnitType>,
    /// Those that exist on this day, and the rest of the filter as it holds then.
    pub on: Option<Day>,
    /// With this in their name; without a day, in any name that they have had.
    pub text: Option<String>,
    /// Under this unit, on the day; without one, ever.
    pub parent: Option<UnitId>,
}

impl Filter for UnitFilter {
    type Of = Unit;

    fn condition(&self) -> Condition {
        let types = (!self.types.is_empty()).then(|| Column::Type.is_in(self.types.iter().map(|one| one.as_str())));
        let mut all = Condition::all().add_option(types);
        if let Some(day) = self.on {
            let lives = Condition::any().add(Column::ValidBefore.is_null()).add(Column::ValidBefore.gt(day));
            all = all.add(Column::ValidFrom.lte(day)).add(lives);
        }
        if let Some(text) = &self.text {
            all = all.add(match self.on {
                None => contains("folded_name", text),
                Some(day) => with_face("f.folded LIKE $1", pattern(text).into(), Some(day)),
            });
        }
        all.add_option(self.parent.map(|parent| with_face("f.parent = $1", parent.uuid().into(), self.on)))
    }
}

/// Whether a face says so: the one of the day, or any.
fn with_face(says: &str, value: sea_orm::Value, on: Option<Day>) -> SimpleExpr {
    let holds = "f.since <= $2::date AND (f.before IS NULL OR f.before > $2::date)";
    let sql = format!(
        "EXISTS (SELECT FROM jsonb_to_recordset(unit.faces) AS f(since date, before date, folded text, parent uuid)
                 WHERE {says} AND ($2::date IS NULL OR {holds}))"
    );
    Expr::cust_with_values(sql, [value, on.into()])
}
