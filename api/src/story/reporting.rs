//! October to December: periods, measurements, reports, acceptance; one unit is late, one is missing. The steps are data of
//! the seed.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use thidua_persistence::seed;

use super::{
    act::{self, Scene},
    city_report,
    client::{Answer, Player, StoryError},
    letters,
    measure::{Found, measure, prove},
    office_report,
};

/// The seed of this act.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Papers {
    /// The periods, by code, as they are planned.
    periods: HashMap<String, Value>,
    /// The validation rules, by code, as they are made.
    rules: HashMap<String, Value>,
    /// The scoring rubrics, by name, as they are recorded.
    rubrics: HashMap<String, Value>,
    /// The reminder rules, by code, as they are made.
    reminder_rules: HashMap<String, Value>,
    /// The schedules, by the code of the period that a step is about.
    schedules: HashMap<String, Value>,
    /// What is reported, by name.
    contents: HashMap<String, Content>,
    steps: Vec<Step>,
}

/// A report as it is written; of its targets only those are named that need a word.
#[derive(Clone, Deserialize)]
struct Content {
    /// Why a target was not done, or what to know of its value, by its code.
    #[serde(default)]
    explanations: HashMap<String, String>,
    #[serde(flatten)]
    written: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct Step {
    /// When.
    at: String,
    /// What the audience hears.
    line: String,
    /// Which persona.
    by: String,
    /// Code of the period that it is about.
    #[serde(default)]
    period: String,
    /// Code of the unit that it is about.
    #[serde(default)]
    unit: String,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
enum Act {
    Plan,
    Schedule,
    Open,
    Close,
    Measure { code: String, as_of_date: String, value: Value, note: Option<String> },
    Prove { code: String, name: String, text: String },
    Draft { content: String },
    Correct { content: String, reason: String },
    Replace { content: String },
    Attach { name: String, text: String },
    Submit { numbered: Option<Value> },
    Return { reason: String, remarks: Vec<Value>, resubmit_before: String },
    Accept,
    Rule { code: String },
    RetireRule { code: String },
    Rubric { name: String },
    Assess { criterion: String, points: String, reason: String },
    Compile,
    Carry { verb: String, body: Option<Value> },
    Seal,
    ReminderRule { code: String },
    ReadNotification,
    Letter(letters::Letter),
    Remind { message: String },
}

/// What was answered last, of each period, of each rule, of each unit's report and of that of Văn phòng.
struct Desk<'a> {
    campaign: &'a Answer,
    papers: &'a Papers,
    periods: HashMap<String, Answer>,
    rules: HashMap<String, Answer>,
    reports: HashMap<(String, String), Answer>,
    rubric: Option<Answer>,
    compiled: Option<Answer>,
    letter: Option<Answer>,
}

pub(super) async fn play(
    player: &mut Player,
    scene: &mut Scene<'_>,
    campaign: &Answer,
) -> Result<Option<()>, StoryError> {
    let papers: Papers = toml::from_str(seed::SAMPLE_REPORTS).map_err(|error| StoryError::Seed(error.to_string()))?;
    let mut desk = Desk {
        campaign,
        papers: &papers,
        periods: HashMap::new(),
        rules: HashMap::new(),
        reports: HashMap::new(),
        rubric: None,
        compiled: None,
        letter: None,
    };
    for step in &papers.steps {
        if !scene.at(player, &step.at, &step.line).await? {
            return Ok(None);
        }
        desk.take(player, step).await?;
    }
    Ok(Some(()))
}

impl Desk<'_> {
    async fn take(&mut self, player: &mut Player, step: &Step) -> Result<(), StoryError> {
        let report = (step.period.clone(), step.unit.clone());
        match &step.act {
            Act::Plan | Act::Schedule | Act::Open | Act::Close => {
                let answer = self.on_period(player, step).await?;
                self.periods.insert(step.period.clone(), answer);
            }
            Act::Rule { code } | Act::RetireRule { code } => {
                let answer = self.on_rule(player, step, code).await?;
                self.rules.insert(code.clone(), answer);
            }
            Act::Rubric { name } => {
                let new = self.papers.rubrics.get(name);
                self.rubric = Some(self.record(player, step, "scoring-rubrics", new).await?);
            }
            Act::Assess { criterion, points, reason } => self.assess(player, step, [criterion, points, reason]).await?,
            Act::ReminderRule { code } => {
                self.record(player, step, "reminder-rules", self.papers.reminder_rules.get(code)).await?;
            }
            Act::Letter(letter) => {
                self.letter = Some(letters::issue(player, &step.by, self.campaign, letter).await?);
            }
            Act::Remind { message } => {
                let letter =
                    self.letter.as_ref().ok_or_else(|| StoryError::Seed(format!("no letter: {}", step.line)))?;
                let what = (&*step.unit, self.periods.get(&step.period), &**message);
                letters::remind(player, &step.by, self.campaign, letter, what).await?;
            }
            Act::ReadNotification => {
                let listed = player.get(&step.by, "/notifications").await?;
                let newest = listed.body["items"][0]["id"].as_str();
                let newest = newest.ok_or_else(|| StoryError::Seed(format!("{} has nothing to read", step.by)))?;
                player.put(&step.by, &format!("/notifications/{newest}/read-mark")).await?;
            }
            Act::Measure { code, as_of_date, value, note } => {
                let (value, note) = (value.clone(), note.as_deref());
                let found = Found { unit: &step.unit, code, as_of_date, value, note };
                measure(player, &step.by, self.campaign, found).await?;
            }
            Act::Prove { code, name, text } => {
                prove(player, &step.by, self.campaign, (&step.unit, code), (name, text)).await?;
            }
            Act::Compile | Act::Carry { .. } | Act::Seal => {
                self.compiled = Some(self.on_compiled(player, step).await?);
            }
            Act::Draft { .. }
            | Act::Correct { .. }
            | Act::Replace { .. }
            | Act::Attach { .. }
            | Act::Submit { .. }
            | Act::Return { .. }
            | Act::Accept => {
                let answer = self.on_report(player, step, self.reports.get(&report)).await?;
                self.reports.insert(report, answer);
            }
        }
        Ok(())
    }

