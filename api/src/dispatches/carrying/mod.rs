//! How packages get to their recipients: adapters, and the courier who carries what waits.

use std::{fmt, path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use thidua_domain::{
    dispatch::{Addressed, AgencyCode, Channel, Correspondents, Dispatch, DispatchId, Failure},
    text::Line,
    time::Timestamp,
};
use thidua_persistence::outbox::Outcome;

use super::package::Package;

mod address;
mod courier;
mod file_drop;
mod webhook;

pub use address::Allowed;
pub use courier::Courier;
pub use file_drop::FileDrop;
pub use webhook::Webhook;

/// A package, and what tells it from others.
#[derive(Debug)]
pub struct Parcel {
    /// Identifies the dispatch: the same whenever it is tried.
    pub(crate) id: DispatchId,
    /// When it was sent, by the business clock.
    pub(crate) sent_at: Timestamp,
    /// What is carried.
    pub(crate) package: Package,
}

impl Parcel {
    /// Identifies the dispatch: the same whenever it is tried.
    #[must_use]
    pub const fn id(&self) -> DispatchId {
        self.id
    }
}

/// What became of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Whether the other side has it.
    pub outcome: Outcome<Failure>,
    /// How long the other side asks us to wait before the next attempt.
    pub wait: Duration,
}

impl Attempt {
    /// An attempt after which nobody asks us to wait.
    #[must_use]
    pub const fn of(outcome: Outcome<Failure>) -> Self {
        Self { outcome, wait: Duration::ZERO }
    }
}

/// A way to a recipient. What the city's platform asks for beyond the two that are here (`lgsp-http`) is another one.
#[async_trait(?Send)]
pub trait Deliver: fmt::Debug + Send + Sync {
    /// The address that it leads to, where that can close for good.
    fn address(&self) -> Option<&str> {
        None
    }

    /// Tries once. It may be called again for the same parcel although the other side has it, since nobody could say
    /// whether it had.
    async fn deliver(&self, parcel: &Parcel) -> Attempt;
}

/// Somebody with whom documents are exchanged, as this installation is set up.
#[derive(Clone, Debug)]
pub struct Correspondent {
    /// Its name; absent for whom the plan names.
    pub name: Option<Line>,
    /// Its code.
    pub code: Option<AgencyCode>,
    /// It is only to know of what is sent.
    pub for_information: bool,
    /// How packages get there.
    pub channel: Channel,
    /// What carries them; nothing where the clerk hands them on.
    pub carrier: Option<Arc<dyn Deliver>>,
}

/// With whom documents are exchanged, and how.
#[derive(Clone, Default, Debug)]
pub struct Correspondence {
    /// The code of the commune.
    pub own_code: Option<AgencyCode>,
    /// To whom reports to the city go.
    pub correspondents: Vec<Correspondent>,
}

impl Correspondence {
    /// Whom the plan names finds the packages in a folder.
    ///
    /// # Errors
    /// The folder cannot be made or used.
    pub fn into_folder(folder: &Path) -> std::io::Result<Self> {
        let drop: Arc<dyn Deliver> = Arc::new(FileDrop::into(folder)?);
        let city = Correspondent {
            name: None,
            code: None,
            for_information: false,
            channel: Channel::FileDrop,
            carrier: Some(drop),
        };
        Ok(Self { own_code: None, correspondents: vec![city] })
    }

    /// What the record is made of.
    pub(crate) fn recipients(&self) -> Correspondents {
        let recipients = self.correspondents.iter().map(|one| Addressed {
            name: one.name.clone(),
            code: one.code.clone(),
            channel: one.channel,
            for_information: one.for_information,
        });
        Correspondents { own_code: self.own_code.clone(), recipients: recipients.collect() }
    }

    /// What carries a dispatch, as this service is set up now.
    fn carrier_of(&self, dispatch: &Dispatch) -> Option<&dyn Deliver> {
        let fits = |one: &&Correspondent| {
            one.channel == dispatch.channel
                && one.for_information == dispatch.for_information
                && one.name.as_ref().is_none_or(|name| *name == dispatch.recipient.name)
        };
        self.correspondents.iter().find(fits)?.carrier.as_deref()
    }
}
