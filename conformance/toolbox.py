"""Where things are, and the judges' own tools: installed once into `.tools/`, at the versions that `pins/` names."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

CONFORMANCE = Path(__file__).resolve().parent
ROOT = CONFORMANCE.parent
RULES = CONFORMANCE / "rules"
PINS = CONFORMANCE / "pins"
TOOLS = ROOT / ".tools"
CONTRACT = ROOT / "openapi" / "thidua.v1.json"

NODE_PINS = ("package.json", "package-lock.json", ".npmrc")
PYTHON_PINS = ("requirements.txt",)


class Unable(Exception):
    """Something a judge needs is missing or broken, so that there is no verdict."""


def from_npm(path: str) -> Path:
    """A file below `node_modules`."""
    home = TOOLS / "node"

    def install() -> None:
        for name in NODE_PINS:
            shutil.copy(PINS / name, home)
        # No package's own scripts: nothing here needs one, and they are how a poisoned package gets to run.
        must(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=home)

    _once(home, NODE_PINS, install)
    return home / "node_modules" / path


def from_pypi(command: str) -> Path:
    """A command of the virtual environment."""
    home = TOOLS / "venv"

    def install() -> None:
        must([sys.executable, "-m", "venv", home])
        must([home / "bin" / "pip", "install", "--require-hashes", "--quiet", "--requirement", PINS / "requirements.txt"])

    _once(home, PYTHON_PINS, install, interpreter=platform.python_version())
    return home / "bin" / command


def must(command: Sequence[str | Path], cwd: Path = ROOT) -> str:
    """What the command prints on standard output; raises `Unable` with all that it said if it fails."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise Unable(f"{missing.filename} is not installed") from missing
    if done.returncode != 0:
        raise Unable(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _once(home: Path, pins: Sequence[str], install: Callable[[], None], interpreter: str = "") -> None:
    """Installs into an empty `home` unless exactly these pins are there already, for this interpreter."""
    wanted = hashlib.sha256(interpreter.encode())
    for name in pins:
        wanted.update((PINS / name).read_bytes())
    stamp = home / ".installed"
    if stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return
    print(f"installing the judges' tools into {home.relative_to(ROOT)}", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    install()
    # Last, so that an installation that was interrupted is not taken for a whole one.
    stamp.write_text(wanted.hexdigest())
