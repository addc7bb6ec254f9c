//! The application: every operation below `/v1`, and beside it what operators need.

use std::net::TcpListener;

use actix_web::{
    App, HttpServer,
    dev::{HttpServiceFactory, Server},
    middleware::{Compress, from_fn},
    web::{self, Data},
};
use utoipa_actix_web::{OpenApiFactory, service_config::ServiceConfig};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    assessments, attachments, calendar, campaigns, consolidated_reports, dispatches, documents, gate::gate, imports,
    incoming, mail, notifications, people, periods, progress, registrations, reminders, reports, rules, scoring,
    state::State, status, targets, units,
};

/// Where an area enters its operations: into the routes of a worker, or into the contract with what it must know of them.
/// A worker that collected the contract as well would hold on to some 20 MiB for nothing.
pub(crate) trait Entries {
    /// Enters one operation.
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: F) -> &mut Self;
}

impl Entries for web::ServiceConfig {
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: F) -> &mut Self {
        self.service(operation)
    }
}

impl Entries for ServiceConfig<'_> {
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, operation: F) -> &mut Self {
        self.service(operation)
    }
}

/// All operations of the contract; the contract itself is collected from here.
pub(crate) fn operations(config: &mut impl Entries) {
    status::configure(config);
    people::configure(config);
    units::configure(config);
    campaigns::configure(config);
    registrations::configure(config);
    targets::configure(config);
    periods::configure(config);
    reports::configure(config);
    attachments::configure(config);
    progress::configure(config);
    consolidated_reports::configure(config);
    dispatches::configure(config);
    documents::configure(config);
    incoming::configure(config);
    rules::configure(config);
    scoring::configure(config);
    assessments::configure(config);
    calendar::configure(config);
    imports::configure(config);
    reminders::configure(config);
    notifications::configure(config);
    mail::configure(config);
}

/// Serves on a listener that is bound already.
///
/// # Errors
/// The listener cannot be used.
pub fn serve(listener: TcpListener, state: State, workers: usize) -> std::io::Result<Server> {
    let server = HttpServer::new(move || {
        let app = App::new()
            .wrap(from_fn(gate))
            .wrap(Compress::default())
            .app_data(Data::new(state.clone()))
            .service(web::scope("/v1").configure(operations));
        let docs = SwaggerUi::new("/docs/{_:.*}").config(Config::from("/v1/openapi.json").validator_url("none"));
        let app = app
            .route("/health/live", web::get().to(status::live))
            .route("/health/ready", web::get().to(status::ready))
            .service(web::redirect("/docs", "/docs/"))
            .service(docs);
        if state.dev { app.configure(crate::cli::dev_routes) } else { app }
    });
    let server = server
        .workers(workers)
        .disable_signals()
        .client_request_timeout(std::time::Duration::from_secs(5))
        .shutdown_timeout(25)
        .listen(listener)?;
    Ok(server.run())
}
