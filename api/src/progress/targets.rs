//! Progress target by target.

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::Campaign,
    progress::{Live, Whole},
    time::Date,
};
use thidua_persistence::{Reader, Standing, StoreError, TargetFilter, facts, page::SortOrder};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    asked::at_fault,
    compared::{Compared, ShiftView},
};
use crate::{
    app::Entries,
    campaigns::CampaignPath,
    export::{Dress, Form, export},
    input::{
        Caller, CodeText, CursorText, DateOnly, Limit, PathOf, PeriodKey, QueryOf, Str, TargetKey, UnitKey, present,
    },
    list::{List, Listed, paged},
    measures::MeasureBody,
    problem::Problem,
    reply::Plain,
    state::State,
    targets::CurrentView,
};

/// The operations on progress target by target.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(list_target_progress);
}

/// Which targets, with what they are compared, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TargetProgressQuery {
    /// Only targets of these units; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    unit_id: Vec<UnitKey>,
    /// Only targets about these tasks of the plan; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    task: Vec<CodeText>,
    /// The day to compare with, at its end; without it, the last day of the last period, as in `readProgress`: the regular one
    /// (not `AD_HOC`) that ended last of those that were over, closed as announced in `closesAt`, before today.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-10-31")]
    compared_to_date: Option<DateOnly>,
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

paged!(TargetProgressQuery);

/// A target with where it stands, and where it stood on the day that it is compared with.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TargetProgress)]
pub(crate) struct TargetProgressView {
    /// Identifies the target that is told of.
    target_id: TargetKey,
    /// The unit that answers for it.
    unit_id: UnitKey,
    /// Code, unique within unit and campaign.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// What the target asks for.
    measure: MeasureBody,
    /// Where it stands; absent while nothing was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<CurrentView>,
    /// Where it stood on that day; absent where nothing was measured by then, or nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<CurrentView>,
    /// How far it has come since; absent unless both have figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ShiftView>,
}

impl From<Live> for TargetProgressView {
    fn from(live: Live) -> Self {
        let Live { target, current, earlier } = live;
        let whole = |at: &Option<_>| Whole::of_one(&target.measure, at.as_ref());
        Self {
            target_id: target.root.id.into(),
            unit_id: target.unit.into(),
            change: ShiftView::of(whole(&current).since(&whole(&earlier))),
            current: current.map(|current| CurrentView::of(current, &target.measure)),
            earlier: earlier.map(|earlier| CurrentView::of(earlier, &target.measure)),
            code: target.code.into(),
            name: target.name.into(),
            restricted: target.restricted,
            measure: target.measure.into(),
        }
    }
}

/// One page of progress, target by target.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TargetProgressPage {
    /// The day that the targets are compared with; absent where none was asked for and no period has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_to_date: Option<DateOnly>,
    /// The period that ended on that day; absent where the caller chose the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_to_period_id: Option<PeriodKey>,
    /// The targets of this page.
    #[schema(max_items = 100)]
    items: Vec<TargetProgressView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// List progress by target
///
/// Where each target in force stands at this very moment, where it stood on an earlier day, and how far it has come since,
/// in the order in which the targets came into force. Of an earlier day the value recorded last counts, also where it was
/// put right later.
#[utoipa::path(tag = "Progress", operation_id = "listTargetProgress", params(CampaignPath, TargetProgressQuery),
    responses((status = 200, description = "A page of targets with their progress.", body = TargetProgressPage),
        (status = 422, description = "The day that is compared with lies in the future.")))]
#[get("/campaigns/{campaignId}/progress/targets")]
async fn list_target_progress(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<TargetProgressQuery>,
) -> Result<Listed<TargetProgressPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = TargetFilter {
        campaign,
        units: query.0.unit_id.iter().map(|unit| unit.id()).collect(),
        tasks: query.0.task.iter().map(|task| task.as_str().to_owned()).collect(),
        stages: vec!["ACTIVE"],
    };
    let url = format!("/v1/campaigns/{campaign}/progress/targets");
    let order = SortOrder { key: None, descending: false };
    let compared = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Compared::to(reader, campaign, query.0.compared_to_date, reader.now.date()).await
    };
    if caller.form != Form::Json {
        let prepare = async |reader: &Reader| {
            let day = compared(reader).await?.day;
            Ok(Dress::Asking(Box::new(move |reader, standing| Box::pin(views(reader, standing, day)))))
        };
        return Ok(Listed::File(Box::new(
            export(&state, &caller, filter, order, prepare).await.map_err(Problem::with_parameters)?,
        )));
    }
    let list = List { url: &url, query: &query.0, filter, order };
    let page = state.store.read_snapshot(&caller.call, async |reader| {
        let compared = compared(reader).await?;
        let page = reader.page(&list.filter, &list.asked()).await?;
        let next = list.next_link(page.next_cursor.as_deref());
        let body = TargetProgressPage {
            compared_to_date: compared.day.map(DateOnly),
            compared_to_period_id: compared.period.map(Into::into),
            items: views(reader, page.items, compared.day).await?,
            next_cursor: page.next_cursor.map(Into::into),
            total: page.total,
        };
        Ok((body, next))
    });
    let (body, next) = page.await.map_err(at_fault)?;
    Ok(Listed::Page(Plain { body, language: caller.language, next }))
}

async fn views(
    reader: &Reader,
    standing: Vec<Standing>,
    day: Option<Date>,
) -> Result<Vec<TargetProgressView>, StoreError> {
    Ok(facts::progress::compared(reader, standing, day).await?.into_iter().map(Into::into).collect())
}
