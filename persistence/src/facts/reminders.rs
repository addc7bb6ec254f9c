//! What is known of a campaign's deadlines and of those who still have to meet them.
//!
//! The clock asks this and no caller, so that it takes a statement for each kind of thing; never one for each row.

use std::collections::BTreeSet;

use chrono::Days;
use sea_orm::{
    Condition, QueryResult,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    calendar::WorkingCalendar,
    campaign::{Campaign, CampaignId},
    change::Aggregate,
    consolidation,
    document::DocumentId,
    id::Id,
    period::{PeriodId, Stage},
    principal::{Actor, Role},
    registration,
    reminder::{
        ADDRESSED, About, DeadlineKind, LetterFacts, Recipient, ReminderRule, ReminderRuleId, Returned, Watched,
    },
    text::{Line, Token},
    time::{Deadline, Timestamp},
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use super::{calendar::exceptions, consolidation::ask, documents::earlier, reports::filings_seen_by};
use crate::{
    PeriodFilter, ReminderRuleFilter,
    connection::Conn,
    error::StoreError,
    page::Filter,
    shown::{every, one},
    store::Reader,
    tx::Tx,
};

/// Farther from today than any day whose reminder could come due: sixty working days, with room for every holiday.
const REACH: Days = Days::new(400);

/// Whether a rule of the campaign has this code.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn code_taken(tx: &Tx, campaign: CampaignId, code: &Token) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM reminder_rule WHERE campaign_id = $1 AND code = $2) AS taken";
    let rows = ask(tx.db(), sql, vec![campaign.uuid().into(), code.as_str().into()]).await?;
    rows.first().map_or(Ok(false), |row| Ok(row.try_get_by("taken")?))
}

/// The running campaigns that have rules.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn campaigns(reader: &Reader) -> Result<Vec<CampaignId>, StoreError> {
    let sql = "SELECT id FROM campaign c WHERE stage = 'RUNNING'
               AND EXISTS (SELECT FROM reminder_rule r WHERE r.campaign_id = c.id AND r.stage = 'ACTIVE') ORDER BY id";
    let rows = ask(&reader.db, sql, Vec::new()).await?;
    rows.iter().map(|row| Ok(Id::new(row.try_get_by::<Uuid, _>("id")?))).collect()
}

/// What a look at the campaign finds; it may be out of date the next moment.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn watched(reader: &Reader, campaign: CampaignId) -> Result<Watched, StoreError> {
    on(&reader.db, &reader.actor, reader.now, campaign).await
}

/// The same within a write, under the campaign's lock, where nothing of it moves.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn watched_under_lock(tx: &Tx, campaign: CampaignId) -> Result<Watched, StoreError> {
    on(tx.db(), tx.actor(), tx.now(), campaign).await
}

async fn on(db: &Conn, actor: &Actor, now: Timestamp, campaign: CampaignId) -> Result<Watched, StoreError> {
    let rules: Vec<ReminderRule> =
        every(db, ReminderRuleFilter { campaign, stages: Vec::new() }.condition(), None).await?;
    let reminds_of = |kind| rules.iter().any(|rule| rule.active() && rule.deadline == kind);
    let mut periods = Vec::new();
    if reminds_of(DeadlineKind::Report) {
        let open = PeriodFilter { campaign, stages: Stage::TAKING_REPORTS.to_vec(), named: Vec::new() };
        periods = every(db, open.condition(), None).await?;
    }
    let mut filings = Vec::new();
    if !periods.is_empty() {
        let ids = periods.iter().map(|period: &thidua_domain::period::Period| period.root.id).collect();
        filings = filings_seen_by(db, actor, campaign, ids).await?;
    }
    let (mut units, mut registered) = (Vec::new(), BTreeSet::new());
    if reminds_of(DeadlineKind::Registration) {
        units = every(db, Condition::all(), None).await?;
        registered = handed_in(db, campaign).await?;
    }
    let returned = if reminds_of(DeadlineKind::Resubmission) { given_back(db, campaign).await? } else { Vec::new() };
    let at_the_city = reminds_of(DeadlineKind::CityReport) && is_at_the_city(db, campaign).await?;
    let today = now.date();
    let (from, to) = (today.checked_sub_days(REACH).unwrap_or(today), today.checked_add_days(REACH).unwrap_or(today));
    let calendar = WorkingCalendar::known_on(&exceptions(db, from, to).await?, today);
    let campaign: Campaign = one(db, actor, campaign, "").await?;
    let told = told(db, campaign.root.id).await?;
    Ok(Watched { campaign, rules, periods, filings, returned, units, registered, at_the_city, calendar, told })
}

/// The units whose registration was handed in and not taken back.
async fn handed_in(db: &Conn, campaign: CampaignId) -> Result<BTreeSet<UnitId>, StoreError> {
    let sql = "SELECT DISTINCT unit_id FROM registration
               WHERE campaign_id = $1 AND stage IN (SELECT jsonb_array_elements_text($2::jsonb))";
    let stages: Vec<_> = registration::Stage::HANDED_IN.iter().filter(|stage| **stage != "WITHDRAWN").collect();
    let rows = ask(db, sql, vec![campaign.uuid().into(), json(&stages)?.into()]).await?;
    rows.iter().map(|row| Ok(Id::new(row.try_get_by::<Uuid, _>("unit_id")?))).collect()
}

