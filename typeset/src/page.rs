//! A paper, set: its pages, and the forms in which they go out.

use typst::{diag::SourceDiagnostic, foundations::Smart, utils::Scalar};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

use crate::{Failure, world::PaperWorld};

/// The form of the data that the template reads.
const FORM: u64 = 2;

/// The pages of a paper.
pub(crate) fn set(paper: Vec<u8>) -> Result<PagedDocument, Failure> {
    let data: serde_json::Value =
        serde_json::from_slice(&paper).map_err(|error| Failure::Paper(format!("it is no JSON: {error}")))?;
    if data["form"].as_u64() != Some(FORM) {
        return Err(Failure::Paper(format!("its form is {}, and {FORM} is known", data["form"])));
    }
    let world = PaperWorld::of(paper).ok_or_else(|| Failure::Typesetting("the fonts cannot be used".to_owned()))?;
    typst::compile::<PagedDocument>(&world).output.map_err(|errors| Failure::Typesetting(told(&errors)))
}

/// All pages as PDF: tagged, the fonts embedded, and the same bytes for the same paper.
pub(crate) fn pdf(set: &PagedDocument) -> Result<Vec<u8>, Failure> {
    let options = PdfOptions { creator: Smart::Custom(Some("thidua".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(set, &options).map_err(|errors| Failure::Typesetting(told(&errors)))
}

/// One page as PNG.
pub(crate) fn png(set: &PagedDocument, number: usize, ppi: f64) -> Result<Vec<u8>, Failure> {
    let page = number.checked_sub(1).and_then(|index| set.pages().get(index));
    let page = page.ok_or_else(|| Failure::Paper(format!("it has {} pages", set.pages().len())))?;
    let options = RenderOptions { pixel_per_pt: Scalar::new(ppi / 72.0), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().map_err(|error| Failure::Typesetting(error.to_string()))
}

fn told(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}
