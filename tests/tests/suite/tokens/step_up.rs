//! Signing: the issuer is asked for a stronger or more recent proof of who signs (RFC 9470), and what it says is kept.

use serde_json::{Value, json};
use thidua_api::auth::StepUp;
use thidua_tests::{Person, Setup, TestApp};
use tokio::net::TcpListener;

use super::{
    in_seconds,
    keys::{KeyServer, answer},
    with,
};
use crate::{documents, stage};

/// The chairman, with what his token says of the proof.
fn chair(app: &TestApp, class: Option<&str>, given: Option<i64>) -> Person {
    let claims = [("acr", class.map(Value::from)), ("auth_time", given.map(Value::from))];
    let claims = claims.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let claims = claims.fold(app.issuer.claims("chair"), |claims, (name, value)| with(claims, name, value));
    app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap())
}

#[tokio::test]
async fn a_signature_needs_the_proof_that_the_issuer_is_asked_for_and_nothing_else_does() {
    let place = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let step_up = StepUp { classes: vec!["urn:cao".to_owned(), "urn:the".to_owned()], most_seconds: Some(300) };
    let setup = Setup { keys: Some(format!("http://{place}/jwks")), step_up: Some(step_up), ..Setup::default() };
    let app = TestApp::start_with("2025-09-15", setup).await;
    let _server = KeyServer::on(TcpListener::bind(place).await.unwrap(), answer(&app.issuer.key_set().to_string()));
    let submitted = stage::submitted(&app).await;
    let path = format!("/campaigns/{}", submitted.id());
    let before = app.events().await;
    let now = in_seconds(0);
    for (class, given) in [
        (None, None),
        (Some("urn:thap"), Some(now)),
        (Some("urn:cao"), None),
        (Some("urn:cao"), Some(now - 400)),
        (Some("urn:cao"), Some(now + 300)),
    ] {
        let refused = chair(&app, class, given).command(&format!("{path}/sign"), &submitted).await.refused(401);
        assert_eq!(refused.code(), "auth.stepUpRequired", "{class:?} {given:?}");
        let challenge =
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:cao urn:the\", max_age=\"300\"";
        assert_eq!(refused.header("WWW-Authenticate"), challenge);
    }
    assert_eq!(app.events().await, before);
    // Reading asks for nothing of the sort, and neither does giving it back.
    chair(&app, None, None).get(&path).await.ok();

    let proven = chair(&app, Some("urn:the"), Some(now - 60));
    let signed = proven.command(&format!("{path}/sign"), &submitted).await.ok();
    assert_eq!(signed.body["signature"]["authenticationClass"], "urn:the");
    let issued = documents::issue(&app, &signed, documents::typed(145, "2025-09-15")).await.ok();
    let entry = documents::of(&app, &issued).await;
    assert_eq!(entry.body["signature"], signed.body["signature"], "the register keeps how the signer was known");
    assert!(entry.body["signature"]["authenticatedAt"].is_string());
}

#[tokio::test]
async fn what_a_token_says_of_the_proof_is_kept_where_nobody_asks_for_it_and_strange_claims_say_nothing() {
    let app = TestApp::start_at("2025-09-15").await;
    let submitted = stage::submitted(&app).await;
    let claims = with(with(app.issuer.claims("chair"), "acr", json!(["urn:cao"])), "auth_time", json!("today"));
    let strange = app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap());
    let signed = strange.command(&format!("/campaigns/{}/sign", submitted.id()), &submitted).await.ok();
    assert_eq!(signed.body["signature"].get("authenticationClass"), None);

    let other = documents::submitted_plan(&app, "ke-hoach-hai").await;
    let known = chair(&app, Some("urn:cao"), None);
    let signed = known.command(&format!("/campaigns/{}/sign", other.id()), &other).await.ok();
    assert_eq!(signed.body["signature"]["authenticationClass"], "urn:cao");
}
