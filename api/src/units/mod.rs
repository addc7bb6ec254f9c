//! Units: offices, schools, stations, villages.

use actix_web::{get, post, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    policy::Directory,
    unit::{CreateUnit, Unit, UnitType},
};
use thidua_persistence::{Fence, UnitFilter, page::SortOrder};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    app::Entries,
    input::{Body, Caller, CodeText, CursorText, DateOnly, Instant, Limit, PathOf, QueryOf, Str, UnitKey, present},
    language::Language,
    list,
    problem::{Problem, absent_at},
    reply::{Plain, Versioned},
    state::State,
};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(list_units).service(create_unit).service(read_unit);
}

/// What sort of unit it is. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UnitTypeCode {
    Authority,
    Department,
    Office,
    ServiceUnit,
    FrontAndUnions,
    School,
    HealthStation,
    ArmedForce,
    Village,
    Cooperative,
    Enterprise,
    OtherAgency,
}

impl From<UnitTypeCode> for UnitType {
    fn from(code: UnitTypeCode) -> Self {
        match code {
            UnitTypeCode::Authority => Self::Authority,
            UnitTypeCode::Department => Self::Department,
            UnitTypeCode::Office => Self::Office,
            UnitTypeCode::ServiceUnit => Self::ServiceUnit,
            UnitTypeCode::FrontAndUnions => Self::FrontAndUnions,
            UnitTypeCode::School => Self::School,
            UnitTypeCode::HealthStation => Self::HealthStation,
            UnitTypeCode::ArmedForce => Self::ArmedForce,
            UnitTypeCode::Village => Self::Village,
            UnitTypeCode::Cooperative => Self::Cooperative,
            UnitTypeCode::Enterprise => Self::Enterprise,
            UnitTypeCode::OtherAgency => Self::OtherAgency,
        }
    }
}

impl From<UnitType> for UnitTypeCode {
    fn from(unit_type: UnitType) -> Self {
        match unit_type {
            UnitType::Authority => Self::Authority,
            UnitType::Department => Self::Department,
            UnitType::Office => Self::Office,
            UnitType::ServiceUnit => Self::ServiceUnit,
            UnitType::FrontAndUnions => Self::FrontAndUnions,
            UnitType::School => Self::School,
            UnitType::HealthStation => Self::HealthStation,
            UnitType::ArmedForce => Self::ArmedForce,
            UnitType::Village => Self::Village,
            UnitType::Cooperative => Self::Cooperative,
            UnitType::Enterprise => Self::Enterprise,
            UnitType::OtherAgency => Self::OtherAgency,
        }
    }
}

/// A unit to be entered into the directory.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitNew {
    /// Short code as plans use it, unique.
    #[schema(example = "TYT")]
    code: CodeText,
    /// Full name as printed.
    #[schema(example = "Trạm Y tế xã")]
    name: Str<300>,
    /// What sort of unit.
    #[serde(rename = "type")]
    unit_type: UnitTypeCode,
    /// The unit above, of which it is a part.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    parent_id: Option<UnitKey>,
    /// First day of its existence.
    #[schema(example = "2025-07-01")]
    valid_from_date: DateOnly,
    /// Made up for demonstration; never part of a real directory.
    #[serde(default)]
    sample: bool,
}

/// A unit of the commune or on its soil.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Unit)]
pub(crate) struct UnitView {
    /// Identifies the unit, for ever.
    id: UnitKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// Short code as plans use it.
    #[schema(example = "VHXH")]
    code: CodeText,
    /// Full name as printed.
    #[schema(example = "Phòng Văn hóa – Xã hội")]
    name: Str<300>,
    /// What sort of unit.
    #[serde(rename = "type")]
    unit_type: UnitTypeCode,
    /// The sort of unit in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Phòng chuyên môn")]
    type_label: String,
    /// The unit above; absent for the authority itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<UnitKey>,
    /// First day of its existence.
    valid_from_date: DateOnly,
    /// First day on which it no longer exists; absent while it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_before_date: Option<DateOnly>,
    /// Made up for demonstration.
    sample: bool,
    /// When it was entered, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
}

