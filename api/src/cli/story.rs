//! `thidua story`: the whole story before your eyes, a line a step.

use std::path::PathBuf;

use clap::Args;
use thidua_domain::time::Timestamp;
use thidua_persistence::Ids;

use super::{Said, dev::DATA, print};
use crate::{
    auth::DevIssuer,
    story::{Player, Scene, play},
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

/// The story ends with the year.
const END: &str = "2026-01-31T00:00:00+07:00";

impl Story {
    pub(super) fn run(self) -> Result<(), Said> {
        actix_web::rt::System::new().block_on(async {
            let issuer = DevIssuer::in_folder(&self.data).map_err(|error| error.to_string())?;
            let run = Ids::unpredictable().simple().to_string();
            let mut player = Player::new(self.base, issuer, run).map_err(|error| error.to_string())?;
            let until = Timestamp::parse(END).ok_or("the end of the story is no instant")?;
            let mut tell = |line: &str| print(line);
            play(&mut player, &mut Scene { until, tell: &mut tell }).await.map_err(|error| error.to_string())
        })
    }
}
