//! What the caller has to read.

use actix_web::{get, put, web::Data};
use serde::{Deserialize, Serialize};
use thidua_persistence::{MyNotifications, Notification, Reader, page::SortOrder};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    app::Entries,
    export::{Table, Tabular, date, instant, text as words},
    input::{
        Caller, CampaignKey, CodeText, CursorText, Instant, Limit, NotificationKey, PathOf, QueryOf, ReminderKey, Str,
        UnitKey, present,
    },
    language::Language,
    list::{List, Listed, paged},
    problem::Problem,
    reminders::{LetterView, SubjectView, text, title},
    reply::Plain,
    state::State,
};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(list_notifications).service(mark_notification_read);
}

/// Where one notification is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct NotificationPath {
    /// Identifies the notification.
    notification_id: NotificationKey,
}

/// Something that the caller has to read; nobody else sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
pub(crate) struct NotificationView {
    /// Identifies the notification.
    id: NotificationKey,
    /// What is to be done, in a line, in the caller's language.
    #[schema(max_length = 1000, pattern = r"^[\s\S]+$", example = "Nhắc nộp báo cáo: Tháng 10 năm 2025")]
    title: String,
    /// What is to be done by whom and until when, in the caller's language, as it was when it was sent; of a letter its own
    /// words.
    #[schema(
        max_length = 3000,
        pattern = r"^[\s\S]+$",
        example = "Trường Tiểu học Gia Lộc 1: hạn nộp báo cáo kỳ “Tháng 10 năm 2025” là hết ngày 04/11/2025, còn 4 ngày."
    )]
    text: String,
    /// The campaign that it is about.
    campaign_id: CampaignKey,
    /// The reminder that it was sent with.
    reminder_id: ReminderKey,
    /// The unit that it concerns.
    unit_id: UnitKey,
    /// The code of that unit, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// The full name of that unit on the day on which it was sent.
    unit_name: Str<300>,
    /// What it is about: which deadline, of what; absent in a letter about the campaign as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<SubjectView>,
    /// The letter that it was sent with, which the unit sees in the outgoing register; absent where a rule sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<LetterView>,
    /// When it was sent, by the business clock.
    created_at: Instant,
    /// When the caller read it first; absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_at: Option<Instant>,
}

impl NotificationView {
    fn of(notification: &Notification, language: Language) -> Self {
        let Notification { id, reminder, unit, read_at } = notification;
        Self {
            id: (*id).into(),
            title: title(reminder, language),
            text: text(reminder, unit, language),
            campaign_id: reminder.campaign.into(),
            reminder_id: reminder.root.id.into(),
            unit_id: unit.unit.into(),
            unit_code: unit.code.clone().into(),
            unit_name: unit.faces.on(reminder.root.created_at.date()).name.clone().into(),
            subject: SubjectView::of(reminder, language),
            document: LetterView::of(reminder),
            created_at: Instant(reminder.root.created_at),
            read_at: read_at.map(Instant),
        }
    }
}

impl Tabular for NotificationView {
    const TABLE: Table = Table {
        name: "notifications",
        columns: &[
            instant("createdAt"),
            words("title"),
            words("text"),
            words("unitCode"),
            words("unitName"),
            words("subject.deadline"),
            words("subject.deadlineLabel"),
            words("subject.periodName"),
            instant("subject.dueBefore"),
            words("document.symbol"),
            date("document.issueDate"),
            instant("readAt"),
            words("id"),
            words("campaignId"),
            words("reminderId"),
            words("unitId"),
            words("document.documentId"),
            words("subject.periodId"),
            words("subject.reportId"),
            words("subject.registrationId"),
        ],
    };
}

/// A page of the caller's notifications, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NotificationPage {
    /// The notifications of this page.
    #[schema(max_items = 100)]
    items: Vec<NotificationView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which of the caller's notifications, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationQuery {
    /// Only those not read yet (true), or only those read (false).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = true)]
    unread: Option<bool>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    include_total: bool,
}

paged!(NotificationQuery, NotificationPage of NotificationView);

/// List my notifications
///
/// What the caller has to read, the newest first; nobody else sees it. They are kept for 400 days.
#[utoipa::path(tag = "Reminders", operation_id = "listNotifications", params(NotificationQuery),
    responses((status = 200, description = "A page of the caller's notifications.", body = NotificationPage)))]
#[get("/notifications")]
async fn list_notifications(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<NotificationQuery>,
) -> Result<Listed<NotificationPage>, Problem> {
    let filter = MyNotifications { unread: query.0.unread };
    let order = SortOrder { key: None, descending: true };
    let list = List { url: "/v1/notifications", query: &query.0, filter, order };
    let language = caller.language;
    list.answer(&state, &caller, async |_: &Reader| Ok(move |one| NotificationView::of(&one, language))).await
}

/// Mark a notification read
///
/// Says that the caller has read it. Saying it twice changes nothing: the first time counts. It is the caller's own affair,
/// and so needs no key and leaves no event.
#[utoipa::path(tag = "Reminders", operation_id = "markNotificationRead", params(NotificationPath),
    responses((status = 200, description = "The notification, with when it was read.", body = NotificationView)))]
#[put("/notifications/{notificationId}/read-mark")]
async fn mark_notification_read(
    state: Data<State>,
    caller: Caller,
    path: PathOf<NotificationPath>,
) -> Result<Plain<NotificationView>, Problem> {
    let notification = state.store.mark_read(&caller.call, path.0.notification_id.id()).await?;
    let body = NotificationView::of(&notification, caller.language);
    Ok(Plain { body, language: caller.language, next: None })
}
