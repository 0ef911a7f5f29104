"""``scripts/audit``: what it says of what pip-audit found, or of a database that nobody reaches."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("auditor", "code", "out", "err"),
    [
        ("exit 0", 0, "audit: no known vulnerabilities\n", ""),
        (
            'while [ "$1" != --output ]; do shift; done; echo "jinja2 2.4.1 PYSEC-1" >"$2"; exit 1',
            1,
            "jinja2 2.4.1 PYSEC-1\n",
            "audit: these have known vulnerabilities",
        ),
        (
            "echo no route to host >&2; exit 1",
            2,
            "",
            "no route to host\naudit: the database of known vulnerabilities gave no answer",
        ),
    ],
    ids=["none", "some", "no network"],
)
def test_an_audit_without_an_answer_is_not_one_without_vulnerabilities(
    tmp_path: Path, auditor: str, code: int, out: str, err: str
) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "audit", tmp_path / "scripts")
    shutil.copy(ROOT / "requirements-audit.lock", tmp_path)
    made = tmp_path / ".venv-audit" / "bin" / "pip-audit"
    made.parent.mkdir(parents=True)
    made.write_text(f"#!/bin/sh\n{auditor}\n", "utf-8")
    made.chmod(0o755)
    stamp = "{ cat requirements-audit.lock; pwd; } | cksum >.venv-audit/made-from"
    subprocess.run(["sh", "-c", stamp], cwd=tmp_path, check=True)
    done = subprocess.run(
        ["sh", tmp_path / "scripts" / "audit"],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, out)
    assert done.stderr.startswith(err) if err else not done.stderr
