//! The sum over villages that a rule holds against the figure of the commune, once villages were merged.

use thidua_domain::principal::Role;

use super::*;
use crate::stage::reporting;

fn insured(numerator: &str, denominator: &str) -> Value {
    json!({"kind": "SHARE", "numerator": numerator, "denominator": denominator})
}

/// Somebody who heads a unit, and what he has it register: that so many of so many are insured.
async fn headed(app: &TestApp, campaign: &Reply, code: &str) -> (String, Reply) {
    let unit = stage::unit(app, code).await;
    let head = format!("head-of-{code}");
    app.register_at(unit.as_str().unwrap(), &head, &[Role::UnitHead]).await;
    stage::registered(app, campaign, &head).await;
    let target = stage::target(app, campaign, &head, "BHYT-HS").await;
    (head, target)
}

/// The report of the office that answers for the commune's figure, with this figure, handed in once more.
struct Whole {
    target: Reply,
    draft: Option<Reply>,
    period: Reply,
}

impl Whole {
    async fn handed_in(&mut self, app: &TestApp, numerator: &str, denominator: &str) -> Reply {
        let head = app.persona("head-of-VHXH");
        let value = insured(numerator, denominator);
        let measured = stage::measured(app, "head-of-VHXH", &self.target, "2025-10-31", value).await;
        let mut content = json!({"targetResults": [{"targetId": self.target.id(), "measurementId": measured.id()}]});
        let draft = match self.draft.take() {
            Some(draft) => head.replace(&format!("/reports/{}", draft.id()), &draft, content).await.ok(),
            None => {
                content["unitId"] = self.target.body["unitId"].clone();
                head.create(&format!("/periods/{}/reports", self.period.id()), content).await.created()
            }
        };
        let answer = head.command(&format!("/reports/{}/submit", draft.id()), &draft).await;
        self.draft = Some(draft);
        answer
    }
}

#[tokio::test]
async fn the_sum_of_villages_counts_what_merged_ones_left_until_their_successor_measures_and_nothing_twice() {
    let app = TestApp::start_at("2025-10-10").await;
    let campaign = reporting::running_since_september(&app).await;
    for (code, numerator, denominator) in [("THON1", "100", "200"), ("THON2", "50", "100")] {
        let (head, target) = headed(&app, &campaign, code).await;
        stage::measured(&app, &head, &target, "2025-10-05", insured(numerator, denominator)).await;
    }
    let new = json!({"newUnit": {"code": "THON12", "name": "Thôn Đoàn Kết", "type": "VILLAGE"}});
    let body = succession::merger(&app, &["THON1", "THON2"], "2025-10-20", new).await;
    app.persona("admin").create("/units/merge", body).await.ok();
    app.at("2025-11-03");
    let october = reporting::open(&app, &campaign).await;
    let sum = json!({
        "code": "TONG-THON", "name": "Tổng các thôn bằng số của xã", "severity": "BLOCK",
        "condition": {"kind": "SUM_OF_UNITS", "target": "BHYT-HS", "unitType": "VILLAGE", "otherTarget": "BHYT",
                      "ownerUnitId": stage::unit(&app, "VHXH").await},
    });
    reporting::rule(&app, &campaign, sum.clone()).await;
    let violating = async |app: &TestApp| {
        let mut tried = sum.clone();
        tried["code"] = json!("THU");
        let path = format!("/campaigns/{}/validation-rules?dryRun=true", campaign.id());
        let tried = app.persona("coordinator").create(&path, tried).await.ok();
        (tried.body["concerned"].as_i64().unwrap(), tried.body["violating"].as_i64().unwrap())
    };
    let target = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    let mut whole = Whole { target, draft: None, period: october };
    let violated = ["/targetResults/0 rule.violated"];
    assert_eq!(whole.handed_in(&app, "0", "1").await.refused(422).faults(), violated, "what was left is not lost");
    let submitted = whole.handed_in(&app, "150", "300").await.ok();
    assert_eq!(violating(&app).await, (1, 0));

    // The successor measures the same; since then its figure counts, and those of the two do not.
    let (head, target) = headed(&app, &campaign, "THON12").await;
    stage::measured(&app, &head, &target, "2025-10-31", insured("160", "310")).await;
    assert_eq!(violating(&app).await, (1, 1));
    let reason = json!({"reason": "Số liệu của thôn mới đã có."});
    let path = format!("/reports/{}/return", submitted.id());
    let returned = app.persona("office").command_with(&path, &submitted, reason).await.ok();
    whole.draft = Some(returned);
    for (numerator, denominator) in [("150", "300"), ("310", "610")] {
        assert_eq!(whole.handed_in(&app, numerator, denominator).await.refused(422).faults(), violated, "{numerator}");
    }
    whole.handed_in(&app, "160", "310").await.ok();
    assert_eq!(violating(&app).await, (1, 0));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
