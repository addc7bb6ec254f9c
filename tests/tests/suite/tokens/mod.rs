//! Who calls: the rules by which a token is accepted, each broken once, and what becomes of its bearer.

mod keys;
mod step_up;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use thidua_domain::principal::Role;
use thidua_tests::{Person, Reply, TestApp};

use crate::protocol::new_unit;

/// Seconds from now on, by the real clock: tokens never live by the business clock.
fn in_seconds(seconds: i64) -> i64 {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    i64::try_from(now).unwrap() + seconds
}

fn with(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().unwrap().remove(member).unwrap();
    object
}

#[track_caller]
fn is_refused(answer: Reply, what: &str) {
    assert_eq!(answer.status.as_u16(), 401, "{what}: {}", answer.raw);
    assert_eq!(answer.code(), "auth.invalidToken", "{what}");
    assert_eq!(answer.header("WWW-Authenticate"), "Bearer error=\"invalid_token\"", "{what}");
}

#[tokio::test]
async fn a_token_that_breaks_a_rule_in_its_claims_is_401() {
    let app = TestApp::start_at("2025-09-15").await;
    let claims = || app.issuer.claims("auditor");
    let fine = [
        claims(),
        with(claims(), "aud", json!(["https://another.invalid", "https://api.thidua.invalid"])),
        with(claims(), "nbf", json!(in_seconds(20))),
        with(with(claims(), "iat", json!(in_seconds(20))), "exp", json!(in_seconds(3000))),
        with(with(claims(), "iat", json!(in_seconds(-600))), "exp", json!(in_seconds(-20))),
        with(claims(), "roles", json!(["CHAIR"])),
    ];
    for claims in fine {
        app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap()).get("/me").await.ok();
    }
    let broken = [
        ("iss of another", with(claims(), "iss", json!("https://issuer.thidua.invalid/"))),
        ("iss missing", without(claims(), "iss")),
        ("aud of another", with(claims(), "aud", json!("https://another.invalid"))),
        ("aud with a slash more", with(claims(), "aud", json!("https://api.thidua.invalid/"))),
        ("aud of others", with(claims(), "aud", json!(["https://another.invalid"]))),
        ("aud empty", with(claims(), "aud", json!([]))),
        ("aud missing", without(claims(), "aud")),
        ("aud a number", with(claims(), "aud", json!(7))),
        ("expired", with(with(claims(), "iat", json!(in_seconds(-600))), "exp", json!(in_seconds(-40)))),
        ("exp missing", without(claims(), "exp")),
        ("exp a text", with(claims(), "exp", json!("2099-01-01"))),
        ("exp beyond reason", with(claims(), "exp", json!(i64::MAX))),
        ("exp before iat", with(with(claims(), "iat", json!(in_seconds(20))), "exp", json!(in_seconds(10)))),
        ("not yet valid", with(claims(), "nbf", json!(in_seconds(60)))),
        ("issued in the future", with(with(claims(), "iat", json!(in_seconds(60))), "exp", json!(in_seconds(600)))),
        ("iat missing", without(claims(), "iat")),
        ("iat beyond reason", with(claims(), "iat", json!(i64::MIN))),
        ("a life of more than an hour", with(claims(), "exp", json!(in_seconds(3700)))),
        ("sub missing", without(claims(), "sub")),
        ("sub empty", with(claims(), "sub", json!(""))),
        ("jti missing", without(claims(), "jti")),
        ("client_id missing", without(claims(), "client_id")),
        ("sender-constrained", with(claims(), "cnf", json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}))),
        ("a machine's token for a person", with(claims(), "client_id", json!("auditor"))),
    ];
    for (what, claims) in broken {
        let token = app.issuer.sign(&app.issuer.header(), &claims).unwrap();
        is_refused(app.bearer(token).get("/me").await, what);
    }
}

