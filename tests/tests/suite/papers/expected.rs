//! What the tables of a consolidated report must say, told by the JSON of its snapshot and by the plan alone.

use serde_json::Value;

/// A row: what stands on the page, and what the workbook has beside it, by its heading.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) told: Vec<String>,
    pub(super) aside: Vec<(&'static str, String)>,
}

/// A snapshot and the plan that it is about.
#[derive(Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) frozen: &'a Value,
    pub(super) plan: &'a Value,
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A number as papers write it: dots between thousands, a comma before decimals.
fn figure(value: &Value) -> String {
    let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    let decimals = decimals.trim_end_matches('0');
    let comma = if decimals.is_empty() { "" } else { "," };
    format!("{}{comma}{decimals}", groups.join("."))
}

/// A share as papers give it: what comes after two decimals is left out.
fn share(value: &Value) -> String {
    let written = text(value);
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    figure(&format!("{whole}.{}", &decimals[..decimals.len().min(2)]).into())
}

fn day(value: &Value) -> String {
    text(value).split('-').rev().collect::<Vec<_>>().join("/")
}

/// A name, marked where it never appears in public figures.
fn marked(name: &Value, of: &Value) -> String {
    let mark = if of["restricted"] == true { " (hạn chế công khai)" } else { "" };
    format!("{}{mark}", text(name))
}

fn alone(told: impl Into<String>) -> Row {
    Row { told: vec![told.into()], aside: Vec::new() }
}

fn counts(name: String, count: &Value) -> Row {
    let counted = ["targets", "withValue", "reached", "notDone"].map(|member| figure(&count[member]));
    Row { told: std::iter::once(name).chain(counted).collect(), aside: Vec::new() }
}

fn reporting(name: String, count: &Value) -> Row {
    let members = ["owed", "reported", "accepted", "late", "missing", "voluntary"];
    let told = std::iter::once(name).chain(members.map(|member| figure(&count[member])));
    Row { told: told.collect(), aside: Vec::new() }
}

impl<'a> Expected<'a> {
    /// The tables, in the order of the paper, without their headings.
    pub(super) fn tables(self) -> Vec<Vec<Row>> {
        vec![
            self.by_field(),
            self.plan_targets(),
            self.reporting(),
            self.missing(),
            self.targets(),
            self.sources(),
            self.movements(),
        ]
    }

    /// What stands in sentences: sums of what the reports say, each of which the workbook has beside its report, and what units
    /// say of movements.
    pub(super) fn sentences(self) -> Vec<String> {
        let figures = &self.frozen["figures"];
        let sum = |member: &str| -> u64 {
            items(&self.frozen["includedReports"]).iter().filter_map(|report| report[member].as_u64()).sum()
        };
        assert_eq!(figures["documentsIssued"], sum("documentsIssued"));
        assert_eq!(figures["peopleReached"], sum("peopleReached"));
        let mut said = vec![
            format!("Số văn bản các đơn vị đã ban hành: {}.", figure(&figures["documentsIssued"])),
            format!("Số lượt người được tuyên truyền: {}.", figure(&figures["peopleReached"])),
        ];
        let movements = ["movements", "otherMovements"].into_iter().flat_map(|list| items(&figures[list]));
        for contribution in movements.flat_map(|movement| items(&movement["contributions"])) {
            let (place, report) = self.included(&contribution["reportId"]);
            assert_eq!(contribution["reportVersion"], report["reportVersion"]);
            said.push(format!("- {} [{place}]: {}", text(&report["unitName"]), text(&contribution["text"])));
        }
        said
    }

    /// What the plan calls an item that a figure is about.
    fn name(self, list: &str, code: &Value, member: &str, of: &Value) -> String {
        let item = items(&self.plan[list]).iter().find(|item| item["code"] == *code).unwrap();
        marked(&item[member], of)
    }

    fn task(self, task: &Value) -> String {
        format!("{}. {}", text(&task["task"]), self.name("tasks", &task["task"], "shortTitle", task))
    }

    fn by_field(self) -> Vec<Row> {
        let figures = &self.frozen["figures"];
        let mut rows = Vec::new();
        let any = |of: &&Value| of["count"]["targets"] != 0;
        for field in items(&figures["fields"]).iter().filter(any) {
            let name = self.name("fields", &field["field"], "name", &Value::Null);
            rows.push(counts(format!("{}. {name}", text(&field["field"])), &field["count"]));
            let tasks = items(&field["tasks"]).iter().filter(any);
            rows.extend(tasks.map(|task| counts(self.task(task), &task["count"])));
        }
        let without = &figures["withoutTask"];
        if any(&without) {
            rows.push(counts("Ngoài các nhiệm vụ của Kế hoạch".to_owned(), &without["count"]));
        }
        rows.push(counts("Tổng cộng".to_owned(), &figures["targets"]));
        rows
    }

