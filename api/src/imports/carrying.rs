//! From rows to commands: what their codes stand for, whether the caller may do each, and what is there already.

use std::collections::{BTreeMap, BTreeSet};

use thidua_domain::{
    campaign::{Campaign, CampaignId},
    import::{Row, Rows},
    policy::{Directory, Within},
    refusal::{Code, Fault},
    registration::{Content, CreateRegistration, RegisteredTarget},
    target::{AppendMeasurement, Measurable},
    text::{Paragraph, Token},
    unit::{CreateUnit, Unit, UnitId},
};
use thidua_persistence::{
    StoreError, Tx,
    facts::{imports as facts, registrations},
};

use super::{
    file::Table,
    read::Numbered,
    rows::{MeasurementRow, RegistrationRow, UnitRow},
};
use crate::input::{CodeText, Str};

/// Takes the permission for a row, or what the policy says of it.
macro_rules! permitted {
    ($tx:expr, $faults:expr, $number:expr, $subject:expr) => {
        match $tx.permit_new($subject) {
            Ok(permitted) => permitted,
            Err(StoreError::Refused(refusal)) => {
                $faults.extend(refusal.of_row($number));
                continue;
            }
            Err(other) => return Err(other),
        }
    };
}

fn unknown(pointer: &str, number: u32) -> Fault {
    Fault::at(pointer, Code::UnknownReference).in_row(number)
}

async fn units<R>(
    tx: &Tx,
    rows: &[Numbered<R>],
    code: impl Fn(&R) -> Option<&CodeText>,
) -> Result<BTreeMap<Token, Unit>, StoreError> {
    let codes: BTreeSet<Token> = rows.iter().filter_map(|one| code(&one.row)).map(|c| c.clone().into_text()).collect();
    facts::units(tx, codes.into_iter().collect()).await
}

/// Values of targets. What says of a day what was recorded for it last does nothing.
pub(super) async fn measurements(
    tx: &Tx,
    campaign: CampaignId,
    table: &Table<MeasurementRow>,
) -> Result<Rows<AppendMeasurement, Measurable>, StoreError> {
    let rows = &table.rows;
    let units = units(tx, rows, |row| Some(&row.unit_code)).await?;
    let codes: BTreeSet<Token> = rows.iter().map(|one| one.row.target_code.clone().into_text()).collect();
    let ids = units.values().map(|unit| unit.root.id).collect();
    let targets = facts::targets(tx, campaign, ids, codes.into_iter().collect()).await?;
    let (mut faults, mut found) = (Vec::new(), Vec::new());
    for Numbered { number, row } in rows {
        let Some(unit) = units.get(&row.unit_code.clone().into_text()) else {
            faults.push(unknown("/unitCode", *number));
            continue;
        };
        match targets.get(&(unit.root.id, row.target_code.clone().into_text())) {
            Some(measurable) => found.push((*number, row, measurable)),
            None => faults.push(unknown("/targetCode", *number)),
        }
    }
    let days: Vec<_> = found.iter().map(|(_, row, on)| (on.target.root.id, row.as_of_date.0)).collect();
    let known = facts::measured(tx, &days).await?;
    let (mut commands, mut unchanged, mut told) = (Vec::new(), 0, BTreeSet::new());
    for (number, row, on) in found {
        let day = (on.target.root.id, row.as_of_date.0);
        if !told.insert(day) {
            faults.push(Fault::at("/asOfDate", Code::ImportRowTwice).in_row(number));
            continue;
        }
        let permitted = permitted!(tx, faults, number, on.clone());
        let command = AppendMeasurement {
            as_of: row.as_of_date.0,
            value: row.value.clone().into(),
            note: row.note.clone().map(Str::into_text),
        };
        if known.get(&day).is_some_and(|last| last.value == command.value && last.note == command.note) {
            unchanged += 1;
        } else {
            commands.push(Row { number, parts: Vec::new(), permitted, command });
        }
    }
    Ok(table.come_to(commands, unchanged, faults))
}

/// What the rows of a unit come to.
#[derive(Default)]
struct Paper {
    /// The row of each target.
    parts: Vec<u32>,
    targets: Vec<RegisteredTarget>,
    reason: Option<Paragraph>,
    /// Where a row gives another reason than one before it.
    other_reason: Option<u32>,
}

impl Paper {
    fn take(&mut self, number: u32, row: &RegistrationRow) {
        self.parts.push(number);
        self.targets.push(RegisteredTarget {
            code: row.code.clone().into_text(),
            name: row.name.clone().into_text(),
            topic: row.topic.clone().into(),
            measure: row.measure.clone().into(),
        });
        let Some(reason) = row.correction_reason.clone().map(Str::into_text) else { return };
        if self.reason.get_or_insert_with(|| reason.clone()) != &reason {
            self.other_reason.get_or_insert(number);
        }
    }
}

