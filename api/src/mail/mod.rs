//! E-mail: where the caller wants reminders sent to as well, what did not get through, and who carries it.

use actix_web::{get, put, web::Data};
use serde::{Deserialize, Serialize};
use thidua_persistence::{
    Reader,
    mail::{DeadLetter, DeadLetters, Failure},
    page::SortOrder,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    app::Entries,
    export::{Table, Tabular, instant, text, whole},
    input::{Body, Caller, CursorText, EmailAddress, Instant, Limit, NotificationKey, PrincipalKey, QueryOf, present},
    language::Language,
    list::{List, Listed, paged},
    problem::Problem,
    reply::Plain,
    state::State,
};

mod postman;

pub use postman::{MailSettings, Postman};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_email_address).service(replace_email_address).service(list_undelivered_mail);
}

/// Where the caller wants reminders sent to by e-mail as well. Nobody else is shown it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EmailPreference)]
pub(crate) struct EmailPreferenceBody {
    /// The address; absent where the caller wants no e-mail.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "hieu.truong@truong-hoc.example")]
    address: Option<EmailAddress>,
}

/// Read my e-mail address
///
/// Where the caller wants reminders sent to as well. It is shown to the caller alone, and used only where this installation
/// sends e-mail.
#[utoipa::path(tag = "Reminders", operation_id = "readEmailAddress",
    responses((status = 200, description = "The caller's own address, if there is one.", body = EmailPreferenceBody)))]
#[get("/me/email-address")]
async fn read_email_address(state: Data<State>, caller: Caller) -> Result<Plain<EmailPreferenceBody>, Problem> {
    let address = state.store.read(&caller.call).await?.mail_address().await?;
    let body = EmailPreferenceBody { address: address.map(Into::into) };
    Ok(Plain { body, language: caller.language, next: None })
}

/// Replace my e-mail address
///
/// Says where the caller wants reminders sent to as well, or with an empty body that no e-mail is wanted any more; letters
/// that wait go to where it says then. It leaves no event, and stands in no log.
#[utoipa::path(tag = "Reminders", operation_id = "replaceEmailAddress", request_body = EmailPreferenceBody,
    responses((status = 200, description = "What holds from now on.", body = EmailPreferenceBody)))]
#[put("/me/email-address")]
async fn replace_email_address(
    state: Data<State>,
    caller: Caller,
    body: Body<EmailPreferenceBody>,
) -> Result<Plain<EmailPreferenceBody>, Problem> {
    let address = state.store.set_mail_address(&caller.call, body.0.address.map(EmailAddress::into_string)).await?;
    let body = EmailPreferenceBody { address: address.map(Into::into) };
    Ok(Plain { body, language: caller.language, next: None })
}

/// Why a letter did not get through. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum MailFailure {
    NoAddress,
    Malformed,
    Refused,
    PutOff,
    Unreachable,
    Stale,
}

impl From<Failure> for MailFailure {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NoAddress => Self::NoAddress,
            Failure::Malformed => Self::Malformed,
            Failure::Refused => Self::Refused,
            Failure::PutOff => Self::PutOff,
            Failure::Unreachable => Self::Unreachable,
            Failure::Stale => Self::Stale,
        }
    }
}

/// A letter that was given up; its reader finds what it said among the notifications all the same.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UndeliveredLetter {
    /// The notification that it told of.
    notification_id: NotificationKey,
    /// For whom it was, as a principal.
    principal_id: PrincipalKey,
    /// Why it did not get through.
    failure: MailFailure,
    /// Why, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Máy chủ thư từ chối")]
    failure_label: String,
    /// How often it was tried.
    #[schema(minimum = 0, maximum = 100)]
    attempts: i32,
    /// When it was queued, by the real clock.
    queued_at: Instant,
    /// When it was given up, by the real clock.
    given_up_at: Instant,
}

impl UndeliveredLetter {
    fn of(letter: &DeadLetter, language: Language) -> Self {
        Self {
            notification_id: letter.notification.into(),
            principal_id: letter.principal.into(),
            failure: letter.failure.into(),
            failure_label: language.label("mailFailure", letter.failure.as_str()),
            attempts: letter.attempts,
            queued_at: Instant(letter.queued_at),
            given_up_at: Instant(letter.given_up_at),
        }
    }
}

impl Tabular for UndeliveredLetter {
    const TABLE: Table = Table {
        name: "undeliveredMail",
        columns: &[
            instant("queuedAt"),
            instant("givenUpAt"),
            text("failureLabel"),
            whole("attempts"),
            text("failure"),
            text("notificationId"),
            text("principalId"),
        ],
    };
}

/// A page of letters that were given up, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UndeliveredMailPage {
    /// The letters of this page.
    #[schema(max_items = 100)]
    items: Vec<UndeliveredLetter>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many there are in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which page of letters.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UndeliveredMailQuery {
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    cursor: Option<CursorText>,
    /// Whether all of them are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    include_total: bool,
}

paged!(UndeliveredMailQuery, UndeliveredMailPage of UndeliveredLetter);

/// List undelivered mail
///
/// Letters that were given up, the newest first, and why; for administrators, and nothing for anybody else. No address is
/// shown.
#[utoipa::path(tag = "Reminders", operation_id = "listUndeliveredMail", params(UndeliveredMailQuery),
    responses((status = 200, description = "A page of letters that were given up.", body = UndeliveredMailPage)))]
#[get("/undelivered-mail")]
async fn list_undelivered_mail(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<UndeliveredMailQuery>,
) -> Result<Listed<UndeliveredMailPage>, Problem> {
    let order = SortOrder { key: None, descending: true };
    let list = List { url: "/v1/undelivered-mail", query: &query.0, filter: DeadLetters, order };
    let language = caller.language;
    list.answer(&state, &caller, async |_: &Reader| Ok(move |letter| UndeliveredLetter::of(&letter, language))).await
}
