//! PostgreSQL through SeaORM. Its entities are private: what goes in is a [`thidua_domain::change::Change`], what comes
//! out is an aggregate.
//!
//! * [`store`]: the two doors, `read` and `write`; a write is BEGIN · checkout · load · save · COMMIT;
//! * [`tx`]: what a write can do between the doors: load, permit, save;
//! * [`checkout`]: the one statement that every use of a connection begins with;
//! * [`shown`]: what is read of a row, if the caller can see it;
//! * [`connection`]: the pool whose connections are dropped unless they ended cleanly;
//! * [`event_log`]: the sequencer that gives every event its number; [`page`]: keyset pages with opaque cursors;
//! * [`notifications`]: what one person has to read; [`mail`]: the letters that tell of it;
//! * [`outbox`]: what waits to be carried out of the house; [`deliveries`]: the packages among it;
//! * [`versions`]: what was, version by version;
//! * [`listing`]: lists, of aggregates and of machinery; [`export`]: all of one, batch by batch, from one snapshot;
//! * [`migrate`]: forward-only SQL files.

mod checkout;
mod clock;
mod connection;
pub mod deliveries;
mod entity;
mod error;
mod event_log;
pub mod export;
pub mod facts;
mod ids;
mod listing;
pub mod mail;
pub mod migrate;
mod notifications;
pub mod outbox;
pub mod page;
pub mod seed;
mod shown;
mod store;
mod stored;
mod tx;
mod versions;

pub use checkout::{Call, Claim, Fence, Identity};
pub use clock::BusinessClock;
pub use connection::{Conn, Pool, PoolOptions, connect_options};
pub use entity::{
    AssessmentFilter, AttachmentFilter, CampaignFilter, ConsolidatedReportFilter, DispatchFilter, DocumentFilter,
    DocumentSeriesFilter, IncomingDocumentFilter, MeasurementFilter, PeriodFilter, RegistrationFilter, ReminderFilter,
    ReminderRuleFilter, ReportFilter, ScoringRubricFilter, TargetFilter, UnitFilter, ValidationRuleFilter,
};
pub use error::StoreError;
pub use event_log::{LogCheck, Sequencer, check_log};
pub use ids::Ids;
pub use listing::{Listing, Whole};
pub use notifications::{MyNotifications, Notification};
pub use shown::{Shown, Standing};
pub use store::{Reader, Saved, Store};
pub use stored::Stored;
pub use tx::{Expected, Tx};