    /// What Văn phòng does with its own report: it compiles it, carries it on, has it sealed.
    async fn on_compiled(&self, player: &mut Player, step: &Step) -> Result<Answer, StoryError> {
        if let Act::Compile = step.act {
            return office_report::compile(player, &step.by, self.campaign, &self.periods).await;
        }
        let missing = || StoryError::Seed(format!("nothing compiled for: {}", step.line));
        let before = self.compiled.as_ref().ok_or_else(missing)?;
        match &step.act {
            Act::Carry { verb, body } => office_report::carry(player, &step.by, before, verb, body.clone()).await,
            _ => city_report::sealed(player, before).await,
        }
    }

    /// Gives a unit its points by a criterion of the rubric, with the reason.
    async fn assess(
        &self,
        player: &mut Player,
        step: &Step,
        [criterion, points, reason]: [&str; 3],
    ) -> Result<(), StoryError> {
        let missing = || StoryError::Seed(format!("no rubric for: {}", step.line));
        let rubric = self.rubric.as_ref().ok_or_else(missing)?.text("id");
        let unit = act::unit(player, &step.unit).await?;
        let given = json!({ "unitId": unit, "criterion": criterion, "points": points, "reason": reason });
        player.create(&step.by, &format!("/scoring-rubrics/{rubric}/assessments"), given).await?;
        Ok(())
    }

    async fn on_period(&self, player: &mut Player, step: &Step) -> Result<Answer, StoryError> {
        let missing = || StoryError::Seed(format!("no period for: {}", step.line));
        if let Act::Plan = step.act {
            let planned = self.papers.periods.get(&step.period).cloned().ok_or_else(missing)?;
            let path = format!("/campaigns/{}/periods", self.campaign.text("id"));
            return player.create(&step.by, &path, planned).await;
        }
        if let Act::Schedule = step.act {
            let schedule = self.papers.schedules.get(&step.period).cloned().ok_or_else(missing)?;
            let path = format!("/campaigns/{}/period-schedules", self.campaign.text("id"));
            let carried_out = player.create(&step.by, &path, schedule).await?;
            let planned = carried_out.body["planned"].as_array().into_iter().flatten();
            let planned = planned.into_iter().find(|one| one["code"] == step.period.as_str()).ok_or_else(missing)?;
            return player
                .get(&step.by, &format!("/periods/{}", planned["periodId"].as_str().unwrap_or_default()))
                .await;
        }
        let before = self.periods.get(&step.period).ok_or_else(missing)?;
        let verb = if let Act::Open = step.act { "open" } else { "close" };
        player.command(&step.by, &format!("/periods/{}/{verb}", before.text("id")), before, None).await
    }

    /// Records what the seed holds in a collection of the campaign.
    async fn record(
        &self,
        player: &mut Player,
        step: &Step,
        collection: &str,
        new: Option<&Value>,
    ) -> Result<Answer, StoryError> {
        let new = new.cloned().ok_or_else(|| StoryError::Seed(format!("nothing to record for: {}", step.line)))?;
        player.create(&step.by, &format!("/campaigns/{}/{collection}", self.campaign.text("id")), new).await
    }

