"""Spectral: is the contract good OpenAPI, and does it state what OWASP's API security list asks for?"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from judges.verdict import Verdict
from toolbox import CONTRACT, ROOT, RULES, from_npm


def judge(_arguments: list[str]) -> Iterator[Verdict]:
    command = [from_npm(".bin/spectral"), "lint", "--ruleset", RULES / "spectral.yaml", "--fail-severity", "warn", CONTRACT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        yield Verdict("spectral", True, "0 errors, 0 warnings")
    else:
        yield Verdict("spectral", False, "the contract breaks its rules", done.stdout + done.stderr)
