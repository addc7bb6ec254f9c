//! What comes in: closed objects, bounded scalars, and one extractor for each part of a request.
//!
//! Handlers name their extractors in the order in which the contract finds faults: path, query, body, `If-Match`.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Bytes};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::future::{Ready, ready};
use thidua_persistence::{Call, Claim, Expected};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::{
    export::Form,
    gate::Admitted,
    language::Language,
    problem::{Detail, Place, Problem, Trouble},
};

mod scalar;

pub use scalar::{
    AssessmentKey, AttachmentKey, CalendarDayKey, CampaignKey, ChecksumText, CodeText, ConsolidatedReportKey,
    CursorText, DateOnly, Dec, DispatchKey, DocumentKey, DocumentSeriesKey, EmailAddress, FileNameText, ImportKey,
    IncomingDocumentKey, Instant, Key, Limit, MeasurementKey, NotificationKey, PeriodKey, PeriodScheduleKey, PersonKey,
    PrincipalKey, RegistrationKey, ReminderKey, ReminderRuleKey, ReportKey, ScoringRubricKey, Str, TargetKey, UnitKey,
    ValidationRuleKey, Whole,
};
pub(crate) use scalar::{INLINE, scalars};

/// The caller of a request, as the gate admitted it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who calls, for the store.
    pub call: Call,
    /// The claim of the idempotency key, on commands.
    pub claim: Option<Claim>,
    /// The language of texts in the answer.
    pub language: Language,
    /// The form of the answer, where there are several.
    pub form: Form,
}

impl Caller {
    /// The claim of a command whose body the gate has not read: with the SHA-256 of the body.
    #[must_use]
    pub fn claim_with(&self, body: &[u8; 32]) -> Option<Claim> {
        self.claim.clone().map(|claim| Claim {
            fingerprint: Sha256::new().chain_update(claim.fingerprint).chain_update(body).finalize().into(),
            ..claim
        })
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        ready(extensions.get::<Admitted>().map_or_else(
            || Err(Trouble::Internal.into()),
            |admitted| {
                let (call, claim, language) = (admitted.call.clone(), admitted.claim.clone(), admitted.language);
                Ok(Self { call, claim, language, form: admitted.form })
            },
        ))
    }
}

/// A file that was sent: its bytes, and the form in which they are.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The file.
    pub bytes: Bytes,
    /// Its form, by `Content-Type`.
    pub form: Form,
}

impl FromRequest for Sent {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let given = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let form = Form::of(&given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        let bytes = request.extensions().get::<Admitted>().map(|admitted| admitted.body.clone()).unwrap_or_default();
        ready(Ok(Self { bytes, form }))
    }
}

/// A JSON body of shape `T`.
#[derive(Clone, Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Validate> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let bytes = request.extensions().get::<Admitted>().map(|admitted| admitted.body.clone()).unwrap_or_default();
        ready(parse(&bytes).map(Self))
    }
}

/// A JSON body of shape `T` where there is one; the operation is one of [`crate::openapi::WITHOUT_BODY_TOO`].
#[derive(Clone, Debug, Default)]
pub struct BodyIfAny<T>(pub T);

impl<T: DeserializeOwned + Validate + Default> FromRequest for BodyIfAny<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let bytes = request.extensions().get::<Admitted>().map(|admitted| admitted.body.clone()).unwrap_or_default();
        ready(if bytes.is_empty() { Ok(Self::default()) } else { parse(&bytes).map(Self) })
    }
}

/// Reads a JSON body of shape `T`.
///
/// # Errors
/// 400, with the first fault of form, or with all of bounds.
pub(crate) fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Problem> {
    // A struct would take its members out of a list as well, in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(shape(Place::Pointer(String::new()), "invalid type: sequence"));
    }
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let parsed: Result<T, _> = serde_path_to_error::deserialize(&mut source);
    let value = parsed.map_err(|error| {
        let said = error.inner().to_string();
        shape(Place::Pointer(pointer(error.path(), &said)), &said)
    })?;
    source.end().map_err(|_| shape(Place::Pointer(String::new()), "json.malformed"))?;
    value.validate().map_err(|errors| {
        let mut details = Vec::new();
        collect(&errors, "", &mut details);
        Problem::with(Trouble::BadRequest, details)
    })?;
    Ok(value)
}

fn collect(errors: &ValidationErrors, at: &str, details: &mut Vec<Detail>) {
    for (field, kind) in errors.errors() {
        let at = format!("{at}/{}", camel(field));
        match kind {
            ValidationErrorsKind::Field(_) => {
                details.push(Detail::of(Place::Pointer(at), "field.outOfBounds"));
            }
            ValidationErrorsKind::Struct(inner) => collect(inner, &at, details),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{at}/{index}"), details);
                }
            }
        }
    }
}

/// The name on the wire. The validator knows the field of the program, so that a bounded one is never renamed: it is
/// called as on the wire, with `r#` where that is a word of the language.
fn camel(field: &str) -> String {
    let field = field.strip_prefix("r#").unwrap_or(field);
    let mut out = String::with_capacity(field.len());
    let mut upper = false;
    for c in field.chars() {
        if c == '_' {
            upper = true;
        } else {
            out.push(if upper { c.to_ascii_uppercase() } else { c });
            upper = false;
        }
    }
    out
}

