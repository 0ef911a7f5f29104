"""What ``quizgen doctor`` says of a complete installation, and of each part that may be missing."""

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pexpect
import pytest

from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _
from tests.cli.program import Program, unprivileged_command


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_the_doctor_reports_no_problem(program: Program) -> None:
    done = program.here("doctor")
    assert (done.code, done.err) == (0, "")
    said = [line.partition(": ")[0] for line in done.out.splitlines()[1:]]
    assert said == ["ok bank", "ok PDF engine", "ok history", "ok cache"]
    assert program.here("doctor", LC_ALL="zh_TW.UTF-8").out.splitlines()[1].startswith("ok 題庫：")


@pytest.mark.parametrize(
    ("size", "options", "said"),
    [
        ((24, 80), {}, "80×24, UTF-8, with colours; it supports the full screen"),
        (
            (24, 80),
            {"NO_COLOR": "1"},
            "without colours, because NO_COLOR is set; it supports the full screen",
        ),
        ((24, 80), {"TERM": "dumb"}, "dumb, 80×24, UTF-8, with colours; it supports lines only"),
        ((10, 30), {}, "30×10, UTF-8, with colours; for the full screen, enlarge the window to 40×16"),
    ],
)
def test_the_terminal_is_described(
    program: Program, size: tuple[int, int], options: dict[str, Any], said: str
) -> None:
    terminal = program.terminal("doctor", size=size, **options)
    terminal.expect(pexpect.EOF)
    shown = "".join(str(terminal.before).split())
    assert said.replace(" ", "") in shown


def test_a_package_that_web_pages_need_is_named(program: Program) -> None:
    with mock.patch.dict(sys.modules, {"trafilatura": None}):
        done = program.here("doctor")
    assert done.code == 1
    (line,) = [line for line in done.out.splitlines() if line.startswith("!!")]
    assert line.startswith("!! web pages as sources: they cannot be read: import of trafilatura halted")
    assert line.endswith("; run `pip install lxml-html-clean`, or update pip and install quizgen again")


def test_an_engine_that_cannot_be_loaded_is_reported_with_a_hint(program: Program) -> None:
    lacking = QuizgenError(problem(_("It is not here"), _("install it")))
    with mock.patch("quizgen.paper.weasyprint_setup.load_weasyprint", side_effect=lacking):
        done = program.here("doctor")
    assert done.code == 1
    assert "!! PDF engine: It is not here; install it\n" in done.out
    assert done.out.count("!! ") == 1


def test_every_problem_of_the_bank_is_reported(program: Program) -> None:
    broken = QuizgenError(
        [problem(_("One"), file="a.yaml", line=2), problem(_("Two"), file="a.yaml", line=3)]
    )
    with mock.patch("quizgen.cli.doctor.load_bank", side_effect=broken):
        done = program.here("doctor")
    assert done.code == 1
    assert "!! bank: a.yaml:2:1: One\n!! bank: a.yaml:3:1: Two\n" in done.out
    assert "ok PDF engine" in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other rights there")
def test_folders_that_may_not_be_written_to_are_named(program: Program) -> None:
    locked = program.folder / "locked"
    locked.mkdir(mode=0o500)
    places = {"QUIZGEN_DATA": str(locked / "data"), "XDG_CACHE_HOME": str(locked)}
    done = program.apart("doctor", by=unprivileged_command(), **places)
    assert done.code == 1
    assert f"!! history: {locked / 'data'} cannot be written to; check its permissions\n" in done.out
    assert "!! cache: " in done.out


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "this is a device or a pipe, not a file"),
        (os.mkfifo, "this is a device or a pipe, not a file"),
        (lambda path: path.write_bytes(b"no database" * 100), "this history is damaged"),
        (lambda path: in_database(path, "CREATE TABLE songs (name)"), "this is not a quizgen history"),
        (
            lambda path: in_database(path, "PRAGMA user_version = 99"),
            "this history was written by a newer quizgen",
        ),
        (lambda path: in_database(path, "PRAGMA user_version = -1"), "this is not a quizgen history"),
    ],
)
def test_an_unusable_history_is_reported(program: Program, make: Callable[[Path], object], said: str) -> None:
    folder = program.folder / "data"
    folder.mkdir()
    make(folder / "history.db")
    done = program.here("doctor", QUIZGEN_DATA=str(folder))
    assert done.code == 1
    assert f"!! history: {folder / 'history.db'}: {said}" in " ".join(done.out.split("\n"))
    assert done.out.count("!! ") == 1


def in_database(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_missing_library_that_slows_printing_is_reported(program: Program) -> None:
    with mock.patch("weasyprint.pdf.fonts.harfbuzz_subset", None):
        done = program.here("doctor")
    assert done.code == 1
    assert (
        "!! fonts: HarfBuzz’s library for subsetting fonts is missing, so printing takes 50 % longer"
        in done.out
    )
    assert done.out.count("!! ") == 1
