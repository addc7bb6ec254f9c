//! Somebody with whom documents are exchanged, and who takes nothing.

use std::sync::Arc;

use async_trait::async_trait;
use thidua_api::dispatches::{Attempt, Correspondence, Correspondent, Deliver, Parcel};
use thidua_domain::dispatch::{Channel, Failure};
use thidua_persistence::outbox::Outcome;
use thidua_tests::{Setup, TestApp};

/// Takes nothing, and never will.
#[derive(Debug)]
struct TakesNothing;

#[async_trait(?Send)]
impl Deliver for TakesNothing {
    async fn deliver(&self, _: &Parcel) -> Attempt {
        Attempt::of(Outcome::Never(Failure::NotTaken))
    }
}

/// A service whose packages are given up as soon as they are carried.
pub(crate) async fn refused() -> TestApp {
    let carrier: Arc<dyn Deliver> = Arc::new(TakesNothing);
    let city = Correspondent {
        name: None,
        code: None,
        for_information: false,
        channel: Channel::Webhook,
        carrier: Some(carrier),
    };
    let exchange = Correspondence { own_code: None, correspondents: vec![city] };
    TestApp::start_with("2025-09-15", Setup { exchange, ..Setup::default() }).await
}
