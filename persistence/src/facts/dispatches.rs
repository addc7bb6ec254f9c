//! Facts of dispatches.

use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    campaign::Campaign,
    consolidation::{ConsolidatedReport, ConsolidatedReportId, Predecessor},
    dispatch::{Dispatch, Printed},
    document::IssueInfo,
    refusal::{Code, Refusal},
    unit::Unit,
};

use super::papers;
use crate::{error::StoreError, tx::Tx};

/// What sending a report must know of who sends it.
#[derive(Clone, Debug)]
pub struct Sending {
    /// The campaign, whose plan says where it is issued and to whom it goes.
    pub campaign: Campaign,
    /// Who issues it.
    pub issuer: Unit,
    /// The document that it replaces or supplements.
    pub earlier: Option<IssueInfo>,
    /// What its paper prints beside it.
    pub printed: Printed,
}

/// What sending a report must know; a statement, and one where it stands in the place of another one or beside it.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn sending(tx: &Tx, report: &ConsolidatedReport) -> Result<Sending, StoreError> {
    let named = [report.issuer, report.coordinating_unit].into_iter().chain(report.addressee);
    let (campaign, units) = papers::beside(tx.db(), report.campaign, named.collect()).await?;
    let issuer = units.iter().find(|unit| unit.root.id == report.issuer).cloned().ok_or(StoreError::Absent)?;
    let printed = Printed {
        campaign_version: campaign.root.version,
        units: units.iter().map(|unit| (unit.root.id, unit.root.version)).collect(),
    };
    let earlier = predecessor(tx, report).await?.and_then(|earlier| earlier.stage.issue().cloned());
    Ok(Sending { campaign, issuer, earlier, printed })
}

/// The report that this one replaces or supplements.
async fn predecessor(tx: &Tx, report: &ConsolidatedReport) -> Result<Option<ConsolidatedReport>, StoreError> {
    match report.replaces.or(report.supplements) {
        Some(earlier) => Ok(Some(tx.look_up(earlier).await?)),
        None => Ok(None),
    }
}

/// The report that this one replaces or supplements, with its document locked; two statements where there is one.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn preceding(tx: &Tx, report: &ConsolidatedReport) -> Result<Option<Predecessor>, StoreError> {
    let Some(earlier) = predecessor(tx, report).await? else { return Ok(None) };
    let issued = earlier.stage.issue().ok_or(Refusal::from(Code::ConsolidatedReportNotIssued))?.document;
    Ok(Some(Predecessor { document: tx.load(issued).await?, report: earlier }))
}

/// The dispatch whose answer counts for the report, locked: it follows what is said of the report.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn deciding(tx: &Tx, report: ConsolidatedReportId) -> Result<Option<Dispatch>, StoreError> {
    let decides = Condition::all()
        .add(Expr::col(Alias::new("report_id")).eq(report.uuid()))
        .add(Expr::col(Alias::new("decides")).eq(true));
    Ok(tx.every_locked(decides).await?.pop())
}
