//! Digests of content on the wire (RFC 9530): SHA-256 and no other.

use actix_web::http::header::HeaderMap;
use base64::{Engine, prelude::BASE64_STANDARD};
use thidua_domain::attachment::Checksum;

use crate::problem::{Place, Problem, Trouble};

/// What the caller says that the SHA-256 of the body is: `sha-256=:…:`, if anything is said.
///
/// # Errors
/// 400 for whatever has another form.
pub(super) fn content_digest(headers: &HeaderMap) -> Result<Option<[u8; 32]>, Problem> {
    let mut all = headers.get_all("Content-Digest");
    let Some(first) = all.next() else { return Ok(None) };
    let parsed = first.to_str().ok().and_then(|text| text.strip_prefix("sha-256=:")?.strip_suffix(':'));
    let bytes = parsed.and_then(|text| BASE64_STANDARD.decode(text).ok());
    let digest = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).filter(|_| all.next().is_none());
    digest
        .map(Some)
        .ok_or_else(|| Problem::at(Trouble::BadRequest, Place::Header("Content-Digest"), "header.malformed"))
}

/// A checksum as the value of `Content-Digest` and `Repr-Digest`.
pub(crate) fn as_digest(checksum: &Checksum) -> String {
    format!("sha-256=:{}:", BASE64_STANDARD.encode(checksum.bytes()))
}
