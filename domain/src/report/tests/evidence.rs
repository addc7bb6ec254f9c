use super::*;
use crate::attachment::{
    AttachToReport, Attached, Attachment, Checksum, FileName, FileType, MAX_ATTACHMENTS, RemoveAttachment,
    Stage as AttachmentStage,
};

const STAGES: [&str; 6] = ["DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED", "LOCKED", "SUPERSEDED"];

fn file(name: &str, kind: FileType, content: u8) -> AttachToReport {
    let name = FileName::parse(name).unwrap();
    AttachToReport { name, kind, size: 3, sha256: Checksum::of(&[content; 32]), content: fresh_id() }
}

fn attach(report: Report, file: AttachToReport) -> Result<Change<Attachment>, Refusal> {
    act(&officer(), report, file, now())
}

fn remove(attachment: Attachment, report: Report) -> Result<Change<Attachment>, Refusal> {
    act(&head(), Attached { attachment, report }, RemoveAttachment, now())
}

/// What a change makes of the attachment and of its report.
fn both(change: Change<Attachment>) -> (Attachment, Report) {
    let (attachment, _, consequences) = change.into_parts();
    let Some(Consequence::Reports(mut reports)) = consequences.into_iter().next() else { panic!("no report follows") };
    (attachment, reports.remove(0).into_parts().0)
}

fn with_evidence(report: Report) -> (Attachment, Report) {
    both(attach(report, file("anh.jpg", FileType::Jpeg, 1)).unwrap())
}

/// The arrows of attaching and removing, each of them tried at every stage.
pub(super) fn edges() -> Vec<Edge> {
    let mut edges = Vec::new();
    let (attachment, _) = with_evidence(draft());
    for stage in STAGES {
        let tried = [
            ("attachToReport", attach(in_stage(stage), file("anh.jpg", FileType::Jpeg, 1)), could_attach(stage)),
            ("removeAttachment", remove(attachment.clone(), in_stage(stage)), could_remove(&attachment, stage)),
        ];
        for (command, answer, foretold) in tried {
            assert_eq!(foretold.err(), answer.as_ref().err().map(|refusal| refusal.code), "{stage} {command}");
            match answer {
                Ok(change) => edges.push((stage, command, both(change).1.stage_code())),
                Err(refusal) => assert_eq!(refusal.code, Code::ReportNotEditable, "{stage} {command}"),
            }
        }
    }
    edges
}

fn could_attach(stage: &str) -> Result<(), Code> {
    could::<AttachToReport, _>(&officer(), &in_stage(stage))
}

fn could_remove(attachment: &Attachment, stage: &str) -> Result<(), Code> {
    could::<RemoveAttachment, _>(&head(), &Attached { attachment: attachment.clone(), report: in_stage(stage) })
}

#[test]
fn the_report_names_what_is_attached_and_moves_on_by_a_version() {
    let before = draft();
    let (attachment, report) = with_evidence(before.clone());
    assert_eq!(report.root.version, before.root.version + 1);
    assert_eq!(report.attachments.len(), 1);
    assert_eq!(report.attachments[0].attachment, attachment.root.id);
    assert_eq!(report.attachments[0].file, attachment.file);

    let (removed, report) = both(remove(attachment, report).unwrap());
    assert_eq!(removed.stage_code(), "REMOVED");
    assert!(report.attachments.is_empty());
    assert_eq!(outcome(&remove(removed, report)), "attachment.removed");
}

#[test]
fn who_attached_or_removed_had_a_part_in_writing() {
    let other = actor(Role::UnitOfficer, SCHOOL, 77);
    let (attachment, report) = both(act(&other, draft(), file("a.png", FileType::Png, 1), now()).unwrap());
    assert!(report.drafters.contains(&other.person));
    let (_, report) = both(remove(attachment, report).unwrap());
    assert!(report.drafters.contains(&head().person));
}

#[test]
fn what_was_handed_in_once_is_kept_and_what_was_not_is_given_up() {
    let (attachment, report) = with_evidence(draft());
    let (removed, _) = both(remove(attachment.clone(), report.clone()).unwrap());
    assert!(!removed.content_kept());

    let returned = return_it(hand_in(report, open_period(), now()).unwrap().next().clone()).unwrap().next().clone();
    assert_eq!(returned.attachments.len(), 1, "what is given back has what was handed in");
    let (removed, report) = both(remove(attachment, returned).unwrap());
    assert!(removed.content_kept());
    let (later, report) = both(attach(report, file("b.png", FileType::Png, 2)).unwrap());
    assert!(!both(remove(later, report).unwrap()).0.content_kept(), "attached after it was given back");
}

#[test]
fn a_removed_file_that_nobody_else_saw_stays_the_units_own() {
    let (attachment, report) = with_evidence(draft());
    let (removed, report) = both(remove(attachment.clone(), report).unwrap());
    let submitted = hand_in(report, open_period(), now()).unwrap().next().clone();
    let seen = |attachment: &Attachment| {
        let attached = Attached { attachment: attachment.clone(), report: submitted.clone() };
        [officer(), coordinator(), portal(), actor(Role::UnitHead, STATION, 9)].map(|actor| attached.visible_to(&actor))
    };
    assert_eq!(seen(&removed), [true, false, false, false]);
    assert_eq!(seen(&attachment), [true, true, false, false]);
    let kept = AttachmentStage::Removed { removed_at: now(), kept: true };
    assert_eq!(seen(&Attachment { stage: kept, ..attachment }), [true, true, false, false]);
}

#[test]
fn each_file_is_attached_once_under_a_name_of_its_kind_and_there_are_not_too_many() {
    let (_, report) = with_evidence(draft());
    let refused = |file| faults(attach(report.clone(), file));
    let called = |name: &str| refused(file(name, FileType::Pdf, 2));
    assert_eq!(called("a.docx"), [("/name".to_owned(), "file.nameOfOtherType")]);
    assert_eq!(called("aux.pdf"), [("/name".to_owned(), "file.nameReserved")]);
    assert_eq!(refused(file("anh.jpeg", FileType::Jpeg, 1)), [(String::new(), "attachment.attachedAlready")]);

    let mut full = draft();
    for number in 0..MAX_ATTACHMENTS {
        let number = u8::try_from(number).unwrap();
        full = both(attach(full, file(&format!("{number}.txt"), FileType::Text, number)).unwrap()).1;
    }
    assert_eq!(outcome(&attach(full, file("21.txt", FileType::Text, 200))), "attachment.tooMany");
}

#[test]
fn an_attachment_and_its_report_read_back_as_they_were_written() {
    let (attachment, report) = with_evidence(draft());
    let (removed, _) = both(remove(attachment.clone(), report.clone()).unwrap());
    for one in [attachment, removed] {
        let written = crate::canonical::canonical(&one).unwrap();
        assert_eq!(serde_json::from_str::<Attachment>(&written).unwrap(), one);
    }
    let written = crate::canonical::canonical(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
}
