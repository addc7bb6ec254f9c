//! Validation rules are asked when a report is handed in: they block, or warn until somebody says why.

use super::*;
use crate::stage::{measured, registered, target};

/// A campaign with September accepted (482 of 495 insured) and October open.
async fn after_september() -> (TestApp, Reply, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    registered(&app, &campaign, "unit-head").await;
    let mut september = reporting::october();
    for (member, value) in [("code", "2025-09"), ("startDate", "2025-09-15"), ("endDate", "2025-09-30")] {
        september[member] = value.into();
    }
    let periods = format!("/campaigns/{}/periods", campaign.id());
    let coordinator = app.persona("coordinator");
    let september = coordinator.create(&periods, september).await.created();
    let september = coordinator.command(&format!("/periods/{}/open", september.id()), &september).await.ok();
    let draft = drafted(&app, &campaign, &september, "2025-09-30", "482", json!([])).await;
    let submitted = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    coordinator.command(&at(&submitted, "accept"), &submitted).await.ok();
    let october = reporting::open(&app, &campaign).await;
    (app, campaign, october)
}

/// A period of this kind that is open, with its first and last day.
async fn opened(app: &TestApp, campaign: &Reply, code: &str, kind: &str, days: [&str; 2]) -> Reply {
    let mut period = reporting::october();
    for (member, value) in [("code", code), ("kind", kind), ("startDate", days[0]), ("endDate", days[1])] {
        period[member] = value.into();
    }
    let coordinator = app.persona("coordinator");
    let period = coordinator.create(&format!("/campaigns/{}/periods", campaign.id()), period).await.created();
    coordinator.command(&format!("/periods/{}/open", period.id()), &period).await.ok()
}

/// A draft of TH1 in which so many of 495 are insured; the other targets are explained.
async fn drafted(app: &TestApp, campaign: &Reply, period: &Reply, day: &str, insured: &str, comments: Value) -> Reply {
    let share = target(app, campaign, "unit-officer", "BHYT-HS").await;
    let value = json!({"kind": "SHARE", "numerator": insured, "denominator": "495"});
    let measured = measured(app, "unit-officer", &share, day, value).await;
    let mut results = Vec::new();
    for code in ["SANG-KIEN", "VAN-HOA", "CSVC"] {
        let other = target(app, campaign, "unit-officer", code).await;
        results.push(json!({"targetId": other.id(), "explanation": "Chưa đến kỳ đánh giá."}));
    }
    results.push(json!({"targetId": share.id(), "measurementId": measured.id()}));
    let new = json!({"unitId": share.body["unitId"], "targetResults": results, "ruleComments": comments});
    app.persona("unit-officer").create(&format!("/periods/{}/reports", period.id()), new).await.created()
}

