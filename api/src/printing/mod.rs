//! Papers as answers: one of the forms of a paper, under a name that a document desk takes.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde::{Deserialize, Serialize};
use thidua_documents::{Form, Paper, Unwritten, docx, typeset, xlsx};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

mod typesetter;

pub use typesetter::Typesetter;

use crate::{
    export::saved_as,
    gate,
    problem::{Problem, Trouble},
    reply::{has_already, tag},
    state::State,
};

/// In which form a paper is wanted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PaperQuery {
    /// The form, by the ending of its files: `docx` to be edited, `pdf` to be printed and signed, `xlsx` to be reckoned with.
    #[param(inline, example = "pdf")]
    format: PaperFormat,
}

/// A form of papers, by the ending of its files.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PaperFormat {
    Docx,
    Pdf,
    Xlsx,
}

impl PaperFormat {
    /// The form.
    pub(crate) const fn form(self) -> Form {
        match self {
            Self::Docx => Form::Docx,
            Self::Pdf => Form::Pdf,
            Self::Xlsx => Form::Xlsx,
        }
    }
}

impl PaperQuery {
    /// The form.
    pub(crate) const fn form(self) -> Form {
        self.format.form()
    }
}

/// The paper in this form, or 304 where the caller has it already. The same paper is the same file, and so its tag says.
///
/// # Errors
/// 406 where `Accept` does not take the form that the query asks for; 503 where nobody sets a PDF.
pub(crate) async fn print(
    state: &State,
    request: &HttpRequest,
    paper: Paper,
    version: i64,
    form: Form,
) -> Result<HttpResponse, Problem> {
    gate::takes(request.headers(), form.media_type())?;
    let name = paper.file.in_form(form);
    // A long paper takes a moment, in which the worker answers others.
    let made = web::block(move || match form {
        Form::Docx => docx(&paper),
        Form::Xlsx => xlsx(&paper),
        Form::Pdf => typeset::request(&paper),
    });
    let made = made.await.map_err(|_| Trouble::Internal)?.map_err(unwritten)?;
    // Of a PDF, what it is made of: whoever has it already need not wait for it to be set.
    let tag = tag(version, &made);
    let fresh = has_already(request, &tag);
    let mut answer = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if fresh {
        return Ok(answer.finish());
    }
    let bytes = if form == Form::Pdf { state.typesetter.pdf(&made).await? } else { made };
    answer
        .insert_header((header::CONTENT_TYPE, form.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, saved_as(&name)))
        // A paper is in the language of those who sign it, whoever reads it.
        .insert_header((header::CONTENT_LANGUAGE, "vi"))
        // Whatever looks at it does so without scripts, forms and origin.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"))
        // It is compressed in itself.
        .insert_header((header::CONTENT_ENCODING, "identity"));
    Ok(answer.body(bytes))
}

fn unwritten(error: Unwritten) -> Problem {
    tracing::error!(%error, "a paper could not be written");
    Trouble::Internal.into()
}
