//! September and October: units register, and measure what they registered.

use super::{
    act::Scene,
    client::{Answer, Player, StoryError},
};

pub(super) async fn play(_: &mut Player, _: &mut Scene<'_>, _: &Answer) -> Result<Option<()>, StoryError> {
    Ok(Some(()))
}
