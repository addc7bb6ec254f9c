//! The reports of Văn phòng to the committee, on every step of their way.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::city::{October, collection, new as to_the_city, seal, way};

/// What begins a report of this kind on October.
pub(crate) fn new(october: &October, kind: &str) -> Value {
    let mut new = to_the_city(october);
    new["kind"] = kind.into();
    new
}

/// A draft of a periodic report, with its whole narrative.
pub(crate) async fn draft(app: &TestApp, october: &October) -> Reply {
    app.persona("office").create(&collection(october), new(october, "PERIODIC")).await.created()
}

/// Before the head of the office.
pub(crate) async fn under_review(app: &TestApp, october: &October) -> Reply {
    let draft = draft(app, october).await;
    app.persona("office").command(&way(&draft, "submit"), &draft).await.ok()
}

/// Signed by the head of the office.
pub(crate) async fn signed(app: &TestApp, october: &October) -> Reply {
    let submitted = under_review(app, october).await;
    app.persona("head-of-VP").command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok()
}

/// Issued today as 01/BC-VP.
pub(crate) async fn issued(app: &TestApp, october: &October) -> Reply {
    let signed = signed(app, october).await;
    let numbering = json!({ "number": 1, "issueDate": app.today() });
    app.persona("clerk").command_with(&way(&signed, "issue"), &signed, numbering).await.ok()
}

/// Issued, and its document sealed: it can leave the house.
pub(crate) async fn sealed(app: &TestApp, october: &October) -> Reply {
    let issued = issued(app, october).await;
    seal(app, &issued).await
}

/// Laid before the committee now.
pub(crate) async fn presented(app: &TestApp, october: &October) -> Reply {
    let sealed = sealed(app, october).await;
    app.persona("clerk").command(&way(&sealed, "present"), &sealed).await.ok()
}

/// The committee has taken note of it.
pub(crate) async fn received(app: &TestApp, october: &October) -> Reply {
    let presented = presented(app, october).await;
    app.persona("chair").command_with(&way(&presented, "receive"), &presented, json!({})).await.ok()
}
