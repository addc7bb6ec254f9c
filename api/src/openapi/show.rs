//! The examples of the contract, and where they stand in it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::story::Examples;

/// Real exchanges of the demonstration; `thidua openapi examples` records them anew. An operation that the demonstration
/// never comes to shows what another one sends or answers in the same form.
pub(super) fn examples(document: &mut Value) {
    // A test records them again and compares, so that an unreadable file never gets as far as here.
    let examples: Examples = serde_json::from_str(include_str!("../../../openapi/examples.json")).unwrap_or_default();
    let mut of_form: BTreeMap<String, Value> = BTreeMap::new();
    each_operation(document, &mut |operation| {
        for parameter in operation.pointer_mut("/parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let known = parameter["name"].as_str().and_then(|name| examples.parameters.get(name)).cloned();
            if let (Some(value), Some("path")) = (known, parameter["in"].as_str()) {
                parameter["example"] = value.into();
            }
        }
        let Some(sample) = operation["operationId"].as_str().and_then(|id| examples.operations.get(id)) else { return };
        each_media(operation, &mut |content, media| {
            let shown = if content == REQUEST { sample.request.as_ref() } else { Some(&sample.response) };
            if let Some(shown) = shown {
                of_form.entry(media["schema"].to_string()).or_insert_with(|| shown.clone());
                media["example"] = shown.clone();
            }
        });
    });
    each_operation(document, &mut |operation| {
        each_media(operation, &mut |_, media| {
            if let (None, Some(shown)) = (media.get("example"), of_form.get(&media["schema"].to_string())) {
                media["example"] = shown.clone();
            }
        });
    });
}

const REQUEST: &str = "/requestBody/content";

fn each_operation(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    let items = document["paths"].as_object_mut().into_iter().flatten();
    items.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten()).for_each(|(_, operation)| visit(operation));
}

fn each_media(operation: &mut Value, visit: &mut dyn FnMut(&str, &mut Value)) {
    for content in [REQUEST, "/responses/200/content", "/responses/201/content"] {
        for (_, media) in operation.pointer_mut(content).and_then(Value::as_object_mut).into_iter().flatten() {
            visit(content, media);
        }
    }
}