#[tokio::test]
async fn a_token_that_breaks_a_rule_in_its_header_is_401() {
    let app = TestApp::start_at("2025-09-15").await;
    let (header, claims) = (|| app.issuer.header(), app.issuer.claims("auditor"));
    for typ in ["at+jwt", "AT+JWT", "application/at+jwt"] {
        let token = app.issuer.sign(&with(header(), "typ", json!(typ)), &claims).unwrap();
        app.bearer(token).get("/me").await.ok();
    }
    // Keys that the header brings along are never looked at.
    let brought = with(header(), "jku", json!("https://evil.invalid/keys"));
    app.bearer(app.issuer.sign(&brought, &claims).unwrap()).get("/me").await.ok();
    let broken = [
        ("an ID token", with(header(), "typ", json!("JWT"))),
        ("no type", without(header(), "typ")),
        ("a type that is no text", with(header(), "typ", json!(["at+jwt"]))),
        ("critical extensions", with(header(), "crit", json!(["exp"]))),
        ("no critical extension", with(header(), "crit", json!([]))),
        ("an unknown key", with(header(), "kid", json!("another"))),
        ("no key", without(header(), "kid")),
        ("alg none", with(header(), "alg", json!("none"))),
        ("alg None", with(header(), "alg", json!("None"))),
        ("alg HS256", with(header(), "alg", json!("HS256"))),
        ("alg RS256 with a key for ES256", with(header(), "alg", json!("RS256"))),
        ("alg ES384", with(header(), "alg", json!("ES384"))),
        ("alg EdDSA", with(header(), "alg", json!("EdDSA"))),
        ("no alg", without(header(), "alg")),
    ];
    for (what, header) in broken {
        let token = app.issuer.sign(&header, &claims).unwrap();
        is_refused(app.bearer(token).get("/me").await, what);
    }
}

#[tokio::test]
async fn a_token_whose_signature_does_not_hold_is_401() {
    let app = TestApp::start_at("2025-09-15").await;
    let own = app.issuer.mint("auditor").unwrap();
    let chair = app.issuer.mint("chair").unwrap();
    let part = |token: &str, index: usize| token.split('.').nth(index).unwrap().to_owned();
    let (header, claims, signature) = (part(&own, 0), part(&own, 1), part(&own, 2));
    let unsigned =
        app.issuer.sign(&with(app.issuer.header(), "alg", json!("none")), &app.issuer.claims("chair")).unwrap();
    let none = format!("{}.{}.", part(&unsigned, 0), part(&unsigned, 1));
    let flipped =
        if signature.starts_with('A') { signature.replacen('A', "B", 1) } else { format!("A{}", &signature[1..]) };
    let broken = [
        ("the claims of another", format!("{header}.{}.{signature}", part(&chair, 1))),
        ("another signature", format!("{header}.{claims}.{flipped}")),
        ("half a signature", format!("{header}.{claims}.{}", &signature[..40])),
        ("no signature", format!("{header}.{claims}.")),
        ("alg none", none),
        ("two parts", format!("{header}.{claims}")),
        ("four parts", format!("{own}.x")),
        ("five parts, as JWE has", format!("{own}.x.y")),
        ("padding", format!("{header}==.{claims}.{signature}")),
        ("no base64", format!("{header}.!!.{signature}")),
        ("no token", "x".to_owned()),
        ("signed with the public key as a secret", signed_with_the_public_key(&app).await),
    ];
    for (what, token) in broken {
        is_refused(app.bearer(token).get("/me").await, what);
    }
}

/// The old confusion: the verifier takes its public key for the secret of an HMAC.
async fn signed_with_the_public_key(app: &TestApp) -> String {
    let header = app.issuer.header();
    let hs256 = Header {
        typ: Some("at+jwt".to_owned()),
        kid: header["kid"].as_str().map(str::to_owned),
        ..Header::new(Algorithm::HS256)
    };
    let secret = EncodingKey::from_secret(app.issuer.key_set().to_string().as_bytes());
    jsonwebtoken::encode(&hs256, &app.issuer.claims("chair"), &secret).unwrap()
}

#[tokio::test]
async fn there_is_one_way_to_present_a_token() {
    let app = TestApp::start_at("2025-09-15").await;
    let token = app.issuer.mint("auditor").unwrap();
    let present = |value: &str| app.stranger().with("Authorization", value);
    present(&format!("bearer {token}")).get("/me").await.ok();
    let long =
        app.issuer.sign(&app.issuer.header(), &with(app.issuer.claims("auditor"), "note", json!("n".repeat(7000))));
    let broken: Vec<(&str, Person)> = vec![
        ("two headers", present(&format!("Bearer {token}")).with("Authorization", &format!("Bearer {token}"))),
        ("another scheme", present("Basic YWRtaW46YWRtaW4=")),
        ("no scheme", present(&token)),
        ("no token", present("Bearer")),
        ("an empty token", present("Bearer ")),
        ("a list", present(&format!("Bearer {token}, Bearer {token}"))),
        ("more than 8 KiB", present(&format!("Bearer {}", long.unwrap()))),
        ("DPoP", present(&format!("DPoP {token}"))),
    ];
    for (what, person) in broken {
        is_refused(person.get("/me").await, what);
    }
    // A token in the address would end up in logs; it is a parameter like any other.
    let answer = app.stranger().get(&format!("/me?access_token={token}")).await.refused(401);
    assert_eq!(answer.header("WWW-Authenticate"), "Bearer");
}

