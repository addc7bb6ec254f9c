//! What is sent, to whom, and how often.

use sqlx::Executor;

use super::*;
use crate::stage::city;

#[tokio::test]
async fn who_still_owes_a_report_hears_of_its_deadline_once_and_who_handed_it_in_does_not() {
    let (app, campaign, period) = before_the_end_of_october().await;
    let rule = reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    reporting::handed_in(&app, &period).await;

    // Two working days before Tuesday the fourth is Friday, at eight.
    app.moved_to("2025-10-31T07:59:59.999999+07:00").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0);
    app.moved_to("2025-10-31T08:00:00+07:00").await;
    for persona in ["unit-officer", "unit-head", "coordinator", "office"] {
        assert_eq!(notes(&app, persona).await.len(), 0, "{persona}");
    }
    for persona in ["other-unit-officer", "other-unit-head", "head-of-TH2", "head-of-THCS1", "head-of-MN1"] {
        let notes = notes(&app, persona).await;
        assert_eq!(notes.len(), 1, "{persona}");
        assert_eq!(notes[0]["title"], "Nhắc nộp báo cáo: Tháng 10 năm 2025");
        let (unit, text) = (notes[0]["unitName"].as_str().unwrap(), notes[0]["text"].as_str().unwrap());
        let said = "hạn nộp báo cáo kỳ “Tháng 10 năm 2025” là hết ngày 04/11/2025, còn 4 ngày.";
        assert_eq!(text, format!("{unit}: {said}"));
        assert_eq!(notes[0]["subject"]["periodId"], period.body["id"]);
        assert_eq!(notes[0]["subject"]["dueBefore"], "2025-11-04T17:00:00Z");
    }

    // However often somebody looks, and whatever comes in, it was said.
    app.moved_to("2025-10-31T09:00:00+07:00").await;
    app.look_from_another_process().await;
    app.moved_to("2025-11-04T08:00:00+07:00").await;
    assert_eq!(notes(&app, "other-unit-head").await.len(), 1);
    let sent = sent(&app, &campaign).await;
    assert_eq!(sent.len(), 1);
    assert_eq!((&sent[0]["reminderRuleId"], &sent[0]["unitCount"]), (&rule.body["id"], &json!(4)));
    assert_eq!((&sent[0]["plannedAt"], &sent[0]["createdAt"]), (&json!("2025-10-31T01:00:00Z"), &sent[0]["plannedAt"]));
    let path = format!("/reminders/{}", sent[0]["id"].as_str().unwrap());
    let one = app.persona("auditor").get(&path).await.ok();
    let told: i64 = one.body["units"].as_array().unwrap().iter().map(|unit| unit["recipients"].as_i64().unwrap()).sum();
    assert!(told >= 5, "{}", one.body);
    app.persona("other-unit-head").get(&path).await.refused(404);
    is_whole(&app).await;
}

#[tokio::test]
async fn the_system_sends_and_the_log_tells_of_it() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    let before = app.events().await;
    app.moved_to("2025-10-31").await;
    let told: (String, String, String) = sqlx::query_as(
        "SELECT e.action, p.subject, e.entry::jsonb #>> '{actor,role}' FROM event e JOIN principal p ON p.id = e.principal_id
         ORDER BY e.staged DESC LIMIT 1",
    )
    .fetch_one(&mut app.database.owner().await)
    .await
    .unwrap();
    assert_eq!(told, ("reminder.sent".to_owned(), "system".to_owned(), "SYSTEM".to_owned()));
    assert_eq!(app.events().await, before + 1, "one reminder, however many read it");
}

