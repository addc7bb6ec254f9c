//! What units register for a campaign, and their action programmes.

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this area.
pub(crate) const fn configure(_: &mut ServiceConfig<'_>) {}
