//! Who carries packages to their recipients, and tries again where it must.

use std::{sync::Arc, time::Duration};

use thidua_domain::dispatch::Failure;
use thidua_persistence::{Call, Identity, Store, StoreError, deliveries::Taken, outbox::Outcome};

use super::{Attempt, Correspondence, Parcel};
use crate::dispatches::package::Package;

/// How long one look for packages lies behind the other.
const BETWEEN: Duration = Duration::from_secs(5);

/// Carries packages to their recipients.
#[derive(Clone, Debug)]
pub struct Courier {
    store: Store,
    exchange: Arc<Correspondence>,
}

impl Courier {
    /// A courier between this store and those with whom documents are exchanged; he walks when he is told to.
    #[must_use]
    pub const fn new(store: Store, exchange: Arc<Correspondence>) -> Self {
        Self { store, exchange }
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
        let Some(parcel) = parcel(taken).await else { return Ok(Attempt::of(Outcome::Never(Failure::NoPackage))) };
        let attempt = carrier.deliver(&parcel).await;
        match (carrier.address(), attempt.outcome) {
            (Some(address), Outcome::Never(Failure::Gone)) => self.store.address_is_gone(system, address, true).await?,
            (Some(address), Outcome::Done) if ordered => self.store.address_is_gone(system, address, false).await?,
            _ => {}
        }
        Ok(attempt)
    }
}

async fn parcel(taken: Taken) -> Option<Parcel> {
    let Taken { dispatch, report, .. } = taken;
    let (id, sent_at) = (dispatch.root.id, dispatch.departure.sent_at);
    let made = tokio::task::spawn_blocking(move || Package::of(&dispatch, &report)).await;
    match made {
        Ok(Ok(package)) => return Some(Parcel { id, sent_at, package }),
        Ok(Err(error)) => tracing::error!(%error, dispatch = %id, "a package cannot be made"),
        Err(error) => tracing::error!(%error, dispatch = %id, "making a package"),
    }
    None
}
