//! `thidua story`: the whole story before your eyes, a line a step, and the report to the city that comes of it.

use std::path::PathBuf;

use clap::Args;
use thidua_domain::time::Timestamp;

use super::{
    Said,
    dev::{DATA, PERFORMANCE},
    print,
};
use crate::{
    auth::DevIssuer,
    story::{Player, Scene, StoryError, play, print_city_report},
};

#[derive(Debug, Args)]
pub(super) struct Story {
    /// The running service.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    base: String,
    /// Its data folder, where the key of its issuer lies.
    #[arg(long, default_value = DATA)]
    data: PathBuf,
}

/// The story ends with the supplement of January.
const END: &str = "2026-01-31T00:00:00+07:00";

/// Where the whole story ends.
pub(super) fn end() -> Result<Timestamp, StoryError> {
    Timestamp::parse(END).ok_or_else(|| StoryError::Seed(END.to_owned()))
}

impl Story {
    pub(super) fn run(self) -> Result<(), Said> {
        actix_web::rt::System::new().block_on(self.tell()).map_err(|error| error.to_string())
    }

    /// Plays everything from the beginning. What the service has played by itself, or an earlier telling, it answers
    /// again by its keys; so the story can be told against a service at any day, and as often as one likes.
    async fn tell(self) -> Result<(), StoryError> {
        let mut player = Player::new(self.base, DevIssuer::in_folder(&self.data)?, PERFORMANCE)?;
        let until = end()?;
        let now = player.now().await?;
        print(&format!(
            "Đồng hồ nghiệp vụ: {}. Dấu · là bước đã diễn ra, kể lại; ▸ là bước diễn ra bây giờ.\n",
            now.local().format("%H:%M ngày %d/%m/%Y")
        ));
        let mut tell = |line: &str| print(line);
        let Some(campaign) = play(&mut player, &mut Scene { until, tell: &mut tell }).await? else {
            return Ok(());
        };
        if let Some(report) = print_city_report(&mut player, &campaign).await? {
            print(&format!("\n{}\n\n{report}", "═".repeat(100)));
        }
        Ok(())
    }
}
