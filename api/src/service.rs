//! A running service: the store, the sequencer, the issuer of `dev`, and the server; what `dev` and the tests start.

use std::{net::TcpListener, path::Path};

use actix_web::dev::ServerHandle;
use thidua_persistence::{Pool, PoolOptions, Store, connect_options};

use crate::{
    app,
    auth::{DevIssuer, Verifier, serve_dev_issuer},
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
}

/// How a service in `dev` is started.
#[derive(Clone, Copy, Debug)]
pub struct DevOptions<'a> {
    /// Where the issuer's key lies.
    pub data: &'a Path,
    /// The migrated database.
    pub database: &'a str,
    /// Threads that answer.
    pub workers: usize,
    /// Each caller's share.
    pub requests_per_minute: u32,
}

/// Starts a service on a listener that is bound already; call it within an actix system.
///
/// # Errors
/// A broken address, or a port or file that cannot be used.
pub fn start_dev(listener: TcpListener, options: DevOptions<'_>) -> Result<DevService, StartError> {
    let base = format!("http://{}", listener.local_addr()?);
    let connect = connect_options(options.database).map_err(StartError::Address)?;
    let store = Store::new(Pool::new(connect, PoolOptions::default()));
    let issuer = DevIssuer::in_folder(options.data)?;
    let jwks = serve_dev_issuer(issuer.clone())?;
    let verifier = Verifier::new(vec![issuer.configured(jwks)]);
    let state = State::new(store, verifier, options.requests_per_minute, true);
    actix_web::rt::spawn(state.sequencer.clone().run());
    let server = app::serve(listener, state.clone(), options.workers)?;
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(DevService { base, state, issuer, handle })
}
