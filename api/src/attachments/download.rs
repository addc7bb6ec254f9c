//! The bytes of an attachment: whole or a range of them, or nothing where the caller has them already.

use std::ops::Range;

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    get,
    http::header::{
        self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderMap, HeaderValue,
    },
    web::Data,
};
use thidua_domain::attachment::{Attached, File, FileName, FileType};

use super::{AttachmentPath, body::FileBytes, digest::as_digest};
use crate::{
    app::Entries,
    input::{Caller, PathOf},
    problem::{Place, Problem, Trouble},
    reply::{has_already, tag_of},
    state::State,
};

/// The operations on the bytes.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_attachment_content);
}

/// Download an attachment
///
/// The bytes of an attached file, under its own name and never to be shown in a page. They never change: the tag is made of
/// the checksum, so that a download that was cut off goes on with `Range` and `If-Range`. Of several ranges none is taken,
/// and everything is answered.
#[utoipa::path(tag = "Reports", operation_id = "readAttachmentContent", params(AttachmentPath), responses(
    (status = 200, description = "The whole file, as it was attached.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/vnd.oasis.opendocument.text"),
        (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "text/csv"), (FileBytes = "text/plain"))),
    (status = 206, description = "The range that was asked for.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (FileBytes = "application/vnd.oasis.opendocument.text"),
        (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "text/csv"), (FileBytes = "text/plain")))))]
#[get("/attachments/{attachmentId}/content")]
async fn read_attachment_content(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AttachmentPath>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let asked = asked(request.headers())?;
    let reader = state.store.read(&caller.call).await?;
    let Attached { attachment, .. } = reader.object(path.0.attachment_id.id()).await?;
    // The connection is not held while the bytes go out.
    drop(reader);
    if !attachment.content_kept() {
        return Err(Trouble::NotFound.into());
    }
    let file = attachment.file;
    let tag = tag_of(&file.sha256);
    if has_already(&request, &tag) {
        let mut answer = HttpResponse::NotModified();
        return Ok(answer.insert_header((header::ETAG, tag)).insert_header(PRIVATE).finish());
    }
    // Another tag than ours is an older file's, of which there is none: the whole is answered.
    let still_the_same = request.headers().get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let range = match asked.filter(|_| still_the_same) {
        Some(asked) => Some(asked.of(file.size).ok_or_else(|| unsatisfiable(file.size))?),
        None => None,
    };
    let bytes = range.clone().unwrap_or(0..file.size);
    let content = state.files.read(attachment.content, bytes.clone()).await?;
    let mut answer = if range.is_some() { HttpResponse::PartialContent() } else { HttpResponse::Ok() };
    if range.is_some() {
        let last = bytes.end.saturating_sub(1);
        answer.insert_header((header::CONTENT_RANGE, format!("bytes {}-{last}/{}", bytes.start, file.size)));
    } else {
        answer.insert_header(("Content-Digest", as_digest(&file.sha256)));
    }
    answer
        .insert_header((header::ETAG, tag))
        .insert_header(PRIVATE)
        .insert_header(("Repr-Digest", as_digest(&file.sha256)))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header(disposition(&file.name))
        // Whatever looks at it does so without scripts, forms and origin.
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"))
        // Compressed on the way, neither tag nor digest nor range would be those of the file.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_TYPE, media_type(&file)));
    Ok(answer.body(SizedStream::new(bytes.end - bytes.start, content)))
}

const PRIVATE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));

fn media_type(file: &File) -> String {
    match file.kind {
        FileType::Csv | FileType::Text => format!("{}; charset=utf-8", file.kind.media_type()),
        FileType::Pdf | FileType::Docx | FileType::Xlsx | FileType::Odt | FileType::Jpeg | FileType::Png => {
            file.kind.media_type().to_owned()
        }
    }
}

/// To be saved under its name: in ASCII for those who know no better, and as it is (RFC 6266, RFC 8187).
fn disposition(name: &FileName) -> ContentDisposition {
    let plain = name.as_str().chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let exact = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_str().as_bytes().to_vec(),
    };
    let parameters = vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(exact)];
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

/// A range of bytes, as it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    /// From here to there, or to the end.
    From(u64, Option<u64>),
    /// So many at the end.
    Last(u64),
}

impl Asked {
    /// What it is of a file of this size; `None` where the file has nothing of it.
    fn of(self, size: u64) -> Option<Range<u64>> {
        match self {
            Self::From(first, last) => {
                let end = last.map_or(size, |last| last.saturating_add(1).min(size));
                (first < size).then_some(first..end)
            }
            Self::Last(0) => None,
            Self::Last(count) => Some(size.saturating_sub(count)..size),
        }
    }
}

/// The range of `Range`. Other units than bytes, several ranges, and one that ends before it begins are ignored, as RFC 9110,
/// section 14.2, has it; what has no form at all is refused.
fn asked(headers: &HeaderMap) -> Result<Option<Asked>, Problem> {
    let Some(value) = headers.get(header::RANGE) else { return Ok(None) };
    let malformed = || Problem::at(Trouble::BadRequest, Place::Header("Range"), "header.malformed");
    let (unit, ranges) = value.to_str().ok().and_then(|text| text.split_once('=')).ok_or_else(malformed)?;
    if unit != "bytes" {
        return Ok(None);
    }
    let ranges: Vec<_> =
        ranges.split(',').map(|range| one(range.trim())).collect::<Option<_>>().ok_or_else(malformed)?;
    Ok(match ranges.as_slice() {
        [Asked::From(first, Some(last))] if last < first => None,
        [one] => Some(*one),
        _ => None,
    })
}

fn one(range: &str) -> Option<Asked> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    match range.split_once('-')? {
        ("", "") => None,
        ("", count) => Some(Asked::Last(number(count)?)),
        (first, "") => Some(Asked::From(number(first)?, None)),
        (first, last) => Some(Asked::From(number(first)?, Some(number(last)?))),
    }
}

fn unsatisfiable(size: u64) -> Problem {
    Problem::unsatisfiable(size)
}
