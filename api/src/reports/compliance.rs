//! Who has reported, who is late, who is missing: derived at the moment of asking.

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    period::{Period, PeriodId},
    report::compliance::{Compliance, DUE_SOON_DAYS, Standing, Status, Totals, compliance},
    time::{Date, Timestamp},
    unit::{Hierarchy, UnitEntry, UnitId},
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{
        Caller, CampaignKey, CodeText, Dec, Instant, PathOf, PeriodKey, QueryOf, ReportKey, Str, UnitKey, present,
    },
    language::Language,
    periods::PeriodStage,
    problem::Problem,
    reply::Plain,
    state::State,
};

mod sheet;

/// The operations on compliance.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_compliance).service(sheet::read_compliance_document);
}

/// Of which periods it is asked.
#[derive(Clone, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ComplianceQuery {
    /// Only these periods; repeat the parameter for several, leave it out for all of the campaign.
    #[serde(default)]
    #[param(max_items = 12, required = false)]
    #[validate(length(max = 12))]
    period_id: Vec<PeriodKey>,
    /// Only how this unit stands.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false)]
    unit_id: Option<UnitKey>,
    /// Whether all units are meant too that stand below `unitId` on the last day of the period.
    #[serde(default)]
    #[param(required = false, example = false)]
    below: bool,
}

/// How far a unit has come with its report; NOT_SUBMITTED to whom it is hidden whether the report is being written (DRAFTING) or
/// not (NOT_STARTED), which is the unit's own matter. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ComplianceStatus {
    Accepted,
    Submitted,
    Returned,
    Drafting,
    NotStarted,
    NotSubmitted,
}

impl From<Status> for ComplianceStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Accepted => Self::Accepted,
            Status::Submitted => Self::Submitted,
            Status::Returned => Self::Returned,
            Status::Drafting => Self::Drafting,
            Status::NotStarted => Self::NotStarted,
            Status::NotSubmitted => Self::NotSubmitted,
        }
    }
}

/// How one unit stands with its report for a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UnitCompliance)]
pub(crate) struct StandingView {
    /// The unit that reports.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name on the last day of the period, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// How far it has come.
    status: ComplianceStatus,
    /// How far it has come, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã tiếp nhận")]
    status_label: String,
    /// The report that counts or is to count, once the caller can see one.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<ReportKey>,
    /// When it was handed in first.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_submitted_at: Option<Instant>,
    /// It was handed in late; this stays.
    late: bool,
    /// It is owed, the instant at which it fell due has passed, and nothing was handed in.
    missing: bool,
    /// It is owed, falls due within three days, and nothing was handed in.
    due_soon: bool,
    /// Whole days since the last day on which it could be handed in on time, while it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100_000)]
    overdue_days: Option<i64>,
    /// A correction beside the accepted report waits to be handed in or judged.
    correction_open: bool,
}

/// How many units that owe a report stand how: `accepted`, `submitted`, `returned` and `notSubmitted` add up to `owed`. The
/// percentages are of all that owe one, and absent where nobody does.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ComplianceTotals)]
pub(crate) struct TotalsView {
    /// Units that owe a report.
    #[schema(minimum = 0, maximum = 100_000)]
    owed: usize,
    /// Of them: their report is accepted.
    #[schema(minimum = 0, maximum = 100_000)]
    accepted: usize,
    /// Of them: their report is handed in and not judged yet.
    #[schema(minimum = 0, maximum = 100_000)]
    submitted: usize,
    /// Of them: their report was given back to them.
    #[schema(minimum = 0, maximum = 100_000)]
    returned: usize,
    /// Of them: nothing was handed in.
    #[schema(minimum = 0, maximum = 100_000)]
    not_submitted: usize,
    /// Of these: their report is being written; absent where the drafts of one of them are hidden from the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100_000)]
    drafting: Option<usize>,
    /// Of these: nothing is there; absent where `drafting` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100_000)]
    not_started: Option<usize>,
    /// Of all that owe: handed in, be it judged or given back since.
    #[schema(minimum = 0, maximum = 100_000)]
    handed_in: usize,
    /// Of all that owe: handed in, and not late.
    #[schema(minimum = 0, maximum = 100_000)]
    on_time: usize,
    /// How complete the reports are: `handedIn` of `owed` in percent, rounded down to six decimals; absent where nobody owes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "66.666666")]
    completeness_percent: Option<Dec>,
    /// How many were on time: `onTime` of `owed` in percent, rounded down to six decimals; absent where nobody owes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "33.333333")]
    on_time_percent: Option<Dec>,
    /// Of all that owe: handed in late.
    #[schema(minimum = 0, maximum = 100_000)]
    late: usize,
    /// Of all that owe: missing after the reports fell due.
    #[schema(minimum = 0, maximum = 100_000)]
    missing: usize,
    /// Of all that owe: due soon.
    #[schema(minimum = 0, maximum = 100_000)]
    due_soon: usize,
}