#[tokio::test]
async fn on_the_last_day_and_after_it_the_words_are_others() {
    let (app, campaign, _) = before_the_end_of_october().await;
    for new in [rule("NGAY-CUOI", json!({"when": "ON"}), BOTH), rule("QUA-HAN", after(2), BOTH)] {
        reporting::reminder_rule(&app, &campaign, new).await;
    }
    app.moved_to("2025-11-04").await;
    let said = |note: &Value| note["text"].as_str().unwrap().split_once(": ").unwrap().1.to_owned();
    let today = notes(&app, "head-of-TH2").await;
    assert_eq!(
        said(&today[0]),
        "hôm nay là ngày cuối để nộp báo cáo kỳ “Tháng 10 năm 2025” đúng hạn (hết ngày 04/11/2025)."
    );
    app.moved_to("2025-11-06").await;
    let late = notes(&app, "head-of-TH2").await;
    assert_eq!(late.len(), 2);
    assert_eq!(
        said(&late[0]),
        "đã quá hạn nộp báo cáo kỳ “Tháng 10 năm 2025” 2 ngày (hạn nộp: hết ngày 04/11/2025); đề nghị nộp ngay."
    );
    let english = app.persona("head-of-TH2").with("Accept-Language", "en").get("/notifications?limit=1").await.ok();
    let text = english.body["items"][0]["text"].as_str().unwrap();
    assert!(
        text.ends_with("is overdue (it was due by the end of 04/11/2025); days since: 2. Please hand it in now."),
        "{text}"
    );
}

#[tokio::test]
async fn what_came_due_while_nobody_looked_is_said_once_and_by_the_latest_rule() {
    let (app, campaign, period) = before_the_end_of_october().await;
    for new in [
        rule("TRUOC-5", before(5), &["UNIT_OFFICER"]),
        rule("TRUOC-1", before(1), BOTH),
        rule("NGAY-CUOI", json!({"when": "ON"}), &["UNIT_HEAD"]),
        rule("QUA-1", after(1), &["UNIT_HEAD"]),
    ] {
        reporting::reminder_rule(&app, &campaign, new).await;
    }
    reporting::handed_in(&app, &period).await;
    app.moved_to("2025-11-10").await;
    // The officer by the last rule that is for officers, the head by the last of all; late, and told as it is now.
    let of = async |who: &str| {
        let notes = notes(&app, who).await;
        assert_eq!(notes.len(), 1, "{who}");
        assert!(notes[0]["text"].as_str().unwrap().contains("quá hạn"), "{who}");
        let path = format!("/reminders/{}", notes[0]["reminderId"].as_str().unwrap());
        app.persona("office").get(&path).await.ok().text("reminderRuleCode").to_owned()
    };
    assert_eq!(of("other-unit-officer").await, "TRUOC-1");
    assert_eq!(of("other-unit-head").await, "QUA-1");
    assert_eq!(notes(&app, "unit-head").await.len(), 0);
    app.moved_to("2025-11-20").await;
    assert_eq!(notes(&app, "other-unit-head").await.len(), 1);
    is_whole(&app).await;
}

#[tokio::test]
async fn two_processes_that_look_at_once_say_it_once() {
    let (app, campaign, _) = before_the_end_of_october().await;
    for (code, days) in [("A", 4), ("B", 3), ("C", 2), ("D", 1)] {
        reporting::reminder_rule(&app, &campaign, rule(code, before(days), BOTH)).await;
    }
    for day in ["2025-10-31", "2025-11-01", "2025-11-02", "2025-11-03"] {
        app.at(day);
        let here = app.moved_to(day);
        tokio::join!(here, app.look_from_another_process());
    }
    assert_eq!(notes(&app, "head-of-MN1").await.len(), 4);
    assert_eq!(sent(&app, &campaign).await.len(), 4);
    is_whole(&app).await;
}

#[tokio::test]
async fn what_could_not_be_sent_leaves_nothing_behind_and_goes_out_with_the_next_look() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    let mut owner = app.database.owner().await;
    owner
        .execute(
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cut'; END $$;
             CREATE TRIGGER cut BEFORE INSERT ON notification FOR EACH ROW EXECUTE FUNCTION cut()",
        )
        .await
        .unwrap();
    app.moved_to("2025-10-31").await;
    assert_eq!((sent(&app, &campaign).await.len(), notes(&app, "head-of-TH2").await.len()), (0, 0));
    owner.execute("DROP TRIGGER cut ON notification").await.unwrap();
    app.moved_to("2025-10-31T08:01:00+07:00").await;
    assert_eq!((sent(&app, &campaign).await.len(), notes(&app, "head-of-TH2").await.len()), (1, 1));
    is_whole(&app).await;
}

