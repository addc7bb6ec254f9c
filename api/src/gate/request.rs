//! What the gate reads of a request by itself: token, accepted forms, body, idempotency key, the request's own name.

use std::time::Duration;

use actix_web::{
    HttpMessage,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderMap, HeaderName},
    },
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use thidua_persistence::{Claim, Ids};

use crate::{
    access::Access,
    export::Form,
    openapi::Route,
    problem::{Place, Problem, Trouble},
};

/// The most bytes of a JSON body.
const MAX_BODY: usize = 1 << 20;
/// The most bytes of a table.
const MAX_TABLE: usize = 10 << 20;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(20);

/// Exactly one `Authorization: Bearer`, of at most 8 KiB; anything else is no token.
pub(super) fn bearer(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut all = headers.get_all(header::AUTHORIZATION);
    let Some(first) = all.next() else { return Ok(None) };
    let text = first.to_str().map_err(|_| Trouble::InvalidToken)?;
    let (scheme, token) = text.split_once(' ').ok_or(Trouble::InvalidToken)?;
    if all.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") || token.len() > 8 << 10 {
        return Err(Trouble::InvalidToken.into());
    }
    Ok(Some(token.trim().to_owned()))
}

/// The media type that the caller likes best of those that the operation answers with; of several, JSON.
pub(super) fn acceptable<'a>(headers: &HeaderMap, route: &'a Route) -> Result<&'a str, Problem> {
    let accepted = accepted(headers);
    let first = route.produces.first().map(String::as_str).unwrap_or_default();
    if accepted.trim().is_empty() || route.produces.is_empty() {
        return Ok(first);
    }
    let mut best = (first, 0.0);
    for made in &route.produces {
        let weight = weight(&accepted, made);
        if weight > best.1 {
            best = (made, weight);
        }
    }
    if best.1 > 0.0 { Ok(best.0) } else { Err(not_acceptable()) }
}

/// Refuses a form that the query asks for and `Accept` does not take.
pub(crate) fn takes(headers: &HeaderMap, made: &str) -> Result<(), Problem> {
    let accepted = accepted(headers);
    if accepted.trim().is_empty() || weight(&accepted, made) > 0.0 { Ok(()) } else { Err(not_acceptable()) }
}

fn accepted(headers: &HeaderMap) -> String {
    let lines: Vec<_> = headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    lines.join(",")
}

fn not_acceptable() -> Problem {
    Problem::at(Trouble::NotAcceptable, Place::Header("Accept"), Trouble::NotAcceptable.as_str())
}

/// `If-None-Match` and `If-Range` are visible ASCII, where they are sent at all.
pub(super) fn known_tags(headers: &HeaderMap) -> Result<(), Problem> {
    for (name, shown) in [(header::IF_NONE_MATCH, "If-None-Match"), (header::IF_RANGE, "If-Range")] {
        let Some(tags) = headers.get(name) else { continue };
        let visible = tags.len() <= 1000 && tags.as_bytes().iter().all(|byte| (b' '..=b'~').contains(byte));
        if !visible {
            return Err(Problem::at(Trouble::BadRequest, Place::Header(shown), "header.malformed"));
        }
    }
    Ok(())
}

/// The weight that the most specific of the ranges that hold this media type gives it (RFC 9110, section 12.5.1).
fn weight(accepted: &str, media_type: &str) -> f32 {
    let family = media_type.split('/').next().unwrap_or_default();
    let weighed = accepted.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let range = parts.next().unwrap_or_default();
        let specific = match range.strip_suffix("/*") {
            _ if range.eq_ignore_ascii_case(media_type) => 2,
            Some(own) if own.eq_ignore_ascii_case(family) => 1,
            Some("*") => 0,
            Some(_) | None => return None,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse::<f32>().ok()).unwrap_or(1.0);
        Some((specific, weight))
    });
    weighed.max_by_key(|(specific, _)| *specific).map_or(0.0, |(_, weight)| weight)
}

