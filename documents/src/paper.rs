//! One paper, as NĐ 30/2020 (appendix I) takes it apart; how a page looks is for the forms.

use thidua_domain::time::Date;

use crate::{file::FileName, table::Table, words::Words};

/// A paper: an administrative document with its annexes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// What it is called where it is saved.
    pub file: FileName,
    /// Its pages lie on their long side, as those of a book of many columns do.
    pub landscape: bool,
    /// What stands above the text.
    pub head: Head,
    /// The text.
    pub body: Vec<Block>,
    /// Who signs; absent from a sheet that nobody signs.
    pub signature: Option<Signature>,
    /// The list of recipients (*nơi nhận*), the copy that stays in the house last; each without dash and stop.
    pub recipients: Vec<Words>,
    /// What is attached, each on pages of its own.
    pub annexes: Vec<Annex>,
}

/// What stands above the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// The body above the issuer (*cơ quan chủ quản*), in capitals; none of a People's Committee.
    pub superior: Vec<Words>,
    /// The issuer, in capitals, broken into lines where one would break them.
    pub issuer: Vec<Words>,
    /// Number and symbol: `Số: 05/BC-UBND`; absent of what has no symbol, as a village.
    pub symbol: Option<Words>,
    /// Place and day: `Gia Lộc, ngày 11 tháng 12 năm 2025`.
    pub dateline: Words,
    /// The day itself, once there is one.
    pub dated: Option<Date>,
    /// The type, in capitals: `BÁO CÁO`.
    pub kind: Words,
    /// What it is about (*trích yếu*).
    pub subject: Words,
    /// What stands in brackets below: up to which day its figures reach.
    pub remark: Option<Words>,
    /// To whom it is addressed (*Kính gửi*).
    pub receivers: Vec<Words>,
}

/// A piece of the text, in the order of the paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// `I. CÔNG TÁC LÃNH ĐẠO`, with its number.
    Part(Words),
    /// `1. Kết quả theo lĩnh vực`, with its number.
    Section(Words),
    /// `a) Về phát triển kinh tế`, with its letter.
    Point(Words),
    /// A paragraph.
    Text(Words),
    /// A table.
    Table(Table),
}

/// The block of the signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// The lines above: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub capacity: Vec<Words>,
    /// Who signs, once that is known.
    pub name: Option<Words>,
}

/// What is attached (*phụ lục*); its pages have numbers of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annex {
    /// `Phụ lục I`.
    pub label: Words,
    /// Its title, in capitals.
    pub title: Words,
    /// What it belongs to: `(Kèm theo Báo cáo số 05/BC-UBND ngày …)`.
    pub belongs_to: Words,
    /// What stands in it.
    pub body: Vec<Block>,
}

impl Paper {
    /// What a reader of files shows as its title.
    #[must_use]
    pub fn title(&self) -> Words {
        let kind = self.head.kind.as_str();
        let mut title = kind.chars().take(1).collect::<String>();
        title.extend(kind.chars().skip(1).flat_map(char::to_lowercase));
        Words::of(format!("{title} {}", uncapitalised(self.head.subject.as_str())))
    }

    /// The lines of the list of recipients, each with its dash; the last one ends the list.
    pub(crate) fn printed_recipients(&self) -> impl Iterator<Item = String> {
        let last = self.recipients.len().saturating_sub(1);
        self.recipients.iter().enumerate().map(move |(index, line)| {
            let stop = if index == last { '.' } else { ';' };
            format!("- {line}{stop}")
        })
    }

    /// Every table, those of the annexes last.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let all = self.body.iter().chain(self.annexes.iter().flat_map(|annex| &annex.body));
        all.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Part(_) | Block::Section(_) | Block::Point(_) | Block::Text(_) => None,
        })
    }
}

/// With a small first letter, for the middle of a sentence; a word in capitals stays one.
pub(crate) fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let second_is_small = letters.clone().next().is_none_or(|second| !second.is_uppercase());
    if second_is_small { first.to_lowercase().chain(letters).collect() } else { text.to_owned() }
}
