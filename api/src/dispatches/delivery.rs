//! How far a delivery has come, as it reads back.

use serde::Serialize;
use thidua_domain::dispatch::{Delivery, DeliveryState, Failure};
use utoipa::ToSchema;

use super::body::DeliveryStateCode;
use crate::{input::Instant, language::Language};

/// Why a package did not get through. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = DeliveryFailure)]
enum FailureCode {
    NotSetUp,
    Unreachable,
    NotTaken,
    Gone,
    Forbidden,
    NoPackage,
}

impl From<Failure> for FailureCode {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotSetUp => Self::NotSetUp,
            Failure::Unreachable => Self::Unreachable,
            Failure::NotTaken => Self::NotTaken,
            Failure::Gone => Self::Gone,
            Failure::Forbidden => Self::Forbidden,
            Failure::NoPackage => Self::NoPackage,
        }
    }
}

/// How far the delivery of a package has come: carried at least once, tried again where it does not get through, given up in
/// the end.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Delivery)]
pub(super) struct DeliveryView {
    /// How far it has come.
    state: DeliveryStateCode,
    /// How far it has come, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã chuyển tới")]
    state_label: String,
    /// How often it was tried since it was ordered last.
    #[schema(minimum = 0, maximum = 100)]
    attempts: i32,
    /// When it was queued, by the business clock.
    queued_at: Instant,
    /// When it is tried next, by the business clock; absent once it is delivered or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt_at: Option<Instant>,
    /// When the other side had it, by the business clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivered_at: Option<Instant>,
    /// When it was given up, by the business clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    given_up_at: Option<Instant>,
    /// Why it did not get through when it was tried last.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureCode>,
    /// Why it did not get through, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, pattern = "^.+$", example = "Không kết nối được")]
    failure_label: Option<String>,
}

impl DeliveryView {
    pub(super) fn of(delivery: &Delivery, language: Language) -> Self {
        let state = delivery.state();
        let queued = state == DeliveryState::Queued;
        Self {
            state: state.into(),
            state_label: language.label("deliveryState", state.as_str()),
            attempts: delivery.attempts,
            queued_at: Instant(delivery.queued_at),
            next_attempt_at: queued.then_some(Instant(delivery.next_attempt_at)),
            delivered_at: delivery.delivered_at.map(Instant),
            given_up_at: delivery.given_up_at.map(Instant),
            failure: delivery.failure.map(Into::into),
            failure_label: delivery.failure.map(|failure| language.label("deliveryFailure", failure.as_str())),
        }
    }
}
