//! How the package gets to its recipient, beside the record of the dispatch: queued with it, tried, delivered or given up.

use serde::{Deserialize, Serialize};

use super::{Dispatch, Stage};
use crate::{
    change::{Change, Moment},
    policy::{Action, Addressee, Command, Existing, Permitted, Subject},
    refusal::{Code, Refusal},
    time::Timestamp,
    unit::UnitId,
};

/// Why a package did not get through; never what the other side said, which may be anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Failure {
    /// This service is not set up to reach this recipient any more.
    NotSetUp,
    /// The folder or the address cannot be reached, or not in time.
    Unreachable,
    /// The other side does not take it.
    NotTaken,
    /// The other side says that it takes nothing any more.
    Gone,
    /// The address leads to where packages must not go.
    Forbidden,
    /// The package cannot be made, or is larger than the exchange takes.
    NoPackage,
}

impl Failure {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::NotSetUp, Self::Unreachable, Self::NotTaken, Self::Gone, Self::Forbidden, Self::NoPackage];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSetUp => "NOT_SET_UP",
            Self::Unreachable => "UNREACHABLE",
            Self::NotTaken => "NOT_TAKEN",
            Self::Gone => "GONE",
            Self::Forbidden => "FORBIDDEN",
            Self::NoPackage => "NO_PACKAGE",
        }
    }
}

/// How far the delivery of a dispatch has come. All times are those of the business clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// When it was queued: when the report was sent.
    pub queued_at: Timestamp,
    /// How often it was tried since it was ordered last.
    pub attempts: i32,
    /// When it is tried next, while it is neither delivered nor given up.
    pub next_attempt_at: Timestamp,
    /// When the other side had it.
    #[serde(default)]
    pub delivered_at: Option<Timestamp>,
    /// When it was given up.
    #[serde(default)]
    pub given_up_at: Option<Timestamp>,
    /// Why it did not get through when it was tried last.
    #[serde(default)]
    pub failure: Option<Failure>,
}

/// How far a delivery has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeliveryState {
    /// It is tried now or later.
    Queued,
    /// The other side has it.
    Delivered,
    /// It is not tried any more, unless somebody orders it.
    GivenUp,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Queued, Self::Delivered, Self::GivenUp];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Delivered => "DELIVERED",
            Self::GivenUp => "GIVEN_UP",
        }
    }
}

impl Delivery {
    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> DeliveryState {
        match (self.delivered_at, self.given_up_at) {
            (Some(_), _) => DeliveryState::Delivered,
            (None, Some(_)) => DeliveryState::GivenUp,
            (None, None) => DeliveryState::Queued,
        }
    }
}

/// A dispatch with how far its delivery has come; one that the clerk hands on has none.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Carried {
    /// The dispatch.
    pub dispatch: Dispatch,
    /// Its delivery.
    #[serde(default)]
    pub delivery: Option<Delivery>,
}

impl Subject for Carried {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn addressee(&self) -> Option<Addressee> {
        self.dispatch.addressee()
    }
}

impl Existing for Carried {
    fn version(&self) -> i64 {
        self.dispatch.root.version
    }
}

/// Orders that a delivery which was given up is tried again, from the first attempt on; the package is the same.
#[derive(Clone, Copy, Debug)]
pub struct RedeliverDispatch;

impl Command<Carried> for RedeliverDispatch {
    const ACTION: Action = Action::RedeliverDispatch;
    type Of = Dispatch;

    /// Whoever has answered has it.
    fn ready(carried: &Carried) -> Result<(), Code> {
        let given_up = carried.delivery.is_some_and(|delivery| delivery.state() == DeliveryState::GivenUp);
        if carried.dispatch.stage != Stage::Sent {
            Err(Code::DispatchAnswered)
        } else if given_up {
            Ok(())
        } else {
            Err(Code::DeliveryNotGivenUp)
        }
    }

    fn apply(self, on: Permitted<Self, Carried>, at: Moment<'_>) -> Result<Change<Dispatch>, Refusal> {
        Ok(Change::made(&on.dispatch, at.now, "dispatch.redelivered", |dispatch| dispatch.orders += 1))
    }
}
