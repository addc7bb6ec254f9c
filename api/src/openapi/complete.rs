//! The post-processor: what the table of [`crate::access`] and the form of an operation already say is written into the
//! contract here, once, so that no handler repeats it.

use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};

use super::{
    BYTES, WITHOUT_BODY_TOO, ZIP,
    describe::{self, PROBLEMS, reference},
    files, show,
};
use crate::{
    access::{self, Access},
    input,
};

/// Completes what the handlers say of themselves.
pub(super) fn complete(mut document: Value) -> Value {
    describe::frame(&mut document);
    let schemas = &mut document["components"]["schemas"];
    // Scalars that only parameters use are not collected from the handlers.
    for (name, schema) in crate::problem::schemas().into_iter().chain(input::scalars()) {
        schemas[name] = as_value(&schema);
    }
    for (name, schema) in files::schemas() {
        schemas[name] = schema;
    }
    inline(&mut document);
    forbid_null(&mut document);
    bound(&mut document);
    document["components"]["responses"] = describe::problem_responses();
    let paths = document["paths"].take();
    let paths: Map<String, Value> = paths
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, item)| (path.trim_start_matches("/v1").to_owned(), item.clone()))
        .collect();
    let mut finished = paths.clone();
    for (path, item) in &mut finished {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            files::take(operation);
            finish_operation(path, method, operation, &paths);
            if path.ends_with("/template") {
                files::template(&mut operation["responses"]["200"]);
            }
            if path.ends_with("/document") {
                operation["responses"]["200"]["headers"]["Content-Disposition"] = reference("SavedAs");
            }
            if let Some(row) = files::row(operation, &document["components"]["schemas"]) {
                files::add(&mut operation["responses"]["200"], &row);
            }
        }
    }
    document["paths"] = Value::Object(finished);
    show::examples(&mut document);
    document
}

fn as_value(schema: &RefOr<Schema>) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

fn finish_operation(path: &str, method: &str, operation: &mut Value, paths: &Map<String, Value>) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let access = access::of(&id);
    let creates = operation["responses"].get("201").is_some();
    let has_body = operation.get("requestBody").is_some();
    let changes = matches!(access, Some(Access::Command(_)));
    // What is posted to a collection changes nothing that exists; every other command changes what its path names, even
    // where it makes something new beside it.
    let changes_existing = changes && !is_collection(last_segment(path), paths) && !path.ends_with("-imports");
    // Single resources, the plan, which is read with the version of its campaign, pictures, papers, and what is downloaded.
    let ends = ["}", "/plan", "/chart", "/content", "/document", "/manifest", "/package"];
    let single = method == "get" && ends.iter().any(|end| path.ends_with(end));
    let in_ranges = !operation["responses"]["206"].is_null();
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    if changes && method == "post" {
        parameters.push(describe::idempotency_key());
    }
    if changes_existing {
        parameters.push(describe::if_match());
    }
    if single {
        parameters.push(describe::if_none_match());
    }
    if in_ranges {
        parameters.extend(describe::ranges());
    }
    if !operation["requestBody"]["content"][BYTES].is_null() {
        parameters.push(describe::content_digest());
    }
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if has_body {
        operation["requestBody"]["required"] = (!WITHOUT_BODY_TOO.contains(&id.as_str())).into();
        let described = operation["requestBody"].get("description").is_some();
        if !described {
            operation["requestBody"]["description"] = "What the caller decides.".into();
        }
    }
    guard(operation, access);
    let links = if creates { links(path, paths) } else { Map::new() };
    finish_answers(operation, changes, creates, single, links);
    let rules_of_query = !operation["responses"]["422"].is_null();
    let parametric = path.contains('{');
    let says = |status: &str| match status {
        "404" => parametric || changes,
        "408" | "413" | "415" => method != "get",
        "409" => changes,
        "422" => changes || rules_of_query,
        "412" | "428" => changes_existing,
        "416" => in_ranges,
        _ => true,
    };
    for (status, name, _) in PROBLEMS.iter().filter(|(status, _, _)| says(status)) {
        operation["responses"][*status] = json!({"$ref": format!("#/components/responses/{name}")});
    }
}

/// What the table of access asks of a caller.
fn guard(operation: &mut Value, access: Option<Access>) {
    operation["security"] = match access.and_then(Access::scope) {
        None => json!([{}]),
        Some(scope) => json!([{"bearerAuth": []}, {"openIdConnect": [scope]}]),
    };
    operation["x-action"] = match access {
        Some(Access::Command(action)) => action.as_str().into(),
        Some(Access::Registered) => "read".into(),
        Some(Access::Own) => "own".into(),
        Some(Access::Public) => "public".into(),
        None => "none".into(),
    };
}

