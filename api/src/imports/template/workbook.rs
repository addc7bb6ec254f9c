//! A template as a workbook: the table, and a sheet that explains it.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use thidua_domain::{import::MAX_ROWS, unit::UnitType};

use super::Template;
use crate::{export::Kind, language::Language};

/// What the sheet that explains the table says, as keys of the catalogue; the last one is the table's own.
const GUIDE: [&str; 7] = ["sheet", "cells", "dates", "numbers", "blank", "whole", "again"];

/// The workbook as bytes.
pub(super) fn of(template: &Template) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), template)?;
    explain(book.add_worksheet(), template)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, template: &Template) -> Result<(), XlsxError> {
    let language = template.language;
    sheet.set_name(language.label("table", template.table))?;
    sheet.set_freeze_panes(1, 0)?;
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let last = u32::try_from(MAX_ROWS).unwrap_or(u32::MAX);
    for (place, column) in (0..).zip(&template.columns) {
        // As text, or Excel makes a day of the code 3.2.7.
        let format = match column.kind() {
            Kind::Date => Format::new().set_num_format("dd/mm/yyyy"),
            Kind::Number => Format::new(),
            Kind::Flag => {
                let said = ["yes", "no"].map(|answer| language.label("answer", answer));
                let choice = DataValidation::new().allow_list_strings(&said)?;
                sheet.add_data_validation(1, place, last, place, &choice)?;
                Format::new()
            }
            Kind::Text | Kind::Instant | Kind::List | Kind::Each(_) | Kind::CodeOf(..) | Kind::NameOf(..) => {
                Format::new().set_num_format("@")
            }
        };
        if column.name() == "type" {
            let types = UnitType::ALL.iter().map(|one| language.label("unitType", one.as_str()));
            let choice = DataValidation::new().allow_list_strings(&types.collect::<Vec<_>>());
            // Excel takes lists of up to 255 characters; without one people write the label themselves.
            if let Ok(choice) = choice {
                sheet.add_data_validation(1, place, last, place, &choice)?;
            }
        }
        sheet.set_column_format(place, &format)?;
        sheet.set_column_width(place, if column.name().ends_with("Name") { 40 } else { 18 })?;
        sheet.write_string_with_format(0, place, column.heading(language), &heading)?;
    }
    for (number, row) in (1..).zip(&template.rows) {
        for (place, text) in (0..).zip(row) {
            sheet.write_string(number, place, text)?;
        }
    }
    Ok(())
}

fn explain(sheet: &mut Worksheet, template: &Template) -> Result<(), XlsxError> {
    let language: Language = template.language;
    let say = |key: &str| language.text(&format!("template.{key}"));
    sheet.set_name(say("guide"))?;
    sheet.set_column_width(0, 120)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = format!("{} – {}", say("title"), language.label("table", template.table));
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold())?;
    let lines = std::iter::once(template.table).chain(GUIDE);
    for (number, key) in (1..).zip(lines) {
        sheet.write_string_with_format(number, 0, format!("{number}. {}", say(key)), &wrapped)?;
    }
    Ok(())
}
