//! October to December: periods, reports, acceptance; one unit is late, one is missing.

use super::{
    act::Scene,
    client::{Answer, Player, StoryError},
};

pub(super) async fn play(_: &mut Player, _: &mut Scene<'_>, _: &Answer) -> Result<Option<()>, StoryError> {
    Ok(Some(()))
}
