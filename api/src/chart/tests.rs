use std::{env, fs, path::Path};

use thidua_domain::time::Date;

use super::*;
use crate::written::day;

/// Holds a picture against the one that was looked at and approved; `THIDUA_UPDATE=1` writes it anew.
#[track_caller]
fn approved(name: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart/approved").join(format!("{name}.svg"));
    if env::var_os("THIDUA_UPDATE").is_some() {
        fs::write(&path, svg).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(known == svg, "{name} looks otherwise than approved: THIDUA_UPDATE=1 writes it anew, then look at it");
}

fn bar(label: &str, targets: u32, with_value: u32, reached: u32) -> Bar {
    Bar { label: label.to_owned(), targets, with_value, reached, earlier: Some(reached / 2) }
}

fn bars(bars: Vec<Bar>) -> Bars {
    let summary = "Đến ngày 12/11/2025: đạt 2/8 chỉ tiêu, đã có số liệu 3 chỉ tiêu.".to_owned();
    Bars { title: "Tiến độ thực hiện theo lĩnh vực".to_owned(), summary, bars }
}

fn dot(day: &str, value: &str) -> Dot {
    Dot { day: day.parse::<Date>().unwrap(), value: value.parse().unwrap() }
}

fn insurance(dots: Vec<Dot>) -> Line {
    Line {
        title: "BHYT Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%".to_owned(),
        measure_unit: "%".to_owned(),
        goal: Some(("97".parse().unwrap(), "≥ 97%".to_owned())),
        dots,
    }
}

#[test]
fn long_vietnamese_names_are_broken_into_lines() {
    let long = "3.2.1 Xây dựng đời sống văn hóa cơ sở gắn với cuộc vận động Toàn dân đoàn kết xây dựng nông thôn mới, \
                đô thị văn minh; nghiêng nghiêng Nguyễn Thị Thưởng";
    let unbroken = "Chương".repeat(15);
    let all = vec![
        bar(long, 4, 3, 1),
        bar("TH1 Trường Tiểu học", 3, 3, 3),
        bar("TYT Trạm Y tế", 0, 0, 0),
        bar(&unbroken, 7, 7, 0),
    ];
    approved("bars", &bars(all).svg(Language::Vi));
}

#[test]
fn a_picture_of_nothing_says_so() {
    approved("no-groups", &bars(Vec::new()).svg(Language::Vi));
    approved("no-values", &insurance(Vec::new()).svg(Language::Vi));
}

#[test]
fn forty_units_stand_below_one_another() {
    let units = (1..=40).map(|unit| bar(&format!("DV{unit} Đơn vị thứ {unit}"), 40, 40 - unit / 2, 40 - unit));
    approved("forty-groups", &bars(units.collect()).svg(Language::En));
}

fn column(day: &str, targets: u32, with_value: u32, reached: u32) -> Column {
    Column { day: day.parse::<Date>().unwrap(), targets, with_value, reached }
}

fn columns(columns: Vec<Column>) -> Columns {
    let title = "Diễn biến thực hiện chỉ tiêu: 3.2 Lĩnh vực Văn hóa - Xã hội".to_owned();
    Columns { title, summary: "Trường Tiểu học và các đơn vị trực thuộc. ".to_owned(), columns }
}

#[test]
fn columns_stand_for_days_with_their_figures_below_while_there_is_room() {
    let months = vec![
        column("2025-09-30", 15, 10, 0),
        column("2025-10-31", 15, 13, 6),
        column("2025-11-30", 18, 15, 12),
        column("2025-12-08", 18, 18, 18),
    ];
    approved("columns", &columns(months).svg(Language::Vi));
    let week = |number: u32| {
        let day = Date::from_ymd_opt(2025, 9, 1).unwrap() + chrono::Days::new(u64::from(number) * 7);
        Column { day, targets: 120, with_value: number * 8, reached: number * 5 }
    };
    approved("sixteen-columns", &columns((0..16).map(week).collect()).svg(Language::Vi));
    approved("no-columns", &columns(vec![column("2025-09-14", 0, 0, 0)]).svg(Language::En));
}

fn place(label: &str, points: &str, figures: &str) -> Place {
    Place {
        label: label.to_owned(),
        points: points.parse().unwrap(),
        of: "100".parse().unwrap(),
        figures: figures.to_owned(),
    }
}

#[test]
fn places_stand_below_one_another_shared_ones_marked_and_ties_told() {
    let schools = Podium {
        heading: Some("Trường học".to_owned()),
        places: vec![
            place("Hạng 1: TH1 Trường Tiểu học mẫu số 1", "92.5", "92,5/100 điểm (92,5%)"),
            place("Hạng 2 (đồng hạng): TH2 Trường Tiểu học mẫu số 2", "71.33", "71,33/100 điểm (71,33%)"),
            place("Hạng 2 (đồng hạng): THCS1 Trường Trung học cơ sở mẫu", "71.33", "71,33/100 điểm (71,33%)"),
            place("Hạng 4: MN1 Trường Mầm non mẫu", "0", "0/100 điểm (0%)"),
        ],
        notes: vec![
            "TH2, THCS1: 2 đơn vị bằng điểm nhau và đồng hạng, vì không có tiêu chí phụ nào phân định được.".to_owned(),
        ],
    };
    let unranked = Place {
        label: "Chưa xếp hạng: TYTX Trạm Y tế xã (mẫu)".to_owned(),
        points: Decimal::ZERO,
        of: Decimal::ZERO,
        figures: "Chưa có nội dung nào được tính điểm".to_owned(),
    };
    let stations = Podium { heading: Some("Trạm y tế".to_owned()), places: vec![unranked], notes: Vec::new() };
    let title = "Xếp hạng thi đua các đơn vị".to_owned();
    let summary = "Đến ngày 08/12/2025, theo văn bản số 12/HD-HĐTĐKT ngày 20/09/2025.".to_owned();
    let podiums = vec![schools, stations];
    approved("places", &Places { title: title.clone(), summary: summary.clone(), podiums }.svg(Language::Vi));
    approved("no-places", &Places { title, summary, podiums: Vec::new() }.svg(Language::Vi));
}

#[test]
fn a_line_goes_by_days_beside_its_goal() {
    let days = vec![
        dot("2025-09-30", "95.1"),
        dot("2025-10-31", "96.995"),
        dot("2025-11-10", "97.994"),
        dot("2025-11-12", "96.5"),
    ];
    approved("line", &insurance(days).svg(Language::Vi));
}

#[test]
fn nothing_at_all_and_more_than_planned_fit_into_the_picture() {
    let money = Line {
        title: "NS-01 Thu ngân sách trên địa bàn xã".to_owned(),
        measure_unit: "đồng".to_owned(),
        goal: Some(("1000000000".parse().unwrap(), "≥ 1.000.000.000 đồng".to_owned())),
        dots: vec![dot("2025-09-15", "0"), dot("2025-12-31", "2350000000.5")],
    };
    approved("over-the-goal", &money.svg(Language::Vi));
    approved("one-day", &insurance(vec![dot("2025-09-30", "97")]).svg(Language::En));
    let huge = "999999999999999.999999";
    let svg =
        Line { dots: vec![dot("2025-09-15", &format!("-{huge}")), dot("2025-09-16", huge)], ..money }.svg(Language::Vi);
    assert!(svg.contains("cy=\"") && !svg.contains("NaN"));
}

#[test]
fn figures_are_written_as_the_language_writes_them() {
    let written = |figure: &str, language| text::number(figure.parse().unwrap(), language);
    assert_eq!(written("1234567.50", Language::Vi), "1.234.567,5");
    assert_eq!(written("1234567.50", Language::En), "1,234,567.5");
    assert_eq!(written("-12.000", Language::Vi), "−12");
    assert_eq!((written("999", Language::Vi).as_str(), written("0", Language::Vi).as_str()), ("999", "0"));
    assert_eq!(day("2025-10-05".parse().unwrap()), "05/10/2025");
}

#[test]
fn what_people_write_stays_text_and_every_text_is_large_enough() {
    let svg = bars(vec![bar("<script>alert('x')</script> & \"y\"\u{7}", 2, 1, 1)]).svg(Language::Vi);
    assert!(
        !svg.contains("<script") && svg.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;")
    );
    assert!(!svg.contains('\u{7}'));
    for size in svg.split("font-size=\"").skip(1) {
        assert!(size.split('"').next().unwrap().parse::<u32>().unwrap() >= 12);
    }
    assert_eq!(svg.matches("<title").count(), 1);
    assert!(svg.contains("role=\"img\"") && svg.contains("lang=\"vi\"") && svg.contains("aria-labelledby="));
}

#[test]
fn colours_stand_out_from_the_background() {
    let light = |colour: &str| {
        let part = |at: usize| {
            let shade = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if shade <= 0.04045 { shade / 12.92 } else { ((shade + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    for colour in [INK, FAINT_INK, DONE, UNDER_WAY, EDGE] {
        let contrast = (light(BACKGROUND) + 0.05) / (light(colour) + 0.05);
        assert!(contrast >= 4.5, "{colour} {contrast}");
    }
}
