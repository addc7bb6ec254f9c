//! Measurements: recorded, listed, read; never changed.

use actix_web::{get, post, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    attachment::{AttachToMeasurement, Provable, Proven},
    campaign::Campaign,
    principal::Actor,
    target::{AppendMeasurement, Measurable, Measurement, Target},
};
use thidua_persistence::{Fence, MeasurementFilter, Reader, page::SortOrder};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::TargetPath;
use crate::{
    app::Entries,
    attachments::EnclosureView,
    campaigns::CampaignPath,
    command::ActionView,
    input::{
        Body, Caller, CampaignKey, CursorText, DateOnly, Dec, Instant, Limit, MeasurementKey, PathOf, PersonKey,
        QueryOf, Str, TargetKey, UnitKey, present,
    },
    list::{List, Listed, paged},
    measures::ValueBody,
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// The operations on measurements.
pub(super) fn configure(config: &mut impl Entries) {
    config
        .service(append_measurement)
        .service(list_measurements)
        .service(list_campaign_measurements)
        .service(read_measurement);
}

/// A value of a target to be recorded.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MeasurementNew {
    /// The day for which the value holds: not before the campaign's first day, not in the future.
    #[schema(example = "2025-09-30")]
    as_of_date: DateOnly,
    /// What was found, of the kind that the target asks for.
    #[validate(nested)]
    value: ValueBody,
    /// Source or remark; no personal data.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Theo số liệu của Bảo hiểm xã hội.")]
    note: Option<Str<2000>>,
}

impl From<MeasurementNew> for AppendMeasurement {
    fn from(body: MeasurementNew) -> Self {
        Self { as_of: body.as_of_date.0, value: body.value.into(), note: body.note.map(Str::into_text) }
    }
}

/// What was found for a target on a day. It never changes: a later one for the same day takes its place.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Measurement)]
pub(crate) struct MeasurementView {
    /// Identifies the measurement.
    id: MeasurementKey,
    /// Always 1: a measurement never changes.
    #[schema(minimum = 1, maximum = 1)]
    version: i64,
    /// The target that was measured.
    target_id: TargetKey,
    /// The campaign of the target.
    campaign_id: CampaignKey,
    /// The unit that answers for the target.
    unit_id: UnitKey,
    /// The day for which the value holds.
    as_of_date: DateOnly,
    /// What was found.
    value: ValueBody,
    /// A share in percent, rounded down to six decimals; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "96.214285")]
    share_percent: Option<Dec>,
    /// Source or remark of who recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Str<2000>>,
    /// What proves it, in the order in which it was attached; absent in lists, and where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    attachments: Vec<EnclosureView>,
    /// Identifies the person who recorded it.
    recorded_by_id: PersonKey,
    /// When it was recorded, by the business clock.
    created_at: Instant,
    /// The same as `createdAt`: a measurement never changes.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl MeasurementView {
    /// The measurement with what proves it, and with what this caller could do.
    fn of(provable: Provable, actor: &Actor) -> Self {
        let actions = vec![ActionView::of::<AttachToMeasurement, _>(actor, &provable)];
        let Proven { measurement, evidence } = provable.proven;
        let attachments = evidence.into_iter().map(Into::into).collect();
        Self { attachments, actions, ..measurement.into() }
    }
}

