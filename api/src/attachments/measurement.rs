//! The evidence of measurements.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Payload},
};
use thidua_domain::{
    attachment::{AttachToMeasurement, Owner, Provable},
    target::Measurement,
};
use thidua_persistence::{Reader, Tx, facts::attachments};

use super::{
    body::{AttachmentPage, AttachmentQuery, AttachmentView, FileBytes, UploadQuery},
    listed,
    receiving::Upload,
};
use crate::{
    app::Entries,
    input::{Caller, PathOf, QueryOf},
    list::Listed,
    problem::Problem,
    reply::Versioned,
    state::State,
    targets::MeasurementPath,
};

/// The operations on the evidence of measurements.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(attach_to_measurement).service(list_measurement_attachments);
}

/// Attach a file to a measurement
///
/// Attaches a file to a measurement of the caller's own unit, as the file of a report is attached: the body is the bytes of
/// the file and nothing else, of the same kinds and limits. The measurement stays as it was recorded; what proves it stands
/// beside it. It is fixed while a report that was handed in rests on the measurement, and the figures of that report name
/// each file with its checksum. A report that is given back sets it free again.
#[utoipa::path(tag = "Targets", operation_id = "attachToMeasurement", params(MeasurementPath, UploadQuery),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The bytes of the file."),
    responses((status = 201, description = "The file is attached.", body = AttachmentView)))]
#[post("/measurements/{measurementId}/attachments")]
async fn attach_to_measurement(
    state: Data<State>,
    caller: Caller,
    path: PathOf<MeasurementPath>,
    query: QueryOf<UploadQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<Versioned<AttachmentView>, Problem> {
    let measurement = path.0.measurement_id.id();
    let upload = Upload { state, caller, name: query.0.name.into_name(), request: &request, body };
    let load = async move |tx: &Tx| {
        attachments::hold(tx, measurement).await?;
        tx.look_up::<Provable>(measurement).await
    };
    upload.attach_to(measurement, AttachToMeasurement, load).await
}

/// List the attachments of a measurement
///
/// The files that are attached to a measurement now, in the order in which they were. Whoever sees the measurement sees them.
#[utoipa::path(tag = "Targets", operation_id = "listMeasurementAttachments", params(MeasurementPath, AttachmentQuery),
    responses((status = 200, description = "A page of attachments, the first that was attached first.", body = AttachmentPage)))]
#[get("/measurements/{measurementId}/attachments")]
async fn list_measurement_attachments(
    state: Data<State>,
    caller: Caller,
    path: PathOf<MeasurementPath>,
    query: QueryOf<AttachmentQuery>,
) -> Result<Listed<AttachmentPage>, Problem> {
    let measurement = path.0.measurement_id.id();
    let url = format!("/v1/measurements/{measurement}/attachments");
    let list = listed(&url, &query.0, Owner::Measurement(measurement));
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Measurement>(measurement).await?;
        Ok(AttachmentView::in_list(language))
    };
    list.answer(&state, &caller, view).await
}
