//! What a paper prints beside what it is about. Who sees the paper sees what it prints, and so nobody is asked again.

use sea_orm::QueryResult;
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    dispatch::Printed,
    period::Period,
    report::Report,
    unit::{Unit, UnitEntry, UnitId, UnitType},
};
use uuid::Uuid;

use super::consolidation::{ask, of_kind};
use crate::{connection::Conn, error::StoreError, store::Reader};

/// What the report of a unit prints beside itself.
#[derive(Clone, Debug)]
pub struct ReportSetting {
    /// Its campaign.
    pub campaign: Campaign,
    /// Its period.
    pub period: Period,
    /// What sort of unit reports.
    pub unit_type: UnitType,
    /// The unit, the authority and the office that collects, with those right above them.
    pub units: Vec<UnitEntry>,
}

/// A campaign, a period where one is asked for, and the units that are named, the authority among them, with those right
/// above them.
const SETTING: &str = "WITH named AS (
        SELECT id, faces FROM unit
        WHERE id = ANY($2) OR id = (SELECT (c.state ->> 'issuer')::uuid FROM campaign c WHERE c.id = $1))
    SELECT 'campaign' AS kind, state::text AS state FROM campaign WHERE id = $1
    UNION ALL
    SELECT 'period', state::text FROM period WHERE id = $3
    UNION ALL
    SELECT 'unit', state::text FROM unit
    WHERE id IN (SELECT n.id FROM named n)
       OR id IN (SELECT (face ->> 'parent')::uuid FROM named n, jsonb_array_elements(n.faces) AS face)";

/// The campaign that a paper belongs to, and the units that it names with those right above them.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn setting(
    reader: &Reader,
    campaign: CampaignId,
    named: impl IntoIterator<Item = UnitId>,
) -> Result<(Campaign, Vec<UnitEntry>), StoreError> {
    let (campaign, units) = beside(&reader.db, campaign, named.into_iter().collect()).await?;
    Ok((campaign, units.iter().map(entry).collect()))
}

/// The same with the units themselves.
pub(super) async fn beside(
    db: &Conn,
    campaign: CampaignId,
    named: Vec<UnitId>,
) -> Result<(Campaign, Vec<Unit>), StoreError> {
    let rows = rows(db, Some(campaign), named, None).await?;
    Ok((only(&rows, "campaign")?, of_kind(&rows, "unit")?))
}

/// What a paper printed beside itself when it was sent, whatever became of it since; one statement.
///
/// # Errors
/// PostgreSQL cannot be asked, or a version is missing.
pub async fn printed(
    reader: &Reader,
    campaign: CampaignId,
    printed: &Printed,
) -> Result<(Campaign, Vec<UnitEntry>), StoreError> {
    const VERSIONS: &str = "SELECT v.object_type AS kind, v.state
        FROM unnest($1::uuid[], $2::bigint[]) AS p(id, version)
        JOIN version v ON v.object_type IN ('campaign', 'unit') AND v.object_id = p.id AND v.version = p.version
        ORDER BY v.object_id";
    let units = printed.units.iter().map(|(unit, version)| (unit.uuid(), *version));
    let (ids, versions): (Vec<Uuid>, Vec<i64>) =
        std::iter::once((campaign.uuid(), printed.campaign_version)).chain(units).unzip();
    let rows = ask(&reader.db, VERSIONS, vec![ids.into(), versions.into()]).await?;
    let units: Vec<Unit> = of_kind(&rows, "unit")?;
    if units.len() != printed.units.len() {
        return Err(StoreError::State(format!("{} of {} units printed", units.len(), printed.units.len())));
    }
    Ok((only(&rows, "campaign")?, units.iter().map(entry).collect()))
}

/// What the report of a unit prints beside itself.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn of_report(reader: &Reader, report: &Report) -> Result<ReportSetting, StoreError> {
    let named = vec![report.unit, report.coordinating_unit];
    let rows = rows(&reader.db, Some(report.campaign), named, Some(report.period.uuid())).await?;
    let units: Vec<Unit> = of_kind(&rows, "unit")?;
    let own = units.iter().find(|unit| unit.root.id == report.unit).ok_or(StoreError::Absent)?;
    Ok(ReportSetting {
        campaign: only(&rows, "campaign")?,
        period: only(&rows, "period")?,
        unit_type: own.unit_type,
        units: units.iter().map(entry).collect(),
    })
}

/// Units that a paper names, with those right above them.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn named(reader: &Reader, units: impl IntoIterator<Item = UnitId>) -> Result<Vec<UnitEntry>, StoreError> {
    let rows = rows(&reader.db, None, units.into_iter().collect(), None).await?;
    Ok(of_kind::<Unit>(&rows, "unit")?.iter().map(entry).collect())
}

async fn rows(
    db: &Conn,
    campaign: Option<CampaignId>,
    named: Vec<UnitId>,
    period: Option<Uuid>,
) -> Result<Vec<QueryResult>, StoreError> {
    let named: Vec<Uuid> = named.into_iter().map(|unit| unit.uuid()).collect();
    ask(db, SETTING, vec![campaign.map(|id| id.uuid()).into(), named.into(), period.into()]).await
}

fn only<A: thidua_domain::change::Aggregate>(rows: &[QueryResult], kind: &str) -> Result<A, StoreError> {
    of_kind(rows, kind)?.pop().ok_or(StoreError::Absent)
}

fn entry(unit: &Unit) -> UnitEntry {
    UnitEntry { unit: unit.root.id, code: unit.code.clone(), faces: unit.faces() }
}
