//! How packages get there: once as a rule, at least once in any case, and never half.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use thidua_api::dispatches::{Attempt, Correspondence, Correspondent, Deliver, Parcel};
use thidua_domain::dispatch::{AgencyCode, Channel, Failure};
use thidua_persistence::{Call, Identity, outbox::Outcome};
use thidua_tests::{Reply, Setup, TestApp};
use zip::ZipArchive;

use crate::stage::city::{dispatch, october, sent};

const TODAY: &str = "2025-12-12T08:00:00+07:00";

/// A folder of a test's own.
pub(super) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("thidua-outgoing-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = files.collect();
    names.sort_unstable();
    names
}

pub(super) async fn exchanging(exchange: Correspondence) -> TestApp {
    TestApp::start_with(TODAY, Setup { exchange, ..Setup::default() }).await
}

/// A report on its way, today at eight.
pub(super) async fn on_its_way(app: &TestApp) -> Reply {
    let october = october(app).await;
    app.at(TODAY);
    let sent = sent(app, &october).await;
    dispatch(app, &sent).await
}

pub(super) async fn again(app: &TestApp, dispatch: &Reply) -> Reply {
    app.persona("clerk").get(&format!("/dispatches/{}", dispatch.id())).await.ok()
}

/// A way that says what it is told to, and remembers what it was asked to carry.
#[derive(Debug, Default)]
struct Rehearsed {
    taken: Mutex<Vec<String>>,
    takes: AtomicBool,
}

#[async_trait(?Send)]
impl Deliver for Rehearsed {
    async fn deliver(&self, parcel: &Parcel) -> Attempt {
        self.taken.lock().unwrap().push(parcel.id().to_string());
        let takes = self.takes.load(Ordering::SeqCst);
        Attempt::of(if takes { Outcome::Done } else { Outcome::Later(Failure::Unreachable) })
    }
}

