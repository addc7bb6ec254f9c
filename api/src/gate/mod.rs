//! What stands in front of every handler, in the order of the contract: rate, route, caller, scope, accepted form, size
//! and media type of the body, the idempotency key. And behind it: problem documents and the headers of every answer.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, Data},
};
use thidua_persistence::{Call, Claim, Identity};

use crate::{
    access::{self, Access},
    auth::Verified,
    export::Form,
    input,
    language::Language,
    openapi::Route,
    problem::{Problem, Trouble},
    rate::Allowance,
    state::State,
};

mod request;
mod unread;

pub(crate) use request::takes;
use request::{acceptable, bearer, body, claim, header_text, known_tags, request_id, streamed};

/// What the gate found out about a request; handlers take it apart through extractors.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    pub(crate) call: Call,
    pub(crate) claim: Option<Claim>,
    pub(crate) body: Bytes,
    pub(crate) language: Language,
    pub(crate) form: Form,
}

/// The gate in front of everything below `/v1`, and the headers of every answer.
pub(crate) async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, Error> {
    let request_id = request_id(request.headers());
    let language = header_text(request.headers(), &header::ACCEPT_LANGUAGE).map(Language::accepted).unwrap_or_default();
    let Some(state) = request.app_data::<Data<State>>().cloned() else {
        return Ok(request.into_response(HttpResponse::InternalServerError().finish()).map_into_left_body());
    };
    let version = state.contract.version();
    if !request.path().starts_with("/v1") {
        let answer = next.call(request).await?.map_into_boxed_body();
        return Ok(finish(answer, &request_id, language, version, None).map_into_left_body());
    }
    let started = std::time::Instant::now();
    let held = unread::hold(&mut request);
    let mut operation: Arc<str> = Arc::from("-");
    let (admitted, allowance) = admit(&mut request, &state, &request_id, language, &mut operation).await;
    let answer = match admitted {
        Ok(Admission::Pass(admitted)) => {
            request.extensions_mut().insert(*admitted);
            next.call(request).await?.map_into_boxed_body()
        }
        Ok(Admission::Options(allow)) => {
            request.into_response(HttpResponse::NoContent().insert_header(("Allow", allow)).finish())
        }
        Err(problem) => request.into_response(problem.answer(&request_id, language)),
    };
    let answer = finish(answer, &request_id, language, version, allowance);
    let answer = match held {
        Some(held) => answer.map_body(|_, body| held.until_written(body)),
        None => answer,
    };
    tracing::info!(
        operation = &*operation,
        request_id,
        status = answer.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    Ok(answer.map_into_left_body())
}

enum Admission {
    Pass(Box<Admitted>),
    Options(String),
}

async fn admit(
    request: &mut ServiceRequest,
    state: &State,
    request_id: &str,
    language: Language,
    operation: &mut Arc<str>,
) -> (Result<Admission, Problem>, Option<Allowance>) {
    let verified = match bearer(request.headers()) {
        Ok(None) => None,
        Ok(Some(token)) => Some(state.verifier.verify(&token).await),
        Err(problem) => Some(Err(problem)),
    };
    // Who is known by name has a share of its own, whatever token says so; who is not, shares that of the address.
    let caller = match &verified {
        Some(Ok(verified)) => format!("{} {}", verified.identity.issuer, verified.identity.subject),
        Some(Err(_)) | None => request.peer_addr().map_or_else(String::new, |peer| peer.ip().to_string()),
    };
    let allowance = state.rates.count(&caller);
    if allowance.exceeded {
        return (Err(Problem::too_many(allowance.reset_seconds.max(1))), Some(allowance));
    }
    (pass(request, state, verified, request_id, language, operation).await, Some(allowance))
}

async fn pass(
    request: &mut ServiceRequest,
    state: &State,
    verified: Option<Result<Verified, Problem>>,
    request_id: &str,
    language: Language,
    operation: &mut Arc<str>,
) -> Result<Admission, Problem> {
    let route = match route(request, state)? {
        Ok(route) => route,
        Err(allow) => return Ok(Admission::Options(allow)),
    };
    *operation = Arc::clone(&route.operation);
    // An operation that nobody put into the table is nobody's.
    let access = access::of(&route.operation).ok_or(Trouble::NotFound)?;
    let identity = identify(verified, access)?;
    let form = Form::of(acceptable(request.headers(), &route)?);
    let body = if route.streams {
        streamed(request, &route, state.files.most())?;
        Bytes::new()
    } else {
        body(request, &route).await?
    };
    known_tags(request.headers())?;
    if !route.has_query && !request.query_string().is_empty() {
        return Err(input::unknown_parameter(request.query_string()));
    }
    let claim = claim(request, &route, access, &body)?;
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let call = Call { identity, request_id: request_id.to_owned() };
    Ok(Admission::Pass(Box::new(Admitted { call, claim, body, language, form })))
}

/// The route of the contract; `Err` with the methods where the caller only asks for them.
fn route(request: &ServiceRequest, state: &State) -> Result<Result<Route, String>, Problem> {
    let pattern = request.match_pattern().ok_or(Trouble::NotFound)?;
    let path = pattern.strip_prefix("/v1").ok_or(Trouble::NotFound)?;
    let methods = state.contract.methods(path).ok_or(Trouble::NotFound)?;
    let allow = || {
        let head = methods.contains_key("GET").then_some("HEAD");
        let names: Vec<_> = methods.keys().map(String::as_str).chain(head).chain(["OPTIONS"]).collect();
        names.join(", ")
    };
    match request.method().as_str() {
        "OPTIONS" => Ok(Err(allow())),
        "HEAD" => methods.get("GET").cloned().map(Ok).ok_or_else(|| Problem::method_not_allowed(allow())),
        method => methods.get(method).cloned().map(Ok).ok_or_else(|| Problem::method_not_allowed(allow())),
    }
}

fn identify(verified: Option<Result<Verified, Problem>>, access: Access) -> Result<Identity, Problem> {
    let Some(verified) = verified else {
        return if access == Access::Public { Ok(Identity::public()) } else { Err(Trouble::Unauthorized.into()) };
    };
    let verified = verified?;
    match access.scope() {
        Some(scope) if !verified.covers(scope) => Err(Trouble::ScopeTooNarrow.into()),
        _ if matches!(access, Access::Command(action) if action.signs()) => {
            verified.signs().map(|()| verified.identity)
        }
        Some(_) | None => Ok(verified.identity),
    }
}

/// Writes the problem document where there is one to write, and the headers of every answer.
fn finish(
    answer: ServiceResponse,
    request_id: &str,
    language: Language,
    version: &str,
    allowance: Option<Allowance>,
) -> ServiceResponse {
    let problem = answer.response().extensions().get::<Problem>().cloned();
    let documented = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    let status = answer.status();
    let problem = problem.or_else(|| {
        // What the framework itself refused, or a panic turned into a 500.
        let made_elsewhere = status.as_u16() >= 400 && !documented && answer.request().path().starts_with("/v1");
        made_elsewhere.then(|| framework_problem(status))
    });
    let (request, response) = answer.into_parts();
    let mut response = match problem {
        Some(problem) => problem.answer(request_id, language),
        None => response,
    };
    let cacheable = response.headers().contains_key(header::CACHE_CONTROL);
    let confined = response.headers().contains_key(header::CONTENT_SECURITY_POLICY);
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("request-id", request_id);
    set("api-version", version);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    set("strict-transport-security", "max-age=31536000; includeSubDomains");
    set("vary", "Accept, Accept-Language, Authorization");
    if request.path().starts_with("/v1") {
        if !confined {
            set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        }
        set("x-frame-options", "DENY");
    }
    if !cacheable {
        set("cache-control", "no-store");
    }
    if let Some(allowance) = allowance {
        set("ratelimit-limit", &allowance.limit.to_string());
        set("ratelimit-remaining", &allowance.remaining.to_string());
        set("ratelimit-reset", &allowance.reset_seconds.to_string());
    }
    ServiceResponse::new(request, response)
}

fn framework_problem(status: StatusCode) -> Problem {
    let known = Trouble::ALL.iter().copied().find(|trouble| trouble.status() == status);
    let fallback = if status.is_client_error() { Trouble::BadRequest } else { Trouble::Internal };
    known.unwrap_or(fallback).into()
}