/// What was given back to units until a deadline, and lies with them still.
async fn given_back(db: &Conn, campaign: CampaignId) -> Result<Vec<Returned>, StoreError> {
    let sql = "SELECT r.id, r.unit_id, r.period_id, p.state ->> 'name' AS name,
                      (r.state #>> '{stage,resubmitBefore}')::timestamptz AS due_before
               FROM report r JOIN period p ON p.id = r.period_id
               WHERE r.campaign_id = $1 AND r.stage = 'RETURNED' AND r.state #> '{stage,resubmitBefore}' IS NOT NULL
               UNION ALL
               SELECT id, unit_id, NULL, NULL, (state #>> '{stage,resubmitBefore}')::timestamptz
               FROM registration
               WHERE campaign_id = $1 AND stage = 'RETURNED' AND state #> '{stage,resubmitBefore}' IS NOT NULL";
    let rows = ask(db, sql, vec![campaign.uuid().into()]).await?;
    let returned = |row: &QueryResult| {
        let (id, name): (Uuid, Option<String>) = (row.try_get_by("id")?, row.try_get_by("name")?);
        let period: Option<Uuid> = row.try_get_by("period_id")?;
        let about = match period.zip(name) {
            Some((period, name)) => {
                let name = Line::parse(&name).map_err(|fault| StoreError::State(fault.as_code().to_owned()))?;
                About::ReportAgain { report: Id::new(id), period: Id::new(period), name }
            }
            None => About::RegistrationAgain { registration: Id::new(id) },
        };
        let due: chrono::DateTime<chrono::Utc> = row.try_get_by("due_before")?;
        let unit = Id::new(row.try_get_by::<Uuid, _>("unit_id")?);
        Ok(Returned { about, unit, due_before: Deadline::at(Timestamp::new(due)) })
    };
    rows.iter().map(returned).collect()
}

async fn is_at_the_city(db: &Conn, campaign: CampaignId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM consolidated_report
               WHERE campaign_id = $1 AND stage IN (SELECT jsonb_array_elements_text($2::jsonb))) AS there";
    let stages = json(&consolidation::Stage::AT_THE_CITY)?;
    let rows = ask(db, sql, vec![campaign.uuid().into(), stages.into()]).await?;
    rows.first().map_or(Ok(false), |row| Ok(row.try_get_by("there")?))
}

type Kept = (ReminderRuleId, Uuid, Deadline, UnitId);

/// Of which deadline each rule of the campaign has reminded which unit.
async fn told(db: &Conn, campaign: CampaignId) -> Result<BTreeSet<Kept>, StoreError> {
    let sql = "SELECT u.rule_id, u.subject_id, u.due_before, u.unit_id
               FROM reminder_rule r JOIN reminded_unit u ON u.rule_id = r.id WHERE r.campaign_id = $1";
    let rows = ask(db, sql, vec![campaign.uuid().into()]).await?;
    let kept = |row: &QueryResult| {
        let due: chrono::DateTime<chrono::Utc> = row.try_get_by("due_before")?;
        Ok((
            Id::new(row.try_get_by::<Uuid, _>("rule_id")?),
            row.try_get_by("subject_id")?,
            Deadline::at(Timestamp::new(due)),
            Id::new(row.try_get_by::<Uuid, _>("unit_id")?),
        ))
    };
    rows.iter().map(kept).collect()
}

/// Everybody who holds one of these roles now, for a unit or for the commune; machines and those shut out are not told.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn recipients(tx: &Tx, roles: &[Role]) -> Result<Vec<Recipient>, StoreError> {
    let sql = "SELECT p.id, g.role, g.unit FROM principal p,
                   jsonb_to_recordset(p.grants)
                       AS g(role text, unit uuid, everywhere boolean, valid_from timestamptz, valid_before timestamptz)
               WHERE p.kind = 'PERSON' AND p.disabled_at IS NULL AND (g.everywhere OR g.unit IS NOT NULL)
                 AND g.role IN (SELECT jsonb_array_elements_text($1::jsonb))
                 AND g.valid_from <= $2 AND (g.valid_before IS NULL OR g.valid_before > $2)
               ORDER BY p.id";
    let rows = ask(tx.db(), sql, vec![json(&roles)?.into(), tx.now().utc().into()]).await?;
    let recipient = |row: &QueryResult| {
        let role: String = row.try_get_by("role")?;
        let role = Role::ALL.iter().find(|one| one.as_str() == role);
        Ok(Recipient {
            principal: Id::new(row.try_get_by::<Uuid, _>("id")?),
            role: *role.ok_or_else(|| StoreError::State("a role that nobody knows".to_owned()))?,
            unit: row.try_get_by::<Option<Uuid>, _>("unit")?.map(Id::new),
        })
    };
    rows.iter().map(recipient).collect()
}

/// What is known of a letter, which is locked, and of the units and the period that it goes to.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn letter(
    tx: &Tx,
    campaign: CampaignId,
    document: DocumentId,
    units: &[UnitId],
    period: Option<PeriodId>,
) -> Result<LetterFacts, StoreError> {
    let named = Expr::col(Alias::new("id")).is_in(units.iter().map(|unit| unit.uuid()));
    let units: Vec<Unit> = tx.every(Condition::all().add(named)).await?;
    let here = units.iter().filter(|unit| unit.exists_on(tx.now().date()));
    let document = earlier(tx, std::iter::once(document)).await?.pop();
    let mut facts = LetterFacts {
        document: document.filter(|document| document.visible_to(tx.actor())),
        known: here.map(|unit| unit.root.id).collect(),
        recipients: recipients(tx, ADDRESSED).await?,
        ..LetterFacts::default()
    };
    if let Some(period) = period {
        let named = PeriodFilter { campaign, stages: Vec::new(), named: vec![period] };
        facts.period = tx.every(named.condition()).await?.pop();
        let filings = filings_seen_by(tx.db(), tx.actor(), campaign, vec![period]).await?;
        facts.filings = filings.into_iter().map(|(_, filing)| filing).collect();
    }
    Ok(facts)
}

fn json(list: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(list).map_err(|error| StoreError::State(error.to_string()))
}
