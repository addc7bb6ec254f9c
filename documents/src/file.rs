//! The forms of a paper, and what it is called where it is saved.

use thidua_domain::text::fold;

/// The form in which a paper is had.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// To be edited: Office Open XML for Word.
    Docx,
    /// To be printed and signed.
    Pdf,
    /// To be reckoned with: Office Open XML for Excel.
    Xlsx,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// The ending of a file's name, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// The most characters of a file's name, its ending among them: what document desks ask for.
const MOST: usize = 50;

/// The name of a file without its ending: letters without accents, digits and hyphens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileName(String);

impl FileName {
    /// The name that these words give, cut between two of them where they are too many.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let folded = fold(words);
        let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let mut name = String::new();
        // The longest ending has four letters and a dot.
        let room = MOST - 5;
        for part in parts {
            let hyphen = usize::from(!name.is_empty());
            if name.len() + hyphen + part.len() > room {
                break;
            }
            if hyphen == 1 {
                name.push('-');
            }
            name.push_str(part);
        }
        if name.is_empty() {
            name.extend(folded.chars().filter(char::is_ascii_alphanumeric).take(room));
        }
        Self(if name.is_empty() { "van-ban".to_owned() } else { name })
    }

    /// The whole name in this form: `bao-cao-05-bc-ubnd.pdf`.
    #[must_use]
    pub fn in_form(&self, form: Form) -> String {
        format!("{}.{}", self.0, form.ending())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_accents_and_fifty_characters_at_most() {
        assert_eq!(FileName::of("Báo cáo 05/BC-UBND").in_form(Form::Pdf), "bao-cao-05-bc-ubnd.pdf");
        let long = FileName::of(&"Đợt thi đua thực hiện thắng lợi nhiệm vụ ".repeat(9)).in_form(Form::Docx);
        assert_eq!(long, "dot-thi-dua-thuc-hien-thang-loi-nhiem-vu-dot.docx");
        assert!(FileName::of(&"x".repeat(300)).in_form(Form::Xlsx).len() <= MOST);
        assert_eq!(FileName::of("…").in_form(Form::Xlsx), "van-ban.xlsx");
    }
}
