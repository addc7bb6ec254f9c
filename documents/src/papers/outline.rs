//! The text of a paper as it is written down: parts, sections and points get their numbers by themselves.

use thidua_domain::text::Prose;

use crate::{
    paper::Block,
    table::Table,
    words::Words,
    written::{point, roman},
};

/// A text that is being written down.
#[derive(Debug, Default)]
pub(super) struct Outline {
    blocks: Vec<Block>,
    parts: usize,
    sections: usize,
    points: usize,
}

impl Outline {
    /// `II. KẾT QUẢ`: the title in capitals.
    pub(super) fn part(&mut self, title: &str) {
        self.parts += 1;
        (self.sections, self.points) = (0, 0);
        self.blocks.push(Block::Part(Words::of(format!("{}. {}", roman(self.parts), title.to_uppercase()))));
    }

    /// `1. Kết quả theo lĩnh vực`.
    pub(super) fn section(&mut self, title: &str) {
        self.sections += 1;
        self.points = 0;
        self.blocks.push(Block::Section(Words::of(format!("{}. {title}", self.sections))));
    }

    /// `a) Về phát triển kinh tế`.
    pub(super) fn point(&mut self, title: &str) {
        self.blocks.push(Block::Point(Words::of(format!("{} {title}", point(self.points)))));
        self.points += 1;
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: impl AsRef<str>) {
        let text = Words::of(text);
        if !text.is_empty() {
            self.blocks.push(Block::Text(text));
        }
    }

    /// `- …`: one of several things, each in a paragraph of its own.
    pub(super) fn dash(&mut self, text: impl AsRef<str>) {
        self.text(format!("- {}", text.as_ref()));
    }

    /// What somebody wrote, in as many paragraphs.
    pub(super) fn prose(&mut self, prose: Option<&Prose>) {
        let paragraphs = prose.map(|prose| Words::paragraphs(prose.as_str())).unwrap_or_default();
        self.blocks.extend(paragraphs.into_iter().map(Block::Text));
    }

    /// A table.
    pub(super) fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    /// What somebody wrote in one part; `nothing` where it is empty, so that nobody takes it for a page that is lost.
    pub(super) fn prose_or<const N: usize>(&mut self, pieces: [Option<&Prose>; N], nothing: &str) {
        let before = self.blocks.len();
        pieces.into_iter().for_each(|piece| self.prose(piece));
        if self.blocks.len() == before {
            self.text(nothing);
        }
    }

    /// What was written down, with the mark after which nothing follows but the signature (NĐ 30/2020, appendix I).
    pub(super) fn finish_signed(mut self) -> Vec<Block> {
        if let Some(Block::Text(last)) = self.blocks.last_mut() {
            *last = Words::of(format!("{}./.", last.as_str().trim_end_matches(['.', '/', ' '])));
        }
        self.blocks
    }

    /// What was written down.
    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }
}
