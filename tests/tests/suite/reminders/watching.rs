//! The loop that looks at the clock by itself: it sends without being asked, and clears away what is old.

use std::time::Duration;

use thidua_api::reminders::Scheduler;
use tokio::{task::LocalSet, time::sleep};

use super::*;

/// Runs the loop of the service beside `work`, with a moment between its looks instead of a minute.
async fn watched<T>(app: &TestApp, work: impl Future<Output = T>) -> T {
    let scheduler: Scheduler = app.state.scheduler.clone();
    LocalSet::new()
        .run_until(async {
            let watching = tokio::task::spawn_local(scheduler.run_every(Duration::from_millis(20)));
            let done = work.await;
            watching.abort();
            done
        })
        .await
}

async fn until<T: PartialEq + std::fmt::Debug>(wanted: T, look: impl AsyncFn() -> T) {
    let mut found = look().await;
    for _ in 0..500 {
        if found == wanted {
            return;
        }
        sleep(Duration::from_millis(20)).await;
        found = look().await;
    }
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn the_loop_sends_what_comes_due_without_being_asked() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    watched(&app, async {
        until(0, async || sent(&app, &campaign).await.len()).await;
        // Nobody calls: the clock of the service goes on, as it does by itself.
        app.at("2025-10-31");
        until(1, async || notes(&app, "other-unit-head").await.len()).await;
    })
    .await;
    assert_eq!(sent(&app, &campaign).await.len(), 1);
    is_whole(&app).await;
}

#[tokio::test]
async fn the_loop_clears_notifications_away_after_400_days_and_keeps_the_record_of_them() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    reporting::reminder_rule(&app, &campaign, rule("TRUOC-1", before(1), BOTH)).await;
    let address = json!({"address": "tram.truong@tyt-gialoc.example"}).to_string();
    app.persona("other-unit-head").send(reqwest::Method::PUT, "/me/email-address", Some(address)).await.ok();
    app.moved_to("2025-10-31").await;
    app.moved_to("2025-11-03").await;
    // For each moment at which somebody was told: how many letters were made.
    let left = async || -> Vec<(String, i64)> {
        sqlx::query_as(
            "SELECT to_char(n.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM'), count(m.notification_id)
             FROM notification n LEFT JOIN mail m ON m.notification_id = n.id GROUP BY 1 ORDER BY min(n.created_at)",
        )
        .fetch_all(&mut app.database.owner().await)
        .await
        .unwrap()
    };
    let of = |days: &[&str]| days.iter().map(|day| ((*day).to_owned(), 1)).collect::<Vec<_>>();
    assert_eq!(left().await, of(&["31/10", "03/11"]));
    // 400 days after the second, to the very moment: it stays, and what is older goes.
    app.at("2026-12-08T08:00:00+07:00");
    watched(&app, until(of(&["03/11"]), &left)).await;
    app.at("2026-12-08T08:00:00.000001+07:00");
    watched(&app, until(of(&[]), &left)).await;
    assert_eq!(sent(&app, &campaign).await.len(), 2, "what was sent to whom stays on record");
    is_whole(&app).await;
}
