//! Facts of validation rules.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    measure::Value,
    report::{Filed, Report},
    rule::{Condition, CreationFacts, Part, RuleFacts, ValidationRule},
    text::Token,
    unit::UnitId,
};

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

/// The rules that a report must keep, and what they compare it with: one statement for the rules, and where there are any
/// that look beyond the report, one for what they look at.
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
        for row in beyond(tx, filed, summed).await? {
            match row.try_get_by::<Option<String>, _>("code")? {
                None => facts.last = read(&row, "value")?,
                Some(_) => facts.parts.push(Part {
                    target: read(&row, "code")?,
                    unit_type: read(&row, "unit_type")?,
                    value: read::<Value>(&row, "value")?,
                }),
            }
        }
    }
    Ok(facts)
}

/// The figures of the unit's last report of an earlier period that counts, and what others measured of what is summed.
async fn beyond(tx: &Tx, filed: &Filed, summed: Vec<String>) -> Result<Vec<QueryResult>, StoreError> {
    let sql = "
        SELECT NULL AS code, NULL AS unit_type, coalesce(last.figures, '[]')::text AS value FROM (
            SELECT r.state -> 'figures' AS figures FROM report r JOIN period p ON p.id = r.period_id
            WHERE r.campaign_id = $1 AND r.unit_id = $2 AND r.stage IN (SELECT jsonb_array_elements_text($5::jsonb))
              AND (p.state ->> 'endsOn')::date < $3::date
            ORDER BY (p.state ->> 'endsOn')::date DESC, r.id DESC LIMIT 1) AS last
        UNION ALL
        SELECT to_jsonb(target_code)::text, to_jsonb(unit_type)::text, value::text
        FROM measured_until($1, ARRAY(SELECT jsonb_array_elements_text($4::jsonb)), $3::date)";
    let json = |names: &[&str]| serde_json::to_string(names).map_err(|error| StoreError::State(error.to_string()));
    let summed: Vec<_> = summed.iter().map(String::as_str).collect();
    let values = [
        filed.report.campaign.uuid().into(),
        filed.report.unit.uuid().into(),
        filed.terms.ends_on.to_string().into(),
        json(&summed)?.into(),
        json(thidua_domain::report::Stage::COUNTING)?.into(),
    ];
    Ok(tx.db().query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}

fn read<T: serde::de::DeserializeOwned>(row: &QueryResult, column: &str) -> Result<T, StoreError> {
    decode(Report::TYPE, &row.try_get_by::<String, _>(column)?)
}
