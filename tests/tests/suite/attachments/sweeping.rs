//! What no row names is swept, and nothing else.

use std::{path::PathBuf, time::Duration};

use thidua_api::files::Swept;

use super::*;

const ORPHAN: &str = "0198f1c2-0000-7000-8000-0000000000ab";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn put(app: &TestApp, name: &str) -> PathBuf {
    let shelf = app.files.join("ab");
    std::fs::create_dir_all(&shelf).unwrap();
    std::fs::write(shelf.join(name), "left behind").unwrap();
    shelf.join(name)
}

async fn swept(app: &TestApp, grace: Duration) -> Swept {
    app.state.files.sweep(&app.state.store, grace).await.unwrap()
}

#[tokio::test]
async fn what_a_killed_service_left_behind_is_swept_once_it_is_old_enough() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let (orphan, unfinished) = (put(&app, ORPHAN), put(&app, &format!("{ORPHAN}#1")));
    assert_eq!(swept(&app, DAY).await, Swept::default(), "they may yet be somebody's");
    assert!(orphan.exists() && unfinished.exists());
    assert_eq!(swept(&app, Duration::ZERO).await, Swept { orphans: 1, unfinished: 1, given_up: 0 });
    assert!(!orphan.exists() && !unfinished.exists());
    assert_eq!(content_of(&app.persona("unit-head"), &made).await.ok().raw, "Bien ban");
}

#[tokio::test]
async fn what_was_given_up_and_could_not_be_deleted_is_swept_at_once() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let [content] = <[String; 1]>::try_from(kept(&app)).unwrap();
    app.persona("unit-head").command(&format!("{}/remove", at("attachments", &made)), &made).await.ok();
    let shelf = app.files.join(&content[content.len() - 2..]);
    std::fs::write(shelf.join(&content), "Bien ban").unwrap();
    assert_eq!(swept(&app, DAY).await, Swept { given_up: 1, ..Swept::default() });
    assert_eq!(kept(&app), Vec::<String>::new());
}

#[tokio::test]
async fn a_database_that_knows_none_of_the_files_sweeps_none_of_them() {
    let app = TestApp::start_at("2025-11-03").await;
    let orphan = put(&app, ORPHAN);
    assert_eq!(swept(&app, Duration::ZERO).await, Swept::default());
    assert!(orphan.exists());
}