/// What units register, a draft for each. A unit whose open registration says the same already is left alone, and so is one
/// whose accepted registration does; what was accepted is corrected with a reason.
pub(super) async fn registrations(
    tx: &Tx,
    campaign: &Campaign,
    table: &Table<RegistrationRow>,
) -> Result<Rows<CreateRegistration, Within<Campaign>>, StoreError> {
    let units = units(tx, &table.rows, |row| Some(&row.unit_code)).await?;
    let mut faults = Vec::new();
    let mut papers: BTreeMap<UnitId, Paper> = BTreeMap::new();
    for Numbered { number, row } in &table.rows {
        match units.get(&row.unit_code.clone().into_text()) {
            None => faults.push(unknown("/unitCode", *number)),
            Some(unit) => papers.entry(unit.root.id).or_default().take(*number, row),
        }
    }
    let incomplete = |unit: &&Unit| table.misses(unit.code.as_str());
    for unit in units.values().filter(incomplete) {
        let number = papers.remove(&unit.root.id).and_then(|paper| paper.parts.first().copied());
        faults.extend(number.map(|number| Fault::at("", Code::ImportPaperIncomplete).in_row(number)));
    }
    let standing = facts::standing_registrations(tx, campaign.root.id, papers.keys().copied().collect()).await?;
    let (mut commands, mut unchanged) = (Vec::new(), 0);
    for (unit, paper) in papers {
        let number = paper.parts.first().copied().unwrap_or_default();
        let permitted = permitted!(tx, faults, number, Within { parent: campaign.clone(), unit });
        let of_unit = standing.get(&unit);
        let open = of_unit.and_then(|standing| standing.open.as_ref());
        let accepted = of_unit.and_then(|standing| standing.accepted.as_ref());
        if open.or(accepted).is_some_and(|registration| registration.content.targets == paper.targets) {
            unchanged += 1;
            continue;
        }
        if let Some(fault) = unreasoned(&paper, open.is_some(), accepted.is_some()) {
            faults.push(fault);
            continue;
        }
        let facts = registrations::creation(tx, campaign.root.id, unit).await?;
        let action_programme = accepted.and_then(|registration| registration.content.action_programme.clone());
        let content = Content { targets: paper.targets, action_programme };
        let corrects = accepted.map(|registration| registration.root.id);
        let command = CreateRegistration { content, corrects, correction_reason: paper.reason, facts };
        commands.push(Row { number, parts: paper.parts, permitted, command });
    }
    Ok(table.come_to(commands, unchanged, faults))
}

/// A correction gives one reason, and what corrects nothing gives none. What is open stands in the way of either.
fn unreasoned(paper: &Paper, open: bool, accepted: bool) -> Option<Fault> {
    let first = paper.parts.first().copied().unwrap_or_default();
    let (code, number) = match (paper.other_reason, &paper.reason, accepted) {
        (Some(number), _, _) => (Code::ImportReasonsDiffer, number),
        (None, None, true) if !open => (Code::RegistrationAccepted, first),
        (None, Some(_), false) => (Code::CorrectsNotAccepted, first),
        (None, Some(_) | None, _) => return None,
    };
    Some(Fault::at("/correctionReason", code).in_row(number))
}

/// Units of the directory, and by row the unit above where that one comes with a row before. One that is there as the row
/// says it does nothing; another one of its code is refused.
pub(super) async fn directory(
    tx: &Tx,
    table: &Table<UnitRow>,
) -> Result<(Rows<CreateUnit, Directory>, BTreeMap<u32, Token>), StoreError> {
    let standing = units(tx, &table.rows, |row| Some(&row.code)).await?;
    let parents = units(tx, &table.rows, |row| row.parent_code.as_ref()).await?;
    let (mut faults, mut commands, mut unchanged) = (Vec::new(), Vec::new(), 0);
    let (mut told, mut above) = (BTreeSet::new(), BTreeMap::new());
    for Numbered { number, row } in &table.rows {
        let number = *number;
        let code = row.code.clone().into_text();
        let parent_code = row.parent_code.clone().map(CodeText::into_text);
        let parent = parent_code.as_ref().and_then(|above| parents.get(above)).cloned();
        match parent_code.filter(|_| parent.is_none()) {
            Some(before) if told.contains(&before) => drop(above.insert(number, before)),
            Some(_) => {
                faults.push(unknown("/parentCode", number));
                continue;
            }
            None => {}
        }
        if !told.insert(code.clone()) {
            faults.push(Fault::at("/code", Code::ImportRowTwice).in_row(number));
            continue;
        }
        let permitted = permitted!(tx, faults, number, Directory);
        let command = CreateUnit {
            code: code.clone(),
            name: row.name.clone().into_text(),
            unit_type: row.unit_type.into(),
            parent,
            managing_authority: row.managing_authority.clone().map(Str::into_text),
            valid_from: row.valid_from_date.0,
            sample: row.sample,
        };
        match standing.get(&code) {
            None => commands.push(Row { number, parts: Vec::new(), permitted, command }),
            Some(unit) if says(unit, &command) => unchanged += 1,
            Some(_) => faults.push(Fault::at("/code", Code::UnitCodeTaken).in_row(number)),
        }
    }
    Ok((table.come_to(commands, unchanged, faults), above))
}

fn says(unit: &Unit, command: &CreateUnit) -> bool {
    let parent = command.parent.as_ref().map(|parent| parent.root.id);
    (&unit.name, unit.unit_type, unit.parent, &unit.managing_authority, unit.valid_from, unit.sample)
        == (&command.name, command.unit_type, parent, &command.managing_authority, command.valid_from, command.sample)
}
