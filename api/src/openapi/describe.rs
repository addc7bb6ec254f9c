//! The parts of the contract that are the same for every operation.

use serde_json::{Value, json};

/// `info`, servers, tags and security schemes.
pub(super) fn frame(document: &mut Value) {
    document["info"] = json!({
        "title": "Thi đua",
        "summary": "System of record for the emulation campaigns of a commune",
        "description": "From the plan of an emulation campaign (đợt thi đua) through the targets that units register and the reports \
    they hand in to the consolidated report for the city.\n\nEvery answer carries `Request-Id` and `API-Version`. Texts come in \
    Vietnamese, or in English with `Accept-Language: en`. Errors are problem documents (RFC 9457). Changing something that exists \
    needs `If-Match` with the ETag that was read; every POST that changes something needs an `Idempotency-Key`. Lists have cursors. \
    Properties without a value are absent, never null. Enumerations grow: clients must tolerate new values.",
        "version": env!("CARGO_PKG_VERSION"),
        "termsOfService": "https://thidua.invalid/terms",
        "contact": {"name": "Thi đua", "url": "https://thidua.invalid/support", "email": "api@thidua.invalid"},
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        "x-api-id": "0198f1c2-6c00-7000-8000-7468c4917561",
        "x-audience": "external-partner",
        "x-summary": "System of record for the emulation campaigns of a commune"
    });
    document["servers"] = json!([{"url": "https://api.thidua.invalid/v1", "description": "Production; the host is configuration", "x-internal": "false"}]);
    document["security"] = json!([{"bearerAuth": []}]);
    document["components"]["securitySchemes"] = json!({
        "bearerAuth": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token (RFC 9068), accepted by the rules of RFC8725: ES256 or RS256, audience, at most an hour."
        },
        "openIdConnect": {
            "type": "openIdConnect", "openIdConnectUrl": "https://issuer.thidua.invalid/.well-known/openid-configuration",
            "description": "The configured issuer. Scopes only narrow what the roles in the directory allow."
        }
    });
    document["tags"] = json!([
        {"name": "Session", "description": "Who calls, and what this caller may do."},
        {"name": "Directory", "description": "Units: offices, schools, stations and villages."},
        {"name": "Campaigns", "description": "Campaigns with their plan, from the draft to the launch."},
        {"name": "Registrations", "description": "What units register for a campaign, and their action programmes."},
        {"name": "Targets", "description": "Targets in force, with their measurements."},
        {"name": "Reports", "description": "Reporting periods, the reports of units, and who still owes one."},
        {"name": "Progress", "description": "Where a campaign stands, by field, task, movement and unit."},
        {"name": "Scoring", "description": "The rubric that an issued document sets, and the units ranked by it."},
        {"name": "Consolidated reports", "description": "The report to the city, from freezing to its receipt, and those of Văn phòng to the committee."},
        {"name": "Dispatch", "description": "What was sent to whom: the package that goes there, and what the recipient answers."},
        {"name": "Documents", "description": "The registers of documents, and the series in which they are numbered."},
        {"name": "Imports", "description": "Tables that come in: templates, and many rows carried out as one act."},
        {"name": "Calendar", "description": "The working calendar: holidays, days off and days that are made up for."},
        {"name": "Reminders", "description": "Rules that remind of deadlines, what was sent, and what the caller has to read."},
        {"name": "Service", "description": "The service itself and its contract."}
    ]);
    document["components"]["headers"] = headers();
}

fn header(description: &str, schema: Value, example: Value) -> Value {
    let mut schema = schema;
    schema["description"] = description.into();
    schema["examples"] = json!([example]);
    json!({"description": description, "required": true, "schema": schema})
}

fn optional(description: &str, schema: Value, example: Value) -> Value {
    let mut described = header(description, schema, example);
    described["required"] = false.into();
    described
}

fn text(max: u32, pattern: &str) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": max, "pattern": pattern})
}

fn count(max: u32) -> Value {
    json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": max})
}

