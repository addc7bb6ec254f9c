//! Who carries packages to their recipients, and tries again where it must.

use std::{sync::Arc, time::Duration};

use thidua_domain::dispatch::Failure;
use thidua_persistence::{Call, Identity, Store, StoreError, deliveries::Taken, outbox::Outcome};

use super::{Attempt, Correspondence, Parcel};
use crate::{
    dispatches::package::{PackageError, Sent},
    files::Files,
    state::State,
};

/// How long one look for packages lies behind the other.
const BETWEEN: Duration = Duration::from_secs(5);

/// Carries packages to their recipients.
#[derive(Clone, Debug)]
pub struct Courier {
    store: Store,
    files: Files,
    exchange: Arc<Correspondence>,
}

impl Courier {
    /// A courier between this store with its files and those with whom documents are exchanged; he walks when he is told to.
    #[must_use]
    pub const fn new(store: Store, files: Files, exchange: Arc<Correspondence>) -> Self {
        Self { store, files, exchange }
    }

    /// The courier of a service.
    #[must_use]
    pub fn of(state: &State) -> Self {
        Self::new(state.store.clone(), state.files.clone(), state.exchange.clone())
    }

    /// Walks again and again, for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.round().await {
                tracing::warn!(%error, "packages wait for the next round");
            }
            tokio::time::sleep(BETWEEN).await;
        }
    }

    /// Carries everything that is due now; packages that do not get through are put off or given up.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub async fn round(&self) -> Result<(), StoreError> {
        let system = Call { identity: Identity::system(), request_id: "thidua-courier".to_owned() };
        while let Some(taken) = self.store.next_delivery(&system).await? {
            let id = taken.dispatch.root.id;
            let number = taken.attempt;
            let Attempt { outcome, wait } = self.carry(&system, taken).await?;
            if let Some(failure) = outcome.failure() {
                tracing::warn!(dispatch = %id, attempt = number, failure = failure.as_str(), "a package did not get through");
            }
            self.store.delivery_done(&system, id, outcome, wait).await?;
        }
        Ok(())
    }

    /// Carries one package. An address that is gone is left alone, unless somebody ordered that it be tried again.
    async fn carry(&self, system: &Call, taken: Taken) -> Result<Attempt, StoreError> {
        let Some(carrier) = self.exchange.carrier_of(&taken.dispatch) else {
            return Ok(Attempt::of(Outcome::Later(Failure::NotSetUp)));
        };
        let ordered = taken.dispatch.orders > 0;
        if let Some(address) = carrier.address()
            && !(ordered && taken.attempt == 1)
            && self.store.is_gone(system, address).await?
        {
            return Ok(Attempt::of(Outcome::Never(Failure::Gone)));
        }
        let parcel = match self.parcel(system, taken).await? {
            Ok(parcel) => parcel,
            Err(outcome) => return Ok(Attempt::of(outcome)),
        };
        let attempt = carrier.deliver(&parcel).await;
        match (carrier.address(), attempt.outcome) {
            (Some(address), Outcome::Never(Failure::Gone)) => self.store.address_is_gone(system, address, true).await?,
            (Some(address), Outcome::Done) if ordered => self.store.address_is_gone(system, address, false).await?,
            _ => {}
        }
        Ok(attempt)
    }

    /// The package, or what its want means for the attempt: files that cannot be read now are there later.
    async fn parcel(&self, system: &Call, taken: Taken) -> Result<Result<Parcel, Outcome<Failure>>, StoreError> {
        let Taken { dispatch, report, .. } = taken;
        let (id, sent_at) = (dispatch.root.id, dispatch.departure.sent_at);
        let reader = self.store.read(system).await?;
        let sent = match Sent::load(&reader, dispatch, report).await {
            Ok(sent) => sent,
            // Something that it names is not there: trying again does not help, and others wait.
            Err(error @ (StoreError::Absent | StoreError::State(_))) => {
                tracing::error!(%error, dispatch = %id, "a package cannot be made");
                return Ok(Err(Outcome::Never(Failure::NoPackage)));
            }
            Err(error) => return Err(error),
        };
        // The connection is not held while the package is made and carried.
        drop(reader);
        Ok(match sent.package(&self.files).await {
            Ok(package) => Ok(Parcel { id, sent_at, package }),
            Err(error) => {
                tracing::error!(%error, dispatch = %id, "a package cannot be made");
                Err(match error {
                    PackageError::Unavailable(_) | PackageError::BrokeOff => Outcome::Later(Failure::NoPackage),
                    _ => Outcome::Never(Failure::NoPackage),
                })
            }
        })
    }
}
