//! Facts of attachments.

use sea_orm::{
    EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    attachment::{Attachment, ContentId},
    id::Id,
};
use uuid::Uuid;

use crate::{error::StoreError, store::Reader, stored::Stored};

/// What the rows say of the bytes of these files, for those that any row names: whether they are kept. It is for the
/// sweeper, so that it is not asked who may see them; whoever asks has every unit in scope.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn kept(reader: &Reader, contents: &[ContentId]) -> Result<Vec<(ContentId, bool)>, StoreError> {
    let named = Expr::col(Alias::new("content_id")).is_in(contents.iter().map(|content| content.uuid()));
    let rows: Vec<(Uuid, bool)> = <Attachment as Stored>::Entity::find()
        .filter(named)
        .select_only()
        .expr_as(Expr::col(Alias::new("content_id")), "content_id")
        .expr_as(Expr::col(Alias::new("content_kept")), "content_kept")
        .into_tuple()
        .all(&reader.db)
        .await?;
    Ok(rows.into_iter().map(|(content, kept)| (Id::new(content), kept)).collect())
}
