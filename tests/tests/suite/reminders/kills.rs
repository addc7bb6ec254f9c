//! A service that is killed between recording a reminder and mailing it: it is recorded once, and mailed once.

use std::time::Duration;

use thidua_api::{auth::DevIssuer, mail::MailSettings};
use thidua_tests::MailServer;
use tokio::time::sleep;

use super::*;
use crate::faults::kills::Service;

#[tokio::test]
async fn a_service_that_is_killed_again_and_again_says_it_once_and_mails_it_once() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    let address = json!({"address": "tram.truong@tyt-gialoc.example"}).to_string();
    app.persona("other-unit-head").send(reqwest::Method::PUT, "/me/email-address", Some(address)).await.ok();
    let data = std::env::temp_dir().join(format!("thidua-reminder-kills-{}", app.database.name()));
    std::fs::create_dir_all(&data).unwrap();
    DevIssuer::in_folder(&data).unwrap();

    // Each looks at the clock as soon as it is ready, and dies at another point of that.
    let now = "2025-10-31T08:00:00+07:00";
    for millis in [0, 1, 2, 4, 8, 16, 32] {
        let service = Service::start_with(&app.database, &data, &app.files, now);
        sleep(Duration::from_millis(millis)).await;
        drop(service);
    }
    let service = Service::start_with(&app.database, &data, &app.files, now);
    while sent(&app, &campaign).await.is_empty() {
        sleep(Duration::from_millis(10)).await;
    }
    drop(service);
    // It is recorded, and nobody carried it: whoever comes next does.
    assert_eq!((sent(&app, &campaign).await.len(), notes(&app, "other-unit-head").await.len()), (1, 1));
    app.at("2025-10-31");
    let server = MailServer::start().await;
    let settings = MailSettings::read(&server.url, "thi-dua@gialoc.example").unwrap();
    app.mail_goes_out(&settings).await;
    drop(Service::start_with(&app.database, &data, &app.files, now));
    app.mail_goes_out(&settings).await;
    assert_eq!(server.received().len(), 1);
    is_whole(&app).await;
    std::fs::remove_dir_all(&data).unwrap();
}
