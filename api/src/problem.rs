//! Problem documents (RFC 9457): the only form in which this API says no, and the one place that gives a no its status.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use thidua_domain::refusal::{Code, Kind, Refusal};
use thidua_persistence::StoreError;

use crate::language::Language;

mod absent;
mod detail;
mod document;

pub use absent::absent_at;
pub use detail::{Detail, Place};
pub(crate) use document::ProblemError;
pub use document::schemas;
use document::{MOST_DETAILS, ProblemDocument};

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
    /// The issuer is asked for a stronger or more recent proof before a signature is recorded.
    StepUpRequired = "auth.stepUpRequired", UNAUTHORIZED;
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
    /// The file has nothing of the range.
    RangeNotSatisfiable = "request.rangeNotSatisfiable", RANGE_NOT_SATISFIABLE;
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
    /// The program that sets PDF is not there.
    NoTypesetter = "paper.noTypesetter", SERVICE_UNAVAILABLE;
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
    /// Bytes, for 416.
    size: Option<u64>,
    /// What would be enough, for a 401 that says it.
    challenge: Option<String>,
}

impl Problem {
    /// A no with one thing that is wrong.
    #[must_use]
    pub fn at(trouble: Trouble, place: Place, code: impl Into<String>) -> Self {
        let mut problem = Self::from(trouble);
        problem.details.push(Detail::of(place, code));
        problem
    }

    /// Everything that is wrong, for a no that is part of another.
    #[must_use]
    pub fn into_details(self) -> Vec<Detail> {
        self.details
    }

    /// A no with everything that is wrong.
    #[must_use]
    pub fn with(trouble: Trouble, details: Vec<Detail>) -> Self {
        Self { details, ..Self::from(trouble) }
    }

    /// A query that is well-formed and contradicts itself: 422, as a body that does.
    #[must_use]
    pub fn contradiction(place: Place, code: impl Into<String>) -> Self {
        Self { details: vec![Detail::of(place, code)], ..Self::from(Refusal::from(Code::Invalid)) }
    }

    /// What of a query contradicts itself: the rules that a body would break, as faults of parameters.
    #[must_use]
    pub fn of_query(refusal: Refusal) -> Self {
        Self::from(refusal).with_parameters()
    }

    /// The same, where what the rules call members came as parameters; a fault of the whole body stays one.
    #[must_use]
    pub fn with_parameters(mut self) -> Self {
        for detail in &mut self.details {
            if let Place::Pointer(pointer) = &detail.place
                && let Some(name) = pointer.strip_prefix('/')
            {
                detail.place = Place::Parameter(name.to_owned());
            }
        }
        self
    }

    /// Whether it is this no of the domain.
    #[must_use]
    pub fn is(&self, code: Code) -> bool {
        self.code == code.as_str()
    }

    /// The same, with more that is wrong, in the order of the rows of a table.
    #[must_use]
    pub fn beside(mut self, more: Vec<Detail>) -> Self {
        self.details.extend(more);
        self.details.sort_by_key(|detail| detail.row);
        self
    }

    /// 416, with the size of which the range has nothing.
    #[must_use]
    pub fn unsatisfiable(size: u64) -> Self {
        let trouble = Trouble::RangeNotSatisfiable;
        Self { size: Some(size), ..Self::at(trouble, Place::Header("Range"), trouble.as_str()) }
    }

    /// 405, with the methods that exist.
    #[must_use]
    pub fn method_not_allowed(allow: String) -> Self {
        Self { allow: Some(allow), ..Self::from(Trouble::MethodNotAllowed) }
    }

    /// The same, with what would be enough.
    #[must_use]
    pub fn challenging(self, challenge: String) -> Self {
        Self { challenge: Some(challenge), ..self }
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
        if let Some(size) = self.size {
            answer.insert_header(("Content-Range", format!("bytes */{size}")));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let error = if self.code == Trouble::Unauthorized.as_str() { "" } else { " error=\"invalid_token\"" };
            let challenge = self.challenge.clone().unwrap_or_else(|| format!("Bearer{error}"));
            answer.insert_header(("WWW-Authenticate", challenge));
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

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        let retry_after = match trouble {
            Trouble::Unavailable => Some(2),
            // Somebody has to install it first.
            Trouble::NoTypesetter => Some(60),
            _ => None,
        };
        Self {
            status: trouble.status(),
            code: trouble.as_str(),
            details: Vec::new(),
            retry_after,
            allow: None,
            size: None,
            challenge: None,
        }
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
            .map(|fault| Detail {
                about: fault.about.map(|name| name.to_string()),
                row: fault.row,
                ..Detail::of(Place::Pointer(fault.pointer), fault.code.as_str())
            })
            .collect();
        let details = match refusal.code {
            Code::KeyReused | Code::TwinInFlight => {
                vec![Detail::of(Place::Header("Idempotency-Key"), refusal.code.as_str())]
            }
            _ => details,
        };
        let retry_after = (refusal.code == Code::TwinInFlight).then_some(2);
        Self { status, code: refusal.code.as_str(), details, retry_after, allow: None, size: None, challenge: None }
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
            StoreError::Replay(_) | StoreError::OnlyTried | StoreError::Fault(_) | StoreError::State(_) => {
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
