//! `/dev/clock`: reads and moves the business clock; in `dev` only, and outside the contract.

use actix_web::{
    HttpResponse,
    web::{self, Data, Json, ServiceConfig},
};
use serde::{Deserialize, Serialize};
use thidua_domain::time::Timestamp;
use thidua_persistence::{Call, Identity};

use crate::state::State;

/// The routes that exist in `dev` only.
pub(crate) fn dev_routes(config: &mut ServiceConfig) {
    config.route("/dev/clock", web::get().to(read)).route("/dev/clock", web::put().to(freeze));
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    /// Where the clock stands.
    at: Timestamp,
}

async fn read(state: Data<State>) -> HttpResponse {
    let call = Call { identity: Identity::public(), request_id: "dev-clock".to_owned() };
    match state.store.read(&call).await {
        Ok(reader) => HttpResponse::Ok().json(Clock { at: reader.now }),
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}

async fn freeze(state: Data<State>, clock: Json<Clock>) -> HttpResponse {
    state.store.clock().freeze(clock.at);
    // Who moves the clock finds done what was due by then.
    if let Err(error) = state.scheduler.look().await {
        tracing::warn!(%error, "reminders wait until the clock is moved again");
    }
    HttpResponse::Ok().json(clock.into_inner())
}
