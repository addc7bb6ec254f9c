//! Packages that are posted to the recipient: signed by Standard Webhooks, and to nowhere else.

use std::{path::PathBuf, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use thidua_api::dispatches::{Allowed, Correspondence, Correspondent, Webhook};
use thidua_domain::dispatch::Channel;
use thidua_tests::{Posted, Receiver, Reply, TestApp};

use super::{
    delivering::{again, exchanging, on_its_way},
    packages::{entry, hexadecimal},
};

const OLD: [u8; 24] = [7; 24];
pub(super) const NEW: [u8; 32] = [9; 32];

/// Two secrets, as while one takes the place of the other.
pub(super) fn secrets() -> PathBuf {
    let file = std::env::temp_dir().join(format!("thidua-webhook-secrets-{}", std::process::id()));
    let line = |secret: &[u8]| format!("whsec_{}\n", BASE64_STANDARD.encode(secret));
    std::fs::write(&file, line(&OLD) + &line(&NEW)).unwrap();
    file
}

fn allowed(networks: &[&str]) -> Allowed {
    Allowed(networks.iter().map(|network| network.parse().unwrap()).collect())
}

pub(super) fn to(url: &str, networks: &[&str]) -> Correspondence {
    let webhook = Webhook::to(url, &secrets(), allowed(networks)).unwrap();
    let city = Correspondent {
        name: None,
        code: None,
        for_information: false,
        channel: Channel::Webhook,
        carrier: Some(Arc::new(webhook)),
    };
    Correspondence { own_code: None, correspondents: vec![city] }
}

pub(super) const HERE: [&str; 1] = ["127.0.0.1/32"];

async fn delivery(app: &TestApp, dispatch: &Reply) -> Value {
    again(app, dispatch).await.body["delivery"].clone()
}

/// What those say who wrote the standard: the signature is that of id, time and body, and the time is that of now.
pub(super) fn is_signed(posted: &Posted, secret: &[u8]) -> bool {
    is_signed_as(posted, &posted.headers(), secret)
}

fn is_signed_as(posted: &Posted, headers: &HeaderMap, secret: &[u8]) -> bool {
    let judge = standardwebhooks::Webhook::new(&format!("whsec_{}", BASE64_STANDARD.encode(secret))).unwrap();
    judge.verify(&posted.body, headers).is_ok()
}

#[tokio::test]
async fn a_package_is_posted_signed_by_every_secret_and_unpacks_to_what_is_downloaded() {
    let receiver = Receiver::start().await;
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let dispatch = on_its_way(&app).await;
    app.packages_go_out().await;
    let [posted] = <[Posted; 1]>::try_from(receiver.posted()).expect("once");
    assert_eq!((posted.line.as_str(), posted.header("content-type")), ("POST /nhan HTTP/1.1", "application/json"));
    assert_eq!(posted.header("webhook-id"), dispatch.id());
    assert!(is_signed(&posted, &OLD) && is_signed(&posted, &NEW) && !is_signed(&posted, &[8; 24]));
    let mut forged = posted.clone();
    forged.body.push(b' ');
    assert!(!is_signed(&forged, &NEW));
    for (name, value) in [("webhook-id", "0198f1c2-0000-7000-8000-000000000000"), ("webhook-timestamp", "1765500000")] {
        let mut headers = posted.headers();
        headers.insert(name, value.parse().unwrap());
        assert!(!is_signed_as(&posted, &headers, &NEW), "{name} is signed too");
    }
    let said: Value = serde_json::from_slice(&posted.body).unwrap();
    assert_eq!((&said["type"], &said["timestamp"]), (&json!("dispatch.sent"), &dispatch.body["sentAt"]));
    let package = &said["data"]["package"];
    let bytes = BASE64_STANDARD.decode(package["content"].as_str().unwrap()).unwrap();
    assert_eq!((&package["sha256"], &package["size"]), (&json!(hexadecimal(&bytes)), &json!(bytes.len())));
    let path = format!("/dispatches/{}/package", dispatch.id());
    assert_eq!(bytes, app.persona("clerk").with("Accept", "application/zip").get(&path).await.ok().bytes);
    let manifest: Value = serde_json::from_slice(&entry(&bytes, "manifest.json")).unwrap();
    assert_eq!(manifest["dispatchId"], said["data"]["dispatchId"]);
    assert_eq!(delivery(&app, &dispatch).await["state"], "DELIVERED");
}

#[tokio::test]
async fn a_recipient_that_fails_three_times_gets_the_same_again_after_ever_longer_waits() {
    let receiver = Receiver::start().await;
    // It asks for an hour where we would wait five minutes; an answer of no form asks for nothing.
    receiver.answers(&[(500, ""), (503, "Retry-After: 3600\r\n"), (429, "Retry-After: soon\r\n")]);
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let dispatch = on_its_way(&app).await;
    let mut now: DateTime<Utc> = "2025-12-12T01:00:00Z".parse().unwrap();
    let mut waits = Vec::new();
    for _ in 0..3 {
        app.packages_go_out().await;
        let delivery = delivery(&app, &dispatch).await;
        assert_eq!((&delivery["state"], &delivery["failure"]), (&json!("QUEUED"), &json!("NOT_TAKEN")));
        let next: DateTime<Utc> = delivery["nextAttemptAt"].as_str().unwrap().parse().unwrap();
        waits.push(next - now);
        now = next;
        app.at(&now.to_rfc3339());
    }
    assert!(waits[0] >= TimeDelta::seconds(5) && waits[0] < TimeDelta::minutes(1), "{waits:?}");
    assert!(waits[1] >= TimeDelta::hours(1), "{waits:?}");
    assert!(waits[2] >= TimeDelta::minutes(30) && waits[2] < TimeDelta::hours(1), "{waits:?}");
    app.packages_go_out().await;
    assert_eq!(delivery(&app, &dispatch).await["state"], "DELIVERED");
    let posted = receiver.posted();
    assert_eq!(posted.len(), 4);
    for one in &posted {
        assert_eq!((one.header("webhook-id"), &one.body), (dispatch.id(), &posted[0].body));
        assert!(is_signed(one, &NEW), "the time is that of the attempt, and signed with it");
    }
}

#[tokio::test]
async fn whoever_is_gone_is_left_alone_until_somebody_orders_it() {
    let receiver = Receiver::start().await;
    receiver.answers(&[(410, "")]);
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let dispatch = on_its_way(&app).await;
    app.packages_go_out().await;
    let gone = again(&app, &dispatch).await;
    assert_eq!(
        (&gone.body["delivery"]["state"], &gone.body["delivery"]["failure"]),
        (&json!("GIVEN_UP"), &json!("GONE"))
    );
    app.at("2026-01-20");
    app.packages_go_out().await;
    assert_eq!(receiver.posted().len(), 1);
    let path = format!("/dispatches/{}/redeliver", gone.id());
    app.persona("admin").command(&path, &gone).await.ok();
    app.packages_go_out().await;
    assert_eq!((receiver.posted().len(), &delivery(&app, &dispatch).await["state"]), (2, &json!("DELIVERED")));
}

#[tokio::test]
async fn an_address_that_is_gone_is_gone_for_what_is_sent_next_too() {
    let receiver = Receiver::start().await;
    receiver.answers(&[(410, "")]);
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let october = crate::stage::city::october(&app).await;
    let sent = crate::stage::city::sent(&app, &october).await;
    app.packages_go_out().await;
    let refused = json!({ "reason": "Thiếu phụ lục số liệu." });
    let way = crate::stage::city::way(&sent, "refuse");
    let refused = app.persona("portal").command_with(&way, &sent, refused).await.ok();
    let new = crate::stage::city::replacing(&app, &october, &refused).await.created();
    let way = |verb: &str| crate::stage::city::way(&new, verb);
    let submitted = app.persona("coordinator").command(&way("submit"), &new).await.ok();
    let signed = app.persona("chair").command_with(&way("sign"), &submitted, json!({})).await.ok();
    let numbering = json!({ "number": 26, "issueDate": app.today() });
    let issued = app.persona("clerk").command_with(&way("issue"), &signed, numbering).await.ok();
    let sealed = crate::stage::city::seal(&app, &issued).await;
    let sent = app.persona("clerk").command(&way("send"), &sealed).await.ok();
    app.packages_go_out().await;
    let dispatch = crate::stage::city::dispatch(&app, &sent).await;
    assert_eq!(dispatch.body["delivery"]["failure"], "GONE");
    assert_eq!(receiver.posted().len(), 1, "it was not asked again");
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let (elsewhere, receiver) = (Receiver::start().await, Receiver::start().await);
    let location = format!("Location: {}\r\n", elsewhere.url);
    receiver.answers(&[(301, &location), (307, &location)]);
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let dispatch = on_its_way(&app).await;
    app.packages_go_out().await;
    app.at("2025-12-12T08:10:00+07:00");
    app.packages_go_out().await;
    let delivery = delivery(&app, &dispatch).await;
    assert_eq!((&delivery["state"], &delivery["failure"]), (&json!("QUEUED"), &json!("NOT_TAKEN")));
    assert_eq!((receiver.posted().len(), elsewhere.posted().len()), (2, 0));
}

#[tokio::test]
async fn private_addresses_are_reached_only_where_they_are_allowed_however_they_are_written() {
    let receiver = Receiver::start().await;
    let port = receiver.url.trim_start_matches("http://127.0.0.1:").trim_end_matches("/nhan").to_owned();
    // One by one: decimal, hexadecimal, short, mapped into version 6, and a name that leads there.
    for host in ["127.0.0.1", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]", "localhost"] {
        let url = format!("http://{host}:{port}/nhan");
        let app = exchanging(to(&url, &["10.20.0.0/16"])).await;
        let dispatch = on_its_way(&app).await;
        app.packages_go_out().await;
        let delivery = delivery(&app, &dispatch).await;
        assert_eq!((&delivery["state"], &delivery["failure"]), (&json!("GIVEN_UP"), &json!("FORBIDDEN")), "{host}");
    }
    assert_eq!(receiver.posted().len(), 0);
    let app = exchanging(to(&format!("http://2130706433:{port}/nhan"), &HERE)).await;
    on_its_way(&app).await;
    app.packages_go_out().await;
    assert_eq!(receiver.posted().len(), 1, "allowed, it is reached");
}

#[tokio::test]
async fn what_is_unsafe_or_cannot_sign_is_no_webhook() {
    let secrets = secrets();
    for (url, networks) in [
        ("http://cong.haiphong.example/nhan", &[][..]),
        ("ftp://cong.haiphong.example/nhan", &HERE[..]),
        ("https://login:password@cong.haiphong.example/nhan", &[]),
        ("https://cong.haiphong.example/nhan#x", &[]),
        ("nhan", &[]),
    ] {
        assert!(Webhook::to(url, &secrets, allowed(networks)).is_err(), "{url}");
    }
    let fine = Webhook::to("https://cong.haiphong.example/nhan", &secrets, allowed(&[])).unwrap();
    let shown = format!("{fine:?}");
    assert!(shown.contains("cong.haiphong.example") && !shown.contains('7'), "{shown} tells no secret");
    let weak = std::env::temp_dir().join(format!("thidua-webhook-weak-{}", std::process::id()));
    for text in ["", "whsec_", "whsec_c2hvcnQ=", "c2hvcnQ=", "whsec_không"] {
        std::fs::write(&weak, text).unwrap();
        assert!(Webhook::to("https://cong.haiphong.example/nhan", &weak, allowed(&[])).is_err(), "{text}");
    }
}
