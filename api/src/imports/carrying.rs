//! From rows to commands: what their codes stand for, whether the caller may do each, and what is there already.

use std::collections::{BTreeMap, BTreeSet};

use thidua_domain::{
    campaign::{Campaign, CampaignId},
    import::{Digest, Row, Rows},
    policy::{Directory, Within},
    refusal::{Code, Fault},
    registration::{Content, CreateRegistration, RegisteredTarget},
    target::{AppendMeasurement, Measurable},
    text::Token,
    unit::{CreateUnit, Unit, UnitId},
};
use thidua_persistence::{
    StoreError, Tx,
    facts::{imports as facts, registrations},
};

use super::{
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
    digest: Digest,
    rows: &[Numbered<MeasurementRow>],
) -> Result<Rows<AppendMeasurement, Measurable>, StoreError> {
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
    Ok(Rows { digest, rows: commands, unchanged, faults })
}

/// What units register, a draft for each. A unit whose open registration says the same already is left alone.
pub(super) async fn registrations(
    tx: &Tx,
    campaign: &Campaign,
    digest: Digest,
    rows: &[Numbered<RegistrationRow>],
) -> Result<Rows<CreateRegistration, Within<Campaign>>, StoreError> {
    let units = units(tx, rows, |row| Some(&row.unit_code)).await?;
    let mut faults = Vec::new();
    let mut registered: BTreeMap<UnitId, (Vec<u32>, Vec<RegisteredTarget>)> = BTreeMap::new();
    for Numbered { number, row } in rows {
        match units.get(&row.unit_code.clone().into_text()) {
            None => faults.push(unknown("/unitCode", *number)),
            Some(unit) => {
                let (parts, targets) = registered.entry(unit.root.id).or_default();
                parts.push(*number);
                targets.push(RegisteredTarget {
                    code: row.code.clone().into_text(),
                    name: row.name.clone().into_text(),
                    topic: row.topic.clone().into(),
                    measure: row.measure.clone().into(),
                });
            }
        }
    }
    let open = facts::open_registrations(tx, campaign.root.id, registered.keys().copied().collect()).await?;
    let (mut commands, mut unchanged) = (Vec::new(), 0);
    for (unit, (parts, targets)) in registered {
        let number = parts.first().copied().unwrap_or_default();
        let permitted = permitted!(tx, faults, number, Within { parent: campaign.clone(), unit });
        if open.get(&unit).is_some_and(|draft| draft.content.targets == targets) {
            unchanged += 1;
            continue;
        }
        let facts = registrations::creation(tx, campaign.root.id, unit).await?;
        let content = Content { targets, action_programme: None };
        let command = CreateRegistration { content, corrects: None, correction_reason: None, facts };
        commands.push(Row { number, parts, permitted, command });
    }
    Ok(Rows { digest, rows: commands, unchanged, faults })
}

/// Units of the directory. One that is there as the row says it does nothing; another one of its code is refused.
pub(super) async fn directory(
    tx: &Tx,
    digest: Digest,
    rows: &[Numbered<UnitRow>],
) -> Result<Rows<CreateUnit, Directory>, StoreError> {
    let standing = units(tx, rows, |row| Some(&row.code)).await?;
    let parents = units(tx, rows, |row| row.parent_code.as_ref()).await?;
    let (mut faults, mut commands, mut unchanged, mut told) = (Vec::new(), Vec::new(), 0, BTreeSet::new());
    for Numbered { number, row } in rows {
        let number = *number;
        let code = row.code.clone().into_text();
        if !told.insert(code.clone()) {
            faults.push(Fault::at("/code", Code::ImportRowTwice).in_row(number));
            continue;
        }
        let parent = match row.parent_code.clone().map(CodeText::into_text) {
            None => None,
            Some(above) => match parents.get(&above) {
                Some(parent) => Some(parent.clone()),
                None => {
                    faults.push(unknown("/parentCode", number));
                    continue;
                }
            },
        };
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
    Ok(Rows { digest, rows: commands, unchanged, faults })
}

fn says(unit: &Unit, command: &CreateUnit) -> bool {
    let parent = command.parent.as_ref().map(|parent| parent.root.id);
    (&unit.name, unit.unit_type, unit.parent, &unit.managing_authority, unit.valid_from, unit.sample)
        == (&command.name, command.unit_type, parent, &command.managing_authority, command.valid_from, command.sample)
}
