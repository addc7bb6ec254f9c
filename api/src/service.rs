//! A running service: the store, the sequencer, and the server. `dev` and the tests start it with an issuer of its own,
//! `serve` with what the settings say.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use actix_web::dev::ServerHandle;
use thidua_persistence::{
    Pool, PoolOptions, Store, StoreError, connect_options,
    migrate::{self, MigrateError},
};

use crate::{
    app,
    auth::{DevIssuer, Verifier, serve_dev_issuer},
    config::Serving,
    dispatches::{Correspondence, Courier},
    files::{Files, keep_swept},
    mail::Postman,
    printing::Typesetter,
    state::State,
};

/// A service that answers, with the keys of its own issuer.
#[derive(Debug)]
pub struct DevService {
    /// `http://127.0.0.1:8080`.
    pub base: String,
    /// What its workers share.
    pub state: State,
    /// Signs tokens for personas.
    pub issuer: DevIssuer,
    /// Stops it.
    pub handle: ServerHandle,
}

/// Why a service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database's address is wrong.
    #[error("{0}")]
    Address(String),
    /// A port or a file.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The folder for the bytes of files cannot be used.
    #[error("{}: {error}", folder.display())]
    Files {
        /// Which.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The database cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The state of the database's schema cannot be read.
    #[error(transparent)]
    Schema(#[from] MigrateError),
    /// The database is there and may not be used like this.
    #[error("{0}")]
    Unfit(String),
}

/// How a service in `dev` is started.
#[derive(Clone, Debug)]
pub struct DevOptions<'a> {
    /// Where the issuer's key lies.
    pub data: &'a Path,
    /// Where the bytes of files lie.
    pub files: &'a Path,
    /// The most bytes of a file.
    pub most_bytes: u64,
    /// The migrated database.
    pub database: &'a str,
    /// Threads that answer.
    pub workers: usize,
    /// Each caller's share.
    pub requests_per_minute: u32,
    /// Who sets papers as PDF.
    pub typesetter: Typesetter,
    /// With whom documents are exchanged.
    pub exchange: &'a Correspondence,
}

/// Starts a service on a listener that is bound already; call it within an actix system.
///
/// # Errors
/// A broken address, or a port or file that cannot be used.
pub fn start_dev(listener: TcpListener, options: DevOptions<'_>) -> Result<DevService, StartError> {
    let base = format!("http://{}", listener.local_addr()?);
    let connect = connect_options(options.database).map_err(StartError::Address)?;
    let store = Store::new(Pool::new(connect, PoolOptions { workers: options.workers, ..PoolOptions::default() }));
    let issuer = DevIssuer::in_folder(options.data)?;
    let jwks = serve_dev_issuer(issuer.clone())?;
    let verifier = Verifier::new(vec![issuer.configured(jwks)]);
    let files = files_in(options.files, options.most_bytes)?;
    let state = State::new(store, files, verifier, options.requests_per_minute, true);
    let mut state = state.exchanging_with(options.exchange.clone());
    state.typesetter = options.typesetter;
    let handle = run(listener, &state, options.workers)?;
    Ok(DevService { base, state, issuer, handle })
}

/// Starts a service in production; call it within an actix system.
///
/// # Errors
/// PostgreSQL cannot be reached, its login may do more than it should, or its schema is not that of this program.
pub async fn start(listener: TcpListener, settings: Serving) -> Result<ServerHandle, StartError> {
    let connect = connect_options(&settings.database).map_err(StartError::Address)?;
    let pool = Pool::new(connect, settings.pool);
    let mut connection = pool.detached().await?;
    let pending = migrate::pending(&mut connection).await?;
    if !pending.is_empty() {
        return Err(StartError::Unfit(format!("`thidua migrate up` is still to be done: {}", pending.join(", "))));
    }
    if let Some(unfit) = migrate::unfit_login(&mut connection).await? {
        return Err(StartError::Unfit(unfit));
    }
    let (files, verifier) = (files_in(&settings.files, settings.most_bytes)?, Verifier::new(settings.issuers));
    let state = State::new(Store::new(pool), files, verifier, settings.requests_per_minute, false);
    let state = state.exchanging_with(settings.exchange);
    let handle = run(listener, &state, settings.workers)?;
    if let Some(mail) = settings.mail {
        actix_web::rt::spawn(Postman::new(state.store.clone(), mail).run());
    }
    actix_web::rt::spawn(Courier::of(&state).run());
    actix_web::rt::spawn(state.scheduler.run());
    Ok(handle)
}

fn files_in(folder: &Path, most: u64) -> Result<Files, StartError> {
    Files::in_folder(folder, most).map_err(|error| StartError::Files { folder: folder.to_owned(), error })
}

fn run(listener: TcpListener, state: &State, workers: usize) -> std::io::Result<ServerHandle> {
    actix_web::rt::spawn(state.sequencer.clone().run());
    actix_web::rt::spawn(keep_swept(state.files.clone(), state.store.clone()));
    let server = app::serve(listener, state.clone(), workers)?;
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(handle)
}

/// Waits until the process is told to end: SIGTERM or Ctrl-C.
pub async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
