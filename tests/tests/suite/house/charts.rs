//! The charts of `docs/state-machines/`, drawn from the tables of the domain.

use thidua_domain::{
    attachment, calendar, campaign, change::Edge, consolidation, dispatch, document, period, policy::Action,
    registration, report, unit,
};

use super::is_checked_in;

/// File, title, and where it is told.
const CHARTS: &[(&str, &str, &[Edge])] = &[
    ("campaign", "A campaign (đợt thi đua)", campaign::Stage::edges()),
    ("registration", "A registration (đăng ký thi đua)", registration::Stage::edges()),
    ("period", "A reporting period (kỳ báo cáo)", period::Stage::edges()),
    ("report", "A unit's report (báo cáo kết quả)", report::Stage::edges()),
    ("consolidated-report", "A consolidated report (báo cáo tổng hợp)", consolidation::Stage::edges()),
    ("dispatch", "A dispatch (gửi văn bản)", dispatch::Stage::edges()),
    ("attachment", "An attachment (tài liệu minh chứng)", attachment::Stage::edges()),
    ("unit", "A unit (cơ quan, đơn vị)", unit::Stage::edges()),
    ("document", "An outgoing document (văn bản đi)", document::Stage::edges()),
    ("document-series", "A series of numbers (hệ thống số văn bản)", document::SeriesStage::edges()),
    ("calendar-day", "An exception of the working calendar (ngày nghỉ, ngày làm bù)", calendar::Stage::edges()),
];

fn chart(title: &str, edges: &[Edge]) -> String {
    let mut text = format!(
        "# {title}\n\nDrawn by a test from `edges()` of its stages; an arrow is a command, by the name of its operation.\n\n\
         ```mermaid\nstateDiagram-v2\n"
    );
    let place = |stage: &str| if stage.is_empty() { "[*]".to_owned() } else { stage.to_owned() };
    for (from, command, to) in edges {
        text.push_str(&format!("    {} --> {to}: {command}\n", place(from)));
    }
    // Where no arrow leads away, it ends.
    let mut ends: Vec<_> =
        edges.iter().map(|(_, _, to)| *to).filter(|to| !edges.iter().any(|(from, _, _)| from == to)).collect();
    ends.dedup();
    for end in ends {
        text.push_str(&format!("    {end} --> [*]\n"));
    }
    text.push_str("```\n");
    text
}

#[test]
fn every_chart_shows_the_stages_as_they_are() {
    for (file, title, edges) in CHARTS {
        is_checked_in(&format!("docs/state-machines/{file}.md"), &chart(title, edges));
    }
}

#[test]
fn every_arrow_is_a_command_of_the_policy_and_no_arrow_is_drawn_twice() {
    for (file, _, edges) in CHARTS {
        for (index, (from, command, to)) in edges.iter().enumerate() {
            assert!(Action::ALL.iter().any(|action| action.as_str() == *command), "{file}: {command}");
            assert!(!edges[..index].contains(&(from, command, to)), "{file}: {from} {command} {to}");
            let reachable = from.is_empty() || edges.iter().any(|(_, _, other)| other == from);
            assert!(reachable, "{file}: nothing leads to {from}");
        }
    }
}