fn finish_answers(operation: &mut Value, changes: bool, creates: bool, single: bool, links: Map<String, Value>) {
    let in_ranges = !operation["responses"]["206"].is_null();
    let list = is_list(operation);
    for (status, answer) in operation["responses"].as_object_mut().into_iter().flatten() {
        let mut headers = describe::common();
        headers["Content-Language"] = reference("ContentLanguage");
        // A creation that answers 200 was only tried out.
        let changed = changes && !(creates && status == "200");
        if single || changed {
            headers["ETag"] = reference("ETag");
        }
        if changed {
            headers["Event-Id"] = reference("EventId");
            headers["Idempotency-Replayed"] = reference("IdempotencyReplayed");
        }
        if creates && status == "201" {
            headers["Location"] = reference("Location");
        }
        if list {
            headers["Link"] = reference("Link");
        }
        if in_ranges {
            describe::of_bytes(&mut headers, status == "206");
        }
        if !answer["content"][ZIP].is_null() {
            describe::of_package(&mut headers);
        }
        answer["headers"] = headers;
        if status == "201" && !links.is_empty() {
            answer["links"] = Value::Object(links.clone());
        }
    }
    if single {
        let mut headers = describe::common();
        headers["ETag"] = reference("ETag");
        operation["responses"]["304"] =
            json!({"description": "The caller has this representation already.", "headers": headers});
    }
}

fn is_list(operation: &Value) -> bool {
    operation["operationId"].as_str().is_some_and(|id| id.starts_with("list"))
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether things of this name have paths of their own: `/{name}/{id}`.
fn is_collection(name: &str, paths: &Map<String, Value>) -> bool {
    let prefix = format!("/{name}/{{");
    paths.keys().any(|path| path.starts_with(&prefix))
}

/// What can be done next with what was made: every operation on `/{collection}/{id}` and one level below it. A command
/// that makes something beside what its path names makes one of the same kind.
fn links(path: &str, paths: &Map<String, Value>) -> Map<String, Value> {
    let last = last_segment(path);
    let first = path.split('/').nth(1).unwrap_or_default();
    let collection = if is_collection(last, paths) { last } else { first };
    let prefix = format!("/{collection}/{{");
    let mut links = Map::new();
    for (other, item) in paths.iter().filter(|(other, _)| other.starts_with(&prefix)) {
        let rest = &other[prefix.len()..];
        let Some((name, _)) = rest.split_once('}') else { continue };
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(id) = operation["operationId"].as_str() else { continue };
            let mut parameters = Map::new();
            parameters.insert(name.to_owned(), "$response.body#/id".into());
            // The next change needs the tag of what was just made.
            if method != "get" && !is_collection(last_segment(other), paths) {
                parameters.insert("header.If-Match".to_owned(), "$response.header.ETag".into());
            }
            links.insert(id.to_owned(), json!({"operationId": id, "parameters": parameters}));
        }
    }
    links
}

/// Writes scalars out where they are used, with the description of the place.
fn inline(document: &mut Value) {
    let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    let (scalars, kept): (Map<_, _>, Map<_, _>) =
        schemas.into_iter().partition(|(_, schema)| schema.get(input::INLINE).is_some());
    document["components"]["schemas"] = Value::Object(kept);
    walk(document, &mut |value| {
        let Some(name) =
            value.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/components/schemas/"))
        else {
            return;
        };
        if let Some(scalar) = scalars.get(name) {
            let mut written = scalar.clone();
            if let (Some(written), Some(place)) = (written.as_object_mut(), value.as_object()) {
                written.remove(input::INLINE);
                written.extend(
                    place.iter().filter(|(key, _)| *key != "$ref").map(|(key, own)| (key.clone(), own.clone())),
                );
            }
            *value = written;
        }
    });
    walk(document, &mut |value| {
        if let Some(object) = value.as_object_mut() {
            object.remove(input::INLINE);
        }
    });
}

/// Absent, not null: an optional property has its type alone.
fn forbid_null(document: &mut Value) {
    walk(document, &mut |value| {
        if let Some(types) = value.get_mut("type").and_then(Value::as_array_mut) {
            types.retain(|one| one != "null");
            if let [one] = types.as_slice() {
                value["type"] = one.clone();
            }
        }
        let Some(choices) = value.get("oneOf").and_then(Value::as_array).cloned() else { return };
        let real: Vec<_> = choices.iter().filter(|choice| choice["type"] != "null").cloned().collect();
        if real.len() == choices.len() {
            return;
        }
        let Some(object) = value.as_object_mut() else { return };
        object.remove("oneOf");
        match real.as_slice() {
            [Value::Object(one)] => {
                for (key, own) in one {
                    object.entry(key.clone()).or_insert_with(|| own.clone());
                }
            }
            _ => {
                object.insert("oneOf".to_owned(), real.into());
            }
        }
    });
}

/// Every array says how short it may be, and every integer how wide it is.
fn bound(document: &mut Value) {
    walk(document, &mut |value| {
        if value["type"] == "integer" && value.get("format").is_none() {
            let wide = value["maximum"].as_i64().is_none_or(|most| most > i64::from(i32::MAX));
            value["format"] = if wide { "int64" } else { "int32" }.into();
        }
        if value["type"] == "array" && value.get("items").is_some() && value.get("minItems").is_none() {
            value["minItems"] = 0.into();
        }
    });
}

fn walk(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, visit)),
        Value::Object(map) => map.values_mut().for_each(|item| walk(item, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
