"""The production form: hadolint reads the Dockerfile, the compose specification's own schema docker-compose.yml."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from judges.verdict import Verdict
from toolbox import ROOT, from_pypi


def judge(_arguments: list[str]) -> Iterator[Verdict]:
    yield heard("hadolint", ["Dockerfile"])
    yield heard("check-jsonschema", ["--builtin-schema", "vendor.compose-spec", "docker-compose.yml"])


def heard(tool: str, arguments: list[str]) -> Verdict:
    done = subprocess.run([from_pypi(tool), *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        return Verdict("container", True, f"{tool} has nothing to say against {arguments[-1]}")
    return Verdict("container", False, f"{tool} refuses {arguments[-1]}", done.stdout + done.stderr)
