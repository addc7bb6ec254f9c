//! Facts of attachments.

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    attachment::{Attachment, AttachmentId, ContentId},
    id::Id,
    target::MeasurementId,
};
use uuid::Uuid;

use crate::{error::StoreError, store::Reader, stored::Stored, tx::Tx};

/// What the rows say of the bytes of these files, for those that any row names: whether one of them keeps them. It is for
/// the sweeper, so that it is not asked who may see them; whoever asks has every unit in scope.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn kept(reader: &Reader, contents: &[ContentId]) -> Result<Vec<(ContentId, bool)>, StoreError> {
    let content = || Expr::col(Alias::new("content_id"));
    let rows: Vec<(Uuid, bool)> = <Attachment as Stored>::Entity::find()
        .filter(content().is_in(contents.iter().map(|content| content.uuid())))
        .select_only()
        .expr_as(content(), "content_id")
        .expr_as(Expr::cust("bool_or(content_kept)"), "content_kept")
        .group_by(content())
        .into_tuple()
        .all(&reader.db)
        .await?;
    Ok(rows.into_iter().map(|(content, kept)| (Id::new(content), kept)).collect())
}

/// Where storage has the bytes of an attachment; whoever asks was told of it by what names it.
///
/// # Errors
/// There is no such attachment, or PostgreSQL cannot be asked.
pub async fn content_of(reader: &Reader, attachment: AttachmentId) -> Result<ContentId, StoreError> {
    let found: Option<Uuid> = <Attachment as Stored>::Entity::find()
        .filter(Expr::col(Alias::new("id")).eq(attachment.uuid()))
        .select_only()
        .expr_as(Expr::col(Alias::new("content_id")), "content_id")
        .into_tuple()
        .one(&reader.db)
        .await?;
    found.map(Id::new).ok_or(StoreError::Absent)
}

/// Holds still what decides on the evidence of a measurement, until the end: its target, so that one file after the other is
/// attached, and the reports of its unit that could be handed in meanwhile. The measurement itself is never locked, since
/// nobody has the right to change it.
///
/// # Errors
/// A lock does not come free in time.
pub async fn hold(tx: &Tx, measurement: MeasurementId) -> Result<(), StoreError> {
    let sql = "WITH its AS (SELECT target_id, campaign_id, unit_id FROM measurement WHERE id = $1),
               targets AS (
                   SELECT t.id FROM target t WHERE t.id = (SELECT target_id FROM its) FOR NO KEY UPDATE),
               reports AS (
                   SELECT r.id FROM report r
                   WHERE r.campaign_id = (SELECT campaign_id FROM its) AND r.unit_id = (SELECT unit_id FROM its)
                     AND r.stage IN ('DRAFT', 'RETURNED')
                   ORDER BY r.id FOR NO KEY UPDATE)
               SELECT (SELECT count(*) FROM targets) + (SELECT count(*) FROM reports) AS held";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [measurement.uuid().into()]);
    tx.db().query_one_raw(statement).await?;
    Ok(())
}
