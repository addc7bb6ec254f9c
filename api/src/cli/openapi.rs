//! `thidua openapi write` and `check`: no database is needed to print a contract. `examples` plays the demonstration.

use std::net::TcpListener;

use super::{Said, dev, print};
use crate::{
    cluster::Cluster,
    dispatches::Correspondence,
    openapi::{CONTRACT_FILE, Contract, EXAMPLES_FILE},
    printing::Typesetter,
    service::{DevOptions, start_dev},
    story::{Cast, Player, Scene, collect, play},
};

pub(super) fn write() -> Result<(), Said> {
    std::fs::write(CONTRACT_FILE, Contract::current().bytes()).map_err(|error| format!("{CONTRACT_FILE}: {error}"))
}

pub(super) fn check() -> Result<(), Said> {
    let file = std::fs::read(CONTRACT_FILE).map_err(|error| format!("{CONTRACT_FILE}: {error}"))?;
    if file == **Contract::current().bytes() {
        print("the contract is as checked in");
        Ok(())
    } else {
        Err(format!("{CONTRACT_FILE} differs from the program; run `thidua openapi write` and look at the difference"))
    }
}

pub(super) fn examples() -> Result<(), Said> {
    let recorded = record_examples()?;
    std::fs::write(EXAMPLES_FILE, recorded).map_err(|error| format!("{EXAMPLES_FILE}: {error}"))
}

/// Plays the demonstration on a database that is thrown away, and answers the examples as they are checked in.
///
/// # Errors
/// A sentence that says what went wrong.
pub fn record_examples() -> Result<String, Said> {
    let cluster = Cluster::start_disposable().map_err(|error| error.to_string())?;
    let folder = std::env::temp_dir().join(format!("thidua-examples-{}", cluster.pid()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let recorded = actix_web::rt::System::new().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let database = dev::prepare(&cluster, false).await?;
        let files = folder.join(dev::FILES);
        let options = DevOptions {
            data: &folder,
            files: &files,
            most_bytes: dev::MOST_BYTES,
            database: &database,
            workers: 1,
            requests_per_minute: 1_000_000,
            typesetter: Typesetter::beside_this_program(),
            exchange: &Correspondence::default(),
        };
        let service = start_dev(listener, options).map_err(|error| error.to_string())?;
        let cast = Cast::read().map_err(|error| error.to_string())?;
        let perform = || {
            let player = Player::new(service.base.clone(), service.issuer.clone(), dev::PERFORMANCE);
            player.map(Player::recording).map_err(|error| error.to_string())
        };
        let mut player = perform()?;
        let until = dev::evening(dev::DEFAULT_DAY);
        dev::demonstrate(&service, &cast, &mut player, until).await.map_err(|error| error.to_string())?;
        service.state.store.clock().freeze(until);
        let contract = &service.state.contract;
        let mut examples = collect(&mut player, contract).await.map_err(|error| error.to_string())?;
        // Told again from the beginning, the story goes on behind the demonstration, of which everything was read above.
        let mut player = perform()?;
        service.state.store.ids().reproducible();
        let mut scene = Scene { until: super::story::end().map_err(|error| error.to_string())?, tell: &mut |_| {} };
        play(&mut player, &mut scene).await.map_err(|error| error.to_string())?;
        examples.add_recorded(&mut player, contract);
        serde_json::to_string_pretty(&examples).map_err(|error| error.to_string())
    });
    // Nothing of it is kept; what cannot be removed now goes with the machine's temporary files.
    let _ = std::fs::remove_dir_all(&folder);
    cluster.stop().map_err(|error| error.to_string())?;
    recorded.map(|text| format!("{text}\n"))
}