fn headers() -> Value {
    json!({
        "ApiVersion": header("Full version of the contract, as in info.version", text(20, r"^\d+\.\d+\.\d+$"), json!("0.1.0")),
        "RequestId": header("Identifies the request; the caller's own where it was well formed",
            text(64, "^[A-Za-z0-9-]+$"), json!("5b0f3c52-7a2e-4a52-9b0e-0c6a53f6ad6e")),
        "CacheControl": header("Whether and how the answer may be kept", text(100, "^[a-z0-9=, -]+$"), json!("no-store")),
        "ContentLanguage": optional("The language of the texts in the answer",
            json!({"type": "string", "enum": ["vi", "en"]}), json!("vi")),
        "ETag": header("Version of the resource, a dot, and a hash of this representation",
            text(40, "^\"[0-9]+\\.[0-9a-f]{8}\"$"), json!("\"7.9f2c01ab\"")),
        // The rule sets look for this very name; where CORS is closed the header is absent.
        "Access-Control-Allow-Origin": optional("Origins that may read the answer; absent where none but the own may",
            text(300, "^(\\*|https?://.+)$"), json!("*")),
        "Location": header("Where the new resource is",
            json!({"type": "string", "format": "uri-reference", "minLength": 1, "maxLength": 200, "pattern": "^/v1/[a-z0-9/-]+$"}),
            json!("/v1/campaigns/0198f1c2-6c00-7000-8000-000000000001")),
        "EventId": header("The event that tells of the change, in the event log",
            json!({"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36, "pattern": "^[0-9a-f-]{36}$"}),
            json!("0198f1c2-6c00-7000-8000-000000000001")),
        "IdempotencyReplayed": optional("Present where an earlier request with the same key had done it already",
            json!({"type": "string", "enum": ["true"]}), json!("true")),
        "AsOfSeq": optional("On files: the last entry of the log that is in it, with everything before it",
            json!({"type": "integer", "format": "int64", "minimum": 0, "maximum": 9_000_000_000_000_000_i64}), json!(4711)),
        "RowCount": optional("On files: how many items it holds; what has fewer is not the whole",
            json!({"type": "integer", "format": "int64", "minimum": 0, "maximum": 1_000_000_000_000_i64}), json!(40)),
        "SavedAs": optional("On files: the name under which it is saved (RFC 6266, RFC 8187)",
            text(400, "^attachment; filename=\"[^\"]+\"; filename\\*=UTF-8''.+$"),
            json!("attachment; filename=\"Don-vi-2025-09-30.xlsx\"; filename*=UTF-8''%C4%90%C6%A1n%20v%E1%BB%8B%202025-09-30.xlsx")),
        "Link": optional("The next page (RFC 8288), where there is one",
            text(8000, "^<.+>; rel=\"next\"$"), json!("</v1/units?cursor=abc>; rel=\"next\"")),
        "AcceptRanges": header("Ranges of it can be asked for", json!({"type": "string", "enum": ["bytes"]}), json!("bytes")),
        "ContentDisposition": header("To be saved, and under which name (RFC 6266)", text(1000, "^attachment; filename="),
            json!("attachment; filename=\"bien-ban.pdf\"; filename*=UTF-8''bien-ban.pdf")),
        "ContentDigest": header("The SHA-256 of this body (RFC 9530)", text(60, "^sha-256=:[A-Za-z0-9+/]{43}=:$"),
            json!("sha-256=:I8hKEJ4cZvKFHFjM4FIN/5KSJ3yQ8fbMkzhkXMEuYlQ=:")),
        "ContentRange": header("Which bytes these are, and of how many; of what is refused, only of how many",
            text(60, r"^bytes ([0-9]+-[0-9]+|\*)/[0-9]+$"), json!("bytes 0-15/42")),
        "ReprDigest": header("The SHA-256 of the whole file (RFC 9530)", text(60, "^sha-256=:[A-Za-z0-9+/]{43}=:$"),
            json!("sha-256=:I8hKEJ4cZvKFHFjM4FIN/5KSJ3yQ8fbMkzhkXMEuYlQ=:")),
        "RateLimitLimit": header("Requests that this caller may make in a window of a minute", count(100_000_000), json!(6000)),
        "RateLimitRemaining": header("Requests that are left in this window", count(100_000_000), json!(5999)),
        "RateLimitReset": header("Seconds until the window ends", count(60), json!(42)),
        "RetryAfter": header("Seconds to wait before trying again", count(3600), json!(2)),
        "WwwAuthenticate": optional("How to authenticate, and what was wrong with the token",
            text(200, "^Bearer.*$"), json!("Bearer error=\"invalid_token\""))
    })
}

/// The headers of every answer, as references.
pub(super) fn common() -> Value {
    json!({
        "API-Version": reference("ApiVersion"), "Request-Id": reference("RequestId"),
        "Cache-Control": reference("CacheControl"), "Access-Control-Allow-Origin": reference("Access-Control-Allow-Origin"),
        "RateLimit-Limit": reference("RateLimitLimit"),
        "RateLimit-Remaining": reference("RateLimitRemaining"), "RateLimit-Reset": reference("RateLimitReset")
    })
}

/// A reference to a header.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

/// The parameter `Idempotency-Key`.
pub(super) fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "Makes a repetition harmless: the same key with the same request is carried out once, within 48 hours.",
        "schema": text(66, r#"^("[A-Za-z0-9._~-]{1,64}"|[A-Za-z0-9._~-]{1,64})$"#), "example": "dang-ky-2025-09-20"
    })
}

