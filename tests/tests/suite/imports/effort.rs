//! As many rows as are right, for those who ask for it.

use super::*;

/// The rows that were left out, as they are told of: row, place, code.
fn left_out(reply: &Reply) -> Vec<String> {
    let errors = reply.body["errors"].as_array().into_iter().flatten();
    let told = |error: &serde_json::Value| {
        assert!(error["message"].as_str().is_some_and(|text| !text.is_empty()), "{error}");
        format!("{} {} {}", error["row"], error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
    };
    errors.map(told).collect()
}

fn counts(reply: &Reply) -> [i64; 4] {
    ["rows", "created", "unchanged", "rejected"].map(|member| reply.body[member].as_i64().unwrap())
}

const MIXED: &str = "unitCode;targetCode;asOfDate;value.amount;value.numerator;value.denominator\n\
                     TH1;SANG-KIEN;2025-09-20;3;;\n\
                     TH1;KHONG-CO;2025-09-30;1;;\n\
                     TH1;BHYT-HS;2025-09-30;;496;495\n\
                     TH1;BHYT-HS;31/9/2025;;482;495\n\
                     TH1;BHYT-HS;2025-09-29;;482;495\n";

#[tokio::test]
async fn with_best_effort_the_rows_that_are_right_are_recorded_and_the_others_told_of_by_row() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    // Without saying so it is all or nothing, and the form comes first.
    let refused = send(&officer, &path, Form::Csv, MIXED).await.refused(400);
    assert_eq!(refused.faults(), ["/asOfDate date.malformed"]);
    let before = app.events().await;
    let wrong =
        ["3 /targetCode reference.unknown", "4 /value/numerator measure.shareOverWhole", "5 /asOfDate date.malformed"];
    let tried = send(&officer, &format!("{path}?mode=BEST_EFFORT&dryRun=true"), Form::Csv, MIXED).await.ok();
    assert_eq!((counts(&tried), left_out(&tried)), ([5, 2, 0, 3], wrong.map(str::to_owned).to_vec()));
    assert_eq!(app.events().await, before, "it was only tried");

    let keyed = officer.with("Idempotency-Key", "phan-lon");
    let best = format!("{path}?mode=BEST_EFFORT");
    let done = send(&keyed, &best, Form::Csv, MIXED).await.created();
    assert_eq!((counts(&done), left_out(&done)), ([5, 2, 0, 3], wrong.map(str::to_owned).to_vec()));
    assert_eq!((done.text("mode"), app.events().await), ("BEST_EFFORT", before + 3));
    assert_eq!(amount(&app, &campaign, "SANG-KIEN").await["value"]["amount"], "3");
    let read = officer.get(&format!("/imports/{}", done.id())).await.ok();
    assert_eq!(
        (left_out(&read), left_out(&send(&keyed, &best, Form::Csv, MIXED).await.created())),
        (left_out(&done), left_out(&done))
    );
    assert_eq!(app.events().await, before + 3, "the same key does nothing twice");

    // Sent again under another key it does nothing more; mended, what was left out alone.
    assert_eq!(counts(&send(&officer, &best, Form::Csv, MIXED).await.created()), [5, 0, 2, 3]);
    let mended = MIXED
        .replace("KHONG-CO;2025-09-30;1;;", "SANG-KIEN;2025-09-30;4;;")
        .replace("496", "490")
        .replace("31/9", "28/9");
    assert_eq!(counts(&send(&officer, &path, Form::Csv, mended).await.created()), [5, 3, 2, 0]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn where_nothing_is_right_nothing_is_made_and_all_that_is_wrong_is_told() {
    let (app, campaign) = registered().await;
    let (officer, before) = (app.persona("unit-officer"), app.events().await);
    let best = format!("{}?mode=BEST_EFFORT", measurements(&campaign));
    let file = "unitCode;targetCode;asOfDate;value.amount\nTH1;SANG-KIEN;31/9/2025;3\nTH1;KHONG-CO;2025-09-30;1\n";
    let refused = send(&officer, &best, Form::Csv, file).await.refused(422);
    assert_eq!(
        (refused.code(), left_out(&refused)),
        (
            "import.rowsInvalid",
            vec!["2 /asOfDate date.malformed".to_owned(), "3 /targetCode reference.unknown".to_owned()]
        )
    );
    let unreadable =
        send(&officer, &best, Form::Csv, "unitCode;targetCode;asOfDate;value.amount\nTH1;SANG-KIEN;31/9/2025;3\n")
            .await;
    assert_eq!(unreadable.refused(400).faults(), ["/asOfDate date.malformed"]);
    send(&officer, &best, Form::Csv, "unitCode;ghiChu\nTH1;x\n").await.refused(400);
    let other = send(&officer, &best.replace("BEST_EFFORT", "SOME"), Form::Csv, file).await.refused(400);
    assert!(other.faults()[0].starts_with("mode "), "{:?}", other.faults());
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_unit_may_come_in_one_table_with_the_unit_above_it_and_goes_with_it() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let head = "code,name,type,parentCode,validFromDate\n";
    let file = format!(
        "{head}CUM,Cụm dân cư,VILLAGE,UBND,2025-07-01\nCUM-1,Tổ 1,VILLAGE,CUM,2025-07-01\nCUM-1A,Nhóm A,VILLAGE,CUM-1,2025-07-01\n"
    );
    let turned = format!("{head}CUM-1,Tổ 1,VILLAGE,CUM,2025-07-01\nCUM,Cụm dân cư,VILLAGE,UBND,2025-07-01\n");
    let refused = send(&admin, "/unit-imports", Form::Csv, turned).await.refused(422);
    assert_eq!(refused.faults(), ["/parentCode reference.unknown"], "it must stand above");
    assert_eq!(counts(&send(&admin, "/unit-imports", Form::Csv, file.clone()).await.created()), [3, 3, 0, 0]);
    let units = admin.get("/units?limit=100").await.ok();
    let of =
        |code: &str| units.body["items"].as_array().unwrap().iter().find(|unit| unit["code"] == code).unwrap().clone();
    assert_eq!((&of("CUM-1")["parentId"], &of("CUM-1A")["parentId"]), (&of("CUM")["id"], &of("CUM-1")["id"]));
    assert_eq!(counts(&send(&admin, "/unit-imports", Form::Csv, file).await.created()), [3, 0, 3, 0], "sent again");

    let broken = format!(
        "{head}XOM,Xóm,VILLAGE,KHONG-CO,2025-07-01\nXOM-1,Tổ 1,VILLAGE,XOM,2025-07-01\nTO-C,Tổ C,VILLAGE,UBND,2025-07-01\n"
    );
    let some = send(&admin, "/unit-imports?mode=BEST_EFFORT", Form::Csv, broken).await.created();
    assert_eq!(
        (counts(&some)[1], left_out(&some)),
        (1, vec!["2 /parentCode reference.unknown".to_owned(), "3 /parentCode reference.unknown".to_owned()])
    );
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