#[tokio::test]
async fn a_warning_needs_a_comment_which_the_one_who_accepts_reads() {
    let (app, campaign, october) = after_september().await;
    let rule = reporting::rule(&app, &campaign, reporting::not_below("WARN")).await;
    let draft = drafted(&app, &campaign, &october, "2025-10-31", "480", json!([])).await;
    let head = app.persona("unit-head");
    let before = app.events().await;
    let refused = head.command(&at(&draft, "submit"), &draft).await.refused(422);
    assert_eq!(refused.faults(), ["/targetResults/3 rule.commentMissing"]);
    let message = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(message.ends_with("Số liệu không thấp hơn kỳ trước"), "{message}");
    assert_eq!(app.events().await, before, "nothing is written");

    let comments = json!([{"rule": "KHONG-GIAM", "comment": "Hai học sinh chuyển trường."}]);
    let content = json!({"targetResults": draft.body["targetResults"], "ruleComments": comments});
    let written = head.replace(&format!("/reports/{}", draft.id()), &draft, content).await.ok();
    let submitted = head.command(&at(&draft, "submit"), &written).await.ok();
    assert_eq!(submitted.text("stage"), "SUBMITTED");
    app.persona("coordinator").command(&format!("/validation-rules/{}/retire", rule.id()), &rule).await.ok();
    let seen = read(&app, "second-coordinator", &draft).await;
    assert_eq!(
        seen.body["ruleViolations"],
        json!([{"ruleId": rule.id(), "code": "KHONG-GIAM", "name": "Số liệu không thấp hơn kỳ trước", "target": "BHYT-HS",
                "comment": "Hai học sinh chuyển trường."}])
    );
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_block_is_passed_by_no_comment_and_by_the_very_value_of_the_period_before() {
    let (app, campaign, october) = after_september().await;
    let rule = reporting::rule(&app, &campaign, reporting::not_below("BLOCK")).await;
    let comments = json!([{"rule": "KHONG-GIAM", "comment": "Hai học sinh chuyển trường."}]);
    let draft = drafted(&app, &campaign, &october, "2025-10-30", "481", comments).await;
    let head = app.persona("unit-head");
    let refused = head.command(&at(&draft, "submit"), &draft).await.refused(422);
    assert_eq!(refused.faults(), ["/targetResults/3 rule.violated"]);

    let share = target(&app, &campaign, "unit-officer", "BHYT-HS").await;
    let value = json!({"kind": "SHARE", "numerator": "482", "denominator": "495"});
    let same = measured(&app, "unit-officer", &share, "2025-10-31", value).await;
    let mut results = draft.body["targetResults"].clone();
    results[3]["measurementId"] = same.body["id"].clone();
    let written =
        head.replace(&format!("/reports/{}", draft.id()), &draft, json!({"targetResults": results})).await.ok();
    let sent = app.state.store.pool().statements();
    let submitted = head.command(&at(&draft, "submit"), &written).await.ok();
    let sent = app.state.store.pool().statements() - sent;
    assert_eq!(sent, 9, "targets, measurements, rules, and what they look back on");
    assert!(submitted.body.get("ruleViolations").is_none());
    app.persona("coordinator").command(&format!("/validation-rules/{}/retire", rule.id()), &rule).await.ok();
}

#[tokio::test]
async fn a_month_is_compared_with_the_month_before_and_a_summary_with_the_regular_period_that_ended_last() {
    let (app, campaign, october) = after_september().await;
    let (head, coordinator) = (app.persona("unit-head"), app.persona("coordinator"));
    // 482 in September; 470 in a sơ kết to 15 October, and 490 where it was asked for between.
    for (code, kind, day, insured) in [("SK", "INTERIM", "2025-10-15", "470"), ("DX", "AD_HOC", "2025-10-20", "490")] {
        let period = opened(&app, &campaign, code, kind, ["2025-10-01", day]).await;
        let draft = drafted(&app, &campaign, &period, day, insured, json!([])).await;
        let submitted = head.command(&at(&draft, "submit"), &draft).await.ok();
        coordinator.command(&at(&submitted, "accept"), &submitted).await.ok();
    }
    let rule = reporting::rule(&app, &campaign, reporting::not_below("BLOCK")).await;
    let month = drafted(&app, &campaign, &october, "2025-10-31", "481", json!([])).await;
    let refused = head.command(&at(&month, "submit"), &month).await.refused(422);
    assert_eq!(refused.faults(), ["/targetResults/3 rule.violated"], "481 is less than 482 of September");
    // Until the month counts, a summary to the same day is compared with the sơ kết, and 490 stands in nobody's way.
    let summary = opened(&app, &campaign, "TK", "FINAL", ["2025-09-15", "2025-10-31"]).await;
    let summary = drafted(&app, &campaign, &summary, "2025-10-31", "471", json!([])).await;
    head.command(&at(&summary, "submit"), &summary).await.ok();
    app.persona("coordinator").command(&format!("/validation-rules/{}/retire", rule.id()), &rule).await.ok();
    // Tried on what was handed in it says the same: only the sơ kết is below the month before it.
    let mut tried = reporting::not_below("BLOCK");
    tried["code"] = json!("THU");
    let path = format!("/campaigns/{}/validation-rules?dryRun=true", campaign.id());
    let tried = coordinator.create(&path, tried).await.ok();
    let values: Vec<_> =
        tried.body["violations"].as_array().unwrap().iter().map(|one| one["value"]["numerator"].clone()).collect();
    assert_eq!(values, [json!("470")]);
}

#[tokio::test]
async fn the_sum_over_units_is_held_against_what_its_owner_reports_although_the_owner_sees_none_of_them() {
    let (app, campaign, october) = after_september().await;
    let draft = drafted(&app, &campaign, &october, "2025-10-31", "490", json!([])).await;
    app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    let sum = json!({
        "code": "TONG", "name": "Tổng các trường bằng số của xã", "severity": "BLOCK",
        "condition": {"kind": "SUM_OF_UNITS", "target": "BHYT-HS", "unitType": "SCHOOL",
                      "ownerUnitId": stage::unit(&app, "VHXH").await, "otherTarget": "BHYT"},
    });
    reporting::rule(&app, &campaign, sum).await;
    let whole = target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    let head = app.persona("head-of-VHXH");
    let mut report = None;
    for (numerator, faults) in [("489", vec!["/targetResults/0 rule.violated"]), ("490", Vec::new())] {
        let value = json!({"kind": "SHARE", "numerator": numerator, "denominator": "495"});
        let measured = measured(&app, "head-of-VHXH", &whole, "2025-10-31", value).await;
        let mut content = json!({"targetResults": [{"targetId": whole.id(), "measurementId": measured.id()}]});
        let draft = match &report {
            None => {
                content["unitId"] = whole.body["unitId"].clone();
                head.create(&format!("/periods/{}/reports", october.id()), content).await.created()
            }
            Some(draft) => head.replace(&format!("/reports/{}", Reply::id(draft)), draft, content).await.ok(),
        };
        let answer = head.command(&at(&draft, "submit"), &draft).await;
        assert_eq!(answer.faults(), faults);
        assert_eq!(answer.status.as_u16(), if faults.is_empty() { 200 } else { 422 });
        report = Some(draft);
    }
}

#[tokio::test]
async fn a_rule_tells_how_many_targets_it_guards_and_one_that_never_could_guard_any_is_refused() {
    let (app, campaign, october) = after_september().await;
    let coordinator = app.persona("coordinator");
    let list = format!("/campaigns/{}/validation-rules", campaign.id());
    let within = |code: &str, target: &str| {
        let condition = json!({"kind": "WITHIN", "target": target, "atLeast": "0"});
        json!({"code": code, "name": "Số liệu không âm", "severity": "BLOCK", "condition": condition})
    };
    let events = app.events().await;
    let refused = coordinator.create(&list, within("QT1", "VAN-HOA")).await.refused(422);
    assert_eq!(refused.faults(), ["/condition/target validationRule.targetNotComparable"]);
    let sum = json!({"kind": "SUM_OF_UNITS", "target": "CSVC", "unitType": "SCHOOL", "otherTarget": "BHYT",
                     "ownerUnitId": stage::unit(&app, "VHXH").await});
    let sum = json!({"code": "QT2", "name": "Tổng", "severity": "BLOCK", "condition": sum});
    let refused = coordinator.create(&list, sum).await.refused(422);
    assert_eq!(refused.faults(), ["/condition/target validationRule.targetNotComparable"], "steps have no sum");
    assert_eq!(app.events().await, events, "nothing is written");

    let tried = coordinator.create(&format!("{list}?dryRun=true"), within("QT3", "BHYT-SH")).await.ok();
    assert_eq!((&tried.body["coveredTargets"], &tried.body["concerned"]), (&json!(0), &json!(0)), "it is mistyped");
    let mistyped = coordinator.create(&list, within("QT3", "BHYT-SH")).await.created();
    let right = coordinator.create(&list, within("QT4", "BHYT-HS")).await.created();
    let all = reporting::rule(&app, &campaign, reporting::not_below("WARN")).await;
    // Of TH1 all but what is said in words, and the plan's own.
    let covered = |reply: &Reply| reply.body["coveredTargets"].as_i64();
    assert_eq!((covered(&mistyped), covered(&right)), (Some(0), Some(1)));
    let targets = coordinator.get(&format!("/campaigns/{}/targets?limit=100", campaign.id())).await.ok();
    let targets = targets.body["items"].as_array().unwrap().clone();
    let comparable = targets.iter().filter(|target| target["measure"]["kind"] != "QUALITATIVE").count();
    assert!(comparable < targets.len());
    assert_eq!(covered(&all), i64::try_from(comparable).ok());
    registered(&app, &campaign, "head-of-TH2").await;
    let read = app.persona("auditor").get(&format!("/validation-rules/{}", right.id())).await.ok();
    assert_eq!(covered(&read), Some(2), "another school has registered such a target");
    let listed = coordinator.get(&list).await.ok();
    let items: Vec<_> = listed.body["items"].as_array().unwrap().iter().map(|one| &one["coveredTargets"]).collect();
    assert_eq!(items, [&json!(comparable + 3), &json!(0), &json!(2)]);
    // Who sees only some of the targets is told no number that would mean something else; nor is it told of what is asked no more.
    let own = app.persona("unit-head").get(&list).await.ok();
    assert!(own.body["items"].as_array().unwrap().iter().all(|one| one.get("coveredTargets").is_none()));
    let retired = coordinator.command(&format!("/validation-rules/{}/retire", right.id()), &right).await.ok();
    assert_eq!(covered(&retired), None);
    let read = coordinator.get(&format!("/validation-rules/{}", right.id())).await.ok();
    assert_eq!(covered(&read), None);

    // A report in which a rule is about a figure and has nothing beside it says so to the one who accepts.
    let compared = json!({"kind": "COMPARED", "target": "BHYT-HS", "operator": "AT_MOST", "otherTarget": "TONG-HS"});
    let compared = json!({"code": "QT5", "name": "Không quá tổng số", "severity": "BLOCK", "condition": compared});
    let compared = coordinator.create(&list, compared).await.created();
    let draft = drafted(&app, &campaign, &october, "2025-10-31", "490", json!([])).await;
    let submitted = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    let seen = super::read(&app, "coordinator", &submitted).await;
    let silent = json!([{"ruleId": compared.id(), "code": "QT5", "name": "Không quá tổng số", "target": "BHYT-HS",
                         "silence": "OTHER_MISSING", "silenceLabel": "Báo cáo không có số liệu của chỉ tiêu đối chiếu"}]);
    assert_eq!(seen.body["silentRules"], silent);
    let mut tried = compared.body["condition"].clone();
    tried = json!({"code": "QT6", "name": "Không quá tổng số", "severity": "BLOCK", "condition": tried});
    let tried = coordinator.create(&format!("{list}?dryRun=true"), tried).await.ok();
    let told = ["coveredTargets", "concerned", "silent"].map(|member| tried.body[member].as_i64().unwrap());
    assert_eq!(told, [0, 0, 2], "September and October, and neither can be held against it");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_rule_is_made_once_while_the_campaign_runs_and_read_by_everybody_who_sees_it() {
    let (app, campaign, _) = in_november().await;
    let list = format!("/campaigns/{}/validation-rules", campaign.id());
    let coordinator = app.persona("coordinator");
    let rule = reporting::rule(&app, &campaign, reporting::not_below("WARN")).await;
    assert_eq!((rule.text("stageLabel"), rule.text("severityLabel")), ("Đang áp dụng", "Cảnh báo"));
    let taken = coordinator.create(&list, reporting::not_below("BLOCK")).await.refused(409);
    assert_eq!(taken.faults(), ["/code validationRule.codeTaken"]);
    let table = [
        (json!({"kind": "COMPARED", "target": "A", "otherTarget": "B"}), vec!["/condition/operator field.missing"]),
        (json!({"kind": "WITHIN", "target": "A"}), vec!["/condition/atLeast field.missing"]),
        (
            json!({"kind": "WITHIN", "target": "A", "atLeast": "2", "atMost": "1.999999"}),
            vec!["/condition/atMost condition.boundsOutOfOrder"],
        ),
        (
            json!({"kind": "NOT_BELOW_LAST_PERIOD", "operator": "AT_LEAST", "unitType": "SCHOOL"}),
            vec!["/condition/operator condition.memberOfOtherKind", "/condition/unitType condition.memberOfOtherKind"],
        ),
        (
            json!({"kind": "SUM_OF_UNITS", "target": "A", "otherTarget": "B", "unitType": "VILLAGE",
                   "ownerUnitId": "0198f1c2-0000-7000-8000-000000000000"}),
            vec!["/condition/ownerUnitId reference.unknown"],
        ),
    ];
    let before = app.events().await;
    for (condition, faults) in table {
        let new = json!({"code": "QT2", "name": "Quy tắc", "severity": "WARN", "condition": condition});
        assert_eq!(coordinator.create(&list, new).await.refused(422).faults(), faults);
    }
    assert_eq!(app.events().await, before, "nothing is written");
    for persona in ["unit-officer", "portal", "admin", "council-member"] {
        let listed = app.persona(persona).get(&list).await.ok();
        assert_eq!(listed.body["items"][0]["code"], "KHONG-GIAM", "{persona}");
        app.persona(persona).get(&format!("/validation-rules/{}", rule.id())).await.ok();
    }
    let none = app.persona("auditor").get(&format!("{list}?stage=RETIRED&includeTotal=true")).await.ok();
    assert_eq!(none.body["total"], 0);
}
