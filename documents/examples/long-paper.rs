//! A paper of some forty pages as the typesetter reads it, on standard output: what `bench/papers` sets.

use std::io::Write;

use rust_decimal::Decimal;
use thidua_documents::{
    Annex, Block, Cell, Column, FileName, Head, Paper, Row, Signature, Table, Words, signing::Signing, typeset,
};

const SAID: &str = "Các cơ quan, đơn vị, trường học trên địa bàn xã tiếp tục thực hiện các phong trào thi đua, gắn với nhiệm vụ \
    chính trị và nhiệm vụ chuyên môn; kết quả được theo dõi bằng số liệu có ngày cụ thể, công khai và so sánh được giữa các kỳ. ";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    Ok(std::io::stdout().write_all(&typeset::request(&paper())?)?)
}

fn paper() -> Paper {
    let issuer = "Ủy ban nhân dân xã Gia Lộc";
    Paper {
        file: FileName::of("Báo cáo dài"),
        landscape: false,
        head: Head {
            superior: Vec::new(),
            issuer: ["ỦY BAN NHÂN DÂN", "XÃ GIA LỘC"].map(Words::of).to_vec(),
            symbol: Some("Số: …/BC-UBND".into()),
            dateline: "Gia Lộc, ngày … tháng … năm …".into(),
            dated: None,
            kind: "BÁO CÁO".into(),
            subject: "Kết quả thực hiện Đợt thi đua".into(),
            remark: None,
            receivers: vec!["Ủy ban nhân dân thành phố Hải Phòng".into()],
        },
        body: (1..=70).flat_map(section).collect(),
        signature: Some(Signature {
            capacity: Signing::OnBehalf { body: "Ủy ban nhân dân", title: "Chủ tịch" }.lines(),
            name: None,
        }),
        recipients: ["Như trên", "Lưu: VT, VHXH"].map(Words::of).to_vec(),
        annexes: vec![Annex {
            label: "Phụ lục I".into(),
            title: "SỐ LIỆU".into(),
            belongs_to: Words::of(format!("(Kèm theo Báo cáo số …/BC-UBND của {issuer})")),
            body: vec![Block::Table(table())],
        }],
    }
}

fn section(number: usize) -> Vec<Block> {
    let mut blocks = vec![Block::Section(Words::of(format!("{number}. Kết quả của đơn vị thứ {number}")))];
    blocks.extend((0..3).map(|_| Block::Text(Words::of(SAID.repeat(2)))));
    blocks
}

fn table() -> Table {
    let row = |number: u32| {
        Row::Cells(vec![
            Cell::count(number),
            Cell::words("Tỷ lệ học sinh tham gia bảo hiểm y tế"),
            Cell::Figure(Decimal::new(97, 0)),
            Cell::Figure(Decimal::new(i64::from(number) * 37, 2)),
        ])
    };
    Table {
        sheet: "Số liệu".into(),
        caption: None,
        columns: vec![
            Column::center("TT", 8),
            Column::left("Chỉ tiêu", 60),
            Column::right("Kế hoạch", 16),
            Column::right("Thực hiện", 16),
        ],
        rows: (1..=240).map(row).collect(),
    }
}
