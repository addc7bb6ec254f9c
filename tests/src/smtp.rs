//! A mail server of a test's own: it speaks SMTP (RFC 5321) on a free port, and keeps what it is handed.

use std::sync::{Arc, Mutex, PoisonError};

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server says to a recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// Takes the letter.
    Takes,
    /// Never takes it.
    Refuses,
    /// Does not take it now.
    PutsOff,
}

/// A letter as it was handed in.
#[derive(Clone, Debug)]
pub struct Received {
    /// The envelope: to whom, as `RCPT TO` said.
    pub to: Vec<String>,
    /// Header and body, as they came.
    pub raw: String,
}

impl Received {
    /// A header, unfolded and decoded (RFC 2047).
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self.raw.split_once("\r\n\r\n").expect("a head and a body");
        let unfolded = head.replace("\r\n ", " ");
        let wanted = format!("{}: ", name.to_ascii_lowercase());
        let line = unfolded.lines().find(|line| line.to_ascii_lowercase().starts_with(&wanted));
        let value = line.unwrap_or_else(|| panic!("no {name} in {head}"))[wanted.len()..].to_owned();
        // Between two encoded words there is no space; everywhere else there is the one that stands there.
        let (mut text, mut coded_before) = (String::new(), true);
        for word in value.split(' ') {
            let coded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            let between_coded_words = coded.is_some() && coded_before;
            if !text.is_empty() && !between_coded_words {
                text.push(' ');
            }
            coded_before = coded.is_some();
            text.push_str(&coded.map_or_else(|| word.to_owned(), decoded));
        }
        text
    }

    /// The names of all headers.
    pub fn headers(&self) -> Vec<String> {
        let (head, _) = self.raw.split_once("\r\n\r\n").expect("a head and a body");
        let names = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        names.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
    }

    /// The text.
    pub fn text(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").expect("a head and a body");
        decoded(&body.split_whitespace().collect::<String>()).replace("\r\n", "\n")
    }
}

fn decoded(coded: &str) -> String {
    String::from_utf8(BASE64_STANDARD.decode(coded).expect("base64")).expect("UTF-8")
}

#[derive(Debug)]
struct Desk {
    mood: Mood,
    received: Vec<Received>,
}

/// The server; it ends with the test.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// `smtp://127.0.0.1:…`.
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

impl MailServer {
    /// A server that takes letters.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let desk = Arc::new(Mutex::new(Desk { mood: Mood::Takes, received: Vec::new() }));
        let server = Self { url, desk };
        let own = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().converse(stream));
            }
        });
        server
    }

    /// What it says from now on.
    pub fn is_in(&self, mood: Mood) {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).mood = mood;
    }

    /// What it was handed so far.
    pub fn received(&self) -> Vec<Received> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).received.clone()
    }

    async fn converse(self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let mut to = Vec::new();
        say(&mut stream, "220 test ESMTP").await?;
        loop {
            let line = heard(&mut stream).await?;
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let mood = self.desk.lock().unwrap_or_else(PoisonError::into_inner).mood;
            match &*verb {
                "EHLO" => say(&mut stream, "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
                "RCPT" if mood == Mood::Refuses => say(&mut stream, "550 5.1.1 no such mailbox").await?,
                "RCPT" if mood == Mood::PutsOff => say(&mut stream, "451 4.3.0 not now").await?,
                "RCPT" => {
                    to.push(line.trim_end().to_owned());
                    say(&mut stream, "250 ok").await?;
                }
                "DATA" => {
                    say(&mut stream, "354 go on").await?;
                    let mut raw = String::new();
                    loop {
                        let line = heard(&mut stream).await?;
                        if line == ".\r\n" {
                            break;
                        }
                        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    }
                    let received = Received { to: std::mem::take(&mut to), raw };
                    self.desk.lock().unwrap_or_else(PoisonError::into_inner).received.push(received);
                    say(&mut stream, "250 ok").await?;
                }
                "QUIT" => return say(&mut stream, "221 bye").await,
                _ => say(&mut stream, "250 ok").await?,
            }
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

async fn heard(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then_some(line)
}
