//! All that the template can see: itself, the paper as data, and four fonts. No file, no network, no clock.

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// How a page looks. It is the program's own, and reads `/paper.json`.
const TEMPLATE: &str = include_str!("paper.typ");

/// Times-metric, with every letter of Vietnamese; their licence lies beside them.
pub(crate) const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// One paper and what is needed to set it.
pub(crate) struct PaperWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
    paper: Bytes,
}

impl PaperWorld {
    /// The world of this paper; `None` where a path or a font is not what it should be.
    pub(crate) fn of(paper: Vec<u8>) -> Option<Self> {
        let named = |name: &str| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
        let fonts: Vec<_> = FONTS.into_iter().filter_map(|font| Font::new(Bytes::new(font), 0)).collect();
        (fonts.len() == FONTS.len()).then_some(())?;
        Some(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(named("paper.typ")?, TEMPLATE.to_owned()),
            data: named("paper.json")?,
            paper: Bytes::new(paper),
        })
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.paper.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every vowel of Vietnamese; each carries every tone.
    const VOWELS: [char; 12] = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];
    const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    /// What papers are made of besides letters.
    const SIGNS: &str = "0123456789 .,;:!?()[]/-–—…%“”‘’\"'≥≤=+×•§&<>{}#$*\\_@~^|№°";

    #[test]
    fn every_letter_of_vietnamese_with_every_tone_has_a_glyph_in_every_font() {
        use unicode_normalization::UnicodeNormalization;
        let mut letters: String = SIGNS.to_owned();
        for vowel in VOWELS {
            for tone in TONES {
                let written: String = format!("{vowel}{tone}").nfc().collect();
                assert_eq!(written.chars().count(), 1, "{written} is one letter");
                letters.extend([written.to_uppercase(), written]);
            }
        }
        letters.extend(('a'..='z').chain('A'..='Z').chain(['đ', 'Đ']));
        for font in FONTS {
            let font = Font::new(Bytes::new(font), 0).unwrap();
            let lacking: String = letters.chars().filter(|c| !font.info().coverage.contains(u32::from(*c))).collect();
            assert_eq!(lacking, "", "{:?}", font.info().variant);
        }
    }

    #[test]
    fn a_paper_sees_no_file_but_itself() {
        let world = PaperWorld::of(b"{}".to_vec()).unwrap();
        let other = RootedPath::new(VirtualRoot::Project, VirtualPath::new("etc/passwd").unwrap()).intern();
        assert_eq!(world.file(other), Err(FileError::AccessDenied));
        assert!(matches!(world.source(other), Err(FileError::AccessDenied)));
        assert!(world.today(None).is_none());
    }
}
