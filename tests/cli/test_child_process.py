"""Files that others made are read in a process of its own: what takes too much, or crashes, ends there in one line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.cli import child_process
from quizgen.cli.child_process import run_in_child
from quizgen.cli.profile import read_logo_in_child
from quizgen.errors import MisuseError, QuizgenError
from quizgen.formats import readers_by_format
from tests.cli import bad_readers
from tests.cli.program import Program
from tests.formats.test_reading import book

HINT = "save it again in the program it comes from, smaller or simpler"
GIFT = b"$CATEGORY: Cats\n\n::One::Is it? {T}\n\nWrite. {}\n\nPairs {=a -> b =c -> d}\n\nSay ____ {=x}"


def drawing(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


MASKS = "".join(
    f'<mask id="m{level}">' + f'<rect width="9" height="9" mask="url(#m{level - 1})"/>' * 10 + "</mask>"
    for level in range(9)
)


def test_a_child_process_reads_a_file_like_the_program_itself() -> None:
    read = readers_by_format()["gift"]
    assert run_in_child("FILE", read, GIFT, "en", "FILE") == read(GIFT, "en", "FILE")


def test_a_child_process_reports_the_same_problems() -> None:
    read = readers_by_format()["moodle"]
    with pytest.raises(QuizgenError) as here:
        read(b"<x>", "en", "FILE")
    with pytest.raises(QuizgenError) as there:
        run_in_child("FILE", read, b"<x>", "en", "FILE")
    assert there.value.problems == here.value.problems
    assert not isinstance(there.value, MisuseError)
    with pytest.raises(MisuseError, match=r"logo\.svg: the drawing holds text"):
        read_logo_in_child("logo.svg", drawing("<text>Post</text>"))


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (bad_readers.greedy, "this takes too much memory to read"),
        (bad_readers.failing, "this cannot be read"),
        (bad_readers.crashing, "this cannot be read"),
    ],
)
def test_a_failing_reader_is_reported_in_one_line(reader: Callable[[bytes], int], said: str) -> None:
    with pytest.raises(QuizgenError) as error:
        run_in_child("FILE", reader, b"x")
    assert list(map(str, error.value.problems)) == [f"FILE: {said}; {HINT}"]


def test_a_drawing_that_would_keep_the_printer_busy_for_hours_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child_process, "SECONDS", 1)
    bomb = drawing(MASKS + '<rect width="9" height="9" mask="url(#m8)"/>')
    with pytest.raises(QuizgenError) as error:
        read_logo_in_child("logo.svg", bomb)
    assert list(map(str, error.value.problems)) == [
        f"logo.svg: this takes too long to read (over 1 s); {HINT}"
    ]


def test_a_spreadsheet_of_a_few_kilobytes_that_would_take_minutes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "SECONDS", 1)
    bomb = book("<c/>" * 4_000_000)
    assert len(bomb) < 20_000
    (tmp_path / "bomb.xlsx").write_bytes(bomb)
    monkeypatch.chdir(tmp_path)
    program = Program(tmp_path, readers_apart=True)
    program.here("bank", "init", "my", "--languages", "en")
    done = program.here("import", "csv", "bomb.xlsx", "--bank", "my")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert re.match(r"bomb\.xlsx: this takes too (long|much memory) to read\b", done.err)


def test_modules_in_the_working_directory_are_not_run(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("strangers")
    (folder / "msgspec.py").write_text("raise SystemExit('a stranger’s code was run')")
    monkeypatch.chdir(folder)
    assert run_in_child("FILE", readers_by_format()["gift"], GIFT, "en", "FILE").questions
