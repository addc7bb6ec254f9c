//! The service itself: its status, its contract, and health for those who operate it.

use actix_web::{HttpResponse, get, web::Data};
use serde::Serialize;
use thidua_domain::time::Timestamp;
use thidua_persistence::Identity;
use utoipa::ToSchema;

use crate::{
    app::Entries,
    input::{Caller, Instant},
    problem::Problem,
    reply::Plain,
    state::State,
};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_status).service(read_contract);
}

/// Whether the service works, and what it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Status {
    /// `OK` when reads and writes work. Clients must tolerate new values.
    status: Health,
    /// Full version of the contract.
    #[schema(max_length = 20, pattern = r"^\d+\.\d+\.\d+$", example = "0.1.0")]
    api_version: String,
    /// The business clock: the instant that deadlines are measured against.
    business_time_at: Instant,
}

/// How the service is. Clients must tolerate new values.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Health {
    /// Everything works.
    Ok,
}

/// Read the status
///
/// Says whether the service works and what time it is by the business clock, against which deadlines are measured.
#[utoipa::path(tag = "Service", operation_id = "readStatus",
    responses((status = 200, description = "The service works and tells its time.", body = Status)))]
#[get("/status")]
async fn read_status(state: Data<State>, caller: Caller) -> Result<Plain<Status>, Problem> {
    let now: Timestamp = state.store.read(&caller.call).await?.now;
    let api_version = state.contract.version().to_owned();
    let body = Status { status: Health::Ok, api_version, business_time_at: Instant(now) };
    Ok(Plain { body, language: caller.language, next: None })
}

/// An OpenAPI 3.1 document; its own specification says what is in it.
#[derive(Debug, Serialize, ToSchema)]
struct OpenApiDocument {
    /// The version of the OpenAPI specification.
    #[schema(max_length = 10, pattern = r"^3\.1\.\d+$", example = "3.1.0")]
    openapi: String,
}

/// Read the contract
///
/// The OpenAPI document of this very service, for client generators and for the gateway of the city.
#[utoipa::path(tag = "Service", operation_id = "readContract",
    responses((status = 200, description = "The contract that this service keeps.", body = OpenApiDocument)))]
#[get("/openapi.json")]
async fn read_contract(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "public, max-age=60"))
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .content_type("application/json")
        .body(state.contract.bytes().clone())
}

/// Alive: the process answers.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("live\n")
}

/// Ready: the database answers and events get their numbers.
pub(crate) async fn ready(state: Data<State>) -> HttpResponse {
    let call = thidua_persistence::Call { identity: Identity::public(), request_id: "health".to_owned() };
    let lag = state.sequencer.lag();
    match state.store.read(&call).await {
        Ok(_) if lag >= 0 => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(_) | Err(_) => HttpResponse::ServiceUnavailable().content_type("text/plain").body("not ready\n"),
    }
}
