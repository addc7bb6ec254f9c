//! What goes out: bodies with their validators, and the headers of a change.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use serde::Serialize;
use sha2::{Digest, Sha256};
use thidua_domain::{attachment::Checksum, change::Aggregate};
use thidua_persistence::Saved;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};
use uuid::Uuid;

use crate::{input::Caller, language::Language};

/// One resource: 200 with an ETag, or 304 where the caller has it already.
#[derive(Debug)]
pub(crate) struct Versioned<T> {
    body: T,
    version: i64,
    language: Language,
    event: Option<(Uuid, bool)>,
    location: Option<String>,
}

impl<T: Serialize> Versioned<T> {
    /// A resource as it was read.
    pub(crate) const fn read(body: T, version: i64, language: Language) -> Self {
        Self { body, version, language, event: None, location: None }
    }

    /// A resource as a command left it.
    pub(crate) fn changed<A: Aggregate>(saved: &Saved<A>, caller: &Caller, body: T) -> Self {
        let event = Some((saved.event_id, saved.replayed));
        Self { body, version: saved.object.root().version, language: caller.language, event, location: None }
    }

    /// A resource that a command made: 201 and where it is (`/v1/units/…`).
    pub(crate) fn created<A: Aggregate>(saved: &Saved<A>, caller: &Caller, collection: &str, body: T) -> Self {
        let location = Some(format!("/v1/{collection}/{}", saved.object.root().id));
        Self { location, ..Self::changed(saved, caller, body) }
    }
}

impl<T: Serialize> Responder for Versioned<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Ok(bytes) = serde_json::to_vec(&self.body) else {
            return HttpResponse::InternalServerError().finish();
        };
        // The hash is the representation's: a changed label, mask or action makes another tag of the same version.
        let tag = tag(self.version, &bytes);
        let fresh = self.event.is_none() && has_already(request, &tag);
        let mut answer = match (&self.location, fresh) {
            (Some(_), _) => HttpResponse::Created(),
            (None, true) => HttpResponse::NotModified(),
            (None, false) => HttpResponse::Ok(),
        };
        answer.insert_header((header::ETAG, tag)).insert_header(("Cache-Control", "private, no-cache"));
        if let Some((event, replayed)) = self.event {
            answer.insert_header(("Event-Id", event.to_string()));
            if replayed {
                answer.insert_header(("Idempotency-Replayed", "true"));
            }
        }
        if let Some(location) = self.location {
            answer.insert_header((header::LOCATION, location));
        }
        if fresh {
            return answer.finish();
        }
        answer.insert_header(("Content-Language", self.language.tag()));
        answer.content_type("application/json").body(bytes)
    }
}

/// A picture: 200 with an ETag, or 304 where the caller has it already.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) svg: String,
    pub(crate) language: Language,
}

/// How a picture begins and ends, for the contract.
pub(crate) const SVG_EXAMPLE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"vi\"><title>Tiến độ thực hiện theo lĩnh vực</title></svg>";

/// The form of a picture, for the contract.
#[derive(Debug)]
pub(crate) struct SvgPicture;

impl PartialSchema for SvgPicture {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^<svg [^\\u0000]*$"));
        let text = text.min_length(Some(1)).max_length(Some(5_000_000));
        RefOr::T(Schema::Object(
            text.description(Some("A picture as SVG, with a title and a description in words.")).build(),
        ))
    }
}

impl ToSchema for SvgPicture {}

impl Responder for Picture {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        // It has no version of its own; what it shows is in the hash.
        let tag = tag(1, self.svg.as_bytes());
        let fresh = has_already(request, &tag);
        let mut answer = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::ETAG, tag)).insert_header(("Cache-Control", "private, no-cache"));
        if fresh {
            return answer.finish();
        }
        answer.insert_header(("Content-Language", self.language.tag()));
        answer.content_type("image/svg+xml").body(self.svg)
    }
}

/// The tag of a representation: its version, and the beginning of its hash.
pub(crate) fn tag(version: i64, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!("\"{version}.{:02x}{:02x}{:02x}{:02x}\"", digest[0], digest[1], digest[2], digest[3])
}

/// The tag of bytes that never change, of which only the checksum is at hand.
pub(crate) fn tag_of(checksum: &Checksum) -> String {
    format!("\"1.{}\"", checksum.as_str().get(..8).unwrap_or_default())
}

/// Whether the caller has the representation of this tag (RFC 9110, section 13.1.2: compared weakly).
pub(crate) fn has_already(request: &HttpRequest, tag: &str) -> bool {
    let lines = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut known = lines.flat_map(|line| line.split(',')).map(str::trim);
    known.any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

/// Something without a version of its own: a list, a summary.
#[derive(Debug)]
pub(crate) struct Plain<T> {
    pub(crate) body: T,
    pub(crate) language: Language,
    /// The URL of the next page, for `Link`.
    pub(crate) next: Option<String>,
}

impl<T: Serialize> Responder for Plain<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        answer.insert_header(("Content-Language", self.language.tag()));
        if let Some(next) = self.next {
            answer.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
        }
        answer.json(self.body)
    }
}
