//! What can go wrong between the doors; knows no HTTP.

use sea_orm::{DbErr, RuntimeErr};
use thidua_domain::{
    canonical::NotCanonical,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Why a read or a write did not happen; a write that fails leaves nothing behind.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The domain says no.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// No such thing, or not for this caller.
    #[error("absent")]
    Absent,
    /// The object has moved on since the caller read it.
    #[error("stale: version {current} is current")]
    Stale {
        /// The version that is current.
        current: i64,
    },
    /// The token is valid, but nobody registered its subject.
    #[error("unknown principal")]
    UnknownPrincipal,
    /// The principal is disabled, of another kind, or the token older than it allows.
    #[error("principal is shut out")]
    ShutOut,
    /// The cursor was not made here, or for another list.
    #[error("foreign cursor")]
    ForeignCursor,
    /// The command was carried out before under this key; found by the door, never seen outside.
    #[error("replay of {0}")]
    Replay(Uuid),
    /// The unit of work was only to be tried out; nothing of it is kept.
    #[error("only tried")]
    OnlyTried,
    /// No connection came free, or a lock did not, within two seconds.
    #[error("busy")]
    Busy,
    /// PostgreSQL cannot be reached.
    #[error("database unavailable: {0}")]
    Unavailable(DbErr),
    /// Everything else is a fault of ours.
    #[error("database fault: {0}")]
    Fault(DbErr),
    /// A stored state that this program cannot read, or a state that cannot be stored.
    #[error("state fault: {0}")]
    State(String),
}

impl StoreError {
    /// Whether the same unit of work can succeed when tried again: a deadlock or a serialisation failure.
    pub(crate) fn retryable(&self) -> bool {
        let Self::Fault(error) = self else { return false };
        matches!(sql_state(error).as_deref(), Some("40P01" | "40001"))
    }
}

/// What each unique index decides, in the words of the domain.
const TAKEN: &[(&str, Code)] = &[
    ("unit_code_key", Code::UnitCodeTaken),
    ("principal_identity_key", Code::PrincipalTaken),
    ("campaign_code_key", Code::CampaignCodeTaken),
    ("document_number_key", Code::NumberTaken),
    ("document_series_number_key", Code::NumberTaken),
    ("attachment_signed_copy_key", Code::SignedCopyAttached),
    ("document_series_active_key", Code::DocumentSeriesTaken),
    ("incoming_document_symbol_key", Code::IncomingRecordedAlready),
    ("period_code_key", Code::PeriodCodeTaken),
    ("registration_accepted_key", Code::RegistrationAccepted),
    ("registration_open_key", Code::RegistrationOpen),
    ("report_original_key", Code::ReportExists),
    ("report_correction_key", Code::CorrectionOpen),
    ("report_own_number_key", Code::NumberTaken),
    ("validation_rule_code_key", Code::ValidationRuleCodeTaken),
    ("scoring_rubric_active_key", Code::ScoringRubricTaken),
    ("assessment_key", Code::AssessmentExists),
    ("calendar_day_key", Code::CalendarDayTaken),
    ("reminder_rule_code_key", Code::ReminderRuleCodeTaken),
    ("reminded_once_key", Code::ReminderNotDue),
];

fn database_error(error: &DbErr) -> Option<&sqlx::postgres::PgDatabaseError> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return None;
    };
    match &**error {
        sqlx::Error::Database(error) => error.try_downcast_ref(),
        _ => None,
    }
}

fn sql_state(error: &DbErr) -> Option<String> {
    database_error(error).map(|error| error.code().to_owned())
}

/// Whether the connection is gone, by what the socket or the server's last word says.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            // Shut down, crashed, starting up, or cut by a limit on idleness.
            matches!(&*code, "57P01" | "57P02" | "57P03" | "57P05" | "25P03") || code.starts_with("08")
        }),
        _ => false,
    }
}

fn lost(error: &DbErr) -> bool {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => is_lost(error),
        DbErr::Conn(_) => true,
        _ => false,
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if lost(&error) {
            return Self::Unavailable(error);
        }
        let Some(database) = database_error(&error) else { return Self::Fault(error) };
        match database.code() {
            "23505" => {
                let taken = TAKEN.iter().find(|(name, _)| database.constraint() == Some(*name));
                taken.map_or(Self::Fault(error), |(_, code)| Self::Refused((*code).into()))
            }
            // Only the claim of a key waits on an index; the server's context is all that tells it from a fence.
            "55P03" if database.r#where().is_some_and(|context| context.contains("idempotency")) => {
                Self::Refused(Code::TwinInFlight.into())
            }
            "55P03" | "57014" => Self::Busy,
            // Read-only, or out of disk, memory or connections.
            code if code == "25006" || code.starts_with("53") => Self::Unavailable(error),
            _ => Self::Fault(error),
        }
    }
}

impl From<NotCanonical> for StoreError {
    fn from(error: NotCanonical) -> Self {
        Self::State(error.to_string())
    }
}
