//! A sheet of plain text: centred lines, wrapped paragraphs, aligned tables.

/// How many columns a sheet has.
pub(super) const WIDTH: usize = 100;

/// What has been written so far.
#[derive(Debug, Default)]
pub(super) struct Sheet(String);

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    /// As wide as its widest cell, to the left.
    Left(&'static str),
    /// As wide as its widest cell, to the right: for numbers.
    Right(&'static str),
    /// Takes the room that the others leave, and wraps; one a table.
    Rest(&'static str),
}

impl Column {
    const fn head(self) -> &'static str {
        match self {
            Self::Left(head) | Self::Right(head) | Self::Rest(head) => head,
        }
    }
}

/// A row of a table.
#[derive(Debug)]
pub(super) enum Row {
    /// A cell for each column.
    Cells(Vec<String>),
    /// Over the whole width, with an empty line before it.
    Title(String),
    /// Under the row before it, from the second column on.
    Note(String),
}

/// Between two columns.
const GAP: &str = "  ";

impl Sheet {
    /// The whole text.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.0.push('\n');
    }

    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.paragraph(0, text);
    }

    /// A text in the middle, on as few lines as it needs, each about as long as the others.
    pub(super) fn centred(&mut self, text: &str) {
        let mut lines = wrapped(text, WIDTH - 16);
        for width in (WIDTH / 4..WIDTH - 16).rev() {
            let narrower = wrapped(text, width);
            if narrower.len() > lines.len() {
                break;
            }
            lines = narrower;
        }
        for line in lines {
            self.line(&in_the_middle(&line, WIDTH));
        }
    }

    /// Two blocks side by side, each in the middle of its half.
    pub(super) fn beside(&mut self, left: &[String], right: &[String]) {
        let half = WIDTH / 2;
        let empty = String::new();
        for index in 0..left.len().max(right.len()) {
            let (one, other) = (left.get(index).unwrap_or(&empty), right.get(index).unwrap_or(&empty));
            self.line(&format!("{}{}", padded(&in_the_middle(one, half), half), in_the_middle(other, half)));
        }
    }

    /// A text with its own line breaks, wrapped and moved in.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str) {
        for line in text.lines().flat_map(|line| wrapped(line, WIDTH - indent)) {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    /// A text behind a mark, its further lines under the first.
    pub(super) fn item(&mut self, indent: usize, mark: &str, text: &str) {
        let inner = indent + length(mark) + 1;
        for (index, line) in text.lines().flat_map(|line| wrapped(line, WIDTH - inner)).enumerate() {
            let before = if index == 0 { format!("{}{mark} ", " ".repeat(indent)) } else { " ".repeat(inner) };
            self.line(&format!("{before}{line}"));
        }
    }

    /// A table with a rule under its heads.
    pub(super) fn table(&mut self, columns: &[Column], rows: &[Row]) {
        let widths = widths(columns, rows);
        let heads: Vec<_> = columns.iter().map(|column| column.head().to_owned()).collect();
        self.row(columns, &widths, &heads);
        let rule: Vec<_> = widths.iter().map(|width| "─".repeat(*width)).collect();
        self.line(&rule.join(GAP));
        for row in rows {
            match row {
                Row::Cells(cells) => self.row(columns, &widths, cells),
                Row::Title(title) => self.heading(title),
                Row::Note(note) => self.paragraph(widths.first().map_or(0, |first| first + GAP.len()), note),
            }
        }
    }

    fn row(&mut self, columns: &[Column], widths: &[usize], cells: &[String]) {
        let cells: Vec<_> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| cell.lines().flat_map(|line| wrapped(line, *width)).collect::<Vec<_>>())
            .collect();
        for index in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let line: Vec<_> = columns
                .iter()
                .zip(widths)
                .zip(&cells)
                .map(|((column, width), cell)| {
                    let text = cell.get(index).map_or("", String::as_str);
                    let room = " ".repeat(width.saturating_sub(length(text)));
                    match column {
                        Column::Right(_) => format!("{room}{text}"),
                        Column::Left(_) | Column::Rest(_) => format!("{text}{room}"),
                    }
                })
                .collect();
            self.line(&line.join(GAP));
        }
    }
}

fn widths(columns: &[Column], rows: &[Row]) -> Vec<usize> {
    let cell = |row: &'_ Row, index: usize| match row {
        Row::Cells(cells) => cells.get(index).map_or(0, |cell| cell.lines().map(length).max().unwrap_or_default()),
        Row::Title(_) | Row::Note(_) => 0,
    };
    let widest = |index: usize, head: &str| {
        rows.iter().map(|row| cell(row, index)).chain([length(head)]).max().unwrap_or_default()
    };
    let mut widths: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| match column {
            Column::Left(head) | Column::Right(head) => widest(index, head),
            Column::Rest(_) => 0,
        })
        .collect();
    let taken = widths.iter().sum::<usize>() + GAP.len() * columns.len().saturating_sub(1);
    if let Some(rest) = columns.iter().position(|column| matches!(column, Column::Rest(_))) {
        widths[rest] = WIDTH.saturating_sub(taken).max(20);
    }
    widths
}

/// The lines of a text that is broken between words; an empty text is one empty line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if length(line) + 1 + length(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn in_the_middle(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(length(text)) / 2))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(length(text))))
}

/// Texts are in NFC, in which each letter of Vietnamese is one character.
fn length(text: &str) -> usize {
    text.chars().count()
}
