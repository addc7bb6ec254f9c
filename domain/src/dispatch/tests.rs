use super::{AgencyCode, number_and_notation};
use crate::text::Token;

fn read(code: &str) -> Option<String> {
    AgencyCode::parse(code).map(|code| code.as_str().to_owned())
}

#[test]
fn a_code_is_read_from_the_city_down_and_one_of_the_form_before_is_turned_around() {
    for (given, canonical) in [
        ("H24", "H24"),
        ("H24.16", "H24.16"),
        (" H24.16.3A ", "H24.16.3A"),
        ("000.00.00.H24", "H24"),
        ("000.00.16.H24", "H24.16"),
        ("003.07.16.H24", "H24.16.07.003"),
    ] {
        assert_eq!(read(given).as_deref(), Some(canonical), "{given}");
    }
}

#[test]
fn what_is_no_code_is_not_taken_for_one() {
    for given in [
        "",
        "H2",
        "h24",
        "Z24",
        "H24.",
        "H24..1",
        ".H24",
        "H24.a",
        "H24 16",
        "24H",
        "00.00.16.H24",
        "000.00.00.Z24",
        "H24.0123456789.0123456789.0123456789",
        "Đ24",
    ] {
        assert_eq!(read(given), None, "{given}");
    }
    assert!(read(&format!("H24.{}", "1".repeat(31))).is_some());
    assert!(read(&format!("H24.{}", "1".repeat(32))).is_none());
}

#[test]
fn a_symbol_is_a_number_and_what_follows_it() {
    let parts = |symbol: &str| {
        let symbol = Token::parse(symbol).unwrap();
        let (number, notation) = number_and_notation(&symbol);
        (number.to_owned(), notation.to_owned())
    };
    assert_eq!(parts("25/BC-UBND"), ("25".to_owned(), "BC-UBND".to_owned()));
    assert_eq!(parts("25"), ("25".to_owned(), String::new()));
}
