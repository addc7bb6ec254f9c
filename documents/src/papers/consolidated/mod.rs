//! The commune's own reports: to the city, and from Văn phòng to the committee. The outline is that of `domain.md` §3.2; the
//! figures are those of the frozen snapshot, and every one of them leads to the report that it comes from.

use thidua_domain::{
    campaign::{Campaign, plan::ObligationKind},
    consolidation::{ConsolidatedReport, IncludedReport},
    policy::Addressee,
    report::{Figure, ReportId},
    text::Token,
    unit::{UnitEntry, UnitType},
};

use super::frame::{Directory, belongs_to, dateline, in_full, name_lines, signed, symbol};
use crate::{
    file::FileName,
    paper::{Annex, Head, Paper, Signature},
    signing,
    words::Words,
    written::{day, roman},
};

mod annexes;
mod text;

/// What the paper is made of.
#[derive(Clone, Copy, Debug)]
pub struct ConsolidatedSources<'a> {
    /// The report.
    pub report: &'a ConsolidatedReport,
    /// Its campaign.
    pub campaign: &'a Campaign,
    /// Who issues it, who compiles it, and to whom it goes, with the units above them.
    pub units: &'a [UnitEntry],
}

/// The report as a paper.
#[must_use]
pub fn consolidated_report(of: ConsolidatedSources<'_>) -> Paper {
    let ConsolidatedSources { report, campaign, units } = of;
    let issue = report.stage.issue();
    let day = issue.map_or(report.snapshot.frozen_at.date(), |issue| issue.issued_on);
    let made = Made { report, campaign, names: Directory { units, day } };
    Paper {
        file: made.file(),
        landscape: false,
        head: made.head(),
        body: made.body(),
        signature: Some(made.signature()),
        recipients: made.recipients(),
        annexes: made.annexes(),
    }
}

/// A report with all that it names.
#[derive(Clone, Copy)]
struct Made<'a> {
    report: &'a ConsolidatedReport,
    campaign: &'a Campaign,
    names: Directory<'a>,
}

impl<'a> Made<'a> {
    fn symbol(self) -> String {
        symbol(self.report.stage.issue(), "BC", self.report.issuer_symbol.as_str())
    }

    fn file(self) -> FileName {
        FileName::of(&match self.report.stage.issue() {
            Some(issue) => format!("Báo cáo {}", issue.symbol),
            None => format!("Dự thảo báo cáo {}", self.campaign.code),
        })
    }

    fn head(self) -> Head {
        let report = self.report;
        let dated = report.stage.issue().map(|issue| issue.issued_on);
        let superior = self.names.superior(report.issuer).map(|name| name_lines(name.as_str()));
        Head {
            superior: superior.unwrap_or_default(),
            issuer: name_lines(self.names.name(report.issuer)),
            symbol: Some(Words::of(format!("Số: {}", self.symbol()))),
            dateline: dateline(self.campaign, dated),
            dated,
            kind: Words::of("BÁO CÁO"),
            subject: report.narrative.title.as_ref().map(|title| Words::of(title.as_str())).unwrap_or_default(),
            remark: Some(Words::of(format!("(Số liệu tính đến ngày {})", day(report.snapshot.cut_off)))),
            receivers: self.receiver().into_iter().collect(),
        }
    }

    /// The city as the plan calls it, or the committee.
    fn receiver(self) -> Option<Words> {
        match self.report.kind.addressee() {
            Addressee::City => {
                let plan = &self.campaign.plan;
                let owed = plan.obligations.iter().find(|owed| owed.kind == ObligationKind::CityFinal)?;
                Some(in_full(plan.party(owed.to.as_ref()?)?.name.as_str()))
            }
            Addressee::Committee => Some(Words::of(self.names.name(self.report.addressee?))),
        }
    }

    fn signature(self) -> Signature {
        self.report.stage.signature().map_or_else(|| Signature { capacity: self.expected(), name: None }, signed)
    }

    /// The lines before anybody has signed.
    fn expected(self) -> Vec<Words> {
        match self.report.kind.addressee() {
            Addressee::City => signing::of_the_committee(false),
            Addressee::Committee => signing::of_the_head(UnitType::Office),
        }
    }

    fn recipients(self) -> Vec<Words> {
        let kept = self.names.code(self.report.coordinating_unit);
        vec![Words::of("Như trên"), Words::of(format!("Lưu: VT, {kept}"))]
    }

    fn annexes(self) -> Vec<Annex> {
        let issue = self.report.stage.issue();
        let symbol = self.symbol();
        let dated = issue.map(|issue| issue.issued_on);
        let of = belongs_to("Báo cáo", Some(&symbol), dated, self.names.name(self.report.issuer));
        let annex = |(index, (title, body)): (usize, (&str, _))| Annex {
            label: Words::of(format!("Phụ lục {}", roman(index + 1))),
            title: Words::of(title),
            belongs_to: of.clone(),
            body,
        };
        self.annexed().into_iter().enumerate().map(annex).collect()
    }

    /// The number under which the annex of sources lists a report, and the report.
    fn included(self, report: ReportId) -> Option<(usize, &'a IncludedReport)> {
        let included = &self.report.snapshot.included;
        let place = included.iter().position(|one| one.report == report)?;
        Some((place + 1, &included[place]))
    }

    /// `TYTX [3]`: the unit, and where the annex lists its report.
    fn cited(self, report: ReportId) -> String {
        self.included(report).map_or_else(String::new, |(place, included)| format!("{} [{place}]", included.unit_code))
    }

    fn figure(self, source: &thidua_domain::consolidation::Source) -> Option<&'a Figure> {
        let (_, included) = self.included(source.report)?;
        included.figures.iter().find(|figure| figure.target == source.target)
    }

    fn task_name(self, code: &Token) -> &'a str {
        let tasks = &self.campaign.plan.tasks;
        tasks.iter().find(|task| task.code == *code).map_or("", |task| task.short_title.as_str())
    }

    fn field_name(self, code: &Token) -> &'a str {
        let fields = &self.campaign.plan.fields;
        fields.iter().find(|field| field.code == *code).map_or("", |field| field.name.as_str())
    }

    fn movement_name(self, code: &Token) -> &'a str {
        let movements = &self.campaign.plan.movements;
        movements.iter().find(|movement| movement.code == *code).map_or("", |movement| movement.name.as_str())
    }
}
