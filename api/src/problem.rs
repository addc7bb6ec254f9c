//! Problem documents (RFC 9457): the only form in which this API says no, and the one place that gives a no its status.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use thidua_domain::refusal::{Code, Kind, Refusal};
use thidua_persistence::StoreError;
use utoipa::ToSchema;

use crate::language::Language;

// One table instead of an enum, its statuses and its codes that must agree.
macro_rules! faults {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, $status:ident; )*) => {
        /// What the edge itself says no to; what the domain says no to are its own [`Code`]s.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Trouble { $( $(#[$doc])* $name, )* }

        impl Trouble {
            /// All of them, for the catalogue's test.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The code on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The status.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $( Self::$name => StatusCode::$status, )* }
            }
        }
    };
}

faults! {
    /// The request's form is not what the contract says.
    BadRequest = "request.invalid", BAD_REQUEST;
    /// No token, or none that is accepted.
    Unauthorized = "auth.required", UNAUTHORIZED;
    /// A token that is not accepted.
    InvalidToken = "auth.invalidToken", UNAUTHORIZED;
    /// The token's scope does not cover the operation.
    ScopeTooNarrow = "auth.scopeTooNarrow", FORBIDDEN;
    /// Nobody registered the token's subject.
    UnknownPrincipal = "principal.unknown", FORBIDDEN;
    /// No such thing, or not for this caller.
    NotFound = "resource.absent", NOT_FOUND;
    /// The path exists, the method does not.
    MethodNotAllowed = "request.methodNotAllowed", METHOD_NOT_ALLOWED;
    /// No form that the caller accepts.
    NotAcceptable = "request.notAcceptable", NOT_ACCEPTABLE;
    /// The object has changed since it was read.
    Stale = "resource.stale", PRECONDITION_FAILED;
    /// The body is too large.
    TooLarge = "request.tooLarge", PAYLOAD_TOO_LARGE;
    /// The body has another media type.
    UnsupportedMediaType = "request.unsupportedMediaType", UNSUPPORTED_MEDIA_TYPE;
    /// `If-Match` is missing.
    PreconditionRequired = "request.preconditionRequired", PRECONDITION_REQUIRED;
    /// Too many requests.
    TooManyRequests = "request.tooMany", TOO_MANY_REQUESTS;
    /// The body did not arrive in time.
    Timeout = "request.timeout", REQUEST_TIMEOUT;
    /// A fault of ours; the log knows more.
    Internal = "service.fault", INTERNAL_SERVER_ERROR;
    /// For the moment it does not work.
    Unavailable = "service.unavailable", SERVICE_UNAVAILABLE;
}

/// Where in the request something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// JSON pointer into the body.
    Pointer(String),
    /// Path or query parameter.
    Parameter(String),
    /// Header.
    Header(&'static str),
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail {
    /// Where.
    pub place: Place,
    /// What, as a key of the catalogue.
    pub code: String,
}

/// A no, before it is put into the caller's language.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    details: Vec<Detail>,
    /// Seconds, for 429 and 503.
    retry_after: Option<u32>,
    /// Methods, for 405.
    allow: Option<String>,
}

impl Problem {
    /// A no with one thing that is wrong.
    #[must_use]
    pub fn at(trouble: Trouble, place: Place, code: impl Into<String>) -> Self {
        let mut problem = Self::from(trouble);
        problem.details.push(Detail { place, code: code.into() });
        problem
    }

    /// A no with everything that is wrong.
    #[must_use]
    pub fn with(trouble: Trouble, details: Vec<Detail>) -> Self {
        Self { details, ..Self::from(trouble) }
    }

    /// 405, with the methods that exist.
    #[must_use]
    pub fn method_not_allowed(allow: String) -> Self {
        Self { allow: Some(allow), ..Self::from(Trouble::MethodNotAllowed) }
    }

    /// 429, with the seconds to wait.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..Self::from(Trouble::TooManyRequests) }
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer, in the caller's language.
    #[must_use]
    pub fn answer(&self, request_id: &str, language: Language) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status);
        if let Some(seconds) = self.retry_after {
            answer.insert_header(("Retry-After", seconds.to_string()));
        }
        if let Some(allow) = &self.allow {
            answer.insert_header(("Allow", allow.as_str()));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let error = if self.code == Trouble::Unauthorized.as_str() { "" } else { " error=\"invalid_token\"" };
            answer.insert_header(("WWW-Authenticate", format!("Bearer{error}")));
        }
        if self.code == Trouble::ScopeTooNarrow.as_str() {
            answer.insert_header(("WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
        }
        let document = ProblemDocument {
            kind: format!("urn:thidua:problem:{}", self.code),
            title: language.text(self.code),
            status: self.status.as_u16(),
            detail: language.find(&format!("{}.detail", self.code)).map(str::to_owned),
            instance: format!("urn:uuid:{request_id}"),
            code: self.code.to_owned(),
            request_id: request_id.to_owned(),
            errors: self.details.iter().take(MOST_DETAILS).map(|detail| ProblemError::of(detail, language)).collect(),
        };
        answer.insert_header(("Content-Language", language.tag()));
        // Written out by hand: actix would name the media type application/json.
        let body = serde_json::to_vec(&document).unwrap_or_default();
        answer.content_type("application/problem+json").body(body)
    }
}

