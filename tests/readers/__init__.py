"""Readers that are not ours and no part of the environment: ``scripts/readers`` installs them, and tests skip without."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_CHECKOUT = Path(__file__).parents[2]
_FOLDER = _CHECKOUT / ".venv" / "readers"

NODE = shutil.which("node") or shutil.which("nodejs")


def node_with(module: str) -> tuple[str, Path]:
    """Give Node.js and the folder in which it finds a module; skips the test that asks where either is missing."""
    folder = _FOLDER / "node"
    if not NODE or not (folder / "node_modules" / module).is_dir():
        pytest.skip(f"no {module} is here to read it; `sh scripts/readers` installs it")
    return NODE, folder


def imported_by_anki(folder: Path, first: list[str], later: list[str]) -> dict[str, Any]:
    """Have Anki import decks, and others after those are learnt; skips the test that asks where Anki is missing."""
    library = _FOLDER / "python"
    if not (library / "anki").is_dir():
        pytest.skip("no library anki is here to read it; `sh scripts/readers` installs it")
    done = subprocess.run(
        [
            _CHECKOUT / ".venv" / "bin" / "python",
            Path(__file__).with_name("anki_import.py"),
            folder,
            *first,
            "--",
            *later,
        ],
        env={**os.environ, "PYTHONPATH": str(library)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
