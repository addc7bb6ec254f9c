//! What every worker shares.

use std::sync::Arc;

use thidua_domain::dispatch::Correspondents;
use thidua_persistence::{Sequencer, Store};

use crate::{auth::Verifier, files::Files, openapi::Contract, rate::Rates, reminders::Scheduler};

/// What every worker shares; cheap to clone.
#[derive(Clone, Debug)]
pub struct State {
    /// The two doors.
    pub store: Store,
    /// Who accepts tokens.
    pub verifier: Arc<Verifier>,
    /// The contract, as it is published.
    pub contract: Arc<Contract>,
    /// Numbers events; asked for its lag.
    pub sequencer: Sequencer,
    /// Sends the reminders that are due.
    pub scheduler: Scheduler,
    /// Where the bytes of files lie.
    pub files: Files,
    /// With whom documents are exchanged.
    pub correspondents: Arc<Correspondents>,
    pub(crate) rates: Arc<Rates>,
    /// Whether this is `thidua dev` or a test: the business clock can be moved over HTTP.
    pub dev: bool,
}

impl State {
    /// Puts the parts together; `requests_per_minute` is each caller's share.
    #[must_use]
    pub fn new(store: Store, files: Files, verifier: Verifier, requests_per_minute: u32, dev: bool) -> Self {
        let sequencer = Sequencer::new(store.pool().clone(), store.written());
        let scheduler = Scheduler::new(store.clone());
        Self {
            store,
            verifier: Arc::new(verifier),
            contract: Arc::new(Contract::published()),
            sequencer,
            scheduler,
            files,
            correspondents: Arc::default(),
            rates: Arc::new(Rates::new(requests_per_minute)),
            dev,
        }
    }

    /// Exchanges documents with these; without them the clerk hands on what is sent.
    #[must_use]
    pub fn corresponding_with(self, correspondents: Correspondents) -> Self {
        Self { correspondents: Arc::new(correspondents), ..self }
    }
}
