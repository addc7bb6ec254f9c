//! Who carries letters to the mail server, and tries again where it must.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Body, Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use thidua_domain::{document::DocumentId, reminder::Occasion};
use thidua_persistence::{
    Call, Identity, Store, StoreError,
    mail::{Failure, Letter},
    outbox::Outcome,
};

use crate::{
    language::Language,
    reminders::{text, title},
    written::day,
};

/// How long one look for letters lies behind the other.
const BETWEEN: Duration = Duration::from_secs(15);
/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where letters are handed in, and from whom they are.
#[derive(Clone, Debug)]
pub struct MailSettings {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    public_url: Option<reqwest::Url>,
}

impl MailSettings {
    /// Reads `smtps://LOGIN:PASSWORD@HOST:PORT` or `smtp://HOST:PORT?tls=required`, and the sender.
    ///
    /// # Errors
    /// A sentence that says what is wrong, or that letters and password would go over the network unencrypted.
    pub fn read(url: &str, from: &str) -> Result<Self, String> {
        let parsed = reqwest::Url::parse(url).map_err(|error| format!("not an address of a mail server: {error}"))?;
        let encrypted =
            parsed.scheme() == "smtps" || parsed.query_pairs().any(|pair| pair == ("tls".into(), "required".into()));
        let here = matches!(parsed.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if !encrypted && !here {
            return Err("take smtps://, or tls=required: letters do not go over the network unencrypted".to_owned());
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| error.to_string())?;
        let from = from.parse().map_err(|error| format!("the sender is no mailbox: {error}"))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from, public_url: None })
    }

    /// The same, with where readers reach this service: a letter leads there to the document that it was sent with.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn reached_at(self, url: &str) -> Result<Self, String> {
        let parsed = reqwest::Url::parse(url).map_err(|error| format!("not where this service is reached: {error}"))?;
        if !matches!(parsed.scheme(), "https" | "http") || parsed.query().is_some() || parsed.fragment().is_some() {
            return Err("not where this service is reached: take https://HOST".to_owned());
        }
        Ok(Self { public_url: Some(parsed), ..self })
    }

    /// Where a document is read.
    fn link(&self, document: DocumentId) -> Option<String> {
        let base = self.public_url.as_ref()?.as_str().trim_end_matches('/');
        Some(format!("{base}/v1/documents/{document}"))
    }
}

/// Carries letters to the mail server.
#[derive(Clone, Debug)]
pub struct Postman {
    store: Store,
    settings: MailSettings,
}

impl Postman {
    /// A postman between this store and that server; he walks when he is told to.
    #[must_use]
    pub const fn new(store: Store, settings: MailSettings) -> Self {
        Self { store, settings }
    }

    /// Walks again and again, for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.round().await {
                tracing::warn!(%error, "letters wait for the next round");
            }
            tokio::time::sleep(BETWEEN).await;
        }
    }

    /// Carries everything that is due now; letters that do not get through are put off or given up.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub async fn round(&self) -> Result<(), StoreError> {
        let system = Call { identity: Identity::system(), request_id: "thidua-mail".to_owned() };
        while let Some(letter) = self.store.next_letter(&system).await? {
            let outcome = self.carry(&letter).await;
            self.store.letter_done(&system, letter.notification.id, outcome).await?;
        }
        Ok(())
    }

    async fn carry(&self, letter: &Letter) -> Outcome<Failure> {
        let Some(address) = &letter.address else { return Outcome::Never(Failure::NoAddress) };
        let Some(message) = self.written(letter, address) else { return Outcome::Never(Failure::Malformed) };
        match self.settings.transport.send(message).await {
            Ok(_) => Outcome::Done,
            Err(error) if error.is_permanent() => Outcome::Never(Failure::Refused),
            Err(error) if error.is_transient() => Outcome::Later(Failure::PutOff),
            Err(_) => Outcome::Later(Failure::Unreachable),
        }
    }

    /// The letter, Vietnamese first. Its identifier is that of the notification, so that a letter that was sent twice,
    /// since nobody could say whether the server had it, is one letter to who receives it.
    fn written(&self, letter: &Letter, address: &str) -> Option<Message> {
        let from = self.settings.from.clone();
        let (reminder, unit) = (&letter.notification.reminder, &letter.notification.unit);
        let part = |language: Language| {
            let greeting = language.text("mail.greeting").replace("{name}", &letter.name);
            let said = [greeting, text(reminder, unit, language)].into_iter();
            let document = self.enclosed(&reminder.occasion, language);
            said.chain(document).chain([language.text("mail.closing").to_owned()]).collect::<Vec<_>>().join("\n\n")
        };
        let body = format!("{}\n\n----\n\n{}\n", part(Language::Vi), part(Language::En));
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let body = Body::new_with_encoding(body, ContentTransferEncoding::Base64).ok()?;
        Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.notification.id, from.email.domain())))
            .from(from)
            .to(Mailbox::new(None, address.parse().ok()?))
            .subject(in_one_line(&title(reminder, Language::Vi)))
            // RFC 3834: nobody's absence is to answer it.
            .raw_header(automatic)
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body))
            .ok()
    }

    /// Which document a letter was sent with, and where it is read.
    fn enclosed(&self, occasion: &Occasion, language: Language) -> Option<String> {
        let Occasion::Letter(letter) = occasion else { return None };
        let line = language.text("mail.document").replace("{day}", &day(letter.issued_on));
        let line = line.replace("{symbol}", letter.symbol.as_str());
        let link = letter.document.and_then(|document| self.settings.link(document));
        Some(link.into_iter().fold(line, |line, link| format!("{line}\n{link}")))
    }
}

/// A header is one line, whatever people wrote into a name.
fn in_one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
