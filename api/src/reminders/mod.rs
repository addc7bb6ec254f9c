//! Reminders: the rules by which somebody is reminded, and what was sent by them.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    reminder::{CreateReminderRule, Reminder, ReminderRule, RetireReminderRule, SendReminder},
};
use thidua_persistence::{
    Fence, Reader, ReminderFilter, ReminderRuleFilter, facts::reminders as facts, page::SortOrder,
};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    command::command,
    input::{Body, Caller, IfMatch, PathOf, QueryOf, ReminderKey, ReminderRuleKey},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod letter;
mod rule;
mod scheduler;
mod table;
mod view;
mod wording;

pub(crate) use letter::LetterView;
use letter::ReminderNew;
use rule::{ReminderRuleNew, ReminderRulePage, ReminderRuleQuery, ReminderRuleView};
pub use scheduler::Scheduler;
pub(crate) use view::SubjectView;
use view::{ReminderPage, ReminderQuery, ReminderView};
pub(crate) use wording::{text, title};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_reminder_rules)
        .service(create_reminder_rule)
        .service(read_reminder_rule)
        .service(retire_reminder_rule)
        .service(list_reminders)
        .service(send_reminder)
        .service(read_reminder);
}

/// Where one reminder rule is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ReminderRulePath {
    /// Identifies the reminder rule.
    reminder_rule_id: ReminderRuleKey,
}

/// Where one reminder is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ReminderPath {
    /// Identifies the reminder.
    reminder_id: ReminderKey,
}

/// List reminder rules
///
/// The rules of a campaign, by code; those that are retired among them.
#[utoipa::path(tag = "Reminders", operation_id = "listReminderRules", params(CampaignPath, ReminderRuleQuery),
    responses((status = 200, description = "A page of reminder rules, by code.", body = ReminderRulePage)))]
#[get("/campaigns/{campaignId}/reminder-rules")]
async fn list_reminder_rules(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ReminderRuleQuery>,
) -> Result<Listed<ReminderRulePage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let filter = ReminderRuleFilter { campaign, stages };
    let order = SortOrder { key: Some(("code", "text")), descending: false };
    let url = format!("/v1/campaigns/{campaign}/reminder-rules");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| ReminderRuleView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Create a reminder rule
///
/// From now on, whoever still owes what the rule is about is told on its day: once for each deadline, and only while
/// nothing was handed in. Where several rules have come due at once, each person hears of a deadline by the latest alone.
#[utoipa::path(tag = "Reminders", operation_id = "createReminderRule", params(CampaignPath),
    request_body = ReminderRuleNew,
    responses((status = 201, description = "The rule reminds from now on.", body = ReminderRuleView)))]
#[post("/campaigns/{campaignId}/reminder-rules")]
async fn create_reminder_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ReminderRuleNew>,
) -> Result<Versioned<ReminderRuleView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::campaign(id), async move |tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<CreateReminderRule, _>(campaign)?;
        let code_taken = facts::code_taken(tx, id, &new.code()).await?;
        tx.carry_out(permitted, new.command(code_taken)).await
    });
    let saved = saved.await?;
    let body = ReminderRuleView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "reminder-rules", body))
}

/// Read a reminder rule
///
/// Of which deadline it reminds, on which day, and whom.
#[utoipa::path(tag = "Reminders", operation_id = "readReminderRule", params(ReminderRulePath),
    responses((status = 200, description = "The rule, and whether it reminds.", body = ReminderRuleView)))]
#[get("/reminder-rules/{reminderRuleId}")]
async fn read_reminder_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReminderRulePath>,
) -> Result<Versioned<ReminderRuleView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let rule: ReminderRule = reader.object(path.0.reminder_rule_id.id()).await?;
    let body = ReminderRuleView::of(&rule, &reader.actor, caller.language);
    Ok(Versioned::read(body, rule.root.version, caller.language))
}

/// Retire a reminder rule
///
/// It reminds nobody any more. What it sent stays, and its code is not used again.
#[utoipa::path(tag = "Reminders", operation_id = "retireReminderRule", params(ReminderRulePath),
    responses((status = 200, description = "The rule reminds nobody any more.", body = ReminderRuleView)))]
#[post("/reminder-rules/{reminderRuleId}/retire")]
async fn retire_reminder_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReminderRulePath>,
    expected: IfMatch,
) -> Result<Versioned<ReminderRuleView>, Problem> {
    let id = path.0.reminder_rule_id.id();
    let retire = async |_: &_, _: &ReminderRule| Ok(RetireReminderRule);
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, retire).await?;
    Ok(Versioned::changed(&saved, &caller, ReminderRuleView::of(&saved.object, &saved.actor, caller.language)))
}

/// List reminders
///
/// What was sent in a campaign, the newest first, for those who follow all of its units. A unit finds what it was told
/// among its notifications.
#[utoipa::path(tag = "Reminders", operation_id = "listReminders", params(CampaignPath, ReminderQuery),
    responses((status = 200, description = "A page of reminders, the newest first.", body = ReminderPage)))]
#[get("/campaigns/{campaignId}/reminders")]
async fn list_reminders(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ReminderQuery>,
) -> Result<Listed<ReminderPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = ReminderFilter { campaign };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/reminders");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| ReminderView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Send a reminder
///
/// Văn phòng asks units of its choice for what they owe, with a letter (công văn đôn đốc) of the outgoing register that was
/// dispatched: their officers and heads are told, and from then on the units see that document and its signed copy. Where it is
/// about a period, each of the units must still owe its report.
#[utoipa::path(tag = "Reminders", operation_id = "sendReminder", params(CampaignPath), request_body = ReminderNew,
    responses((status = 201, description = "The units are told, and the letter is on record.", body = ReminderView)))]
#[post("/campaigns/{campaignId}/reminders")]
async fn send_reminder(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ReminderNew>,
) -> Result<Versioned<ReminderView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    // Exclusive, so that no unit hands in between being looked at and being told.
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::campaign(id), async move |tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<SendReminder, _>(campaign)?;
        let facts = facts::letter(tx, id, new.document(), &new.units(), new.period()).await?;
        tx.carry_out(permitted, new.command(facts)).await
    });
    let saved = saved.await?;
    let body = ReminderView::of(&saved.object, caller.language);
    Ok(Versioned::created(&saved, &caller, "reminders", body))
}

/// Read a reminder
///
/// Which units were reminded of what, and how many people of each were told.
#[utoipa::path(tag = "Reminders", operation_id = "readReminder", params(ReminderPath),
    responses((status = 200, description = "The reminder with its units.", body = ReminderView)))]
#[get("/reminders/{reminderId}")]
async fn read_reminder(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReminderPath>,
) -> Result<Versioned<ReminderView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let reminder: Reminder = reader.object(path.0.reminder_id.id()).await?;
    let body = ReminderView::of(&reminder, caller.language);
    Ok(Versioned::read(body, reminder.root.version, caller.language))
}
