//! How bytes go out: whole, in part, or not again; and never as part of a page.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::*;

const TEXT: &str = "Biên bản nghiệm thu phòng máy tính, ngày 31/10/2025.";

#[tokio::test]
async fn a_download_is_saved_under_its_name_and_is_never_a_page() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "Biên bản (lần 2).txt", TEXT.as_bytes()).await;
    let gzip = app.persona("unit-head").with("Accept-Encoding", "gzip");
    let got = content_of(&gzip, &made).await.ok();
    assert_eq!(got.bytes, TEXT.as_bytes(), "as it was attached, and not compressed");
    let digest = format!("sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(TEXT)));
    let headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        (
            "Content-Disposition",
            "attachment; filename=\"Bi_n b_n (l_n 2).txt\"; \
             filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n%20%28l%E1%BA%A7n%202%29.txt",
        ),
        ("Content-Length", &TEXT.len().to_string()),
        ("Content-Digest", &digest),
        ("Repr-Digest", &digest),
        ("Accept-Ranges", "bytes"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
        ("Cache-Control", "private, no-cache"),
        ("ETag", &format!("\"1.{}\"", &made.text("sha256")[..8])),
    ];
    for (name, value) in headers {
        assert_eq!(got.header(name), value, "{name}");
    }
    let path = format!("{}/content", at("attachments", &made));
    let head = gzip.send(Method::HEAD, &path, None).await.ok();
    assert_eq!((head.bytes.len(), head.header("Content-Length")), (0, &*TEXT.len().to_string()));
    assert_eq!(head.header("Repr-Digest"), digest);
}

#[tokio::test]
async fn who_has_it_already_gets_it_no_second_time() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", TEXT.as_bytes()).await;
    let head = app.persona("unit-head");
    let tag = content_of(&head, &made).await.ok().etag().to_owned();
    for known in [tag.clone(), format!("\"1.00000000\", W/{tag}"), "*".to_owned()] {
        let answer = content_of(&head.with("If-None-Match", &known), &made).await;
        assert_eq!((answer.status.as_u16(), answer.bytes.len(), answer.etag()), (304, 0, &*tag), "{known}");
    }
    content_of(&head.with("If-None-Match", "\"1.00000000\""), &made).await.ok();
}

#[tokio::test]
async fn a_download_goes_on_where_it_was_cut_off() {
    let (app, draft) = with_draft().await;
    let bytes = TEXT.as_bytes();
    let (made, size) = (attached(&app, &draft, "a.txt", bytes).await, bytes.len());
    let head = app.persona("unit-head");
    let ask = async |range: &str| content_of(&head.with("Range", range), &made).await;
    let parts = [
        ("bytes=0-0".to_owned(), 0..1),
        ("bytes=10-19".to_owned(), 10..20),
        (format!("bytes={}-", size - 1), size - 1..size),
        ("bytes=-5".to_owned(), size - 5..size),
        ("bytes=5-99999999999999999999".to_owned(), 5..size),
        ("bytes=-999".to_owned(), 0..size),
    ];
    for (range, expected) in parts {
        let answer = ask(&range).await;
        assert_eq!((answer.status.as_u16(), &answer.bytes[..]), (206, &bytes[expected.clone()]), "{range}");
        let told = format!("bytes {}-{}/{size}", expected.start, expected.end - 1);
        assert_eq!(answer.header("Content-Range"), told);
        assert_eq!(answer.header("Content-Length"), expected.len().to_string());
        assert!(answer.headers.get("Content-Digest").is_none() && !answer.header("Repr-Digest").is_empty());
    }
    for ignored in ["bytes=0-1,4-5", "bytes=9-3", "pages=1-2"] {
        assert_eq!(ask(ignored).await.ok().bytes, bytes, "{ignored}");
    }
    for beyond in [format!("bytes={size}-"), "bytes=-0".to_owned()] {
        let refused = ask(&beyond).await.refused(416);
        assert_eq!(refused.header("Content-Range"), format!("bytes */{size}"));
        assert_eq!(refused.faults(), ["Range request.rangeNotSatisfiable"]);
    }
    for malformed in ["bytes", "bytes=", "bytes=a-b", "bytes=-", "0-5"] {
        assert_eq!(ask(malformed).await.refused(400).faults(), ["Range header.malformed"], "{malformed}");
    }
}

#[tokio::test]
async fn a_part_is_only_answered_to_whom_it_completes_what_there_is() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", TEXT.as_bytes()).await;
    let head = app.persona("unit-head").with("Range", "bytes=3-7");
    let tag = content_of(&app.persona("unit-head"), &made).await.ok().etag().to_owned();
    let on = content_of(&head.with("If-Range", &tag), &made).await;
    assert_eq!((on.status.as_u16(), &on.bytes[..]), (206, &TEXT.as_bytes()[3..8]));
    for other in ["\"1.00000000\"", &format!("W/{tag}"), "Mon, 03 Nov 2025 08:00:00 GMT"] {
        let whole = content_of(&head.with("If-Range", other), &made).await.ok();
        assert_eq!(whole.bytes, TEXT.as_bytes(), "{other}");
    }
    let known = content_of(&head.with("If-None-Match", &tag), &made).await;
    assert_eq!(known.status.as_u16(), 304, "which is asked first");
}