impl From<Totals> for TotalsView {
    fn from(totals: Totals) -> Self {
        Self {
            owed: totals.owed,
            accepted: totals.accepted,
            submitted: totals.submitted,
            returned: totals.returned,
            not_submitted: totals.not_submitted,
            drafting: totals.drafting,
            not_started: totals.not_started,
            handed_in: totals.handed_in,
            on_time: totals.on_time,
            completeness_percent: totals.completeness().map(Dec),
            on_time_percent: totals.timeliness().map(Dec),
            late: totals.late,
            missing: totals.missing,
            due_soon: totals.due_soon,
        }
    }
}

/// How the units stand for one period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeriodCompliance)]
pub(crate) struct PeriodComplianceView {
    /// The period that is reported on.
    period_id: PeriodKey,
    /// Its short code, as plans use it.
    #[schema(example = "2025-10")]
    period_code: CodeText,
    /// Its name as it is shown to people.
    #[schema(example = "Tháng 10 năm 2025")]
    period_name: Str<300>,
    /// Where the period stands.
    stage: PeriodStage,
    /// Where the period stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang mở")]
    stage_label: String,
    /// From this instant on a report is late.
    due_before: Instant,
    /// Counts over the units that owe a report and that the caller can see.
    totals: TotalsView,
    /// The units that owe a report, by code.
    #[schema(max_items = 1000)]
    owing: Vec<StandingView>,
    /// The units that handed in a report without owing one; they are never missing.
    #[schema(max_items = 1000)]
    voluntary: Vec<StandingView>,
}

/// How the units stand with their reports, period by period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Compliance)]
pub(crate) struct ComplianceView {
    /// The campaign that is reported on.
    campaign_id: CampaignKey,
    /// The moment at which all of this holds, by the business clock.
    as_of_at: Instant,
    /// The periods, by the instant at which their reports fall due.
    #[schema(max_items = 1000)]
    periods: Vec<PeriodComplianceView>,
}

/// Read compliance
///
/// Who has reported for which period, who is late, who is missing, at this very moment and from one snapshot. Those who
/// follow the campaign see all units, a unit sees itself, others see none. To whom drafts are hidden, a unit has handed nothing in,
/// and no more is said. Of each period it says how complete the reports are, and how many were on time, in percent of those owed.
/// It can be asked for one unit, alone or with all below it, as they stood below each other on the last day of each period.
#[utoipa::path(tag = "Reports", operation_id = "readCompliance", params(CampaignPath, ComplianceQuery),
    responses((status = 200, description = "How the units stand, period by period.", body = ComplianceView),
        (status = 422, description = "The unit is unknown or missing.")))]
