//! Every exchange of every test is held against the contract: an undocumented status, a body that does not validate, or a
//! promised header that is missing fails the test.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use jsonschema::Validator;
use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use thidua_api::openapi::Contract;

static CONTRACT: LazyLock<Value> = LazyLock::new(Contract::document);
static VALIDATORS: LazyLock<Mutex<HashMap<String, &'static Validator>>> = LazyLock::new(Mutex::default);

/// Fails where the contract does not describe this exchange. Paths and methods that it does not have are 404 and 405.
#[track_caller]
pub fn check_exchange(method: &Method, path: &str, status: StatusCode, headers: &HeaderMap, body: &str) {
    let document = &*CONTRACT;
    let path = path.split('?').next().unwrap_or_default();
    let Some(operation) = operation(document, method, path) else {
        let outside = matches!(status.as_u16(), 204 | 401 | 404 | 405);
        assert!(outside, "{method} {path} is not in the contract and answered {status}");
        return;
    };
    let documented = &operation["responses"][status.as_str()];
    assert!(!documented.is_null(), "{method} {path}: {status} is not documented; it answered {body}");
    let answer = resolve(document, documented);
    for (name, header) in answer["headers"].as_object().into_iter().flatten() {
        let needed = resolve(document, header)["required"] == true;
        assert!(!needed || headers.contains_key(name), "{method} {path} {status}: {name} is missing");
    }
    let media = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default();
    let Some(content) = answer["content"].as_object() else {
        assert!(body.is_empty() || *method == Method::HEAD, "{method} {path} {status}: a body that is not documented");
        return;
    };
    if *method == Method::HEAD {
        return;
    }
    let schema = content.get(media).unwrap_or_else(|| panic!("{method} {path} {status}: {media} is not documented"));
    if let Some(item) = schema.get("x-itemSchema") {
        for line in body.lines() {
            let value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{method} {path}: {error}: {line}"));
            check_value(item, &value, &format!("{method} {path} {status}, a line of it"));
        }
    }
    // What is no JSON is a text to the contract.
    let value = if media.ends_with("/json") || media.ends_with("+json") {
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{method} {path}: {error}: {body}"))
    } else {
        Value::from(body)
    };
    check_value(&schema["schema"], &value, &format!("{method} {path} {status}"));
}

#[track_caller]
fn check_value(schema: &Value, value: &Value, what: &str) {
    let faults: Vec<String> =
        validator(schema).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{what} does not validate: {faults:#?}\n{value}");
}

fn operation<'a>(document: &'a Value, method: &Method, path: &str) -> Option<&'a Value> {
    let paths = document["paths"].as_object()?;
    let fits = |template: &str| {
        let (mut wanted, mut given) = (template.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted == given || (wanted.starts_with('{') && !given.is_empty()) => {}
                _ => return false,
            }
        }
    };
    // A concrete path wins over one with parameters.
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let method = if *method == Method::HEAD { "get".to_owned() } else { method.as_str().to_ascii_lowercase() };
    found.first()?.1.get(method)
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

fn validator(schema: &Value) -> &'static Validator {
    let key = schema.to_string();
    let mut validators = VALIDATORS.lock().expect("no test panics while it compiles a schema");
    validators.entry(key).or_insert_with(|| {
        let mut root = json!({"$schema": "https://json-schema.org/draft/2020-12/schema"});
        root["components"] = CONTRACT["components"].clone();
        root["allOf"] = json!([schema]);
        let options = jsonschema::options().should_validate_formats(true);
        Box::leak(Box::new(options.build(&root).expect("a schema of the contract compiles")))
    })
}
