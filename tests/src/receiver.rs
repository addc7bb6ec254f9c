//! A recipient of a test's own: it speaks HTTP/1.1 on a free port, keeps what it is posted, and answers as it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What was posted.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The first line: `POST /nhan HTTP/1.1`.
    pub line: String,
    headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Posted {
    /// A header; it must be there, and once.
    pub fn header(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let (Some((_, value)), None) = (found.next(), found.next()) else { panic!("{name}, once: {:?}", self.headers) };
        value
    }

    /// All headers, as programs that check signatures take them.
    pub fn headers(&self) -> HeaderMap {
        let parsed =
            |(name, value): &(String, String)| (name.parse().expect("a name"), value.parse().expect("a value"));
        self.headers.iter().map(|header| -> (HeaderName, HeaderValue) { parsed(header) }).collect()
    }
}

#[derive(Debug, Default)]
struct Desk {
    /// What is answered next, a status with further headers; 200 where nothing is said.
    answers: VecDeque<(u16, String)>,
    posted: Vec<Posted>,
}

/// The recipient; it ends with the test.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// `http://127.0.0.1:…/nhan`.
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

impl Receiver {
    /// A recipient that takes what comes.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/nhan", listener.local_addr().expect("an address"));
        let receiver = Self { url, desk: Arc::default() };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().converse(stream));
            }
        });
        receiver
    }

    /// What it answers next, in this order: a status, and further headers, each with its line end.
    pub fn answers(&self, answers: &[(u16, &str)]) {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.answers.extend(answers.iter().map(|(status, headers)| (*status, (*headers).to_owned())));
    }

    /// What it was posted so far.
    pub fn posted(&self) -> Vec<Posted> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).posted.clone()
    }

    async fn converse(self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let mut headers = Vec::new();
        loop {
            let mut header = String::new();
            stream.read_line(&mut header).await.ok()?;
            let Some((name, value)) = header.trim_end().split_once(": ") else { break };
            headers.push((name.to_owned(), value.to_owned()));
        }
        let long = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
        let mut body = vec![0; long.map_or(0, |(_, length)| length.parse().expect("a length"))];
        stream.read_exact(&mut body).await.ok()?;
        let (status, more) = {
            let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            desk.posted.push(Posted { line: line.trim_end().to_owned(), headers, body });
            desk.answers.pop_front().unwrap_or((200, String::new()))
        };
        let answer = format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n");
        stream.get_mut().write_all(answer.as_bytes()).await.ok()
    }
}
