use super::*;
use crate::attachment::{
    AttachToMeasurement, AttachToReport, Attached, Attachment, Checksum, FileName, FileType, MAX_ATTACHMENTS, Owner,
    Provable, Received, RemoveAttachment, Stage as AttachmentStage,
};

const STAGES: [&str; 6] = ["DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED", "LOCKED", "SUPERSEDED"];

fn file(name: &str, kind: FileType, content: u8) -> Received {
    let name = FileName::parse(name).unwrap();
    Received { name, kind, size: 3, sha256: Checksum::of(&[content; 32]), content: fresh_id() }
}

fn attach(report: Report, file: Received) -> Result<Change<Attachment>, Refusal> {
    act(&officer(), report, AttachToReport(file), now())
}

fn remove(attachment: Attachment, report: Report) -> Result<Change<Attachment>, Refusal> {
    act(&head(), Attached { attachment, owner: report.into() }, RemoveAttachment, now())
}

/// A measurement with nothing beside it yet.
fn provable(reported: bool) -> Provable {
    Provable { proven: proven(measured(61, 41, share("96995", "100000"))), reported }
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
    could::<RemoveAttachment, _>(&head(), &Attached { attachment: attachment.clone(), owner: in_stage(stage).into() })
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
    let (attachment, report) =
        both(act(&other, draft(), AttachToReport(file("a.png", FileType::Png, 1)), now()).unwrap());
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
        let attached = Attached { attachment: attachment.clone(), owner: submitted.clone().into() };
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

#[test]
fn what_proves_a_measurement_is_fixed_while_a_report_that_was_handed_in_rests_on_it() {
    let attach = |on: Provable| act(&officer(), on, AttachToMeasurement(file("anh.jpg", FileType::Jpeg, 1)), now());
    let attached = attach(provable(false)).unwrap().into_parts();
    let (attachment, event, consequences) = attached;
    assert!(consequences.is_empty(), "a measurement never changes");
    assert_eq!((event.action, attachment.owner), ("attachment.attached", Owner::Measurement(id(61))));
    assert_eq!(outcome(&attach(provable(true))), "measurement.reported");

    let remove = |reported| {
        let on = Attached { attachment: attachment.clone(), owner: provable(reported).into() };
        act(&head(), on, RemoveAttachment, now())
    };
    assert_eq!(outcome(&remove(true)), "measurement.reported");
    let removed = remove(false).unwrap().next().clone();
    assert!(removed.content_kept(), "whoever saw the measurement saw what proved it");

    let mut full = provable(false);
    full.proven.evidence = vec![attachment.enclosure(); MAX_ATTACHMENTS];
    assert_eq!(outcome(&attach(full.clone())), "attachment.tooMany");
    full.proven.evidence.truncate(1);
    assert_eq!(faults(attach(full)), [(String::new(), "attachment.attachedAlready")]);
}

#[test]
fn the_figures_of_a_report_name_what_proved_the_measurement_when_it_was_handed_in() {
    let attached = act(&officer(), provable(false), AttachToMeasurement(file("anh.jpg", FileType::Jpeg, 1)), now());
    let enclosed = attached.unwrap().next().enclosure();
    let mut facts = facts();
    facts.measurements[0].evidence.push(enclosed.clone());
    let handed_in = act(
        &head(),
        Filed { report: draft(), terms: open_period().terms() },
        SubmitReport { numbered: Numbered::default(), facts },
        now(),
    );
    let report = handed_in.unwrap().next().clone();
    assert_eq!(report.figures[0].finding.as_ref().unwrap().evidence, [enclosed]);
    assert_eq!(report.figures[1].finding, None);
}

#[test]
fn a_correction_begins_with_the_files_of_what_it_corrects_and_can_part_with_each() {
    let (attachment, report) = with_evidence(draft());
    let counting = accept(hand_in(report, open_period(), now()).unwrap().next().clone(), None).unwrap().next().clone();
    let mut command = correction(&counting);
    command.facts.evidence = vec![attachment.clone()];
    let (draft, _, consequences) = act(&officer(), within(open_period()), command, now()).unwrap().into_parts();
    let Some(Consequence::Attachments(carried)) = consequences.into_iter().next() else { panic!("nothing is carried") };
    let [carried] = <[_; 1]>::try_from(carried).unwrap();
    let (carried, event, _) = carried.into_parts();
    assert_eq!((event.action, carried.owner), ("attachment.carried", Owner::Report(draft.root.id)));
    assert_eq!((carried.content, carried.carried_from), (attachment.content, Some(attachment.root.id)));
    assert_ne!(carried.root.id, attachment.root.id);
    assert_eq!(draft.attachments, [carried.enclosure()]);

    let (removed, correction) = both(remove(carried, draft).unwrap());
    assert!(removed.content_kept(), "the bytes are those of the report that counts");
    assert!(correction.attachments.is_empty());
}

#[test]
fn an_attachment_of_before_there_were_other_owners_still_reads() {
    let (attachment, report) = with_evidence(draft());
    let written = crate::canonical::canonical(&attachment).unwrap();
    assert!(written.contains(&format!("\"report\":\"{}\"", report.root.id)), "{written}");
    assert!(!written.contains("carriedFrom") && !written.contains("owner"), "{written}");
    let on_measurement = Attachment { owner: Owner::Measurement(id(61)), ..attachment };
    let written = crate::canonical::canonical(&on_measurement).unwrap();
    assert_eq!(serde_json::from_str::<Attachment>(&written).unwrap(), on_measurement);
}
