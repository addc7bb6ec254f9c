//! Where the keys of an issuer come from, and what happens while they do not.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};
use thidua_api::auth::{DevIssuer, KeySource, Verifier};
use thidua_tests::{Setup, TestApp};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::watch,
};

use super::with;

/// A server of one document, which counts how often it is asked.
pub(super) struct KeyServer {
    url: String,
    asked: Arc<AtomicUsize>,
    published: watch::Sender<String>,
}

impl KeyServer {
    async fn start(document: String) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), document)
    }

    pub(super) fn on(listener: TcpListener, document: String) -> Self {
        let url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let (published, current) = watch::channel(document);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4096]).await;
                count.fetch_add(1, Ordering::SeqCst);
                let body = current.borrow().clone();
                let _ = stream.write_all(body.as_bytes()).await;
            }
        });
        Self { url, asked, published }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

pub(super) fn answer(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn key_set(keys: &[Value]) -> String {
    answer(&json!({ "keys": keys }).to_string())
}

fn issuer(name: &str) -> DevIssuer {
    let folder = std::env::temp_dir().join(format!("thidua-keys-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    DevIssuer::in_folder(&folder).unwrap()
}

fn key_of(issuer: &DevIssuer) -> Value {
    issuer.key_set()["keys"][0].clone()
}

async fn status_of(verifier: &Verifier, token: &str) -> u16 {
    verifier.verify(token).await.map_or_else(|problem| problem.status().as_u16(), |_| 200)
}

#[tokio::test]
async fn any_number_of_unknown_keys_costs_one_fetch() {
    let own = issuer("flood");
    let server = KeyServer::start(key_set(&[key_of(&own)])).await;
    let verifier = Arc::new(Verifier::new(vec![own.configured(server.url.clone())]));
    assert_eq!(status_of(&verifier, &own.mint("chair").unwrap()).await, 200);
    let all: Vec<_> = (0..200)
        .map(|number| {
            let header = with(own.header(), "kid", json!(format!("unknown-{number}")));
            let (verifier, token) = (Arc::clone(&verifier), own.sign(&header, &own.claims("chair")).unwrap());
            tokio::spawn(async move { status_of(&verifier, &token).await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), 401);
    }
    assert_eq!(server.asked(), 1);
    assert_eq!(status_of(&verifier, &own.mint("auditor").unwrap()).await, 200);
}

#[tokio::test]
async fn keys_that_are_not_known_here_say_nothing_against_the_others() {
    let own = issuer("strange");
    let twin = |member: &str, value: Value| with(key_of(&own), member, value);
    let strange = [
        json!({"kty": "AKP", "kid": "post-quantum", "alg": "ML-DSA-44", "pub": "AA"}),
        json!({"kty": "OKP", "crv": "X448", "kid": "agreement", "x": "AA"}),
        json!({"kid": "nothing else"}),
        json!("no key at all"),
        json!({"kty": "oct", "kid": "secret", "alg": "HS256", "k": "c2VjcmV0"}),
        with(twin("use", json!("enc")), "kid", json!("for encryption")),
        with(twin("alg", json!("ES384")), "kid", json!("of another algorithm")),
        key_of(&own),
    ];
    let server = KeyServer::start(key_set(&strange)).await;
    let verifier = Verifier::new(vec![own.configured(server.url.clone())]);
    assert_eq!(status_of(&verifier, &own.mint("chair").unwrap()).await, 200);
    for kid in ["secret", "for encryption", "of another algorithm", "post-quantum"] {
        let header = with(own.header(), "kid", json!(kid));
        let token = own.sign(&header, &own.claims("chair")).unwrap();
        assert_eq!(status_of(&verifier, &token).await, 401, "{kid}");
    }
}

#[tokio::test]
async fn without_any_keys_the_answer_is_503_and_the_issuer_is_not_stormed() {
    let own = issuer("down");
    let redirect = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/jwks\r\nConnection: close\r\n\r\n".to_owned();
    let broken = [
        "HTTP/1.1 500 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_owned(),
        redirect,
        answer("<html>"),
        answer("{}"),
        answer(&format!("{{\"keys\":[],\"padding\":\"{}\"}}", "x".repeat(256 << 10))),
    ];
    for document in broken {
        let server = KeyServer::start(document.clone()).await;
        let verifier = Arc::new(Verifier::new(vec![own.configured(server.url.clone())]));
        let all: Vec<_> = (0..50)
            .map(|_| {
                let (verifier, token) = (Arc::clone(&verifier), own.mint("chair").unwrap());
                tokio::spawn(async move { status_of(&verifier, &token).await })
            })
            .collect();
        for one in all {
            assert_eq!(one.await.unwrap(), 503, "{document}");
        }
        assert_eq!(server.asked(), 1, "{document}");
    }
}

#[tokio::test]
async fn a_file_of_keys_will_do() {
    let own = issuer("file");
    let path = std::env::temp_dir().join(format!("thidua-keys-{}.json", std::process::id()));
    std::fs::write(&path, own.key_set().to_string()).unwrap();
    let issuer = thidua_api::auth::Issuer::new(
        "https://issuer.thidua.invalid",
        "https://api.thidua.invalid",
        KeySource::File(path),
    );
    assert_eq!(status_of(&Verifier::new(vec![issuer]), &own.mint("chair").unwrap()).await, 200);
}

#[tokio::test]
async fn a_service_whose_issuer_is_down_says_so_and_recovers_by_itself() {
    let own = issuer("late");
    // A port that is free again until the issuer comes up on it.
    let place = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let setup = Setup { keys: Some(format!("http://{place}/jwks")), ..Setup::default() };
    let app = TestApp::start_with("2025-09-15", setup).await;
    app.stranger().get("/status").await.ok();
    let refused = app.persona("auditor").get("/me").await.refused(503);
    assert_eq!((refused.code(), refused.header("Retry-After")), ("service.unavailable", "2"));
    // Whoever has no token at all is not told to wait.
    app.stranger().get("/me").await.refused(401);
    let _server = KeyServer::on(TcpListener::bind(place).await.unwrap(), answer(&app.issuer.key_set().to_string()));
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    app.persona("auditor").get("/me").await.ok();
    drop(own);
}

#[tokio::test]
async fn a_new_key_is_learnt_when_it_is_first_used() {
    let (old, new) = (issuer("old"), issuer("new"));
    let server = KeyServer::start("HTTP/1.1 500 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_owned()).await;
    let verifier = Verifier::new(vec![old.configured(server.url.clone())]);
    assert_eq!(status_of(&verifier, &old.mint("chair").unwrap()).await, 503);
    server.published.send(key_set(&[key_of(&old), key_of(&new)])).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(status_of(&verifier, &new.mint("chair").unwrap()).await, 200);
    assert_eq!(status_of(&verifier, &old.mint("chair").unwrap()).await, 200);
    assert_eq!(server.asked(), 2);
}

#[test]
fn of_many_who_make_the_key_of_a_folder_at_once_all_get_the_same() {
    for round in 0..10 {
        let folder = std::env::temp_dir().join(format!("thidua-key-race-{}-{round}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let keys = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| DevIssuer::in_folder(&folder).unwrap().header())).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