/// The parameter `If-Match`.
pub(super) fn if_match() -> Value {
    json!({
        "name": "If-Match", "in": "header", "required": true,
        "description": "The ETag that was read; what has changed since is not overwritten.",
        "schema": text(40, r#"^"[0-9]{1,18}(\.[0-9a-f]{8})?"$"#), "example": "\"7.9f2c01ab\""
    })
}

/// The parameter `Content-Digest`, of bodies that are files.
pub(super) fn content_digest() -> Value {
    json!({
        "name": "Content-Digest", "in": "header", "required": false,
        "description": "The SHA-256 of the body (RFC 9530); where the bytes that arrive have another, nothing is done.",
        "schema": text(56, "^sha-256=:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=:$"),
        "example": "sha-256=:I8hKEJ4cZvKFHFjM4FIN/5KSJ3yQ8fbMkzhkXMEuYlQ=:"
    })
}

/// The parameters of a download that goes on where it was cut off.
pub(super) fn ranges() -> [Value; 2] {
    [
        json!({
            "name": "Range", "in": "header", "required": false,
            "description": "The bytes that are wanted (RFC 9110, section 14.2); without it all of them.",
            "schema": text(40, "^bytes=([0-9]{1,15}-([0-9]{1,15})?|-[0-9]{1,15})$"), "example": "bytes=0-15"
        }),
        json!({
            "name": "If-Range", "in": "header", "required": false,
            "description": "The ETag of what the caller has of it; with any other, `Range` counts for nothing.",
            "schema": {"type": "string", "minLength": 0, "maxLength": 1000, "pattern": "^[ -~]*$"}, "example": "\"1.9f2c01ab\""
        }),
    ]
}

/// The headers that a download has beside those of every answer; `part` is one that answers a range.
pub(super) fn of_bytes(headers: &mut Value, part: bool) {
    headers["Accept-Ranges"] = reference("AcceptRanges");
    headers["Content-Disposition"] = reference("ContentDisposition");
    headers["Repr-Digest"] = reference("ReprDigest");
    if part {
        headers["Content-Range"] = reference("ContentRange");
    } else {
        headers["Content-Digest"] = reference("ContentDigest");
    }
}

/// The headers of a package, which is answered whole.
pub(super) fn of_package(headers: &mut Value) {
    headers["Content-Disposition"] = reference("ContentDisposition");
    headers["Content-Digest"] = reference("ContentDigest");
    headers["Repr-Digest"] = reference("ReprDigest");
}

/// The parameter `If-None-Match`.
pub(super) fn if_none_match() -> Value {
    json!({
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "ETags that the caller has; 304 is answered where one of them is still right.",
        "schema": {"type": "string", "minLength": 0, "maxLength": 1000, "pattern": "^[ -~]*$"}, "example": "\"7.9f2c01ab\""
    })
}

/// The problem responses: status, name, description.
pub(super) const PROBLEMS: &[(&str, &str, &str)] = &[
    ("400", "BadRequest", "The request is not of the form that this contract describes; `errors` names what is wrong."),
    ("401", "Unauthorized", "There is no token, or none that is accepted."),
    ("403", "Forbidden", "The resource is visible, but its policy says no to this caller."),
    ("404", "NotFound", "There is no such resource, or not for this caller."),
    ("406", "NotAcceptable", "None of the accepted media types can be answered."),
    ("408", "RequestTimeout", "The body did not arrive in time."),
    ("409", "Conflict", "The stage of the resource, or something that already exists, stands in the way."),
    ("412", "PreconditionFailed", "The resource has changed since it was read."),
    ("413", "ContentTooLarge", "The body is larger than this operation takes."),
    ("415", "UnsupportedMediaType", "The body has another media type than this operation takes."),
    ("416", "RangeNotSatisfiable", "The file has nothing of the range that was asked for."),
    ("422", "UnprocessableContent", "A rule of the law or of the plan says no; `errors` names the fields."),
    ("428", "PreconditionRequired", "`If-Match` is missing."),
    ("429", "TooManyRequests", "This caller has made too many requests."),
    ("500", "InternalServerError", "A fault of the service; the request can be found by its id."),
    ("503", "ServiceUnavailable", "For the moment it does not work; nothing was written."),
];

/// The responses that problems refer to.
pub(super) fn problem_responses() -> Value {
    let all = PROBLEMS.iter().map(|(status, name, description)| {
        let mut headers = common();
        headers["Content-Language"] = reference("ContentLanguage");
        if matches!(*status, "429" | "503") {
            headers["Retry-After"] = reference("RetryAfter");
        }
        if *status == "416" {
            headers["Content-Range"] = reference("ContentRange");
        }
        if matches!(*status, "401" | "403") {
            headers["WWW-Authenticate"] = reference("WwwAuthenticate");
        }
        let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
        ((*name).to_owned(), json!({"description": description, "headers": headers, "content": content}))
    });
    Value::Object(all.collect())
}