    async fn on_rule(&self, player: &mut Player, step: &Step, code: &str) -> Result<Answer, StoryError> {
        if let Some(before) = self.rules.get(code) {
            let path = format!("/validation-rules/{}/retire", before.text("id"));
            return player.command(&step.by, &path, before, None).await;
        }
        self.record(player, step, "validation-rules", self.papers.rules.get(code)).await
    }

    async fn on_report(&self, player: &mut Player, step: &Step, before: Option<&Answer>) -> Result<Answer, StoryError> {
        let before = || before.ok_or_else(|| StoryError::Seed(format!("no report for: {}", step.line)));
        let at = |verb: &str| Ok::<_, StoryError>(format!("/reports/{}/{verb}", before()?.text("id")));
        match &step.act {
            Act::Replace { content } => {
                let body = self.written(player, step, content).await?;
                player.replace(&step.by, &format!("/reports/{}", before()?.text("id")), before()?, body).await
            }
            Act::Attach { name, text } => {
                let report = format!("/reports/{}", before()?.text("id"));
                player.attach(&step.by, &report, name, text).await?;
                // It is another version of the report that is signed.
                player.get(&step.by, &report).await
            }
            Act::Submit { numbered } => player.command(&step.by, &at("submit")?, before()?, numbered.clone()).await,
            Act::Accept => player.command(&step.by, &at("accept")?, before()?, None).await,
            Act::Return { reason, remarks, resubmit_before } => {
                let why = json!({ "reason": reason, "remarks": remarks, "resubmitBefore": resubmit_before });
                player.command(&step.by, &at("return")?, before()?, Some(why)).await
            }
            Act::Correct { content, reason } => {
                let mut body = self.written(player, step, content).await?;
                body["correctsId"] = before()?.body["id"].clone();
                body["correctionReason"] = reason.as_str().into();
                self.draft(player, step, body).await
            }
            Act::Draft { content } => {
                let body = self.written(player, step, content).await?;
                self.draft(player, step, body).await
            }
            Act::Plan
            | Act::Schedule
            | Act::Open
            | Act::Close
            | Act::Measure { .. }
            | Act::Prove { .. }
            | Act::Rule { .. }
            | Act::RetireRule { .. }
            | Act::Rubric { .. }
            | Act::Assess { .. }
            | Act::Compile
            | Act::Carry { .. }
            | Act::ReminderRule { .. }
            | Act::ReadNotification
            | Act::Seal
            | Act::Letter(_)
            | Act::Remind { .. } => Err(StoryError::Seed(format!("no act on a report: {}", step.line))),
        }
    }

    async fn draft(&self, player: &mut Player, step: &Step, mut body: Value) -> Result<Answer, StoryError> {
        let period = self.periods.get(&step.period).ok_or_else(|| StoryError::Seed(format!("no {}", step.period)))?;
        body["unitId"] = act::unit(player, &step.unit).await?;
        player.create(&step.by, &format!("/periods/{}/reports", period.text("id")), body).await
    }

    /// A content of the seed, with a result for each target that is in force now: where it stands, and what is said of it.
    async fn written(&self, player: &mut Player, step: &Step, name: &str) -> Result<Value, StoryError> {
        let content = self.papers.contents.get(name).ok_or_else(|| StoryError::Seed(format!("no content {name}")))?;
        let unit = act::unit(player, &step.unit).await?;
        let unit = unit.as_str().unwrap_or_default();
        let campaign = self.campaign.text("id");
        let path = format!("/campaigns/{campaign}/targets?unitId={unit}&stage=ACTIVE&limit=100");
        let targets = player.get(&step.by, &path).await?;
        let mut results = Vec::new();
        for target in targets.body["items"].as_array().into_iter().flatten() {
            let mut result = json!({ "targetId": target["id"] });
            let said = target["code"].as_str().and_then(|code| content.explanations.get(code));
            if let Some(said) = said {
                result["explanation"] = said.as_str().into();
            }
            let measured = target["id"].as_str().and_then(|id| player.measured(id));
            if let Some(measured) = measured {
                result["measurementId"] = measured.into();
            } else if said.is_none() {
                return Err(StoryError::Seed(format!("{name} says nothing of {}", target["code"])));
            }
            results.push(result);
        }
        let mut body = Value::Object(content.written.clone());
        body["targetResults"] = results.into();
        Ok(body)
    }
}
