//! December: the report to the city, from freezing to its receipt and what supplements it.

use super::{
    act::Scene,
    client::{Answer, Player, StoryError},
};

pub(super) async fn play(_: &mut Player, _: &mut Scene<'_>, _: &Answer) -> Result<Option<()>, StoryError> {
    Ok(Some(()))
}
