//! What a paper prints beside what it is about.

use thidua_domain::{
    campaign::{Campaign, CampaignId},
    unit::{Unit, UnitEntry, UnitId},
};
use uuid::Uuid;

use super::consolidation::{ask, of_kind};
use crate::{error::StoreError, store::Reader};

/// The campaign that a paper belongs to, and the units that it names with those right above them. Who sees the paper sees
/// what it prints, and so nobody is asked again.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn setting(
    reader: &Reader,
    campaign: CampaignId,
    named: impl IntoIterator<Item = UnitId>,
) -> Result<(Campaign, Vec<UnitEntry>), StoreError> {
    let named: Vec<Uuid> = named.into_iter().map(|unit| unit.uuid()).collect();
    let sql = "WITH named AS (SELECT id, faces FROM unit WHERE id = ANY($2))
               SELECT 'campaign' AS kind, state::text AS state FROM campaign WHERE id = $1
               UNION ALL
               SELECT 'unit', state::text FROM unit
               WHERE id IN (SELECT n.id FROM named n)
                  OR id IN (SELECT (face ->> 'parent')::uuid FROM named n, jsonb_array_elements(n.faces) AS face)";
    let rows = ask(&reader.db, sql, vec![campaign.uuid().into(), named.into()]).await?;
    let campaign = of_kind::<Campaign>(&rows, "campaign")?.pop().ok_or(StoreError::Absent)?;
    let entry = |unit: Unit| UnitEntry { unit: unit.root.id, code: unit.code.clone(), faces: unit.faces() };
    Ok((campaign, of_kind::<Unit>(&rows, "unit")?.into_iter().map(entry).collect()))
}