impl From<Measurement> for MeasurementView {
    fn from(measurement: Measurement) -> Self {
        Self {
            id: measurement.root.id.into(),
            version: measurement.root.version,
            target_id: measurement.target.into(),
            campaign_id: measurement.campaign.into(),
            unit_id: measurement.unit.into(),
            as_of_date: DateOnly(measurement.as_of),
            share_percent: measurement.value.percent().map(Dec),
            value: measurement.value.into(),
            note: measurement.note.map(Into::into),
            attachments: Vec::new(),
            recorded_by_id: measurement.recorded_by.into(),
            created_at: Instant(measurement.root.created_at),
            updated_at: Instant(measurement.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of measurements.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeasurementPage {
    /// The measurements of this page.
    #[schema(max_items = 100)]
    items: Vec<MeasurementView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which page of the measurements.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MeasurementQuery {
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

/// Which measurements of a campaign, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CampaignMeasurementQuery {
    /// Only measurements of these units; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    unit_id: Vec<UnitKey>,
    /// Only measurements of these targets; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    target_id: Vec<TargetKey>,
    /// Only values that hold for this day or a later one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-10-01")]
    as_of_from_date: Option<DateOnly>,
    /// Only values that hold for a day before this one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-11-01")]
    as_of_before_date: Option<DateOnly>,
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

paged!(MeasurementQuery, MeasurementPage of MeasurementView);
paged!(CampaignMeasurementQuery);

const NEWEST_FIRST: SortOrder = SortOrder { key: None, descending: true };

/// Where one measurement is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct MeasurementPath {
    /// Identifies the measurement.
    pub(crate) measurement_id: MeasurementKey,
}

/// Record a measurement
///
/// Records what was found for a target on a day of the campaign. Measurements are only ever added: a wrong one is put right
/// by a later one for the same day. Of the latest day the one recorded last says where the target stands.
#[utoipa::path(tag = "Targets", operation_id = "appendMeasurement", params(TargetPath), request_body = MeasurementNew,
    responses((status = 201, description = "The value is recorded.", body = MeasurementView)))]
#[post("/targets/{targetId}/measurements")]
async fn append_measurement(
    state: Data<State>,
    caller: Caller,
    path: PathOf<TargetPath>,
    body: Body<MeasurementNew>,
) -> Result<Versioned<MeasurementView>, Problem> {
    let id = path.0.target_id.id();
    let append: AppendMeasurement = body.0.into();
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let measurable: Measurable = tx.load(id).await?;
        let permitted = tx.permit_new::<AppendMeasurement, _>(measurable)?;
        tx.carry_out(permitted, append.clone()).await
    });
    let saved = saved.await?;
    let recorded = saved.object.clone();
    let provable = if saved.replayed {
        // More may have come to it since.
        state.store.read(&caller.call).await?.object(recorded.root.id).await?
    } else {
        Provable::just_recorded(recorded)
    };
    let body = MeasurementView::of(provable, &saved.actor);
    Ok(Versioned::created(&saved, &caller, "measurements", body))
}

/// List measurements
///
/// What was found for a target, the value recorded last first.
#[utoipa::path(tag = "Targets", operation_id = "listMeasurements", params(TargetPath, MeasurementQuery),
    responses((status = 200, description = "A page of measurements, the newest first.", body = MeasurementPage)))]
#[get("/targets/{targetId}/measurements")]
async fn list_measurements(
    state: Data<State>,
    caller: Caller,
    path: PathOf<TargetPath>,
    query: QueryOf<MeasurementQuery>,
) -> Result<Listed<MeasurementPage>, Problem> {
    let target = path.0.target_id.id();
    let filter = MeasurementFilter { targets: vec![target], ..MeasurementFilter::default() };
    let url = format!("/v1/targets/{target}/measurements");
    let list = List { url: &url, query: &query.0, filter, order: NEWEST_FIRST };
    let view = async |reader: &Reader| {
        reader.sees::<Target>(target).await?;
        Ok(MeasurementView::from)
    };
    list.answer(&state, &caller, view).await
}

/// List measurements of a campaign
///
/// What was found for all targets of a campaign that the caller can see, the value recorded last first: to follow what comes
/// in, and to take the figures along as a file.
#[utoipa::path(tag = "Targets", operation_id = "listCampaignMeasurements", params(CampaignPath, CampaignMeasurementQuery),
    responses((status = 200, description = "A page of measurements, the newest first.", body = MeasurementPage)))]
#[get("/campaigns/{campaignId}/measurements")]
async fn list_campaign_measurements(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<CampaignMeasurementQuery>,
) -> Result<Listed<MeasurementPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = MeasurementFilter {
        campaign: Some(campaign),
        targets: query.0.target_id.iter().map(|target| target.id()).collect(),
        units: query.0.unit_id.iter().map(|unit| unit.id()).collect(),
        from: query.0.as_of_from_date.map(|day| day.0),
        before: query.0.as_of_before_date.map(|day| day.0),
    };
    let url = format!("/v1/campaigns/{campaign}/measurements");
    let list = List { url: &url, query: &query.0, filter, order: NEWEST_FIRST };
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(MeasurementView::from)
    };
    list.answer(&state, &caller, view).await
}

/// Read a measurement
///
/// One value of a target, with the day for which it holds, who recorded it and what proves it.
#[utoipa::path(tag = "Targets", operation_id = "readMeasurement", params(MeasurementPath),
    responses((status = 200, description = "The measurement, as it was recorded.", body = MeasurementView)))]
#[get("/measurements/{measurementId}")]
async fn read_measurement(
    state: Data<State>,
    caller: Caller,
    path: PathOf<MeasurementPath>,
) -> Result<Versioned<MeasurementView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let provable: Provable = reader.object(path.0.measurement_id.id()).await?;
    let version = provable.proven.measurement.root.version;
    Ok(Versioned::read(MeasurementView::of(provable, &reader.actor), version, caller.language))
}
