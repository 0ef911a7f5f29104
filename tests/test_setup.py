"""Set-up: the lock has what pyproject.toml asks for, and ``scripts/setup`` says what stands in its way."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TypeAlias

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
SETUP = CHECKOUT / "scripts" / "setup"
LOCK = (CHECKOUT / "requirements-dev.lock").read_text(encoding="utf-8")

# Stand-ins for programs: a Python that is new enough but has nothing beside it, one that is too old, a
# person who is not root, and a package manager that nobody is to run.
NEW = """#!/bin/sh
case $2 in *version_info\\ \\<*) exit 0 ;; *%d.%d*) echo 3.13 ;; *) exit 1 ;; esac
"""
WITH_VENV = """#!/bin/sh
case $2 in *version_info\\ \\<*|*ensurepip*) exit 0 ;; *%d.%d*) echo 3.12 ;; *) exit 1 ;; esac
"""
OLD = """#!/bin/sh
[ "$1" = --version ] && echo Python 3.10.12
"""
PERSON = """#!/bin/sh
echo 1000
"""
MANAGER = """#!/bin/sh
echo it was run
"""
ROOT = """#!/bin/sh
echo 0
"""
BROKEN = """#!/bin/sh
exit 1
"""
Programs: TypeAlias = dict[str, str]

LACKING = "this system lacks packages; run"
APT = "sudo apt-get install -y --no-install-recommends"
PANGO = "libpangoft2-1.0-0 libharfbuzz-subset0"
READER = "apt-get install -y --no-install-recommends chromium"
NEEDED = "Python 3.11 or later"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "checkout" / "scripts").mkdir(parents=True)
    for script in ("setup", "readers"):
        shutil.copy(SETUP.with_name(script), tmp_path / "checkout" / "scripts")
    return tmp_path / "checkout"


def told(checkout: Path, programs: Programs, script: str = "setup", code: int = 1) -> str:
    """Run a script with only these programs on the path, check its exit code, and return what it prints."""
    found = checkout.with_name("programs")
    found.mkdir()
    for name in ("cat", "cmp", "cp", "dirname", "mkdir", "mktemp", "rm", "sh"):
        (found / name).symlink_to(shutil.which(name) or name)
    for name, text in programs.items():
        (found / name).write_text(text, encoding="utf-8")
        (found / name).chmod(0o755)
    command = ("/bin/sh", checkout / "scripts" / script)
    done = subprocess.run(command, env={"PATH": str(found)}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    return done.stderr


@pytest.mark.parametrize(
    ("programs", "line"),
    [
        (
            {"python3": NEW, "id": PERSON, "apt-get": MANAGER},
            f"{LACKING} `{APT} python3.13-venv {PANGO}`, then this again",
        ),
        (  # an older one that has its venv module comes before a newer one without
            {"python3.13": NEW, "python3.12": WITH_VENV, "id": PERSON, "apt-get": MANAGER},
            f"{LACKING} `{APT} {PANGO}`, then this again",
        ),
        (
            {"id": PERSON, "apt-get": MANAGER},
            f"{LACKING} `{APT} python3-venv {PANGO}`, then this again",
        ),
        (
            {"python3": NEW, "id": PERSON, "dnf": MANAGER},
            f"{LACKING} `sudo dnf install -y python3 pango`, then this again",
        ),
        (
            {"python3": OLD, "id": PERSON, "apt-get": MANAGER},
            f"{NEEDED} is needed, and python3 is Python 3.10.12; install one with its venv module, then run this again",
        ),
        (
            {"python3": NEW},
            f"{NEEDED} with its venv module is needed; install it, then run this again",
        ),
    ],
)
def test_setup_says_what_to_install(checkout: Path, programs: Programs, line: str) -> None:
    assert told(checkout, programs) == f"setup: {line}\n"


@pytest.mark.parametrize(
    ("programs", "lines"),
    [
        ({"id": PERSON}, [f"{name} is not here, and only root may install it" for name in ("chromium", "nodejs", "npm")]),
        ({"id": ROOT, "apt-get": BROKEN, "node": NEW, "npm": BROKEN}, ["installing chromium", f"this did not work: {READER}"]),
        ({"id": ROOT, "google-chrome": NEW, "nodejs": NEW, "npm": BROKEN}, []),
    ],
)  # fmt: skip
def test_missing_readers_are_reported_and_their_tests_skipped(
    checkout: Path, programs: Programs, lines: list[str]
) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").write_text(BROKEN, encoding="utf-8")
    (checkout / ".venv" / "bin" / "python").chmod(0o755)
    shutil.copytree(SETUP.parents[1] / "tests" / "readers", checkout / "tests" / "readers")
    said = told(checkout, programs, "readers", code=0).splitlines()
    assert [line.partition("; tests that need it")[0] for line in said][: len(lines)] == [
        f"readers: {line}" for line in lines
    ]
    assert said[-2:] == [
        "readers: installing what tests/readers/requirements.txt names",
        (
            "readers: this did not work: .venv/bin/python -m pip install --require-hashes --target .venv/readers/python"
            " -r tests/readers/requirements.txt; tests that need it are skipped"
        ),
    ]
    assert list((checkout / ".venv" / "readers").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_setup_says_where_it_cannot_write(checkout: Path) -> None:
    checkout.chmod(0o555)
    assert told(checkout, {}) == (
        f"setup: this folder cannot be written to: {checkout}; copy it to one of yours, and run this there\n"
    )


def test_the_lock_meets_the_requirements() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = map(Requirement, project["project"]["dependencies"] + project["dependency-groups"]["dev"])
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE))
    lacking = [
        str(need)
        for need in asked
        if not need.specifier.contains(locked.get(canonicalize_name(need.name), "0"), prereleases=True)
    ]
    assert lacking == [], "run scripts/lock"


def test_the_lock_names_no_package_index() -> None:
    assert "://" not in LOCK
    assert re.findall(r"^-", LOCK, re.MULTILINE) == []