fn by(way: &Arc<Rehearsed>) -> Correspondence {
    let carrier: Arc<dyn Deliver> = way.clone();
    let city = Correspondent {
        name: Some(thidua_domain::text::Line::parse("Ủy ban nhân dân thành phố").unwrap()),
        code: AgencyCode::parse("H24"),
        for_information: false,
        channel: Channel::Webhook,
        carrier: Some(carrier),
    };
    Correspondence { own_code: AgencyCode::parse("000.00.99.H24"), correspondents: vec![city] }
}

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_package_is_put_into_its_folder_whole_and_once() {
    let outgoing = folder("once");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let waiting = on_its_way(&app).await;
    assert_eq!(waiting.text("channel"), "FILE_DROP");
    let queued = json!({"state": "QUEUED", "stateLabel": "Chờ chuyển", "attempts": 0, "queuedAt": "2025-12-12T01:00:00Z",
                        "nextAttemptAt": "2025-12-12T01:00:00Z"});
    assert_eq!((&waiting.body["delivery"], names(&outgoing).len()), (&queued, 0), "sending waits for nobody");
    app.packages_go_out().await;
    let carried = again(&app, &waiting).await;
    assert_eq!(carried.body["delivery"]["state"], "DELIVERED");
    assert_eq!(carried.body["delivery"]["deliveredAt"], "2025-12-12T01:00:00Z");
    assert_eq!((carried.text("stage"), carried.etag() == waiting.etag()), ("SENT", false), "that is no answer");
    assert_eq!(names(&outgoing), [carried.text("packageName")], "and nothing lies beside it");
    let there = std::fs::read(outgoing.join(carried.text("packageName"))).unwrap();
    let path = format!("/dispatches/{}/package", carried.id());
    assert_eq!(there, app.persona("clerk").with("Accept", "application/zip").get(&path).await.ok().bytes);
    // Whoever takes it away is not brought another one.
    std::fs::remove_file(outgoing.join(carried.text("packageName"))).unwrap();
    app.at("2026-01-20");
    app.packages_go_out().await;
    assert_eq!(names(&outgoing), Vec::<String>::new());
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_looks_into_the_folder_while_packages_come_never_sees_half_of_one() {
    let outgoing = folder("whole");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let (over, seen) = (Arc::new(AtomicBool::new(false)), outgoing.clone());
    let done = over.clone();
    let looking = std::thread::spawn(move || {
        let mut whole = 0;
        while !done.load(Ordering::SeqCst) {
            for name in names(&seen).iter().filter(|name| name.ends_with(".zip")) {
                let archive = ZipArchive::new(std::fs::File::open(seen.join(name)).unwrap());
                assert!(archive.unwrap().len() >= 2, "{name} is there and not whole");
                whole += 1;
            }
        }
        whole
    });
    on_its_way(&app).await;
    app.packages_go_out().await;
    over.store(true, Ordering::SeqCst);
    looking.join().expect("every package was whole");
}

#[tokio::test]
async fn what_the_clerk_hands_on_is_carried_by_nobody() {
    let app = TestApp::start_at(TODAY).await;
    let by_hand = on_its_way(&app).await;
    app.packages_go_out().await;
    let still = again(&app, &by_hand).await;
    assert_eq!((still.text("channel"), still.body.get("delivery")), ("BY_HAND", None));
    let path = format!("/dispatches/{}/redeliver", still.id());
    assert_eq!(app.persona("clerk").command(&path, &still).await.refused(409).code(), "dispatch.notGivenUp");
}

#[tokio::test]
async fn codes_come_from_the_settings_and_make_the_identity_of_the_document() {
    let app = exchanging(by(&Arc::default())).await;
    let dispatch = on_its_way(&app).await;
    assert_eq!(dispatch.body["recipient"], json!({ "agencyCode": "H24", "name": "Ủy ban nhân dân thành phố" }));
    let manifest = app.persona("clerk").get(&format!("/dispatches/{}/manifest", dispatch.id())).await.ok();
    assert_eq!(manifest.body["from"]["organId"], "H24.99", "the form before is turned around");
    assert_eq!(manifest.text("documentId"), "H24.99,2025/12/12,25/BC-UBND");
}

#[tokio::test]
async fn what_does_not_get_through_is_tried_later_and_later_given_up_and_ordered_anew() {
    let way = Arc::new(Rehearsed::default());
    let app = exchanging(by(&way)).await;
    let dispatch = on_its_way(&app).await;
    let mut now = instant(&json!("2025-12-12T01:00:00Z"));
    for (number, seconds) in (1..).zip([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
        app.packages_go_out().await;
        app.packages_go_out().await;
        let delivery = again(&app, &dispatch).await.body["delivery"].clone();
        assert_eq!(
            (&delivery["state"], &delivery["attempts"]),
            (&json!("QUEUED"), &json!(number)),
            "one attempt a time"
        );
        assert_eq!(delivery["failure"], "UNREACHABLE");
        let next = instant(&delivery["nextAttemptAt"]);
        let (least, most) = (TimeDelta::seconds(seconds), TimeDelta::milliseconds(seconds * 1_100 + 1));
        assert!((least..=most).contains(&(next - now)), "attempt {number}: {} after {seconds} s", next - now);
        app.at(&(next - TimeDelta::seconds(1)).to_rfc3339());
        app.packages_go_out().await;
        assert_eq!(way.taken.lock().unwrap().len(), number, "not before its time");
        now = next;
        app.at(&now.to_rfc3339());
    }
    app.packages_go_out().await;
    let given_up = again(&app, &dispatch).await;
    assert_eq!(given_up.body["delivery"]["state"], "GIVEN_UP");
    app.at("2026-03-01");
    app.packages_go_out().await;
    assert_eq!(way.taken.lock().unwrap().len(), 10);

    let admin = app.persona("admin");
    let list = format!("/campaigns/{}/dispatches?delivery=", given_up.text("campaignId"));
    let listed = admin.get(&format!("{list}GIVEN_UP")).await.ok();
    assert_eq!(listed.body["items"][0]["id"], given_up.body["id"]);
    assert_eq!(admin.get(&format!("{list}QUEUED&delivery=DELIVERED")).await.ok().body["items"], json!([]));
    for what in ["package", "manifest"] {
        admin.get(&format!("/dispatches/{}/{what}", given_up.id())).await.refused(404);
    }
    let read = admin.get(&format!("/dispatches/{}", given_up.id())).await.ok();
    let path = format!("/dispatches/{}/redeliver", given_up.id());
    let ordered = admin.command(&path, &read).await.ok();
    assert_eq!(
        (&ordered.body["delivery"]["state"], &ordered.body["delivery"]["attempts"]),
        (&json!("QUEUED"), &json!(0))
    );
    way.takes.store(true, Ordering::SeqCst);
    app.packages_go_out().await;
    let delivered = again(&app, &dispatch).await;
    assert_eq!(delivered.body["delivery"]["state"], "DELIVERED");
    assert_eq!(delivered.body["delivery"].get("failure"), None);
    let taken = way.taken.lock().unwrap().clone();
    assert!(taken.len() == 11 && taken.iter().all(|id| id == dispatch.id()), "always under the same id: {taken:?}");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn several_couriers_carry_a_package_once() {
    let way = Arc::new(Rehearsed::default());
    way.takes.store(true, Ordering::SeqCst);
    let app = exchanging(by(&way)).await;
    on_its_way(&app).await;
    tokio::join!(app.packages_go_out(), app.packages_go_out(), app.packages_go_out());
    assert_eq!(way.taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_courier_who_dies_on_the_way_loses_nothing_and_the_next_one_brings_the_same_package() {
    let outgoing = folder("dies");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let dispatch = on_its_way(&app).await;
    // Taken, and never heard of again.
    let call = Call { identity: Identity::system(), request_id: "dies".to_owned() };
    let taken = app.state.store.next_delivery(&call).await.unwrap().expect("it is due");
    assert_eq!(taken.dispatch.root.id.to_string(), dispatch.id());
    app.packages_go_out().await;
    assert_eq!(names(&outgoing).len(), 0, "nobody knows yet that he is dead");
    app.at("2025-12-12T08:02:01+07:00");
    app.packages_go_out().await;
    app.packages_go_out().await;
    assert_eq!(names(&outgoing), [dispatch.text("packageName")]);
    assert_eq!(again(&app, &dispatch).await.body["delivery"]["attempts"], 2);
}

#[tokio::test]
async fn who_is_no_longer_set_up_is_told_of_and_tried_again() {
    let outgoing = folder("gone");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let dispatch = on_its_way(&app).await;
    let without =
        thidua_api::dispatches::Courier::new(app.state.store.clone(), app.state.files.clone(), Arc::default());
    without.round().await.unwrap();
    let delivery = again(&app, &dispatch).await.body["delivery"].clone();
    assert_eq!((&delivery["state"], &delivery["failure"]), (&json!("QUEUED"), &json!("NOT_SET_UP")));
    app.at("2025-12-13");
    app.packages_go_out().await;
    assert_eq!(names(&outgoing).len(), 1);
}
