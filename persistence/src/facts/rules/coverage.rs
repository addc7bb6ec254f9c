//! The targets in force that rules may be about.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thidua_domain::{
    campaign::CampaignId,
    id::Id,
    principal::Role,
    rule::{Condition, InForce, Ruled, ValidationRule},
    time::Date,
};
use uuid::Uuid;

use super::read;
use crate::{
    ValidationRuleFilter, connection::Conn, error::StoreError, page::Filter, shown::every, store::Reader, tx::Tx,
};

/// What tells of how many targets each active rule of a campaign has something to say. `None` for a caller who does not follow
/// the campaign: of targets that are not seen nothing is counted, so that the count would mean something else.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn seen_by_rules(reader: &Reader, campaign: CampaignId) -> Result<Option<InForce>, StoreError> {
    let active = ValidationRuleFilter { campaign, stages: vec!["ACTIVE"] };
    let rules: Vec<ValidationRule> = every(&reader.db, active.condition(), None).await?;
    let conditions: Vec<_> = rules.iter().map(|rule| &rule.condition).collect();
    seen_by(reader, campaign, &conditions).await
}

/// The same for one rule.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn seen_by_rule(reader: &Reader, rule: &ValidationRule) -> Result<Option<InForce>, StoreError> {
    seen_by(reader, rule.campaign, &[&rule.condition]).await
}

async fn seen_by(
    reader: &Reader,
    campaign: CampaignId,
    conditions: &[&Condition],
) -> Result<Option<InForce>, StoreError> {
    if !reader.actor.has_any(Role::OVERSIGHT) {
        return Ok(None);
    }
    Ok(Some(in_force(&reader.db, reader.now.date(), campaign, conditions).await?))
}

/// The same for a condition that is only tried.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn seen_by_condition(tx: &Tx, campaign: CampaignId, condition: &Condition) -> Result<InForce, StoreError> {
    in_force(tx.db(), tx.now().date(), campaign, &[condition]).await
}

/// One statement; all targets are counted only where a condition names none.
async fn in_force(
    db: &Conn,
    today: Date,
    campaign: CampaignId,
    conditions: &[&Condition],
) -> Result<InForce, StoreError> {
    let sql = "
        WITH live AS (
            SELECT t.code, t.state, t.unit_id, u.type,
                   u.valid_from <= $2 AND (u.valid_before IS NULL OR u.valid_before > $2) AS there
            FROM target t JOIN unit u ON u.id = t.unit_id WHERE t.campaign_id = $1 AND t.stage = 'ACTIVE')
        SELECT unit_id, to_jsonb(type)::text AS unit_type, there, to_jsonb(code)::text AS code,
               (state -> 'measure')::text AS measure, NULL::bigint AS comparable
        FROM live WHERE code = ANY ($3::text[])
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL, count(*)
        FROM live WHERE $4 AND there AND state #>> '{measure,kind}' <> 'QUALITATIVE'";
    let codes = conditions.iter().flat_map(|condition| condition.codes()).map(|code| code.as_str().to_owned());
    let codes: Vec<String> = codes.collect();
    let all = conditions.iter().any(|condition| condition.names_none());
    let values = [campaign.uuid().into(), today.into(), codes.into(), all.into()];
    let mut in_force = InForce::default();
    for row in db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await? {
        if let Some(comparable) = row.try_get_by::<Option<i64>, _>("comparable")? {
            in_force.comparable = usize::try_from(comparable).unwrap_or_default();
            continue;
        }
        in_force.named.push(Ruled {
            unit: Id::new(row.try_get_by::<Uuid, _>("unit_id")?),
            unit_type: read(&row, "unit_type")?,
            there: row.try_get_by("there")?,
            code: read(&row, "code")?,
            measure: read(&row, "measure")?,
        });
    }
    Ok(in_force)
}