impl UnitView {
    fn of(unit: Unit, language: Language) -> Self {
        Self {
            id: unit.root.id.into(),
            version: unit.root.version,
            code: unit.code.into(),
            name: unit.name.into(),
            type_label: language.label("unitType", unit.unit_type.as_str()),
            unit_type: unit.unit_type.into(),
            parent_id: unit.parent.map(Into::into),
            valid_from_date: DateOnly(unit.valid_from),
            valid_before_date: unit.valid_before.map(DateOnly),
            sample: unit.sample,
            created_at: Instant(unit.root.created_at),
            updated_at: Instant(unit.root.updated_at),
        }
    }
}

/// A page of the directory of units.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnitPage {
    /// The units of this page.
    #[schema(max_items = 100)]
    items: Vec<UnitView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which units, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitQuery {
    /// Only units of these types; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 20, required = false)]
    #[validate(length(max = 20))]
    r#type: Vec<UnitTypeCode>,
    /// Part of the name, without regard to case and accents.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "truong")]
    q: Option<Str<60>>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    include_total: bool,
}

/// Where one unit is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct UnitPath {
    /// Identifies the unit in the directory.
    unit_id: UnitKey,
}

/// List units
///
/// Every unit of the directory, by code; filtered by type and by a part of the name.
#[utoipa::path(tag = "Directory", operation_id = "listUnits", params(UnitQuery),
    responses((status = 200, description = "A page of units, by code.", body = UnitPage)))]
#[get("/units")]
async fn list_units(state: Data<State>, caller: Caller, query: QueryOf<UnitQuery>) -> Result<Plain<UnitPage>, Problem> {
    let QueryOf(query) = query;
    let order = SortOrder { key: Some(("code", "text")), descending: false };
    let asked = list::asked("listUnits", &query, query.limit, query.cursor.as_ref(), query.include_total, order);
    let filter = UnitFilter {
        types: query.r#type.iter().map(|code| (*code).into()).collect(),
        text: query.q.as_ref().map(|text| text.as_str().to_owned()),
    };
    let page = state.store.read(&caller.call).await?.page(&filter, &asked).await?;
    let next = list::next_link("/v1/units", &query, page.next_cursor.as_deref());
    let body = UnitPage {
        items: page.items.into_iter().map(|unit| UnitView::of(unit, caller.language)).collect(),
        next_cursor: page.next_cursor.map(Into::into),
        total: page.total,
    };
    Ok(Plain { body, language: caller.language, next })
}

/// Enter a unit
///
/// Adds a unit to the directory. Its code is what plans and reports call it by, and is never used again.
#[utoipa::path(tag = "Directory", operation_id = "createUnit", request_body = UnitNew,
    responses((status = 201, description = "The unit is in the directory.", body = UnitView)))]
#[post("/units")]
async fn create_unit(state: Data<State>, caller: Caller, body: Body<UnitNew>) -> Result<Versioned<UnitView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::None, async move |tx| {
        let permitted = tx.permit_new::<CreateUnit, _>(Directory)?;
        let parent = new.parent_id.map(UnitKey::id);
        if let Some(parent) = parent {
            tx.look_up::<Unit>(parent).await.map_err(|error| absent_at(error, "/parentId"))?;
        }
        let unit = CreateUnit {
            code: new.code.clone().into_text(),
            name: new.name.clone().into_text(),
            unit_type: new.unit_type.into(),
            parent,
            valid_from: new.valid_from_date.0,
            sample: new.sample,
        };
        tx.carry_out(permitted, unit).await
    });
    let saved = saved.await?;
    let body = UnitView::of(saved.object.clone(), caller.language);
    Ok(Versioned::created(&saved, &caller, "units", body))
}

/// Read a unit
///
/// One unit of the directory, with the days between which it exists.
#[utoipa::path(tag = "Directory", operation_id = "readUnit", params(UnitPath),
    responses((status = 200, description = "The unit, as the directory knows it.", body = UnitView)))]
#[get("/units/{unitId}")]
async fn read_unit(state: Data<State>, caller: Caller, path: PathOf<UnitPath>) -> Result<Versioned<UnitView>, Problem> {
    let unit: Unit = state.store.read(&caller.call).await?.object(path.0.unit_id.id()).await?;
    let version = unit.root.version;
    Ok(Versioned::read(UnitView::of(unit, caller.language), version, caller.language))
}