/// Where in the body it is; a member that is missing or stands twice is named by the message alone.
fn pointer(path: &serde_path_to_error::Path, said: &str) -> String {
    use serde_path_to_error::Segment;
    let member = |key: &str| format!("/{}", key.replace('~', "~0").replace('/', "~1"));
    let mut pointer: String = path
        .iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => member(key),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect();
    if said.starts_with("missing field") || said.starts_with("duplicate field") {
        pointer.push_str(&member(said.split('`').nth(1).unwrap_or_default()));
    }
    pointer
}

/// A fault of form. Our scalars fail with a code of the catalogue; of what serde says, only the sort is told on.
fn shape(place: Place, said: &str) -> Problem {
    let ours = said.split(" at line ").next().unwrap_or_default();
    let code = if Language::Vi.find(ours).is_some() {
        ours
    } else if said.starts_with("unknown field") {
        "field.unknown"
    } else if said.starts_with("missing field") {
        "field.missing"
    } else if said.starts_with("duplicate field") {
        "field.twice"
    } else if said.starts_with("unknown variant") {
        "field.unknownValue"
    } else if said.starts_with("invalid type")
        || said.starts_with("invalid value")
        || said.starts_with("data did not match")
    {
        "field.wrongType"
    } else {
        "json.malformed"
    };
    Problem::at(Trouble::BadRequest, place, code)
}

/// The parameters of a path.
#[derive(Clone, Debug)]
pub struct PathOf<T>(pub T);

impl<T: DeserializeOwned> FromRequest for PathOf<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    // A path that names nothing names nothing: 404, not 400.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = request.match_info().iter().map(|(name, value)| (name.to_owned(), value.to_owned().into()));
        let object = serde_json::Value::Object(pairs.collect());
        ready(serde_json::from_value(object).map(Self).map_err(|_| Trouble::NotFound.into()))
    }
}

/// The parameters of a query: closed, and single unless declared as a list.
#[derive(Clone, Debug)]
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned + Validate> FromRequest for QueryOf<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(query(request.query_string()).map(Self))
    }
}

fn query<T: DeserializeOwned + Validate>(text: &str) -> Result<T, Problem> {
    let source = serde_html_form::Deserializer::from_bytes(text.as_bytes());
    let value: T = serde_path_to_error::deserialize(source).map_err(|error| {
        let said = error.inner().to_string();
        let path = error.path().iter().next().map(ToString::to_string);
        // An unknown or a missing parameter stands in the message, in backquotes, and in no path.
        let named =
            said.split('`').nth(1).filter(|_| said.starts_with("unknown field") || said.starts_with("missing field"));
        let parameter = named.map(str::to_owned).or(path).unwrap_or_default();
        // So says serde_html_form where a single value is asked for and several have come.
        let code = if said == "unsupported value" { "duplicate field" } else { said.as_str() };
        let code = if code.starts_with("unknown field") { "parameter.unknown" } else { code };
        shape_of_parameter(parameter, code)
    })?;
    value.validate().map_err(|errors: ValidationErrors| {
        let names = errors.errors().keys().map(|field| camel(field));
        let details = names.map(|name| Detail::of(Place::Parameter(name), "field.outOfBounds"));
        Problem::with(Trouble::BadRequest, details.collect())
    })?;
    Ok(value)
}

fn shape_of_parameter(parameter: String, said: &str) -> Problem {
    let place = Place::Parameter(parameter);
    match shape(place.clone(), said) {
        // Numbers and dates of a query are parsed from text, whose faults serde words freely.
        problem if said == "parameter.unknown" || Language::Vi.find(said).is_some() => problem,
        problem if ["duplicate field", "missing field", "unknown variant"].iter().any(|one| said.starts_with(one)) => {
            problem
        }
        _ => Problem::at(Trouble::BadRequest, place, "field.wrongType"),
    }
}

/// What a query is answered where there are no parameters.
pub(crate) fn unknown_parameter(query: &str) -> Problem {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let name = pairs.into_iter().next().map(|(name, _)| name).unwrap_or_default();
    Problem::at(Trouble::BadRequest, Place::Parameter(name), "parameter.unknown")
}

/// The version that the caller read and means to change: the header `If-Match`.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Expected);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(expected(request).map(Self))
    }
}

fn expected(request: &HttpRequest) -> Result<Expected, Problem> {
    let mut all = request.headers().get_all(header::IF_MATCH);
    let missing = || Problem::at(Trouble::PreconditionRequired, Place::Header("If-Match"), "header.missing");
    let malformed = || Problem::at(Trouble::BadRequest, Place::Header("If-Match"), "header.malformed");
    let value = all.next().ok_or_else(missing)?;
    let text = value.to_str().map_err(|_| malformed())?;
    // `"7.9f2c01ab"`: only the version counts here, so that a changed label or action does not make a change stale.
    let tag = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).ok_or_else(malformed)?;
    let (version, hash) = tag.split_once('.').map_or((tag, None), |(version, hash)| (version, Some(hash)));
    let hexadecimal = |hash: &str| hash.len() == 8 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !version.bytes().all(|digit| digit.is_ascii_digit()) || !hash.is_none_or(hexadecimal) {
        return Err(malformed());
    }
    let version = version.parse().map_err(|_| malformed())?;
    if all.next().is_some() { Err(malformed()) } else { Ok(Expected(version)) }
}

/// Reads an optional member that may be absent but never null.
///
/// # Errors
/// Whatever reading a `T` answers, null being none.
pub fn present<'de, D: serde::Deserializer<'de>, T: serde::Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
