"""schemathesis: does the service answer as the contract says, to whoever asks and whatever is asked?

Each persona meets a service of its own with fresh demo data, so that a persona alone gets the verdict it gets in company.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path

from judges.verdict import Verdict
from service import Service, running
from toolbox import CONTRACT, RULES, Unable, from_pypi

# Who plans, who reports, who signs, and who only reads: each sees other refusals.
PERSONAS = ("coordinator", "unit-head", "chair", "auditor")
# Four of them, their services and the other judges stay within six minutes on two cores.
SECONDS = 420

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def judge(personas: list[str]) -> Iterator[Verdict]:
    schemathesis = from_pypi("st")
    reached: set[str] = set()
    for persona in personas or PERSONAS:
        with running() as service:
            foreign = _differs_from_the_checked_in(service)
            yield foreign or _trial(schemathesis, service, persona, reached)
    if not personas:
        yield _reach(reached)


def _differs_from_the_checked_in(service: Service) -> Verdict | None:
    try:
        with urllib.request.urlopen(f"{service.url}/openapi.json", timeout=10) as answer:
            served = json.load(answer)
    except (OSError, ValueError) as reason:
        raise Unable(f"the service does not serve its contract: {reason}") from reason
    checked_in = json.loads(CONTRACT.read_text())
    # Where a service is reached is its configuration, not its contract.
    if {**served, "servers": None} == {**checked_in, "servers": None}:
        return None
    return Verdict("schemathesis", False, f"the service serves another contract than {CONTRACT.name}")


def _trial(schemathesis: Path, service: Service, persona: str, reached: set[str]) -> Verdict:
    name = f"schemathesis as {persona}"
    outcomes = service.scratch / "outcomes.json"
    command = [schemathesis, "--config-file", RULES / "schemathesis.toml", "run", CONTRACT, "--url", service.url]
    # The same for a persona every time, and yet not the same requests four times.
    command += ["--seed", str(zlib.crc32(persona.encode()))]
    environment = {
        **os.environ,
        "CONFORMANCE_TOKEN": service.token(persona),
        "CONFORMANCE_OUTCOMES": str(outcomes),
        "SCHEMATHESIS_HOOKS": str(RULES / "schemathesis_hooks.py"),
    }
    try:
        done = subprocess.run(
            command, cwd=service.scratch, env=environment, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as late:
        return Verdict(name, False, f"not finished after {SECONDS} s", (late.stdout or b"").decode(errors="replace"))

    answered = json.loads(outcomes.read_text()) if outcomes.exists() else {}
    succeeded = {operation for operation, statuses in answered.items() if any(s.startswith("2") for s in statuses)}
    reached |= succeeded
    summary = f"{_requests(answered)} requests, {len(succeeded)} of {len(_operations())} operations answered 2xx"
    if done.returncode != 0:
        return Verdict(name, False, summary, f"{done.stdout}{done.stderr}\n{service.last_words()}")
    # A service that refuses everything conforms to nearly everything.
    return Verdict(name, bool(succeeded), summary)


def _reach(reached: set[str]) -> Verdict:
    missed = sorted(_operations() - reached)
    summary = f"{len(reached)} of {len(reached) + len(missed)} operations answered 2xx to at least one persona"
    return Verdict("schemathesis reach", True, summary, "\n".join(f"never: {operation}" for operation in missed))


def _requests(answered: dict[str, dict[str, int]]) -> int:
    return sum(sum(statuses.values()) for statuses in answered.values())


def _operations() -> set[str]:
    paths = json.loads(CONTRACT.read_text())["paths"]
    return {f"{method.upper()} {path}" for path, item in paths.items() for method in item.keys() & METHODS}
