//! The report to the city.

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this area.
pub(crate) const fn configure(_: &mut ServiceConfig<'_>) {}
