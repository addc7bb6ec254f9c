//! The whole story, told more than once, and the report that is printed at its end.

use thidua_api::story::{Player, Scene, play, print_city_report};
use thidua_domain::time::Timestamp;
use thidua_tests::TestApp;

/// Tells the story up to an instant under its one name; answers its lines and the printed report.
async fn tell(app: &TestApp, until: &str) -> (Vec<String>, String) {
    let mut player = Player::new(app.base.clone(), app.issuer.clone(), "demo").unwrap();
    let mut told = Vec::new();
    let mut tell = |line: &str| told.push(line.to_owned());
    let until = Timestamp::parse(until).unwrap();
    let campaign = play(&mut player, &mut Scene { until, tell: &mut tell }).await.unwrap().unwrap();
    let printed = print_city_report(&mut player, &campaign).await.unwrap().unwrap();
    (told, printed)
}

fn anew(told: &[String]) -> usize {
    told.iter().filter(|line| line.contains('▸')).count()
}

#[tokio::test]
async fn the_story_goes_on_where_the_demonstration_stopped_and_is_told_again_without_doing_anything_twice() {
    let app = TestApp::start_at("2025-09-10").await;
    let (demonstrated, _) = tell(&app, "2025-12-08T17:00:00+07:00").await;
    assert_eq!(anew(&demonstrated), demonstrated.len());

    let (told, printed) = tell(&app, "2026-01-31T00:00:00+07:00").await;
    assert_eq!(anew(&told), told.len() - demonstrated.len());
    let events = app.events().await;
    let (again, printed_again) = tell(&app, "2026-01-31T00:00:00+07:00").await;
    assert_eq!((anew(&again), again.len()), (0, told.len()));
    assert_eq!((app.events().await, printed_again), (events, printed));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_printed_report_fits_its_sheet_and_names_figures_sources_and_who_is_missing() {
    let app = TestApp::start_at("2025-09-10").await;
    let (_, printed) = tell(&app, "2026-01-31T00:00:00+07:00").await;
    for expected in [
        "Số: 25/BC-UBND",
        "Gia Lộc, ngày 11 tháng 12 năm 2025",
        "(Số liệu tính đến ngày 05/12/2025)",
        "B. KẾT QUẢ CÁC PHONG TRÀO THI ĐUA KHÁC CỦA ĐỊA PHƯƠNG",
        "97,1% (40.057/41.250)",
        "M10 Toàn dân bảo vệ an ninh Tổ quốc (hạn chế công khai)",
        "Đã gửi: 08:00 ngày 12/12/2025, đúng hạn",
        "Giải trình của đầu mối",
    ] {
        assert!(printed.contains(expected), "{expected} is not printed:\n{printed}");
    }
    assert!(printed.lines().all(|line| line.chars().count() <= 100), "{printed}");
    let coordinator = app.persona("coordinator");
    let campaigns = coordinator.get("/campaigns").await.ok();
    let path = format!("/campaigns/{}/consolidated-reports", campaigns.body["items"][0]["id"].as_str().unwrap());
    let listed = coordinator.get(&path).await.ok();
    let sent = listed.body["items"].as_array().unwrap().iter().find(|report| report["dispatch"].is_object()).unwrap();
    let report = coordinator.get(&format!("/consolidated-reports/{}", sent["id"].as_str().unwrap())).await.ok();
    let snapshot = &report.body["snapshot"];
    for included in snapshot["includedReports"].as_array().unwrap() {
        assert!(printed.contains(included["reportId"].as_str().unwrap()), "{included}");
    }
    for missing in snapshot["missingUnits"].as_array().unwrap() {
        assert!(printed.contains(missing["unitName"].as_str().unwrap()), "{missing}");
    }
    let tasks =
        snapshot["figures"]["fields"].as_array().unwrap().iter().flat_map(|field| field["tasks"].as_array().unwrap());
    for source in tasks.flat_map(|task| task["sources"].as_array().unwrap()) {
        let measurement = source["measurementId"].as_str();
        assert!(measurement.is_none_or(|id| printed.contains(id)), "{source}");
    }
}