#[tokio::test]
async fn a_report_to_the_city_is_owed_until_the_city_has_it() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let new = |code: &str, timing: Value| {
        json!({
            "code": code, "name": "Nhắc gửi báo cáo tổng hợp", "deadline": "CITY_REPORT", "timing": timing,
            "roles": ["COORDINATOR", "OFFICE"],
        })
    };
    // The last day is Sunday 14 December; the last working day before it is Friday.
    let timing = json!({"when": "BEFORE", "days": 1, "counting": "WORKING"});
    reporting::reminder_rule(&app, &october.campaign, new("TRUOC", timing)).await;
    reporting::reminder_rule(&app, &october.campaign, new("NGAY-CUOI", json!({"when": "ON"}))).await;
    app.moved_to("2025-12-12").await;
    for persona in ["coordinator", "second-coordinator", "office"] {
        let notes = notes(&app, persona).await;
        assert_eq!(notes.len(), 1, "{persona}");
        let text = notes[0]["text"].as_str().unwrap();
        assert!(text.ends_with("hạn gửi báo cáo tổng hợp cho thành phố là hết ngày 14/12/2025, còn 2 ngày."), "{text}");
    }
    for persona in ["chair", "unit-head", "head-of-VHXH"] {
        assert_eq!(notes(&app, persona).await.len(), 0, "{persona}");
    }
    city::sent(&app, &october).await;
    app.moved_to("2025-12-14").await;
    assert_eq!(notes(&app, "coordinator").await.len(), 1, "it is at the city");
    is_whole(&app).await;
}

#[tokio::test]
async fn a_notification_is_its_readers_alone_and_is_read_once() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, rule("A", before(4), BOTH)).await;
    reporting::reminder_rule(&app, &campaign, rule("B", before(1), BOTH)).await;
    app.moved_to("2025-10-31").await;
    app.moved_to("2025-11-03").await;
    let head = app.persona("other-unit-head");
    let page = head.get("/notifications?limit=1&unread=true&includeTotal=true").await.ok();
    assert_eq!((page.body["items"].as_array().unwrap().len(), &page.body["total"]), (1, &json!(2)));
    let next = head.get(&format!("/notifications?limit=1&unread=true&cursor={}", page.text("nextCursor"))).await.ok();
    assert!(next.body["nextCursor"].is_null());
    let (newest, oldest) = (&page.body["items"][0], &next.body["items"][0]);
    assert!(newest["createdAt"].as_str() > oldest["createdAt"].as_str());
    head.get(&format!("/notifications?limit=1&cursor={}", page.text("nextCursor"))).await.refused(400);

    let mark = format!("/notifications/{}/read-mark", newest["id"].as_str().unwrap());
    let events = app.events().await;
    for persona in ["other-unit-officer", "admin", "office"] {
        app.persona(persona).send(reqwest::Method::PUT, &mark, None).await.refused(404);
    }
    let read = head.send(reqwest::Method::PUT, &mark, None).await.ok();
    assert_eq!(read.text("readAt"), "2025-11-03T01:00:00Z");
    app.moved_to("2025-11-03T09:00:00+07:00").await;
    assert_eq!(head.send(reqwest::Method::PUT, &mark, None).await.ok().text("readAt"), "2025-11-03T01:00:00Z");
    assert_eq!(app.events().await, events, "what somebody has read is nobody else's business");
    let counts = async |query: &str| {
        head.get(&format!("/notifications?includeTotal=true{query}")).await.ok().body["total"].clone()
    };
    assert_eq!(
        (counts("&unread=true").await, counts("&unread=false").await, counts("").await),
        (json!(1), json!(1), json!(2))
    );

    let before = app.state.store.pool().statements();
    head.get("/notifications").await.ok();
    assert_eq!(app.state.store.pool().statements() - before, 2);
}
