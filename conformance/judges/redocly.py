"""Redocly: would a documentation and client tool understand the contract as it is meant?"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

from judges.verdict import Verdict
from toolbox import CONTRACT, ROOT, RULES, from_npm

# It would otherwise try to report its use and to ask for newer versions of itself.
SILENT = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}


def judge(_arguments: list[str]) -> Iterator[Verdict]:
    command = [from_npm(".bin/redocly"), "lint", "--config", RULES / "redocly.yaml", "--format", "stylish", CONTRACT]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **SILENT}, capture_output=True, text=True)
    if done.returncode == 0:
        yield Verdict("redocly", True, "0 errors, 0 warnings")
    else:
        yield Verdict("redocly", False, "the contract breaks its rules", done.stdout or done.stderr)
