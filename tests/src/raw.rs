//! Requests written by hand, byte by byte: what no well-behaved client would send.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What came back over the wire.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawReply {
    /// The status; 0 where the connection was closed without an answer.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// What follows them, as it is.
    pub body: String,
}

/// Longer than any limit of the service on a request that stands still, but for that on bodies.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a connection and sends these bytes.
pub async fn open(base: &str, bytes: &[u8]) -> TcpStream {
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("the service takes connections");
    // Whoever refuses early may have closed already; the answer says why.
    let _ = stream.write_all(bytes).await;
    stream
}

/// Sends these bytes and reads until the service closes; the request should say `Connection: close`.
pub async fn exchange(base: &str, bytes: &[u8]) -> RawReply {
    let mut stream = open(base, bytes).await;
    let mut answer = Vec::new();
    // A reset after the answer takes nothing away from it.
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok() || !answer.is_empty(), "no answer within {PATIENCE:?}");
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    RawReply { status, head: head.to_owned(), body: body.to_owned() }
}

/// Closes with a reset, as a client does that crashes: what was not read yet is lost, and the service is told at once.
pub fn reset(stream: TcpStream) {
    stream.set_zero_linger().expect("a socket that can be reset");
    drop(stream);
}