#[tokio::test]
async fn a_wrong_token_is_refused_even_where_none_is_needed() {
    let app = TestApp::start_at("2025-09-15").await;
    app.stranger().get("/status").await.ok();
    is_refused(app.bearer("x.y.z".to_owned()).get("/status").await, "status");
}

#[tokio::test]
async fn a_person_is_never_recognised_by_the_token_of_a_machine_nor_the_reverse() {
    let app = TestApp::start_at("2025-09-15").await;
    app.persona("portal").get("/me").await.ok();
    let as_person = with(app.issuer.claims("portal"), "client_id", json!("thidua-dev"));
    is_refused(app.bearer(app.issuer.sign(&app.issuer.header(), &as_person).unwrap()).get("/me").await, "a person");
    let as_machine = with(app.issuer.claims("chair"), "client_id", json!("chair"));
    is_refused(app.bearer(app.issuer.sign(&app.issuer.header(), &as_machine).unwrap()).get("/me").await, "a machine");
    for built_in in ["system", "public"] {
        let claims = with(app.issuer.claims(built_in), "iss", json!("urn:thidua:builtin"));
        is_refused(app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap()).get("/me").await, built_in);
        let named = app.persona(built_in).get("/me").await.refused(403);
        assert_eq!(named.code(), "principal.unknown", "{built_in}");
    }
}

#[tokio::test]
async fn who_is_not_registered_is_403_and_leaves_no_trace() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let nobody = app.persona("nobody");
    assert_eq!(nobody.get("/me").await.refused(403).code(), "principal.unknown");
    assert_eq!(nobody.get("/units").await.refused(403).code(), "principal.unknown");
    assert_eq!(nobody.create("/units", new_unit("T1")).await.refused(403).code(), "principal.unknown");
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn who_is_disabled_is_shut_out_from_the_next_request_on() {
    let app = TestApp::start_at("2025-09-15").await;
    let (reader, admin) = (app.persona("auditor"), app.persona("admin"));
    reader.get("/me").await.ok();
    let entered = admin.with("Idempotency-Key", "before").create("/units", new_unit("T2")).await.created();
    app.disable("auditor").await;
    app.disable("admin").await;
    let before = app.events().await;
    is_refused(reader.get("/me").await, "a read");
    is_refused(reader.with("If-None-Match", entered.etag()).get(&format!("/units/{}", entered.id())).await, "a 304");
    is_refused(admin.create("/units", new_unit("T3")).await, "a write");
    is_refused(admin.with("Idempotency-Key", "before").create("/units", new_unit("T2")).await, "a replay");
    is_refused(app.persona("auditor").get("/status").await, "the public area");
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_role_holds_from_its_first_instant_until_before_its_last() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("acting-admin", &[Role::Admin], Some("2025-10-01T00:00:00+07:00")).await;
    let acting = app.persona("acting-admin");
    app.at("2025-06-30T23:59:59.999999+07:00");
    assert_eq!(acting.create("/units", new_unit("T4")).await.refused(403).code(), "policy.roleMissing");
    app.at("2025-07-01T00:00:00+07:00");
    acting.create("/units", new_unit("T5")).await.created();
    app.at("2025-09-30T23:59:59.999999+07:00");
    acting.create("/units", new_unit("T6")).await.created();
    app.at("2025-10-01T00:00:00+07:00");
    assert_eq!(acting.create("/units", new_unit("T7")).await.refused(403).code(), "policy.roleMissing");
    assert_eq!(acting.get("/me").await.ok().body["roles"], json!([]));
}

#[tokio::test]
async fn scopes_narrow_and_never_widen() {
    let app = TestApp::start_at("2025-09-15").await;
    let scoped = |persona: &str, scope: &str| {
        let claims = with(app.issuer.claims(persona), "scope", json!(scope));
        app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap())
    };
    let before = app.events().await;
    for scope in ["", "openid", "thidua.read", "thidua.writer", "THIDUA.WRITE"] {
        let answer = scoped("admin", scope).create("/units", new_unit("T8")).await.refused(403);
        assert_eq!(answer.code(), "auth.scopeTooNarrow", "{scope}");
        assert_eq!(answer.header("WWW-Authenticate"), "Bearer error=\"insufficient_scope\"", "{scope}");
    }
    assert_eq!(scoped("auditor", "thidua.write").get("/units").await.refused(403).code(), "auth.scopeTooNarrow");
    let answer = scoped("auditor", "thidua.read thidua.write").create("/units", new_unit("T8")).await.refused(403);
    assert_eq!(answer.code(), "policy.roleMissing");
    assert_eq!(app.events().await, before);
    scoped("auditor", "openid thidua.read").get("/units").await.ok();
    scoped("admin", "thidua.write").create("/units", new_unit("T8")).await.created();
    scoped("auditor", "").get("/status").await.ok();
}
