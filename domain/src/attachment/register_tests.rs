//! What the clerk may attach beside the registers, at every stage and at the edge of every bound.

use uuid::Uuid;

use super::{
    AttachToDocument, Attached, Attachment, Checksum, Enclosure, FileName, FileType, MAX_SIGNED_COPY, Received,
    RemoveAttachment, Stage,
};
use crate::{
    change::{Change, Consequence},
    dispatch::MAX_PACKAGE,
    document::{Departure, Document, Stage as DocumentStage, tests::sealed},
    id::Id,
    policy::could,
    refusal::Refusal,
    registration::fixtures::{act, clerk},
    time::Timestamp,
};

fn noon() -> Timestamp {
    Timestamp::parse("2025-12-12T12:00:00+07:00").unwrap()
}

fn received(name: &str, kind: FileType, size: u64) -> Received {
    Received {
        name: FileName::parse(name).unwrap(),
        kind,
        size,
        sha256: Checksum::of(&[7; 32]),
        content: Id::new(Uuid::from_u128(8)),
    }
}

fn attach(document: Document, file: Received) -> Result<Change<Attachment>, Refusal> {
    act(&clerk(), document, AttachToDocument(file), noon())
}

fn with_copy(document: Document) -> (Document, Attachment) {
    let change = attach(document, received("a.pdf", FileType::Pdf, 1)).unwrap();
    let (attachment, _, consequences) = change.into_parts();
    let Some(Consequence::Document(document)) = consequences.into_iter().next() else { panic!("no document") };
    (document.into_parts().0, attachment)
}

fn dispatched(document: &Document) -> Document {
    let seal = document.stage.seal().cloned().unwrap();
    let departure = Departure { person: clerk().person, name: String::new(), dispatched_at: noon(), late: false };
    Document { stage: DocumentStage::Dispatched { seal, departure }, ..document.clone() }
}

fn faults<T>(answer: Result<T, Refusal>) -> Vec<(String, &'static str)> {
    let refusal = answer.err().unwrap();
    refusal.faults.iter().map(|fault| (fault.pointer.clone(), fault.code.as_str())).collect()
}

#[test]
fn a_copy_comes_and_goes_until_the_document_has_left() {
    let issued = Document { stage: DocumentStage::Issued, ..sealed() };
    for document in [issued, sealed()] {
        assert_eq!(could::<AttachToDocument, _>(&clerk(), &document), Ok(()));
        let (moved_on, attachment) = with_copy(document.clone());
        assert_eq!((moved_on.root.version, moved_on.stage.code()), (document.root.version + 1, document.stage.code()));
        let named = Enclosure { attachment: attachment.root.id, file: attachment.file.clone() };
        assert_eq!(moved_on.signed_copy.as_ref(), Some(&named));
        let second = attach(moved_on.clone(), received("b.pdf", FileType::Pdf, 2)).unwrap_err();
        assert_eq!(second.code.as_str(), "document.signedCopyAttached");
        let attached = Attached { attachment, owner: moved_on.into() };
        let (removed, event, _) = act(&clerk(), attached, RemoveAttachment, noon()).unwrap().into_parts();
        assert_eq!(
            (removed.stage, event.action),
            (Stage::Removed { removed_at: noon(), kept: true }, "attachment.removed")
        );
    }
    let (document, attachment) = with_copy(sealed());
    let gone = dispatched(&document);
    let refused = attach(dispatched(&sealed()), received("a.pdf", FileType::Pdf, 1)).unwrap_err();
    assert_eq!(refused.code.as_str(), "document.dispatchedAlready");
    let attached = Attached { attachment, owner: gone.into() };
    let fixed = act(&clerk(), attached, RemoveAttachment, noon()).unwrap_err();
    assert_eq!(fixed.code.as_str(), "document.dispatchedAlready");
}

#[test]
fn a_copy_leaves_room_in_the_package_that_it_goes_with() {
    const { assert!(MAX_SIGNED_COPY < MAX_PACKAGE) };
    assert!(attach(sealed(), received("a.pdf", FileType::Pdf, MAX_SIGNED_COPY)).is_ok());
    let large = attach(sealed(), received("a.pdf", FileType::Pdf, MAX_SIGNED_COPY + 1));
    assert_eq!(faults(large), [(String::new(), "document.signedCopyTooLarge")]);
    let both = attach(sealed(), received("a.png", FileType::Png, MAX_SIGNED_COPY + 1));
    let named = ("/name".to_owned(), "document.signedCopyNotPdf");
    assert_eq!(faults(both), [named, (String::new(), "document.signedCopyTooLarge")]);
}
