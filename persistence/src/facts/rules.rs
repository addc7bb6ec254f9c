//! Facts of validation rules.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    report::{Filed, Report, Stage},
    rule::{Condition, CreationFacts, HandedIn, Part, RuleFacts, Trial, ValidationRule},
    text::Token,
    time::Date,
    unit::UnitId,
};
use uuid::Uuid;

use super::units::lives;
use crate::{ValidationRuleFilter, error::StoreError, page::Filter, stored::decode, tx::Tx};

/// What is known of the campaign's rules, and of the unit that a condition names, when one more is made.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn creation(
    tx: &Tx,
    campaign: CampaignId,
    code: &Token,
    owner: Option<UnitId>,
) -> Result<CreationFacts, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM validation_rule WHERE campaign_id = $1 AND code = $2) AS taken,
                      $3::uuid IS NULL OR EXISTS (SELECT FROM unit WHERE id = $3) AS known,
                      EXISTS (SELECT FROM unit WHERE id = $3 AND valid_before <= $4) AS gone";
    let owner = owner.map(|unit| unit.uuid());
    let values = [campaign.uuid().into(), code.as_str().into(), owner.into(), tx.now().date().into()];
    let row = tx.db().query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::State("the facts of a rule have no row".to_owned()))?;
    Ok(CreationFacts {
        code_taken: row.try_get_by("taken")?,
        owner_known: row.try_get_by("known")?,
        owner_gone: row.try_get_by("gone")?,
    })
}

/// What a condition would say of the reports of a campaign that were handed in and still count or wait: one statement for the
/// reports, and where it sums, one for what others measured until the end of each period, and one for the directory.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn trial(tx: &Tx, campaign: CampaignId, condition: &Condition) -> Result<Trial, StoreError> {
    let sql = "SELECT r.id AS report, r.unit_id AS unit, r.period_id AS period, r.stage,
                      (p.state ->> 'endsOn')::date AS ends_on, coalesce(r.state -> 'figures', '[]')::text AS figures
               FROM report r JOIN period p ON p.id = r.period_id
               WHERE r.campaign_id = $1 AND r.submitted_at IS NOT NULL AND r.stage <> 'SUPERSEDED'
               ORDER BY ends_on, r.id";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [campaign.uuid().into()]);
    let handed_in = |row: &QueryResult| {
        Ok(HandedIn {
            report: Id::new(row.try_get_by::<Uuid, _>("report")?),
            unit: Id::new(row.try_get_by::<Uuid, _>("unit")?),
            period: Id::new(row.try_get_by::<Uuid, _>("period")?),
            ends_on: row.try_get_by("ends_on")?,
            counts: Stage::COUNTING.contains(&row.try_get_by::<String, _>("stage")?.as_str()),
            figures: read(row, "figures")?,
        })
    };
    let reports = tx.db().query_all_raw(statement).await?;
    let reports = reports.iter().map(handed_in).collect::<Result<Vec<_>, StoreError>>()?;
    let parts = match condition {
        Condition::SumOfUnits { target, owner_unit, .. } => {
            let days = reports.iter().filter(|report| report.unit == *owner_unit).map(|report| report.ends_on);
            measured_until(tx, campaign, target, days.collect()).await?
        }
        Condition::NotBelowLastPeriod { .. } | Condition::Compared { .. } | Condition::Within { .. } => BTreeMap::new(),
    };
    Ok(condition.tried_on(&reports, &parts))
}

/// What of a target counts at the end of each of these days.
async fn measured_until(
    tx: &Tx,
    campaign: CampaignId,
    target: &Token,
    days: BTreeSet<Date>,
) -> Result<BTreeMap<Date, Vec<Part>>, StoreError> {
    let sql =
        "SELECT asked.day, m.unit_id, to_jsonb(m.target_code)::text AS code, to_jsonb(m.unit_type)::text AS unit_type,
                      m.as_of, m.value::text AS value
               FROM (SELECT day::date AS day FROM unnest($3::text[]) AS day) asked
               CROSS JOIN LATERAL measured_until($1, ARRAY[$2], asked.day) m";
    let days: Vec<_> = days.iter().map(ToString::to_string).collect();
    let values = [campaign.uuid().into(), target.as_str().into(), days.into()];
    let mut measured: BTreeMap<Date, Vec<Part>> = BTreeMap::new();
    for row in tx.db().query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await? {
        measured.entry(row.try_get_by("day")?).or_default().push(part(&row)?);
    }
    let units = lives(tx.db()).await?;
    Ok(measured.into_iter().map(|(day, parts)| (day, Part::counting(&parts, day, &units))).collect())
}

