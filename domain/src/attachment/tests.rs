use unicode_normalization::UnicodeNormalization;

use super::{Checksum, FileName, FileType};

#[test]
fn a_name_is_kept_as_it_is_written_in_vietnamese() {
    for name in ["Biên bản nghiệm thu (ký số).pdf", "anh 1.JPG", "số-liệu.v2.xlsx", "a.tar.txt"] {
        assert_eq!(FileName::parse(name).unwrap().as_str(), name);
    }
    let decomposed: String = "Biên bản.pdf".nfd().collect();
    assert_eq!(FileName::parse(&decomposed).unwrap().as_str(), "Biên bản.pdf");
}

#[test]
fn a_name_that_could_trip_somebody_up_is_no_name() {
    let too_long = format!("{}.pdf", "a".repeat(FileName::MAX - 3));
    let names = [
        "",
        ".pdf",
        " a.pdf",
        "a",
        "a.",
        "a.p",
        "a.pdf ",
        "a.pdf.",
        "../a.pdf",
        "a/b.pdf",
        "a\\b.pdf",
        "c:a.pdf",
        "a*.pdf",
        "a?.pdf",
        "a\".pdf",
        "a<b>.pdf",
        "a|b.pdf",
        "a\0.pdf",
        "a\r\nb.pdf",
        "anh\u{202e}gpj.exe",
        "a\u{2066}.pdf",
        "a\u{feff}.pdf",
        "a.p\u{111}f",
        "a.abcdef",
        &too_long,
    ];
    for name in names {
        assert_eq!(FileName::parse(name).map(|name| name.to_string()), Err(FileName::MALFORMED), "{name:?}");
    }
    assert!(FileName::parse(&too_long[1..]).is_ok());
}

#[test]
fn names_of_devices_are_told_from_names_that_only_look_like_them() {
    let device = |name: &str| FileName::parse(name).unwrap().is_device();
    for name in ["con.txt", "NUL.pdf", "Aux.b.png", "com1.txt", "LPT9.csv", "prn .txt"] {
        assert!(device(name), "{name}");
    }
    for name in ["control.txt", "com.txt", "com10.txt", "annul.pdf", "a.con.txt"] {
        assert!(!device(name), "{name}");
    }
}

#[test]
fn a_kind_is_called_by_its_own_endings_and_text_may_be_a_table() {
    let named = |kind: FileType, name: &str| kind.named(&FileName::parse(name).unwrap());
    for kind in FileType::ALL {
        for other in FileType::ALL {
            for ending in other.endings() {
                let expected = match (kind, other) {
                    (FileType::Text, FileType::Csv) => Some(FileType::Csv),
                    (kind, other) => (kind == other).then_some(*kind),
                };
                assert_eq!(named(*kind, &format!("a.{}", ending.to_uppercase())), expected, "{kind:?} {ending}");
            }
        }
    }
    assert_eq!(named(FileType::Pdf, "a.exe"), None);
}

#[test]
fn a_checksum_is_64_digits_and_nothing_else() {
    let digest: [u8; 32] = std::array::from_fn(|index| u8::try_from(index * 8).unwrap());
    let checksum = Checksum::of(&digest);
    assert!(checksum.as_str().starts_with("0008101820"));
    assert_eq!(checksum.bytes(), digest);
    let read = |text: &str| serde_json::from_value::<Checksum>(text.into());
    assert_eq!(read(checksum.as_str()).unwrap(), checksum);
    for wrong in ["", "00", &checksum.as_str().to_uppercase(), &format!("{}0", checksum.as_str())] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
