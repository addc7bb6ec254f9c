//! What changed in a campaign within some days: what a coordinator wants to know on Monday morning, in a minute.

use actix_web::{get, web::Data};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    report::compliance::{DUE_SOON_DAYS, compliance},
    time::{Date, Span},
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::IntoParams;
use validator::Validate;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, DateOnly, PathOf, QueryOf, present},
    problem::{Place, Problem},
    reply::Plain,
    state::State,
};

mod consolidated;
mod steps;
mod view;

use steps::Called;
use view::{ChangesView, Found, NewlyLate};

/// How many days the answer covers where the caller names none.
const A_WEEK: i64 = 7;
/// How many days it covers at most: a quarter.
const MOST_DAYS: i64 = 92;
/// How many entries each group shows at most.
const MOST_SHOWN: usize = 100;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_changes);
}

/// Which days.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// The first day; without it, six days before the last one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-11-03")]
    from_date: Option<DateOnly>,
    /// The last day: not before the first, and at most 92 days with it; without it, today.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-11-09")]
    to_date: Option<DateOnly>,
}

impl ChangesQuery {
    /// The days, by the business clock.
    fn span(self, today: Date) -> Result<Span, Problem> {
        let last = self.to_date.map_or(today, |day| day.0);
        let first = self.from_date.map_or_else(|| last - TimeDelta::days(A_WEEK - 1), |day| day.0);
        if (0..MOST_DAYS).contains(&(last - first).num_days()) {
            return Ok(Span { first, last });
        }
        let named = if self.to_date.is_some() { "toDate" } else { "fromDate" };
        Err(Problem::contradiction(Place::Parameter(named.to_owned()), "parameter.rangeOutOfBounds"))
    }
}

/// Read what changed
///
/// What moved in a campaign within some days, the last seven where nothing is said: values of targets, old and new, with
/// their measurements; reports and registrations that were handed in, accepted or returned; units whose report fell due and
/// was not there; the commune's own reports from one stage to the next; periods that were opened and closed. Values count by
/// the day on which they were recorded. It is read at this very moment, from one snapshot, and shows only what the caller can
/// see. A group shows a hundred entries at most; where more than the latest matter, it says how much there is in all.
#[utoipa::path(tag = "Progress", operation_id = "readChanges", params(CampaignPath, ChangesQuery),
    responses((status = 200, description = "What changed within these days, group by group.", body = ChangesView),
        (status = 422, description = "The days are no range, or too many.")))]
#[get("/campaigns/{campaignId}/changes")]
async fn read_changes(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ChangesQuery>,
) -> Result<Plain<ChangesView>, Problem> {
    let campaign = path.0.campaign_id.id();
    let body = state.store.read_snapshot(&caller.call, async |reader| {
        reader.sees::<Campaign>(campaign).await?;
        match query.0.span(reader.now.date()) {
            Err(problem) => Ok(Err(problem)),
            Ok(span) => {
                let found = find(reader, campaign, span).await?;
                Ok(Ok(ChangesView::of(campaign.into(), span, reader.now, found, caller.language)))
            }
        }
    });
    Ok(Plain { body: body.await??, language: caller.language, next: None })
}

async fn find(reader: &Reader, campaign: CampaignId, span: Span) -> Result<Found, StoreError> {
    let most = i64::try_from(MOST_SHOWN).unwrap_or(i64::MAX);
    let (moved, targets) = facts::changes::moved_targets(reader, campaign, span, most).await?;
    let steps = facts::changes::steps(reader, campaign, span).await?;
    let late = newly_late(reader, campaign, span).await?;
    let named = targets.iter().map(|live| live.target.unit);
    let named = named.chain(steps.reports.iter().chain(&steps.registrations).filter_map(|step| step.unit));
    let mut named: Vec<_> = named.chain(late.iter().map(|one| one.standing.unit)).collect();
    named.sort_unstable();
    named.dedup();
    let units = facts::unit_entries(reader, named.into_iter()).await?;
    Ok(Found { moved, targets, steps, late, called: Called { units, day: span.last } })
}

/// The units that owe a report on a period which fell due within these days, and did not hand it in before.
async fn newly_late(reader: &Reader, campaign: CampaignId, span: Span) -> Result<Vec<NewlyLate>, StoreError> {
    let mut periods = facts::periods::by_due_date(reader, campaign, Vec::new()).await?;
    periods.retain(|period| span.contains(period.due_before.instant()) && period.due_before.missed_at(reader.now));
    if periods.is_empty() {
        return Ok(Vec::new());
    }
    let ids = periods.iter().map(|period| period.root.id).collect();
    let filings = facts::reports::filings(reader, campaign, ids).await?;
    let mut late = Vec::new();
    for period in periods {
        let of_period = filings.iter().filter(|(of, _)| *of == period.root.id).map(|(_, filing)| filing.clone());
        let of_period: Vec<_> = of_period.collect();
        let stand = compliance(&period, &of_period, reader.now, DUE_SOON_DAYS).seen_by(&reader.actor);
        let too_late = stand.owing.into_iter().filter(|standing| standing.missing || standing.late);
        late.extend(too_late.map(|standing| NewlyLate {
            period: period.root.id,
            code: period.code.clone(),
            due_before: period.due_before,
            standing,
        }));
    }
    Ok(late)
}
