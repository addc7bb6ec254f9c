//! Validation rules of a campaign: what the figures of a report must be like when it is handed in.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    rule::{CreateValidationRule, RetireValidationRule, ValidationRule},
};
use thidua_persistence::{
    Fence, Reader, Tx, ValidationRuleFilter,
    facts::{placing, rules as facts},
    page::SortOrder,
};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    command::command,
    dry_run::{Outcome, Tried, carried_out_or_tried},
    input::{Body, Caller, IfMatch, PathOf, QueryOf, ValidationRuleKey},
    list::{List, Listed},
    problem::Problem,
    reply::{Plain, Versioned},
    state::State,
};

mod body;
mod condition;
mod table;
mod trial;
mod violation;

use body::{ValidationRuleNew, ValidationRulePage, ValidationRuleQuery, ValidationRuleView};
use trial::{TrialQuery, ValidationRulePreview};
pub(crate) use violation::{RuleCommentBody, RuleViolationView, SilentRuleView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_validation_rules)
        .service(create_validation_rule)
        .service(read_validation_rule)
        .service(retire_validation_rule);
}

/// Where one validation rule is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ValidationRulePath {
    /// Identifies the validation rule.
    validation_rule_id: ValidationRuleKey,
}

/// List validation rules
///
/// The rules of a campaign, by code; those that are retired among them. `coveredTargets` tells which of them guard anything.
#[utoipa::path(tag = "Reports", operation_id = "listValidationRules", params(CampaignPath, ValidationRuleQuery),
    responses((status = 200, description = "A page of validation rules, by code.", body = ValidationRulePage)))]
#[get("/campaigns/{campaignId}/validation-rules")]
async fn list_validation_rules(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ValidationRuleQuery>,
) -> Result<Listed<ValidationRulePage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let filter = ValidationRuleFilter { campaign, stages };
    let order = SortOrder { key: Some(("code", "text")), descending: false };
    let url = format!("/v1/campaigns/{campaign}/validation-rules");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        let seen = facts::seen_by_rules(reader, campaign).await?;
        Ok(move |one| ValidationRuleView::listed(&one, seen.as_ref(), language))
    };
    list.answer(&state, &caller, view).await
}

/// Create a validation rule
///
/// Sets what the figures of reports must be like, from the next report on that is handed in. A rule is not about a target that
/// the unit does not have, and where it finds nothing to compare a figure with, the report says so (`silentRules`). A code under
/// which nobody has registered a target yet is taken, and `coveredTargets` is 0; a target of a kind that cannot be compared is
/// refused. `dryRun` judges the rule, asks it of the reports that were handed in already, and keeps nothing.
#[utoipa::path(tag = "Reports", operation_id = "createValidationRule", params(CampaignPath, TrialQuery),
    request_body = ValidationRuleNew,
    responses((status = 201, description = "The rule holds from now on.", body = ValidationRuleView),
        (status = 200, description = "What the rule would say; nothing was kept.", body = ValidationRulePreview)))]
#[post("/campaigns/{campaignId}/validation-rules")]
async fn create_validation_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<TrialQuery>,
    body: Body<ValidationRuleNew>,
) -> Result<Outcome<ValidationRuleView, ValidationRulePreview>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let work = async move |tx: &Tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<CreateValidationRule, _>(campaign)?;
        let facts = facts::creation(tx, id, &new.code(), new.condition().ok().as_ref()).await?;
        tx.carry_out(permitted, new.command(facts)).await
    };
    let tell = async move |tx: &Tx, rule: &ValidationRule| {
        let trial = facts::trial(tx, id, &rule.condition).await?;
        let covered = rule.condition.covered(&facts::seen_by_condition(tx, id, &rule.condition).await?);
        let units = placing(tx).await?.directory;
        Ok(ValidationRulePreview::of(trial, covered, &units, tx.now().date()))
    };
    let tell = query.0.dry_run.then_some(tell);
    match carried_out_or_tried(&state, &caller, Fence::campaign(id), work, tell).await? {
        Tried::Kept(saved) => {
            let seen = facts::seen_by_rule(&state.store.read(&caller.call).await?, &saved.object).await?;
            let body = ValidationRuleView::of(&saved.object, seen.as_ref(), &saved.actor, caller.language);
            Ok(Outcome::Done(Versioned::created(&saved, &caller, "validation-rules", body)))
        }
        Tried::Told(body) => Ok(Outcome::Tried(Plain { body, language: caller.language, next: None })),
    }
}

/// Read a validation rule
///
/// What the figures of a report must be like, whether a report that is not passes with a comment, and of how many targets the
/// rule has something to say.
#[utoipa::path(tag = "Reports", operation_id = "readValidationRule", params(ValidationRulePath),
    responses((status = 200, description = "The rule with its condition.", body = ValidationRuleView)))]
#[get("/validation-rules/{validationRuleId}")]
async fn read_validation_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ValidationRulePath>,
) -> Result<Versioned<ValidationRuleView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let rule: ValidationRule = reader.object(path.0.validation_rule_id.id()).await?;
    let seen = facts::seen_by_rule(&reader, &rule).await?;
    let body = ValidationRuleView::of(&rule, seen.as_ref(), &reader.actor, caller.language);
    Ok(Versioned::read(body, rule.root.version, caller.language))
}

/// Retire a validation rule
///
/// Reports that are handed in from now on are not held against it. What it found before stays in the reports, and its code
/// is not used again.
#[utoipa::path(tag = "Reports", operation_id = "retireValidationRule", params(ValidationRulePath),
    responses((status = 200, description = "The rule is asked no more.", body = ValidationRuleView)))]
#[post("/validation-rules/{validationRuleId}/retire")]
async fn retire_validation_rule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ValidationRulePath>,
    expected: IfMatch,
) -> Result<Versioned<ValidationRuleView>, Problem> {
    let id = path.0.validation_rule_id.id();
    let retire = async |_: &_, _: &ValidationRule| Ok(RetireValidationRule);
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, retire).await?;
    let body = ValidationRuleView::of(&saved.object, None, &saved.actor, caller.language);
    Ok(Versioned::changed(&saved, &caller, body))
}
