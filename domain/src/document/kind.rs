//! The types of administrative documents (NĐ 30/2020, article 7), with the abbreviations of its appendix III.

use serde::{Deserialize, Serialize};

// One table instead of an enum, its names and its abbreviations that must agree.
macro_rules! document_types {
    ($( $(#[$doc:meta])* $name:ident = $wire:literal, $abbreviation:expr; )*) => {
        /// What sort of document it is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum DocumentType { $( $(#[$doc])* $name, )* }

        impl DocumentType {
            /// All types.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $wire, )* }
            }

            /// The part of the symbol that names the type; official letters have none.
            #[must_use]
            pub const fn abbreviation(self) -> Option<&'static str> {
                match self { $( Self::$name => $abbreviation, )* }
            }
        }
    };
}

document_types! {
    /// Nghị quyết (cá biệt).
    Resolution = "RESOLUTION", Some("NQ");
    /// Quyết định (cá biệt).
    Decision = "DECISION", Some("QĐ");
    /// Chỉ thị.
    Directive = "DIRECTIVE", Some("CT");
    /// Quy chế.
    Regulation = "REGULATION", Some("QC");
    /// Quy định.
    Rules = "RULES", Some("QyĐ");
    /// Thông cáo.
    Communique = "COMMUNIQUE", Some("TC");
    /// Thông báo.
    Notice = "NOTICE", Some("TB");
    /// Hướng dẫn.
    Guidance = "GUIDANCE", Some("HD");
    /// Chương trình.
    Programme = "PROGRAMME", Some("CTr");
    /// Kế hoạch.
    Plan = "PLAN", Some("KH");
    /// Phương án.
    Approach = "APPROACH", Some("PA");
    /// Đề án.
    Scheme = "SCHEME", Some("ĐA");
    /// Dự án.
    Project = "PROJECT", Some("DA");
    /// Báo cáo.
    Report = "REPORT", Some("BC");
    /// Biên bản.
    Minutes = "MINUTES", Some("BB");
    /// Tờ trình.
    Submission = "SUBMISSION", Some("TTr");
    /// Hợp đồng.
    Contract = "CONTRACT", Some("HĐ");
    /// Công văn: its symbol names who issues and who drafted it.
    OfficialLetter = "OFFICIAL_LETTER", None;
    /// Công điện.
    Telegram = "TELEGRAM", Some("CĐ");
    /// Bản ghi nhớ.
    Memorandum = "MEMORANDUM", Some("BGN");
    /// Bản thỏa thuận.
    Agreement = "AGREEMENT", Some("BTT");
    /// Giấy ủy quyền.
    Authorisation = "AUTHORISATION", Some("GUQ");
    /// Giấy mời.
    Invitation = "INVITATION", Some("GM");
    /// Giấy giới thiệu.
    Introduction = "INTRODUCTION", Some("GGT");
    /// Giấy nghỉ phép.
    LeavePermit = "LEAVE_PERMIT", Some("GNP");
    /// Phiếu gửi.
    DispatchSlip = "DISPATCH_SLIP", Some("PG");
    /// Phiếu chuyển.
    TransferSlip = "TRANSFER_SLIP", Some("PC");
    /// Phiếu báo.
    NoticeSlip = "NOTICE_SLIP", Some("PB");
}