/// How much of what is wrong is told at once.
const MOST_DETAILS: usize = 1000;

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
struct ProblemDocument {
    /// Identifies the kind of problem; stable.
    #[serde(rename = "type")]
    #[schema(
        max_length = 120,
        pattern = "^urn:thidua:problem:[a-z][A-Za-z.]*$",
        example = "urn:thidua:problem:campaign.notIssued"
    )]
    kind: String,
    /// What is wrong, in the caller's language.
    #[schema(max_length = 300, pattern = "^.+$", example = "Kế hoạch chưa được ban hành.")]
    title: String,
    /// The HTTP status, repeated.
    #[schema(minimum = 400, maximum = 599, example = 409)]
    status: u16,
    /// What the caller can do about it, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000, pattern = "^.+$", example = "Hãy ban hành kế hoạch trước khi phát động.")]
    detail: Option<String>,
    /// Identifies this very occurrence: the request's id as a URN.
    #[schema(
        max_length = 80,
        pattern = "^urn:uuid:[A-Za-z0-9-]+$",
        example = "urn:uuid:5b0f3c52-7a2e-4a52-9b0e-0c6a53f6ad6e"
    )]
    instance: String,
    /// The kind of problem as a short code; stable. Clients must tolerate new values.
    #[schema(max_length = 80, pattern = "^[a-z][A-Za-z.]*$", example = "campaign.notIssued")]
    code: String,
    /// Identifies the request; also in the header Request-Id.
    #[schema(max_length = 64, pattern = "^[A-Za-z0-9-]+$", example = "5b0f3c52-7a2e-4a52-9b0e-0c6a53f6ad6e")]
    request_id: String,
    /// Each field, parameter or header that is wrong; absent where the whole request is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(min_items = 1, max_items = 1000)]
    errors: Vec<ProblemError>,
}

/// One field, parameter or header that is wrong; exactly one of the three says which.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ProblemError {
    /// What is wrong with it as a short code; stable. Clients must tolerate new values.
    #[schema(max_length = 80, pattern = "^[a-z][A-Za-z.]*$", example = "measure.shareOverWhole")]
    code: String,
    /// What is wrong with it, in the caller's language.
    #[schema(max_length = 500, pattern = "^.+$", example = "Tử số không được lớn hơn mẫu số.")]
    message: String,
    /// JSON pointer (RFC 6901) into the request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, pattern = "^(/.*)?$", example = "/value/numerator")]
    pointer: Option<String>,
    /// Name of the path or query parameter, as the caller wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60, pattern = r"^[\s\S]*$", example = "limit")]
    parameter: Option<String>,
    /// Name of the request's header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60, pattern = "^[A-Za-z-]+$", example = "If-Match")]
    header: Option<&'static str>,
}

impl ProblemError {
    fn of(detail: &Detail, language: Language) -> Self {
        let (pointer, parameter, header) = match detail.place.clone() {
            Place::Pointer(pointer) => (Some(printable(&pointer, 300)), None, None),
            Place::Parameter(name) => (None, Some(printable(&name, 60)), None),
            Place::Header(name) => (None, None, Some(name)),
        };
        Self { code: detail.code.clone(), message: language.text(&detail.code), pointer, parameter, header }
    }
}

/// What callers made up may be of any length and form; what is told of it is not.
fn printable(text: &str, most: usize) -> String {
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().take(most).map(|c| if odd(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Registers the schemas of a problem with the contract.
#[must_use]
pub fn schemas() -> Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)> {
    use utoipa::PartialSchema as _;
    vec![("Problem".to_owned(), ProblemDocument::schema()), ("ProblemError".to_owned(), ProblemError::schema())]
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        let retry_after = (trouble == Trouble::Unavailable).then_some(2);
        Self { status: trouble.status(), code: trouble.as_str(), details: Vec::new(), retry_after, allow: None }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code.kind() {
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let details = refusal
            .faults
            .into_iter()
            .map(|fault| Detail { place: Place::Pointer(fault.pointer), code: fault.code.as_str().to_owned() })
            .collect();
        let details = match refusal.code {
            Code::KeyReused | Code::TwinInFlight => {
                vec![Detail { place: Place::Header("Idempotency-Key"), code: refusal.code.as_str().to_owned() }]
            }
            _ => details,
        };
        let retry_after = (refusal.code == Code::TwinInFlight).then_some(2);
        Self { status, code: refusal.code.as_str(), details, retry_after, allow: None }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => refusal.into(),
            StoreError::Absent => Trouble::NotFound.into(),
            StoreError::Stale { .. } => Self::at(Trouble::Stale, Place::Header("If-Match"), Trouble::Stale.as_str()),
            StoreError::UnknownPrincipal => Trouble::UnknownPrincipal.into(),
            StoreError::ShutOut => Trouble::InvalidToken.into(),
            StoreError::ForeignCursor => {
                Self::at(Trouble::BadRequest, Place::Parameter("cursor".to_owned()), "parameter.foreignCursor")
            }
            StoreError::Busy => Trouble::Unavailable.into(),
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "database unavailable");
                Trouble::Unavailable.into()
            }
            StoreError::Replay(_) | StoreError::Fault(_) | StoreError::State(_) => {
                tracing::error!(%error, "fault");
                Trouble::Internal.into()
            }
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    // The gate knows the request's id and language, and writes the document.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::new(self.status);
        answer.extensions_mut().insert(self.clone());
        answer
    }
}

/// What a member refers to does not exist, or not for this caller: a fault of the member, not of the path.
#[must_use]
pub fn absent_at(error: StoreError, pointer: &str) -> StoreError {
    match error {
        StoreError::Absent => StoreError::Refused(Refusal::field(pointer, Code::UnknownReference)),
        other => other,
    }
}