    fn plan_targets(self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (index, target) in items(&self.frozen["figures"]["planTargets"]).iter().enumerate() {
            let cited: Vec<_> = items(&target["sources"]).iter().map(|source| self.cited(source)).collect();
            let mut row = measured(index + 1, marked(&target["name"], target), target, &target["total"]);
            row.told.push(cited.join(", "));
            row.aside.push(("Mã chỉ tiêu", text(&target["code"])));
            rows.push(row);
            rows.extend(notes(target, &target["total"]));
        }
        rows
    }

    fn reporting(self) -> Vec<Row> {
        let figures = &self.frozen["figures"];
        let of = |period: &Value| {
            let by_period = items(&figures["reportingByPeriod"]);
            let count = by_period.iter().find(|of| of["periodId"] == period["periodId"]).unwrap();
            let days = format!("{} - {}", day(&period["startDate"]), day(&period["endDate"]));
            reporting(format!("{} ({days})", text(&period["name"])), &count["reporting"])
        };
        let mut rows: Vec<_> = items(&self.frozen["periods"]).iter().map(of).collect();
        rows.push(reporting("Tổng cộng".to_owned(), &figures["reporting"]));
        rows
    }

    fn missing(self) -> Vec<Row> {
        let row = |(index, unit): (usize, &Value)| Row {
            told: vec![
                (index + 1).to_string(),
                text(&unit["unitName"]),
                self.period(unit),
                text(&unit["reasonLabel"]),
                text(&unit["explanation"]),
            ],
            aside: vec![("Mã đơn vị", text(&unit["unitCode"]))],
        };
        items(&self.frozen["missingUnits"]).iter().enumerate().map(row).collect()
    }

    /// Each target once, under its task, with the report and the measurement from which its figure comes.
    fn targets(self) -> Vec<Row> {
        let figures = &self.frozen["figures"];
        let mut rows = Vec::new();
        let mut number = 0;
        let tasks = items(&figures["fields"]).iter().flat_map(|field| items(&field["tasks"]));
        let groups = tasks.map(|task| (self.task(task), &task["sources"]));
        let without = ("Ngoài các nhiệm vụ của Kế hoạch".to_owned(), &figures["withoutTask"]["sources"]);
        for (name, sources) in groups.chain([without]).filter(|(_, sources)| !items(sources).is_empty()) {
            rows.push(alone(name));
            for source in items(sources) {
                number += 1;
                rows.extend(self.target(number, source));
            }
        }
        let included = items(&self.frozen["includedReports"]).iter().flat_map(|report| items(&report["figures"]));
        assert_eq!(number, included.count(), "every figure of every report is there, and none twice");
        // What else the JSON says of them are the same figures once more.
        let told: Vec<_> = self.all_sources().collect();
        let again = ["planTargets", "movements"].into_iter().flat_map(|list| items(&figures[list]));
        for source in again.flat_map(|of| items(&of["sources"])) {
            assert!(told.contains(&source), "{source}");
        }
        rows
    }

