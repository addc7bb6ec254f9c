//! Texts that want to be more than text, and more of them than usual.

use calamine::Data;
use serde_json::json;
use thidua_documents::Form;
use thidua_tests::Reply;

use super::{
    consolidated::{begun, printed},
    reading::{paragraphs, part, sheets},
    typeset::{pages, squeezed},
};
use crate::stage::city::{self, collection};

/// Every vowel of Vietnamese with every tone, put together of letter and marks.
fn decomposed() -> String {
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    let vowels = ["a", "a\u{306}", "a\u{302}", "e", "e\u{302}", "i", "o", "o\u{302}", "o\u{31b}", "u", "u\u{31b}", "y"];
    vowels.iter().flat_map(|vowel| tones.iter().map(move |tone| format!("{vowel}{tone}"))).collect()
}

const COMPOSED: &str = "aàáãảạăằắẵẳặâầấẫẩậeèéẽẻẹêềếễểệiìíĩỉịoòóõỏọôồốỗổộơờớỡởợuùúũủụưừứữửựyỳýỹỷỵ";

pub(super) const MARKUP: &str = r#"#read("/etc/passwd") *đậm* $x$ \ [đường](dẫn) <w:br/> </w:t> & ]]> <<EOF"#;

/// A draft whose texts are such.
pub(super) async fn strange(app: &thidua_tests::TestApp, october: &city::October) -> Reply {
    let mut new = city::new(october);
    let narrative = &mut new["narrative"];
    narrative["title"] = format!("Kết quả {}", "thực hiện Đợt thi đua năm 2025 của xã ".repeat(8))
        .chars()
        .take(300)
        .collect::<String>()
        .into();
    narrative["leadership"] = decomposed().into();
    narrative["results"] = MARKUP.into();
    narrative["awards"] = "=1+1\n+2\n-3\n@SUM(A1)".into();
    narrative["proposals"] = "Đề nghị thành phố quan tâm, chỉ đạo. ".repeat(540).into();
    narrative["otherMovements"] = json!([{ "name": "=HYPERLINK(\"http://x\")", "text": MARKUP }]);
    app.persona("coordinator").create(&collection(october), new).await.created()
}

#[tokio::test]
async fn text_stays_text_whatever_it_looks_like() {
    let (app, october) = begun().await;
    let draft = strange(&app, &october).await;
    let docx = printed(&app, &draft, Form::Docx).await;
    let text = paragraphs(&docx.bytes);
    assert!(text.iter().any(|line| line == MARKUP), "{text:#?}");
    assert!(text.iter().any(|line| line == COMPOSED), "NFD comes out as NFC");
    assert!(text.iter().any(|line| line == "1. =HYPERLINK(\"http://x\")"), "{text:#?}");
    assert!(text.iter().any(|line| line.chars().count() >= 295), "the whole title");
    assert!(!part(&docx.bytes, "word/document.xml").contains("<w:br/>"));

    let xlsx = printed(&app, &draft, Form::Xlsx).await;
    // Reading it finds no formula; and what looks like one is marked as text, also for whoever edits it.
    let (_, rows) = &sheets(&xlsx.bytes)[0];
    for risky in ["=1+1", "+2", "-3", "@SUM(A1)"] {
        assert!(rows.iter().any(|row| row[0] == Data::String(risky.to_owned())), "{risky}");
    }
    assert!(part(&xlsx.bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    assert!(!part(&xlsx.bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[tokio::test]
async fn a_report_on_nothing_says_that_there_is_nothing() {
    let app = thidua_tests::TestApp::start_at("2025-11-03").await;
    let campaign = crate::stage::reporting::running_since_september(&app).await;
    let period = crate::stage::reporting::open(&app, &campaign).await;
    let new = json!({ "periodIds": [period.id()], "cutOffDate": "2025-11-03", "narrative": {} });
    let path = format!("/campaigns/{}/consolidated-reports", campaign.id());
    let draft = app.persona("coordinator").create(&path, new).await.created();
    for form in [Form::Docx, Form::Xlsx] {
        printed(&app, &draft, form).await;
    }
    let text = paragraphs(&printed(&app, &draft, Form::Docx).await.bytes);
    assert!(text.iter().filter(|line| *line == "Không có.").count() >= 2, "{text:#?}");
}

#[tokio::test]
async fn forty_pages_are_set_to_their_last_sentence_and_their_tables_after_them() {
    let (app, october) = begun().await;
    let mut new = city::new(&october);
    let narrative = new["narrative"].as_object_mut().unwrap();
    let mut written = Vec::new();
    for (member, text) in narrative.iter_mut().filter(|(member, text)| text.is_string() && *member != "title") {
        let sentence =
            |number| format!("Câu {number} của mục {member} nói rõ việc đã làm, ai làm, khi nào và kết quả ra sao.");
        let mut long = String::new();
        for number in 1.. {
            let next = sentence(number);
            if long.chars().count() + next.chars().count() + 2 > 19_900 {
                written.push(sentence(number - 1));
                break;
            }
            // A paragraph of five sentences.
            long += &format!("{next}{}", if number % 5 == 0 { "\n" } else { " " });
        }
        *text = long.into();
    }
    assert!(written.len() >= 5, "{written:?}");
    let draft = app.persona("coordinator").create(&collection(&october), new).await.created();
    let lines = paragraphs(&printed(&app, &draft, Form::Docx).await.bytes).concat();
    let pages = pages(&printed(&app, &draft, Form::Pdf).await.bytes);
    assert!(pages.len() >= 40, "{} pages", pages.len());
    let set = pages.concat();
    for last in &written {
        assert!(lines.contains(last) && set.contains(&squeezed(last)), "{last}");
    }
    assert!(set.contains(&squeezed("Phụ lục I")), "the annexes follow");
}
