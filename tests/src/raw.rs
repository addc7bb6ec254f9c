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

impl RawReply {
    fn parse(answer: &[u8]) -> Self {
        let text = String::from_utf8_lossy(answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }
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
    RawReply::parse(&answer)
}

/// Sends `head` and then the same piece again and again, up to so many bytes, until the service closes the connection or
/// takes no more; answers what came back and how much was sent.
pub async fn pour(base: &str, head: &[u8], piece: &[u8], most: u64) -> (RawReply, u64) {
    let (mut from, mut to) = open(base, head).await.into_split();
    let pouring = async {
        let mut sent = 0;
        while sent < most && to.write_all(piece).await.is_ok() {
            sent += piece.len() as u64;
        }
        sent
    };
    let mut answer = Vec::new();
    let reading = from.read_to_end(&mut answer);
    let both = tokio::time::timeout(PATIENCE, async { tokio::join!(pouring, reading) }).await;
    let (sent, _) = both.expect("the service closes the connection");
    (RawReply::parse(&answer), sent)
}

/// Closes with a reset, as a client does that crashes: what was not read yet is lost, and the service is told at once.
pub fn reset(stream: TcpStream) {
    stream.set_zero_linger().expect("a socket that can be reset");
    drop(stream);
}
