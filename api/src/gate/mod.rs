//! What stands in front of every handler, in the order of the contract: rate, route, caller, scope, accepted form, size
//! and media type of the body, the idempotency key. And behind it: problem documents and the headers of every answer.

use std::{sync::Arc, time::Duration};

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, BytesMut, Data},
};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use thidua_persistence::{Call, Claim, Identity, Ids};

use crate::{
    access::{self, Access},
    language::Language,
    openapi::Route,
    problem::{Place, Problem, Trouble},
    rate::Allowance,
    state::State,
};

/// The most bytes of a JSON body.
pub(crate) const MAX_BODY: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(20);

/// What the gate found out about a request; handlers take it apart through extractors.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    pub(crate) call: Call,
    pub(crate) claim: Option<Claim>,
    pub(crate) body: Bytes,
    pub(crate) language: Language,
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
    let token = bearer(request.headers());
    let caller = match &token {
        Ok(Some(token)) => format!("t{}", thumb(token)),
        Ok(None) | Err(_) => request.peer_addr().map_or_else(String::new, |peer| peer.ip().to_string()),
    };
    let allowance = state.rates.count(&caller);
    if allowance.exceeded {
        return (Err(Problem::too_many(allowance.reset_seconds.max(1))), Some(allowance));
    }
    (pass(request, state, token, request_id, language, operation).await, Some(allowance))
}

async fn pass(
    request: &mut ServiceRequest,
    state: &State,
    token: Result<Option<String>, Problem>,
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
    let identity = identify(state, token?, access).await?;
    acceptable(request.headers(), &route)?;
    if !route.has_query && !request.query_string().is_empty() {
        let name = request.query_string().split(['=', '&']).next().unwrap_or_default();
        let place = Place::Parameter(name.chars().take(60).collect());
        return Err(Problem::at(Trouble::BadRequest, place, "parameter.unknown"));
    }
    let body = body(request, &route).await?;
    let claim = claim(request, &route, access, &body)?;
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let call = Call { identity, request_id: request_id.to_owned() };
    Ok(Admission::Pass(Box::new(Admitted { call, claim, body, language })))
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

async fn identify(state: &State, token: Option<String>, access: Access) -> Result<Identity, Problem> {
    let Some(token) = token else {
        return if access == Access::Public { Ok(Identity::public()) } else { Err(Trouble::Unauthorized.into()) };
    };
    let verified = state.verifier.verify(&token).await?;
    match access.scope() {
        Some(scope) if !verified.covers(scope) => Err(Trouble::ScopeTooNarrow.into()),
        Some(_) | None => Ok(verified.identity),
    }
}

/// Exactly one `Authorization: Bearer`, of at most 8 KiB; anything else is no token.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut all = headers.get_all(header::AUTHORIZATION);
    let Some(first) = all.next() else { return Ok(None) };
    let text = first.to_str().map_err(|_| Trouble::InvalidToken)?;
    let (scheme, token) = text.split_once(' ').ok_or(Trouble::InvalidToken)?;
    if all.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") || token.len() > 8 << 10 {
        return Err(Trouble::InvalidToken.into());
    }
    Ok(Some(token.trim().to_owned()))
}

fn acceptable(headers: &HeaderMap, route: &Route) -> Result<(), Problem> {
    let Some(accept) = header_text(headers, &header::ACCEPT) else { return Ok(()) };
    let fits = accept.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        range == "*/*" || range.is_empty() || route.produces.iter().any(|made| matches_range(range, made))
    });
    if fits {
        Ok(())
    } else {
        Err(Problem::at(Trouble::NotAcceptable, Place::Header("Accept"), Trouble::NotAcceptable.as_str()))
    }
}

fn matches_range(range: &str, media_type: &str) -> bool {
    range.eq_ignore_ascii_case(media_type)
        || range
            .strip_suffix("/*")
            .is_some_and(|family| media_type.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(family)))
}

async fn body(request: &mut ServiceRequest, route: &Route) -> Result<Bytes, Problem> {
    let declared = header_text(request.headers(), &header::CONTENT_LENGTH).and_then(|text| text.parse::<usize>().ok());
    if declared.is_some_and(|length| length > MAX_BODY) {
        return Err(Trouble::TooLarge.into());
    }
    let mut payload = request.take_payload();
    let arriving = async {
        let mut bytes = BytesMut::with_capacity(declared.unwrap_or_default());
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Trouble::BadRequest)?;
            if bytes.len() + chunk.len() > MAX_BODY {
                return Err(Trouble::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    let body = tokio::time::timeout(BODY_DEADLINE, arriving).await.map_err(|_| Trouble::Timeout)??;
    let Some(wanted) = &route.consumes else {
        // Content has no meaning in a GET (RFC 9110, section 9.3.1), so that it is read and forgotten.
        return if body.is_empty() || matches!(*request.method(), Method::GET | Method::HEAD) {
            Ok(Bytes::new())
        } else {
            Err(unsupported())
        };
    };
    let given = header_text(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    let named = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(wanted));
    let encoded = request.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity");
    if named && !encoded && parts.all(|part| part.is_empty() || part.to_ascii_lowercase().starts_with("charset=utf-8"))
    {
        Ok(body)
    } else {
        Err(unsupported())
    }
}

fn unsupported() -> Problem {
    let code = Trouble::UnsupportedMediaType;
    Problem::at(code, Place::Header("Content-Type"), code.as_str())
}

/// The idempotency key that every POST needs (a token, or the same as a quoted string), with the request's fingerprint.
fn claim(request: &ServiceRequest, route: &Route, access: Access, body: &[u8]) -> Result<Option<Claim>, Problem> {
    if !matches!(access, Access::Command(_)) || request.method() != Method::POST {
        return Ok(None);
    }
    let wrong = |code: &str| Problem::at(Trouble::BadRequest, Place::Header("Idempotency-Key"), code);
    let mut all = request.headers().get_all("Idempotency-Key");
    let key = all.next().ok_or_else(|| wrong("header.missing"))?;
    let key = key.to_str().map_err(|_| wrong("header.malformed"))?;
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    let fits = (1..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b));
    if !fits || all.next().is_some() {
        return Err(wrong("header.malformed"));
    }
    let fingerprint = Sha256::new()
        .chain_update(format!(
            "{} {}?{}\n{}\n",
            request.method(),
            request.path(),
            request.query_string(),
            route.operation
        ))
        .chain_update(body)
        .finalize();
    Ok(Some(Claim { key: key.to_owned(), fingerprint: fingerprint.into() }))
}

/// The caller's id when it is well formed, else its trace id (W3C), else a fresh one.
fn request_id(headers: &HeaderMap) -> String {
    let well_formed =
        |id: &&str| (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let given = headers.get("Request-Id").and_then(|id| id.to_str().ok()).filter(well_formed);
    let trace = || {
        let parent = headers.get("traceparent")?.to_str().ok()?;
        parent.split('-').nth(1).filter(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    given.or_else(trace).map_or_else(|| Ids::unpredictable().to_string(), str::to_owned)
}

fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A short form of a secret, to count by.
fn thumb(token: &str) -> String {
    Sha256::digest(token).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
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
        set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
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
