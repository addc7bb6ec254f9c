//! What a file is, is told by its content; what could hurt somebody is refused with the reason.

use base64::{Engine, prelude::BASE64_STANDARD};
use rawzip::CompressionMethod;
use sha2::{Digest, Sha256};

use super::{
    files::{CSV, PDF, archive, docx, encrypted, jpeg, odt, overlapping, png, understated, xlsx},
    *,
};

#[tokio::test]
async fn a_file_of_each_kind_is_taken_and_named_by_the_report_with_its_checksum() {
    let (app, draft) = with_draft().await;
    let office = "application/vnd.openxmlformats-officedocument.";
    let chart: &[(&str, &[u8])] = &[("word/embeddings/Microsoft_Excel_Sheet1.xlsx", &xlsx())];
    let table: &[(&str, Vec<u8>, &str, &str)] = &[
        ("Biên bản nghiệm thu.pdf", PDF.to_vec(), "PDF", "application/pdf"),
        ("bao-cao.docx", docx(&[]), "DOCX", &format!("{office}wordprocessingml.document")),
        ("bieu-do.DOCX", docx(chart), "DOCX", &format!("{office}wordprocessingml.document")),
        ("so-lieu.xlsx", xlsx(), "XLSX", &format!("{office}spreadsheetml.sheet")),
        ("bao-cao.odt", odt(&[]), "ODT", "application/vnd.oasis.opendocument.text"),
        ("anh.jpeg", jpeg(4000, 3000), "JPEG", "image/jpeg"),
        ("anh.png", png(10_000, 10_000), "PNG", "image/png"),
        ("so-lieu.csv", CSV.to_vec(), "CSV", "text/csv"),
        ("ghi-chu.txt", "Ghi chú\tđã kiểm tra.\n".into(), "TEXT", "text/plain"),
    ];
    for (index, (name, bytes, kind, media)) in table.iter().enumerate() {
        let made = attached(&app, &draft, name, bytes).await;
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((made.text("name"), made.text("fileType"), made.text("mediaType")), (*name, *kind, *media));
        assert_eq!((made.text("sha256"), made.body["size"].as_u64()), (&*sha256, Some(bytes.len() as u64)));
        assert_eq!(made.text("reportId"), draft.id());
        let named = report_now(&app, &draft).await;
        let expected =
            json!({"attachmentId": made.id(), "name": name, "fileType": kind, "size": bytes.len(), "sha256": sha256});
        assert_eq!(named.body["attachments"][index], expected);
        assert_eq!(named.body["version"].as_u64(), Some(index as u64 + 2), "each file is a version of the report");
    }
    assert_eq!(kept(&app).len(), table.len());
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_taken_is_refused_with_its_reason_and_leaves_nothing() {
    let (app, draft) = with_draft().await;
    let macros: &[(&str, &[u8])] = &[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")];
    let nested: &[(&str, &[u8])] = &[("word/media/image1.png", &archive(&[("a", b"a")], CompressionMethod::STORE))];
    let program: &[(&str, &[u8])] = &[("word/media/image1.png", b"MZ\x90\0\x03")];
    let plain: &[(&str, &[u8])] = &[("a.txt", b"a"), ("b.txt", b"b")];
    let cut = docx(&[]);
    let table: &[(&str, Vec<u8>, &str)] = &[
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type".to_vec(), "file.damaged"),
        ("a.png", png(10_001, 10_000), "file.pictureTooLarge"),
        ("a.png", png(30_001, 1), "file.pictureTooLarge"),
        ("a.png", png(0, 100), "file.damaged"),
        ("a.png", png(100, 100)[..20].to_vec(), "file.damaged"),
        ("a.jpg", jpeg(20_000, 6_000), "file.pictureTooLarge"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "file.damaged"),
        ("a.docx", overlapping(10, 409), "file.unpacksTooLarge"),
        ("a.docx", docx(&[("word/media/image1.bmp", &vec![0; 40 << 20])]), "file.unpacksTooLarge"),
        ("a.docx", understated(&vec![0; 9 << 20], 64), "file.damaged"),
        ("a.docx", understated(b"some text that is longer", 400), "file.damaged"),
        ("a.docx", encrypted(), "file.encrypted"),
        ("a.docx", docx(macros), "file.withMacros"),
        ("a.docx", docx(program), "file.withMacros"),
        ("a.docx", docx(nested), "file.nestedArchive"),
        ("a.docx", cut[..cut.len() / 2].to_vec(), "file.damaged"),
        ("a.docx", archive(plain, CompressionMethod::DEFLATE), "file.typeUnknown"),
        ("a.odt", odt(&[("Basic/Standard/Module1.xml", b"<script:module/>")]), "file.withMacros"),
        ("a.odt", odt(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>")]), "file.encrypted"),
        (
            "a.odt",
            odt(&[("word/document.xml", b"<w:document/>"), ("[Content_Types].xml", b"<Types/>")]),
            "file.typeUnknown",
        ),
        ("a.odt", archive(plain, CompressionMethod::STORE), "file.typeUnknown"),
        ("a.pdf", b"MZ\x90\0\x03\0\0\0\x04".to_vec(), "file.typeUnknown"),
        ("a.txt", b"not\0text".to_vec(), "file.typeUnknown"),
        ("a.txt", b"xin ch\xe0o".to_vec(), "file.typeUnknown"),
        ("a.txt", "cut in the middle of a character: ế".as_bytes()[..36].to_vec(), "file.typeUnknown"),
        ("a.csv", "UTF-16".encode_utf16().flat_map(u16::to_le_bytes).collect(), "file.typeUnknown"),
    ];
    let before = app.events().await;
    for (name, bytes, code) in table {
        let refused = app.persona("unit-officer").attach(&at("reports", &draft), name, bytes.clone()).await;
        assert_eq!(refused.refused(422).faults(), [format!(" {code}")], "{name}, {} bytes", bytes.len());
    }
    assert_eq!((app.events().await, kept(&app)), (before, Vec::new()), "nothing is left");
}

#[tokio::test]
async fn twenty_kilobytes_that_unpack_to_four_gigabytes_are_not_unpacked() {
    let bomb = overlapping(10, 409);
    assert!(bomb.len() < 64 << 10, "{} bytes", bomb.len());
    let (app, draft) = with_draft().await;
    let refused = app.persona("unit-head").attach(&at("reports", &draft), "bomb.docx", bomb).await.refused(422);
    assert_eq!(refused.faults(), [" file.unpacksTooLarge"]);
}

#[tokio::test]
async fn a_long_text_may_have_its_characters_anywhere() {
    let (app, draft) = with_draft().await;
    // Three bytes each, so that the pieces in which it is looked at cut them at every place.
    for shift in 0..3 {
        let text = format!("{}{}", "a".repeat(shift), "ế".repeat(50_000));
        attached(&app, &draft, "dai.txt", text.as_bytes()).await;
    }
}

#[tokio::test]
async fn a_name_is_that_of_the_content_and_trips_nobody_up() {
    let (app, draft) = with_draft().await;
    let officer = app.persona("unit-officer");
    for name in ["../a.pdf", "a/b.pdf", "a", ".pdf", "anh\u{202e}fdp.exe", "a\r\nb.pdf", "a.pdf\0", " a.pdf", "a:b.pdf"]
    {
        let refused = officer.attach(&at("reports", &draft), name, PDF).await.refused(400);
        assert_eq!(refused.faults(), ["name fileName.malformed"], "{name:?}");
    }
    for (name, code) in [("a.docx", "file.nameOfOtherType"), ("nul.pdf", "file.nameReserved")] {
        let refused = officer.attach(&at("reports", &draft), name, PDF).await.refused(422);
        assert_eq!(refused.faults(), [format!("name {code}")]);
    }
    let path = format!("{}/attachments", at("reports", &draft));
    let bytes = officer.with("Content-Type", thidua_tests::BYTES).with("Idempotency-Key", "name");
    let body = || Some("x".to_owned());
    let missing = bytes.send(Method::POST, &path, body()).await.refused(400);
    assert_eq!(missing.faults(), ["name field.missing"]);
    let more = bytes.send(Method::POST, &format!("{path}?name=a.txt&name=b.txt"), body()).await.refused(400);
    assert_eq!(more.faults(), ["name field.twice"]);
    let unknown = bytes.send(Method::POST, &format!("{path}?name=a.txt&folder=b"), body()).await.refused(400);
    assert_eq!(unknown.faults(), ["folder parameter.unknown"]);
    assert_eq!(kept(&app), Vec::<String>::new());
}

#[tokio::test]
async fn a_digest_of_the_body_is_held_against_what_arrives() {
    let (app, draft) = with_draft().await;
    let says = |digest: String| app.persona("unit-officer").with("Content-Digest", &digest);
    let right = format!("sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(PDF)));
    let wrong = format!("sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(b"something else")));
    let refused = says(wrong).attach(&at("reports", &draft), "a.pdf", PDF).await.refused(422);
    assert_eq!(refused.faults(), ["Content-Digest file.digestMismatch"]);
    for malformed in ["sha-256=", "sha-256=:AAAA:", "md5=:AAAA:", &right.replace(':', "")] {
        let refused = says(malformed.to_owned()).attach(&at("reports", &draft), "a.pdf", PDF).await.refused(400);
        assert_eq!(refused.faults(), ["Content-Digest header.malformed"], "{malformed}");
    }
    assert_eq!(kept(&app), Vec::<String>::new());
    says(right).attach(&at("reports", &draft), "a.pdf", PDF).await.created();
}
