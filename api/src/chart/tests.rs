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
