//! An address of the recipient, to which packages are posted by Standard Webhooks 1.0.0.

use std::{fmt, net::SocketAddr, path::Path, time::Duration};

use async_trait::async_trait;
use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{StatusCode, Url, header::RETRY_AFTER, redirect::Policy};
use serde_json::json;
use thidua_domain::{attachment::Checksum, dispatch::Failure};
use thidua_persistence::outbox::Outcome;

use super::{Attempt, Deliver, Parcel, address::Allowed};
use crate::{auth::security_clock, openapi::ZIP};

/// How long the other side may take, and a second more for each MiB that it is sent: with the largest package less than what
/// is taken for one process alone.
const PATIENCE: Duration = Duration::from_secs(20);
/// What secrets begin with.
const PREFIX: &str = "whsec_";
/// The longest wait that is granted to the other side.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// Posts packages to an address of the recipient.
pub struct Webhook {
    url: Url,
    secrets: Vec<hmac::Key>,
    allowed: Allowed,
}

impl fmt::Debug for Webhook {
    // Never the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl Webhook {
    /// An address with the secrets of a file, one `whsec_…` of 24 to 64 bytes in each line. All of them sign, so that one can
    /// take the place of another; private addresses are reached only where `allowed` names them, and only there without TLS.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn to(url: &str, secret_file: &Path, allowed: Allowed) -> Result<Self, String> {
        let text = std::fs::read_to_string(secret_file).map_err(|error| format!("secret_file: {error}"))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let secrets = lines.map(secret).collect::<Option<Vec<_>>>().filter(|secrets| !secrets.is_empty());
        let secrets =
            secrets.ok_or_else(|| "secret_file: each line must be whsec_ and 24 to 64 bytes in base64".to_owned())?;
        let url = Url::parse(url).map_err(|error| format!("url: {error}"))?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("url: without login and fragment".to_owned());
        }
        match url.scheme() {
            "https" => {}
            "http" if !allowed.0.is_empty() => {}
            _ => return Err("url: https, or http to an address that `allow` names".to_owned()),
        }
        Ok(Self { url, secrets, allowed })
    }

    /// Where the address leads now, if packages may go there.
    async fn resolved(&self) -> Result<(String, Vec<SocketAddr>), Failure> {
        let host = self.url.host_str().ok_or(Failure::Forbidden)?.to_owned();
        let port = self.url.port_or_known_default().ok_or(Failure::Forbidden)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found = tokio::net::lookup_host((bare, port)).await.map_err(|_| Failure::Unreachable)?;
        let found = self.allowed.all_of(found.collect()).ok_or(Failure::Forbidden)?;
        let open = self.url.scheme() != "https";
        if open && !found.iter().all(|one| self.allowed.names(one.ip())) {
            return Err(Failure::Forbidden);
        }
        Ok((host, found))
    }

    async fn post(&self, parcel: &Parcel) -> Result<reqwest::Response, Failure> {
        let (host, addresses) = self.resolved().await?;
        let body = body(parcel);
        let patience = PATIENCE + Duration::from_secs(body.len() as u64 >> 20);
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none()).timeout(patience);
        // What was looked at is what is connected to, whatever the name says by now.
        let client = client.resolve_to_addrs(&host, &addresses).build().map_err(|_| Failure::Unreachable)?;
        let (id, now) = (parcel.id.to_string(), security_clock().to_string());
        let request = client
            .post(self.url.clone())
            .header("Content-Type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", &now)
            .header("webhook-signature", signatures(&self.secrets, &id, &now, &body))
            .body(body);
        request.send().await.map_err(|_| Failure::Unreachable)
    }
}

/// What is posted: the package with what tells it from others. It is the same whenever it is tried.
fn body(parcel: &Parcel) -> String {
    let package = &parcel.package;
    let sent = json!({
        "type": "dispatch.sent",
        "timestamp": parcel.sent_at,
        "data": {
            "dispatchId": parcel.id,
            "package": {
                "name": package.name, "mediaType": ZIP, "size": package.bytes.len(),
                "sha256": Checksum::of(&package.sha256).as_str(), "content": BASE64_STANDARD.encode(&package.bytes),
            },
        },
    });
    sent.to_string()
}

/// One signature for each secret, as the header has them.
fn signatures(secrets: &[hmac::Key], id: &str, timestamp: &str, body: &str) -> String {
    let content = format!("{id}.{timestamp}.{body}");
    let sign = |secret| format!("v1,{}", BASE64_STANDARD.encode(hmac::sign(secret, content.as_bytes())));
    secrets.iter().map(sign).collect::<Vec<_>>().join(" ")
}

fn secret(line: &str) -> Option<hmac::Key> {
    let bytes = BASE64_STANDARD.decode(line.strip_prefix(PREFIX)?).ok()?;
    (24..=64).contains(&bytes.len()).then(|| hmac::Key::new(hmac::HMAC_SHA256, &bytes))
}

#[async_trait(?Send)]
impl Deliver for Webhook {
    fn address(&self) -> Option<&str> {
        Some(self.url.as_str())
    }

    async fn deliver(&self, parcel: &Parcel) -> Attempt {
        match self.post(parcel).await {
            Ok(answer) => judged(&answer),
            // Another look cannot make it better; whoever runs the service can.
            Err(Failure::Forbidden) => Attempt::of(Outcome::Never(Failure::Forbidden)),
            Err(failure) => Attempt::of(Outcome::Later(failure)),
        }
    }
}

/// Only 2xx is a yes. A redirection is none, 410 is a no for good, and whoever asks us to wait is waited for.
fn judged(answer: &reqwest::Response) -> Attempt {
    let status = answer.status();
    if status.is_success() {
        return Attempt::of(Outcome::Done);
    }
    if status == StatusCode::GONE {
        return Attempt::of(Outcome::Never(Failure::Gone));
    }
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let wait = asked.map(Duration::from_secs).unwrap_or_default().min(LONGEST_WAIT);
    Attempt { outcome: Outcome::Later(Failure::NotTaken), wait }
}