fn part(row: &QueryResult) -> Result<Part, StoreError> {
    Ok(Part {
        unit: Id::new(row.try_get_by::<Uuid, _>("unit_id")?),
        unit_type: read(row, "unit_type")?,
        target: read(row, "code")?,
        as_of: row.try_get_by("as_of")?,
        value: read(row, "value")?,
    })
}

/// The rules that a report must keep, and what they compare it with: one statement for the rules, where there are any that
/// look beyond the report, one for what they look at, and where one sums, one for the directory.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn of_report(tx: &Tx, filed: &Filed) -> Result<RuleFacts, StoreError> {
    let active = ValidationRuleFilter { campaign: filed.report.campaign, stages: vec!["ACTIVE"] };
    let mut rules: Vec<ValidationRule> = tx.every(active.condition()).await?;
    rules.sort_by(|one, other| one.code.cmp(&other.code));
    let (mut looks_back, mut summed) = (false, Vec::new());
    for rule in &rules {
        match &rule.condition {
            Condition::NotBelowLastPeriod { .. } => looks_back = true,
            Condition::SumOfUnits { target, owner_unit, .. } if *owner_unit == filed.report.unit => {
                summed.push(target.as_str().to_owned());
            }
            Condition::SumOfUnits { .. } | Condition::Compared { .. } | Condition::Within { .. } => {}
        }
    }
    let mut facts = RuleFacts { rules, ..RuleFacts::default() };
    if looks_back || !summed.is_empty() {
        let sums = !summed.is_empty();
        for row in beyond(tx, filed, summed).await? {
            match row.try_get_by::<Option<String>, _>("code")? {
                None => facts.last = read(&row, "value")?,
                Some(_) => facts.parts.push(part(&row)?),
            }
        }
        if sums {
            facts.parts = Part::counting(&facts.parts, filed.terms.ends_on, &lives(tx.db()).await?);
        }
    }
    Ok(facts)
}

/// The figures of the unit's last report of an earlier period that counts, and what others measured of what is summed.
async fn beyond(tx: &Tx, filed: &Filed, summed: Vec<String>) -> Result<Vec<QueryResult>, StoreError> {
    let sql = "
        SELECT NULL AS code, NULL AS unit_type, NULL AS unit_id, NULL AS as_of, coalesce(last.figures, '[]')::text AS value
        FROM (
            SELECT r.state -> 'figures' AS figures FROM report r JOIN period p ON p.id = r.period_id
            WHERE r.campaign_id = $1 AND r.unit_id = $2 AND r.stage IN (SELECT jsonb_array_elements_text($5::jsonb))
              AND (p.state ->> 'endsOn')::date < $3::date
            ORDER BY (p.state ->> 'endsOn')::date DESC, r.id DESC LIMIT 1) AS last
        UNION ALL
        SELECT to_jsonb(target_code)::text, to_jsonb(unit_type)::text, unit_id, as_of, value::text
        FROM measured_until($1, ARRAY(SELECT jsonb_array_elements_text($4::jsonb)), $3::date)";
    let json = |names: &[&str]| serde_json::to_string(names).map_err(|error| StoreError::State(error.to_string()));
    let summed: Vec<_> = summed.iter().map(String::as_str).collect();
    let values = [
        filed.report.campaign.uuid().into(),
        filed.report.unit.uuid().into(),
        filed.terms.ends_on.to_string().into(),
        json(&summed)?.into(),
        json(Stage::COUNTING)?.into(),
    ];
    Ok(tx.db().query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}

fn read<T: serde::de::DeserializeOwned>(row: &QueryResult, column: &str) -> Result<T, StoreError> {
    decode(Report::TYPE, &row.try_get_by::<String, _>(column)?)
}