    fn all_sources(self) -> impl Iterator<Item = &'a Value> {
        let figures = &self.frozen["figures"];
        let tasks = items(&figures["fields"]).iter().flat_map(|field| items(&field["tasks"]));
        tasks.flat_map(|task| items(&task["sources"])).chain(items(&figures["withoutTask"]["sources"]))
    }

    fn target(self, number: usize, source: &Value) -> Vec<Row> {
        let (_, report) = self.included(&source["reportId"]);
        let figure_of = items(&report["figures"]).iter().find(|figure| figure["targetId"] == source["targetId"]);
        let said = figure_of.unwrap();
        for (of_source, of_report) in [
            (&source["value"], &said["value"]),
            (&source["measurementId"], &said["measurementId"]),
            (&source["reportVersion"], &report["reportVersion"]),
        ] {
            assert_eq!(of_source, of_report, "{source}");
        }
        let mut row = measured(number, marked(&said["name"], said), said, &said["value"]);
        row.told.push(self.cited(source));
        row.aside.extend([
            ("Mã chỉ tiêu", text(&said["code"])),
            ("Ngày số liệu", day(&said["asOfDate"])),
            ("Định danh chỉ tiêu", text(&source["targetId"])),
            ("Định danh báo cáo", text(&source["reportId"])),
            ("Phiên bản báo cáo", figure(&source["reportVersion"])),
            ("Định danh số đo", text(&source["measurementId"])),
        ]);
        let explained = said["explanation"].as_str().map(|why| alone(format!("Giải trình: {why}")));
        std::iter::once(row).chain(notes(said, &said["value"])).chain(explained).collect()
    }

    fn sources(self) -> Vec<Row> {
        let row = |(index, report): (usize, &Value)| {
            let time = if report["late"] == true { "chậm" } else { "đúng hạn" };
            let owed = if report["owed"] == true { "" } else { ", tự nguyện" };
            let or_nothing = |count: &Value| if count.is_null() { String::new() } else { figure(count) };
            Row {
                told: vec![
                    format!("[{}]", index + 1),
                    text(&report["unitName"]),
                    self.period(report),
                    figure(&report["reportVersion"]),
                    figure(&report["round"]),
                    format!("{time}{owed}"),
                ],
                aside: vec![
                    ("Mã đơn vị", text(&report["unitCode"])),
                    ("Định danh báo cáo", text(&report["reportId"])),
                    ("Số văn bản đã ban hành", or_nothing(&report["documentsIssued"])),
                    ("Số lượt người được tuyên truyền", or_nothing(&report["peopleReached"])),
                ],
            }
        };
        items(&self.frozen["includedReports"]).iter().enumerate().map(row).collect()
    }

    fn movements(self) -> Vec<Row> {
        let movements = items(&self.frozen["figures"]["movements"]).iter();
        let counted = movements.filter(|movement| movement["count"]["targets"] != 0);
        let row = |movement: &Value| {
            let name = self.name("movements", &movement["movement"], "name", movement);
            counts(name, &movement["count"])
        };
        counted.map(row).collect()
    }

    fn period(self, of: &Value) -> String {
        let mut periods = items(&self.frozen["periods"]).iter();
        text(&periods.find(|period| period["periodId"] == of["periodId"]).unwrap()["name"])
    }

    /// A report, and under which number the annex lists it.
    fn included(self, report: &Value) -> (usize, &'a Value) {
        let included = items(&self.frozen["includedReports"]);
        let place = included.iter().position(|one| one["reportId"] == *report).unwrap();
        (place + 1, &included[place])
    }

    fn cited(self, source: &Value) -> String {
        let (place, report) = self.included(&source["reportId"]);
        format!("{} [{place}]", text(&report["unitCode"]))
    }
}

/// A target with what is planned and found, how far it is, and whether it is reached.
fn measured(number: usize, name: String, of: &Value, value: &Value) -> Row {
    let measure = &of["measure"];
    let planned = || {
        let sign = match measure["direction"].as_str() {
            Some("AT_MOST") => "≤ ",
            Some("EXACTLY") => "= ",
            _ => "",
        };
        format!("{sign}{}", figure(&measure["planned"]))
    };
    let (unit, planned, found) = match measure["kind"].as_str().unwrap() {
        "QUANTITATIVE" => (text(&measure["measureUnit"]), planned(), figure(&value["amount"])),
        "SHARE" => ("%".to_owned(), planned(), share(&of["sharePercent"])),
        "QUALITATIVE" => ("nhận xét".to_owned(), String::new(), String::new()),
        _ => ("mốc".to_owned(), items(&measure["steps"]).len().to_string(), items(&value["done"]).len().to_string()),
    };
    let found = if value.is_null() { "chưa có".to_owned() } else { found };
    let completion = of["completionPercent"].as_str().map_or_else(String::new, |_| share(&of["completionPercent"]));
    let judged = match of["reached"].as_bool() {
        Some(true) => "đạt",
        Some(false) => "chưa đạt",
        None => "–",
    };
    let part = |member: &str| value[member].as_str().map_or_else(String::new, |_| figure(&value[member]));
    Row {
        told: vec![number.to_string(), name, unit, planned, found, completion, judged.to_owned()],
        aside: vec![("Tử số", part("numerator")), ("Mẫu số", part("denominator"))],
    }
}

/// What stands below a figure that does not say all by itself.
fn notes(of: &Value, value: &Value) -> Vec<Row> {
    let done: Vec<_> = items(&value["done"]).iter().map(text).collect();
    let found = match value["kind"].as_str() {
        Some("SHARE") => {
            Some(format!("Số liệu gốc: {}/{}", figure(&value["numerator"]), figure(&value["denominator"])))
        }
        Some("QUALITATIVE") => Some(format!("Nhận xét: {}", text(&value["finding"]))),
        Some("MILESTONE") if !done.is_empty() => Some(format!("Đã xong: {}", done.join(", "))),
        _ => None,
    };
    let measure = &of["measure"];
    let baseline = measure["baseline"].as_str().filter(|_| of["completionPercent"].is_string());
    let since = baseline.map(|_| {
        let unit = measure["measureUnit"].as_str().map_or_else(|| "%".to_owned(), |unit| format!(" {unit}"));
        format!("Tỷ lệ hoàn thành tính từ mức ban đầu: {}{unit}", figure(&measure["baseline"]))
    });
    found.into_iter().chain(since).map(alone).collect()
}
