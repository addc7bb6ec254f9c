//! A dispatch, as it reads back.

use serde::Serialize;
use thidua_domain::{
    dispatch::{
        AcceptDispatch, Agency, Answer, Carried, Channel, ReceiveDispatch, RedeliverDispatch, RefuseDispatch,
        Rejection, SentFile,
    },
    principal::Actor,
};
use utoipa::ToSchema;

use super::{
    body::{DispatchQuery, DispatchStage},
    delivery::DeliveryView,
};
use crate::{
    attachments::EnclosureView,
    command::ActionView,
    input::{CampaignKey, CodeText, ConsolidatedReportKey, CursorText, DispatchKey, Instant, Str},
    language::Language,
    list::paged,
    papers::IssuedView,
};

/// An agency, as it was called when something was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Agency)]
pub(super) struct AgencyView {
    /// Its electronic code (QĐ 20/2020/QĐ-TTg), where this installation is set up with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 3, max_length = 35, pattern = r"^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$", example = "H24")]
    agency_code: Option<String>,
    /// Its name, as printed.
    #[schema(example = "Ủy ban nhân dân thành phố Hải Phòng")]
    name: Str<300>,
}

impl From<&Agency> for AgencyView {
    fn from(agency: &Agency) -> Self {
        let agency_code = agency.code.as_ref().map(|code| code.as_str().to_owned());
        Self { agency_code, name: agency.name.clone().into() }
    }
}

/// How the package gets to the recipient. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum DispatchChannel {
    ByHand,
    FileDrop,
    Webhook,
}

impl From<Channel> for DispatchChannel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::ByHand => Self::ByHand,
            Channel::FileDrop => Self::FileDrop,
            Channel::Webhook => Self::Webhook,
        }
    }
}

/// What the recipient said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DispatchAnswer)]
struct AnswerView {
    /// The recipient's own reference.
    #[schema(example = "HP-2025-118732")]
    reference: CodeText,
    /// When it was recorded, by the business clock.
    recorded_at: Instant,
}

impl From<&Answer> for AnswerView {
    fn from(answer: &Answer) -> Self {
        Self { reference: answer.reference.clone().into(), recorded_at: Instant(answer.recorded_at) }
    }
}

/// That the recipient does not take it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DispatchRejection)]
struct RejectionView {
    /// The recipient's own reference; absent where the city refused the report itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<CodeText>,
    /// Why, in the recipient's words.
    #[schema(example = "Thiếu phụ lục số liệu.")]
    reason: Str<2_000>,
    /// When it was recorded, by the business clock.
    recorded_at: Instant,
}

impl From<&Rejection> for RejectionView {
    fn from(rejection: &Rejection) -> Self {
        Self {
            reference: rejection.reference.clone().map(Into::into),
            reason: rejection.reason.clone().into(),
            recorded_at: Instant(rejection.recorded_at),
        }
    }
}

/// An issued document on its way to one recipient (gửi văn bản). What was sent never changes; what was answered is added.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Dispatch)]
pub(super) struct DispatchView {
    /// Identifies the dispatch, and its package wherever that turns up.
    id: DispatchKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign that the report is about.
    campaign_id: CampaignKey,
    /// The report that was sent.
    consolidated_report_id: ConsolidatedReportKey,
    /// The document that was sent, as it was issued.
    document: IssuedView,
    /// The signed copy that goes with it; absent where the document had none when it was sent, and goes as the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_copy: Option<EnclosureView>,
    /// What the document is about.
    #[schema(example = "Báo cáo kết quả Đợt thi đua năm 2025")]
    title: Str<2_000>,
    /// Who sent it.
    sender: AgencyView,
    /// To whom.
    recipient: AgencyView,
    /// Whether the recipient is only to know of it, so that its answer says nothing about the report.
    for_information: bool,
    /// How the package gets there.
    channel: DispatchChannel,
    /// How the package gets there, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Văn thư chuyển")]
    channel_label: String,
    /// How the package is called.
    #[schema(
        min_length = 5,
        max_length = 50,
        pattern = r"^[A-Z0-9-]+[a-z0-9-]*\.zip$",
        example = "25-BC-UBND-2025-9f2c01ab.zip"
    )]
    package_name: String,
    /// How far the delivery of the package has come; absent where the clerk hands it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<DeliveryView>,
    /// When it was sent, by the business clock.
    sent_at: Instant,
    /// Whether that was at the deadline itself or later; this stays.
    sent_late: bool,
    /// Where it stands, as the recipient says.
    stage: DispatchStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã tiếp nhận")]
    stage_label: String,
    /// That it has arrived, once that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<AnswerView>,
    /// That it was taken, once that was said; it stays where it is refused afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    acceptance: Option<AnswerView>,
    /// That it is refused, once that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    rejection: Option<RejectionView>,
    /// When it was sent, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl DispatchView {
    /// The dispatch with what this caller could do.
    pub(super) fn of(carried: &Carried, actor: &Actor, language: Language) -> Self {
        let dispatch = &carried.dispatch;
        let actions = vec![
            ActionView::of::<ReceiveDispatch, _>(actor, dispatch),
            ActionView::of::<AcceptDispatch, _>(actor, dispatch),
            ActionView::of::<RefuseDispatch, _>(actor, dispatch),
            ActionView::of::<RedeliverDispatch, _>(actor, carried),
        ];
        Self { actions, ..Self::listed(carried, language) }
    }

    pub(super) fn listed(carried: &Carried, language: Language) -> Self {
        let dispatch = &carried.dispatch;
        let stage = &dispatch.stage;
        Self {
            id: dispatch.root.id.into(),
            version: dispatch.root.version,
            campaign_id: dispatch.campaign.into(),
            consolidated_report_id: dispatch.report.into(),
            document: IssuedView::of(&dispatch.paper.issue),
            signed_copy: dispatch.paper.file.as_ref().and_then(SentFile::signed_copy).cloned().map(Into::into),
            title: dispatch.paper.subject.clone().into(),
            sender: (&dispatch.sender).into(),
            recipient: (&dispatch.recipient).into(),
            for_information: dispatch.for_information,
            channel: dispatch.channel.into(),
            channel_label: language.label("dispatchChannel", dispatch.channel.as_str()),
            package_name: dispatch.file_name(),
            delivery: carried.delivery.as_ref().map(|delivery| DeliveryView::of(delivery, language)),
            sent_at: Instant(dispatch.departure.sent_at),
            sent_late: dispatch.departure.late,
            stage: stage.into(),
            stage_label: language.label("dispatchStage", stage.code()),
            receipt: stage.receipt().map(Into::into),
            acceptance: stage.acceptance().map(Into::into),
            rejection: stage.rejection().map(Into::into),
            created_at: Instant(dispatch.root.created_at),
            updated_at: Instant(dispatch.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of dispatches.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DispatchPage {
    /// The dispatches of this page.
    #[schema(max_items = 100)]
    items: Vec<DispatchView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

paged!(DispatchQuery, DispatchPage of DispatchView);
