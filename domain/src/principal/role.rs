//! The roles of `docs/GLOSSARY.md`, as the wire names them.

use serde::{Deserialize, Serialize};

/// A role in the commune's emulation work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Cán bộ đơn vị.
    UnitOfficer,
    /// Thủ trưởng đơn vị.
    UnitHead,
    /// Phòng Văn hóa – Xã hội, đầu mối.
    Coordinator,
    /// Văn phòng HĐND - UBND.
    Office,
    /// Văn thư.
    Clerk,
    /// Ủy viên Hội đồng Thi đua - Khen thưởng.
    CouncilMember,
    /// Thư ký Hội đồng.
    CouncilSecretary,
    /// Chủ tịch UBND.
    Chair,
    /// Phó Chủ tịch UBND.
    ViceChair,
    /// Trung tâm Văn hóa, Thể thao và Truyền thông.
    Communications,
    /// Kế toán.
    Accountant,
    /// Thanh tra, kiểm toán.
    Auditor,
    /// Cổng dịch vụ công, LGSP (a machine).
    Portal,
    /// Quản trị hệ thống.
    Admin,
    /// The built-in actor of scheduled acts; no token maps to it.
    System,
}

impl Role {
    /// All roles, in the order of the glossary.
    pub const ALL: &'static [Self] = &[
        Self::UnitOfficer,
        Self::UnitHead,
        Self::Coordinator,
        Self::Office,
        Self::Clerk,
        Self::CouncilMember,
        Self::CouncilSecretary,
        Self::Chair,
        Self::ViceChair,
        Self::Communications,
        Self::Accountant,
        Self::Auditor,
        Self::Portal,
        Self::Admin,
        Self::System,
    ];

    /// Those who follow a campaign over all its units, drafts of the plan included.
    pub const OVERSIGHT: &'static [Self] =
        &[Self::Coordinator, Self::Office, Self::Chair, Self::ViceChair, Self::Auditor, Self::System];

    /// Those who see who is registered as a caller.
    pub const DIRECTORY: &'static [Self] =
        &[Self::Admin, Self::Chair, Self::ViceChair, Self::Office, Self::Auditor, Self::System];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnitOfficer => "UNIT_OFFICER",
            Self::UnitHead => "UNIT_HEAD",
            Self::Coordinator => "COORDINATOR",
            Self::Office => "OFFICE",
            Self::Clerk => "CLERK",
            Self::CouncilMember => "COUNCIL_MEMBER",
            Self::CouncilSecretary => "COUNCIL_SECRETARY",
            Self::Chair => "CHAIR",
            Self::ViceChair => "VICE_CHAIR",
            Self::Communications => "COMMUNICATIONS",
            Self::Accountant => "ACCOUNTANT",
            Self::Auditor => "AUDITOR",
            Self::Portal => "PORTAL",
            Self::Admin => "ADMIN",
            Self::System => "SYSTEM",
        }
    }

    /// Whether the role opens rows of every unit to row-level security; what of them is seen is the policy's.
    #[must_use]
    pub const fn spans_units(self) -> bool {
        match self {
            Self::Coordinator
            | Self::Office
            | Self::Clerk
            | Self::Chair
            | Self::ViceChair
            | Self::Auditor
            | Self::Portal
            | Self::System => true,
            Self::UnitOfficer
            | Self::UnitHead
            | Self::CouncilMember
            | Self::CouncilSecretary
            | Self::Communications
            | Self::Accountant
            | Self::Admin => false,
        }
    }
}
