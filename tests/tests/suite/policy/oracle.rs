//! The table under `tests/oracle/`, as the tests read it.

use thidua_domain::{
    policy::{Addressee, Part},
    principal::Role,
    unit::UnitId,
};

/// On what a role may act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cell {
    Nothing,
    Any,
    Own,
    NotOwn,
    Compiler,
    City,
    Committee,
    Head,
    Judge,
    Register,
    Authorised,
}

/// One command.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) operation: String,
    pub(super) cells: Vec<(Role, Vec<Cell>)>,
    pub(super) apart: Vec<Part>,
}

/// How somebody stands to an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// The unit of the object.
    pub(super) object: Option<UnitId>,
    /// The office that compiles the campaign.
    pub(super) compiler: UnitId,
    /// The unit where the person works.
    pub(super) works_at: Option<UnitId>,
    /// To whom the object goes, if it is a report on the whole campaign.
    pub(super) addressee: Option<Addressee>,
    /// The roles that the object names as those that judge.
    pub(super) judges: &'static [Role],
    /// Whether the object is kept in a register of documents.
    pub(super) in_register: bool,
}

impl Line {
    /// Whether somebody who holds these roles may act, as the table says.
    pub(super) fn allows(&self, roles: &[(Role, Option<UnitId>)], standing: Standing) -> bool {
        let Standing { object, compiler, works_at, addressee, judges, in_register } = standing;
        let belongs = || object == works_at || roles.iter().any(|(_, held_for)| *held_for == object);
        let allows = |role: Role, held_for: Option<UnitId>, cell: &Cell| match cell {
            Cell::Nothing => false,
            Cell::Any => true,
            Cell::Own => object.is_some() && object == held_for,
            Cell::NotOwn => object.is_none() || (object != works_at && object != Some(compiler)),
            Cell::Compiler => object == Some(compiler),
            Cell::City => addressee == Some(Addressee::City),
            Cell::Committee => addressee == Some(Addressee::Committee),
            Cell::Judge => judges.contains(&role) && (object.is_none() || !belongs()),
            Cell::Register => in_register,
            // Nobody here was given such a paper; the domain's own tests give one.
            Cell::Authorised => false,
            Cell::Head => object.is_some() && roles.contains(&(Role::UnitHead, object)),
        };
        roles.iter().any(|(role, held_for)| self.cell(*role).iter().any(|cell| allows(*role, *held_for, cell)))
    }

    fn cell(&self, role: Role) -> &[Cell] {
        &self.cells.iter().find(|(one, _)| *one == role).unwrap().1
    }
}

/// The whole table.
pub(super) fn oracle() -> Vec<Line> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/commands.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let head: Vec<_> = lines.next().unwrap().split(',').map(str::trim).collect();
    let roles: Vec<_> = head[1..=Role::ALL.len()].iter().map(|name| role(name)).collect();
    assert_eq!(head[Role::ALL.len() + 1..], ["apart from", "source"]);
    lines.map(|line| parse(line, &roles)).collect()
}

fn parse(line: &str, roles: &[Role]) -> Line {
    let fields: Vec<_> = line.splitn(roles.len() + 3, ',').map(str::trim).collect();
    assert!(!fields[roles.len() + 2].is_empty(), "{line} has no source");
    let apart = fields[roles.len() + 1].split(' ').filter_map(|part| match part {
        "-" => None,
        "drafter" => Some(Part::Drafter),
        "submitter" => Some(Part::Submitter),
        "signer" => Some(Part::Signer),
        other => panic!("part {other}"),
    });
    Line {
        operation: fields[0].to_owned(),
        cells: roles
            .iter()
            .copied()
            .zip(fields[1..].iter().map(|field| field.split('+').map(cell).collect()))
            .collect(),
        apart: apart.collect(),
    }
}

fn role(name: &str) -> Role {
    *Role::ALL.iter().find(|role| role.as_str() == name).unwrap_or_else(|| panic!("role {name}"))
}

fn cell(text: &str) -> Cell {
    match text {
        "-" => Cell::Nothing,
        "any" => Cell::Any,
        "own" => Cell::Own,
        "not-own" => Cell::NotOwn,
        "compiler" => Cell::Compiler,
        "city" => Cell::City,
        "committee" => Cell::Committee,
        "head" => Cell::Head,
        "authorised" => Cell::Authorised,
        "judge" => Cell::Judge,
        "register" => Cell::Register,
        other => panic!("cell {other}"),
    }
}
