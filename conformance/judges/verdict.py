"""What a judge says."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    judge: str
    passed: bool
    summary: str
    details: str = ""

    def __str__(self) -> str:
        line = f"{'passed' if self.passed else 'FAILED'}  {self.judge}: {self.summary}"
        return "\n".join([line, textwrap.indent(self.details.strip("\n"), "    ")]) if self.details else line
