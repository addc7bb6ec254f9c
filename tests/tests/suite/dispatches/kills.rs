//! A service that is killed while it carries a package: the package arrives, perhaps twice, and always as the same.

use std::time::Duration;

use serde_json::{Value, json};
use thidua_api::auth::DevIssuer;
use thidua_tests::Receiver;
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    time::sleep,
};

use super::{
    delivering::{again, exchanging},
    posting::{HERE, NEW, is_signed, secrets, to},
    signed_copies::sent_with,
};
use crate::{attachments::registers::PDF, faults::kills::Service};

const NOW: &str = "2025-12-12T08:00:00+07:00";

/// A copy that is longer than what fits between two programs at once.
fn long_copy() -> Vec<u8> {
    let mut copy = PDF.as_bytes().to_vec();
    let body: Vec<u8> = (0..900_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    copy.extend(body);
    copy.extend(b"\n%%EOF\n");
    copy
}

/// Reads so much of what is posted, and answers nothing.
async fn hears(listener: &TcpListener, bytes: usize) -> (TcpStream, Vec<u8>) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut heard = vec![0; bytes];
    stream.read_exact(&mut heard).await.unwrap();
    (stream, heard)
}

/// The identity of what was posted, of its head.
fn webhook_id(heard: &[u8]) -> String {
    let head = String::from_utf8_lossy(&heard[..heard.len().min(2_000)]).to_ascii_lowercase();
    let line = head.lines().find_map(|line| line.strip_prefix("webhook-id: ")).expect("an identity");
    line.to_owned()
}

#[tokio::test]
async fn a_service_killed_in_the_midst_of_a_delivery_delivers_after_all_under_the_same_identity() {
    let (silent, receiver) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Receiver::start().await);
    let unheard = format!("http://{}/nhan", silent.local_addr().unwrap());
    let app = exchanging(to(&receiver.url, &HERE)).await;
    let (dispatch, _) = sent_with(&app, &long_copy()).await;
    let data = std::env::temp_dir().join(format!("thidua-courier-kills-{}", app.database.name()));
    std::fs::create_dir_all(&data).unwrap();
    DevIssuer::in_folder(&data).unwrap();
    let events = app.events().await;

    // One dies when little of it is through, the next with nearly all; each later than the lease of the one before.
    for (hour, bytes) in [("08", 2_000), ("09", 1_000_000)] {
        let now = NOW.replace("T08", &format!("T{hour}"));
        let service = Service::carrying(&app.database, &data, &app.files, &now, &unheard, &secrets());
        let (stream, heard) = hears(&silent, bytes).await;
        assert_eq!(webhook_id(&heard), dispatch.id());
        drop(service);
        drop(stream);
        let waiting = again(&app, &dispatch).await.body["delivery"].clone();
        assert_eq!(waiting["state"], "QUEUED", "nobody takes for delivered what nobody has");
    }
    // Now they reach somebody, and die at another point of having done so.
    for millis in [0, 1, 4, 16] {
        let service = Service::carrying(&app.database, &data, &app.files, &later(millis), &receiver.url, &secrets());
        while receiver.posted().is_empty() {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_millis(millis)).await;
        drop(service);
    }
    app.at("2025-12-13");
    app.packages_go_out().await;
    let delivered = again(&app, &dispatch).await;
    assert_eq!(delivered.body["delivery"]["state"], "DELIVERED");
    let posted = receiver.posted();
    for one in &posted {
        assert_eq!((one.header("webhook-id"), &one.body), (dispatch.id(), &posted[0].body));
        assert!(is_signed(one, &NEW));
    }
    let said: Value = serde_json::from_slice(&posted[0].body).unwrap();
    assert_eq!(said["data"]["dispatchId"], json!(dispatch.id()));
    let before = posted.len();
    app.at("2025-12-20");
    app.packages_go_out().await;
    assert_eq!(receiver.posted().len(), before, "what was delivered is not carried again");
    assert_eq!(app.events().await, events, "carrying is no act");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
    std::fs::remove_dir_all(&data).unwrap();
}

/// An hour later each time, so that what the one before had taken is free again.
fn later(millis: u64) -> String {
    NOW.replace("T08", &format!("T{}", 10 + millis.min(9)))
}