#[get("/campaigns/{campaignId}/compliance")]
async fn read_compliance(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ComplianceQuery>,
) -> Result<Plain<ComplianceView>, Problem> {
    let campaign = path.0.campaign_id.id();
    let ComplianceQuery { period_id, unit_id, below } = query.0;
    let asked: Vec<_> = period_id.into_iter().map(PeriodKey::id).collect();
    let body = state.store.read_snapshot(&caller.call, async |reader| {
        reader.sees::<Campaign>(campaign).await?;
        let mut stand = standings(reader, campaign, asked).await?;
        let lives = if unit_id.is_some() || below { facts::unit_lives(reader).await? } else { Vec::new() };
        if let Some(extent) = Hierarchy::on(reader.now.date(), &lives).extent(unit_id.map(UnitKey::id), below)? {
            let narrowed = |(period, all): (Period, Compliance)| {
                let within = all.within(&Hierarchy::on(period.ends_on, &lives), extent);
                (period, within)
            };
            stand = stand.into_iter().map(narrowed).collect();
        }
        let units = facts::unit_entries(reader, named(&stand)).await?;
        Ok(Board { units: &units, language: caller.language }.view(campaign.into(), stand, reader.now))
    });
    let body = body.await.map_err(|error| Problem::from(error).with_parameters())?;
    Ok(Plain { body, language: caller.language, next: None })
}

/// How the units stand for each period, as far as the caller sees them.
pub(super) async fn standings(
    reader: &Reader,
    campaign: CampaignId,
    asked: Vec<PeriodId>,
) -> Result<Vec<(Period, Compliance)>, StoreError> {
    let periods = facts::periods::by_due_date(reader, campaign, asked).await?;
    let ids = periods.iter().map(|period| period.root.id).collect();
    let filings = facts::reports::filings(reader, campaign, ids).await?;
    let stand = |period: Period| {
        let of_period: Vec<_> =
            filings.iter().filter(|(of, _)| *of == period.root.id).map(|(_, filing)| filing.clone()).collect();
        let standing = compliance(&period, &of_period, reader.now, DUE_SOON_DAYS).seen_by(&reader.actor);
        (period, standing)
    };
    Ok(periods.into_iter().map(stand).collect())
}

/// Every unit that stands there.
pub(super) fn named(stand: &[(Period, Compliance)]) -> impl Iterator<Item = UnitId> {
    stand.iter().flat_map(|(_, all)| all.owing.iter().chain(&all.voluntary)).map(|one| one.unit)
}

/// What turns standings into rows that people can read.
struct Board<'a> {
    units: &'a [UnitEntry],
    language: Language,
}

impl Board<'_> {
    fn view(&self, campaign_id: CampaignKey, stand: Vec<(Period, Compliance)>, now: Timestamp) -> ComplianceView {
        let periods = stand.into_iter().map(|(period, all)| self.period(&period, all)).collect();
        ComplianceView { campaign_id, as_of_at: Instant(now), periods }
    }

    fn period(&self, period: &Period, all: Compliance) -> PeriodComplianceView {
        PeriodComplianceView {
            period_id: period.root.id.into(),
            period_code: period.code.clone().into(),
            period_name: period.name.clone().into(),
            stage: (&period.stage).into(),
            stage_label: self.language.label("periodStage", period.stage.code()),
            due_before: Instant(period.due_before.instant()),
            totals: all.totals.into(),
            owing: self.rows(all.owing, period.ends_on),
            voluntary: self.rows(all.voluntary, period.ends_on),
        }
    }

    /// By code: the entries of the directory come in this order, and every unit has one.
    fn rows(&self, standings: Vec<Standing>, day: Date) -> Vec<StandingView> {
        let of = |unit: UnitId| standings.iter().find(|standing| standing.unit == unit);
        self.units.iter().filter_map(|entry| of(entry.unit).map(|standing| self.row(entry, day, standing))).collect()
    }

    fn row(&self, unit: &UnitEntry, day: Date, standing: &Standing) -> StandingView {
        StandingView {
            unit_id: unit.unit.into(),
            unit_code: unit.code.clone().into(),
            unit_name: unit.faces.on(day).name.clone().into(),
            status: standing.status.into(),
            status_label: self.language.label("complianceStatus", standing.status.as_str()),
            report_id: standing.report.map(Into::into),
            first_submitted_at: standing.first_submitted_at.map(Instant),
            late: standing.late,
            missing: standing.missing,
            due_soon: standing.due_soon,
            overdue_days: standing.overdue_days,
            correction_open: standing.correction_open,
        }
    }
}
