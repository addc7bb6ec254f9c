//! Facts of scoring.

use sea_orm::Condition;
use thidua_domain::{
    assessment::Assessment,
    change::Aggregate,
    report::compliance::{DUE_SOON_DAYS, compliance},
    rubric::{Scoring, ScoringRubric},
    unit::Unit,
};

use super::{periods, progress, reports};
use crate::{
    AssessmentFilter,
    error::StoreError,
    page::Filter,
    shown::{every, visible},
    store::Reader,
};

/// All that units are scored by, as this caller sees it; five statements, whatever their number.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn by_rubric(reader: &Reader, rubric: &ScoringRubric) -> Result<Scoring, StoreError> {
    let campaign = rubric.campaign;
    let judged = AssessmentFilter { rubric: rubric.root.id, units: Vec::new(), criteria: Vec::new() };
    let judged = judged.condition().add(visible(&Assessment::visibility(&reader.actor)));
    let mut units: Vec<Unit> = every(&reader.db, Condition::all(), None).await?;
    units.sort_by(|one, other| one.code.cmp(&other.code));
    let live = progress::live_targets(reader, campaign, None).await?;
    let mut fallen_due = periods::by_due_date(reader, campaign, Vec::new()).await?;
    fallen_due.retain(|period| period.due_before.missed_at(reader.now));
    let filings = reports::filings(reader, campaign, fallen_due.iter().map(|period| period.root.id).collect()).await?;
    let due = fallen_due.iter().map(|period| {
        let of_period = filings.iter().filter(|(of, _)| *of == period.root.id).map(|(_, filing)| filing.clone());
        compliance(period, &of_period.collect::<Vec<_>>(), reader.now, DUE_SOON_DAYS)
    });
    let due = due.collect();
    Ok(Scoring { units, live, due, assessments: every(&reader.db, judged, None).await? })
}
