"""What no generator can know, because only the service says it: versions, fresh keys and signed cursors.

Without the first two nearly every generated change would end at 412 or 422 and never meet the rules it is meant to try.
"""

from __future__ import annotations

import atexit
import json
import os
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

last_seen_version: dict[str, str] = {}
outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)


@schemathesis.hook
def before_call(_context, case, _kwargs):
    for declared in case.operation.headers:
        if declared.name in case.headers and not is_on_trial(case, declared.name):
            case.headers[declared.name] = knowing(case, declared)


def knowing(case, declared):
    """The value that a caller who knows the service would send in this header."""
    if declared.name == "Idempotency-Key":
        return f"conformance-{case.id}"
    if declared.name in ("If-Match", "If-None-Match") and version_asked_for(case):
        return version_asked_for(case)
    generated = case.headers[declared.name]
    if declared.get_validator().is_valid(generated):
        return generated
    # The coverage phase spells headers with letters and digits only; where the pattern asks for more, as that of an
    # entity tag does, it would send `0` in a request that it calls valid.
    return next(iter(declared.examples), generated)


def version_asked_for(case):
    """The version last seen of what the request is about: of its path, or of what a command in that path is given to."""
    path = case.formatted_path
    return last_seen_version.get(path) or last_seen_version.get(path.rpartition("/")[0])


def is_on_trial(case, header):
    """Whether this very header is what the request gets wrong on purpose.

    Or whether its token is: to schemathesis a request that a hook has changed is a valid one, and gets a token again.
    """
    if case.meta is None:
        return False
    fault = case.meta.phase.data
    faulty = {fault.parameter, *(mutation.parameter for mutation in fault.mutations)}
    return not faulty.isdisjoint({header, "Authorization"})


@schemathesis.hook
def after_call(_context, case, response):
    outcomes[case.operation.label][str(response.status_code)] += 1
    version = response.headers.get("etag")
    if version:
        last_seen_version[shown(case, response)] = version[0]


def shown(case, response):
    """The path of what an answer shows: a creation shows the new thing, a command what it was given to."""
    location = response.headers.get("location")
    if response.status_code == 201 and location:
        return "/" + urlsplit(location[0]).path.partition("/v1/")[2]
    if case.method == "POST":
        return case.formatted_path.rpartition("/")[0]
    return case.formatted_path


@schemathesis.deserializer(
    "application/pdf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "image/jpeg",
    "image/png",
    "text/csv",
)
def bytes_of_a_file(_context, response):
    """The bytes of a file are a text to the contract, a character each: it bounds how many there are and nothing else."""
    return response.content.decode("latin-1")


@schemathesis.deserializer("application/x-ndjson")
def lines(_context, response):
    """A text to the contract too: it describes the lines by `x-itemSchema`, and tests of our own read them."""
    return response.content.decode()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@schemathesis.serializer(XLSX)
def file_of_characters(_context, value):
    """The way back from `bytes_of_a_file`."""
    return value if isinstance(value, bytes) else str(value).encode("latin-1", "replace")


@schemathesis.hook
def filter_failure(_context, failure, case, response):
    """What a schema alone cannot say: which cursors the service has signed, and which text or bytes are a table of its form.

    Refusing either as malformed is right.
    """
    refused = isinstance(failure, RejectedPositiveData) and response.status_code == 400
    return not (refused and (blames(response) == {"cursor"} or case.media_type in (XLSX, "text/csv")))


def blames(response):
    """The parameters that a problem names."""
    try:
        return {error.get("parameter") for error in response.json()["errors"]}
    except (ValueError, TypeError, KeyError, AttributeError):
        return set()


@atexit.register
def report():
    with open(os.environ["CONFORMANCE_OUTCOMES"], "w") as file:
        json.dump(outcomes, file)