pub(super) async fn body(request: &mut ServiceRequest, route: &Route) -> Result<Bytes, Problem> {
    let declared = declared(request).and_then(|length| usize::try_from(length).ok());
    let most = if route.consumes.iter().any(|kind| kind == Form::Csv.media_type()) { MAX_TABLE } else { MAX_BODY };
    if declared.is_some_and(|length| length > most) {
        return Err(Trouble::TooLarge.into());
    }
    let mut payload = request.take_payload();
    let arriving = async {
        let mut bytes = BytesMut::with_capacity(declared.unwrap_or_default());
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Trouble::BadRequest)?;
            if bytes.len() + chunk.len() > most {
                return Err(Trouble::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    let body = tokio::time::timeout(BODY_DEADLINE, arriving).await.map_err(|_| Trouble::Timeout)??;
    if route.consumes.is_empty() {
        // Content has no meaning in a GET (RFC 9110, section 9.3.1), so that it is read and forgotten.
        return if body.is_empty() || matches!(*request.method(), Method::GET | Method::HEAD) {
            Ok(Bytes::new())
        } else {
            Err(unsupported("Content-Type"))
        };
    }
    if body.is_empty() && !route.needs_body {
        return Ok(body);
    }
    uncoded(request)?;
    let given = header_text(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
    let known = route.consumes.iter().any(|wanted| is_in_utf_8(given, wanted));
    if known { Ok(body) } else { Err(unsupported("Content-Type")) }
}

/// What can be said of the bytes of a file before any of them is read: the handler reads them, piece by piece.
pub(super) fn streamed(request: &ServiceRequest, route: &Route, most: u64) -> Result<(), Problem> {
    if declared(request).is_some_and(|length| length > most) {
        return Err(Trouble::TooLarge.into());
    }
    uncoded(request)?;
    let given = header_text(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
    let essence = given.split(';').next().map(str::trim);
    let fits = essence.is_some_and(|given| route.consumes.iter().any(|wanted| given.eq_ignore_ascii_case(wanted)));
    if fits { Ok(()) } else { Err(unsupported("Content-Type")) }
}

fn declared(request: &ServiceRequest) -> Option<u64> {
    header_text(request.headers(), &header::CONTENT_LENGTH).and_then(|text| text.parse().ok())
}

fn uncoded(request: &ServiceRequest) -> Result<(), Problem> {
    let coding = request.headers().get(header::CONTENT_ENCODING);
    let coded = coding.is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if coded { Err(unsupported("Content-Encoding")) } else { Ok(()) }
}

/// Whether a `Content-Type` is this media type, in no other character set than JSON's own.
fn is_in_utf_8(given: &str, wanted: &str) -> bool {
    let mut parts = given.split(';').map(str::trim);
    parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(wanted))
        && parts.all(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            part.is_empty()
                || (name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8"))
        })
}

fn unsupported(header: &'static str) -> Problem {
    let code = Trouble::UnsupportedMediaType;
    Problem::at(code, Place::Header(header), code.as_str())
}

/// The idempotency key that every POST needs (a token, or the same as a quoted string), with the request's fingerprint.
pub(super) fn claim(
    request: &ServiceRequest,
    route: &Route,
    access: Access,
    body: &[u8],
) -> Result<Option<Claim>, Problem> {
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

/// The caller's id when it is well formed, else its trace id (W3C), else a fresh one. A number alone is not well formed: the
/// id stands in the log for ever, and a number might be a citizen's.
pub(super) fn request_id(headers: &HeaderMap) -> String {
    let well_formed = |id: &&str| {
        (8..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && id.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let given = headers.get("Request-Id").and_then(|id| id.to_str().ok()).filter(well_formed);
    let trace = || trace_id(headers.get("traceparent")?.to_str().ok()?);
    given.or_else(trace).map_or_else(|| Ids::unpredictable().to_string(), str::to_owned)
}

/// The trace of a `traceparent` in the form of its version 00, with which later ones begin.
fn trace_id(parent: &str) -> Option<&str> {
    let mut parts = parent.split('-');
    let mut field = |digits: usize| {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        parts.next().filter(|field| field.len() == digits && field.bytes().all(hex))
    };
    let (version, trace, span, _flags) = (field(2)?, field(32)?, field(16)?, field(2)?);
    let known = version != "ff" && (version != "00" || parts.next().is_none());
    let named = [trace, span].iter().all(|id| id.bytes().any(|digit| digit != b'0'));
    (known && named).then_some(trace)
}

pub(super) fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
