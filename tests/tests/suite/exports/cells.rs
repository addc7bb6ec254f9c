//! Cells of workbooks.

use calamine::Data;

/// A cell of a workbook says what the item does, as a value of its own type.
pub(super) fn check_cell(member: &str, text: &str, cell: &Data) {
    let last = member.rsplit('.').next().unwrap();
    let said = match cell {
        Data::DateTime(moment) => {
            let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_time(chrono::NaiveTime::MIN);
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of our century")]
            let moment = first + chrono::TimeDelta::milliseconds((moment.as_f64() * 86_400_000.0).round() as i64);
            if last.ends_with("Date") {
                moment.format("%Y-%m-%d").to_string()
            } else {
                assert!(last.ends_with("At") || last.ends_with("Before"), "{member} is {cell:?}");
                let instant = moment - chrono::TimeDelta::hours(7);
                let said = text.parse::<chrono::DateTime<chrono::Utc>>().expect(member).naive_utc();
                assert!((instant - said).abs() < chrono::TimeDelta::milliseconds(2), "{member}: {text} and {cell:?}");
                return;
            }
        }
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        other => {
            assert!(!last.ends_with("Date") && !last.ends_with("At"), "{member} is the text {other:?}");
            other.to_string()
        }
    };
    assert_eq!(said, text, "{member}");
}
