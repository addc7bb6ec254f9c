"""A live service for a judge: built from this checkout, started with fresh demo data, stopped and forgotten afterwards."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolbox import ROOT, Unable, must

A_MINUTE = 60
SECONDS_TO_STOP = 20


@dataclass(frozen=True)
class Service:
    binary: Path
    scratch: Path
    url: str

    def token(self, persona: str) -> str:
        return must([self.binary, "token", "mint", "--persona", persona, "--data", _data(self.scratch)]).strip()

    def last_words(self) -> str:
        """The end of its log, where the cause of an error stands that the answer must not tell."""
        lines = _log(self.scratch).read_text(errors="replace").splitlines()[-40:]
        return "\n".join(["The service's last words:", *lines])


@contextmanager
def running() -> Iterator[Service]:
    binary = _binary()
    with tempfile.TemporaryDirectory(prefix="thidua-conformance-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        # Files, not pipes: nobody reads along, and a full pipe would stop the service.
        with open(scratch / "stdout", "wb") as stdout, open(_log(scratch), "wb") as log:
            process = subprocess.Popen(
                [binary, "dev", "--bind", "127.0.0.1:0", "--data", _data(scratch)], cwd=ROOT, stdout=stdout, stderr=log
            )
        try:
            yield Service(binary, scratch, f"{_address(process, scratch)}/v1")
        finally:
            _stop(process)


def _binary() -> Path:
    """`THIDUA_BINARY`, to judge a binary as it is; otherwise what this checkout builds, so that no stale one is judged."""
    given = os.environ.get("THIDUA_BINARY")
    if given is None:
        must(["cargo", "build", "--quiet", "--package", "thidua-api"])
        given = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), "debug", "thidua")
    binary = Path(given).resolve()
    if not binary.exists():
        raise Unable(f"there is no {binary}")
    return binary


def _address(process: subprocess.Popen, scratch: Path) -> str:
    """What stands behind `ready` in its output, once it stands there."""
    patience = time.monotonic() + A_MINUTE
    while process.poll() is None and time.monotonic() < patience:
        for line in (scratch / "stdout").read_text().splitlines(keepends=True):
            if line.startswith("ready ") and line.endswith("\n"):
                return line.split()[1]
        time.sleep(0.05)
    fate = "was not ready after a minute" if process.poll() is None else f"ended with {process.returncode}"
    raise Unable(f"the service {fate}:\n{_log(scratch).read_text(errors='replace')}")


def _stop(process: subprocess.Popen) -> None:
    """Asks first: only a service that stops by itself also stops its database."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise Unable(f"the service did not stop within {SECONDS_TO_STOP} s") from None


def _data(scratch: Path) -> Path:
    return scratch / "data"


def _log(scratch: Path) -> Path:
    return scratch / "log"
