"""Files are written completely or not at all, and replace another file only on demand."""

import errno
import io
import itertools
import os
import re
import stat
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from rich.cells import cell_len

from quizgen.cli import history, output
from quizgen.cli.folder import check_folder
from quizgen.cli.output import (
    align_columns,
    check_writable,
    print_lines,
    progress,
    read_user_file,
    say,
    write_files,
    write_user_file,
)
from quizgen.errors import QuizgenError
from quizgen.files import write_atomically
from quizgen.text.messages import _
from tests.cli.program import Program, unprivileged_command
from tests.cli.test_take import SIX, named
from tests.faults import failing


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def refusal(path: Path, *, force: bool = False) -> str:
    with pytest.raises(QuizgenError) as caught:
        check_writable(path, force=force)
    return str(caught.value).removeprefix(f"{path}: ")


def test_a_file_is_replaced_only_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    assert refusal(path) == "the file exists; name another file, or overwrite it with --force"
    check_writable(path, force=True)
    write_files({path: b"new"}, force=True)
    assert path.read_text() == "new"


def test_folders_devices_and_pipes_are_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe, force=True) == "this is a device or a pipe, not a file; name a file"
    assert refusal(Path("/dev/null"), force=True) == "this is a device or a pipe, not a file; name a file"
    assert refusal(tmp_path, force=True) == "this is a folder; name a file"


def test_a_file_of_the_user_never_replaces_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(QuizgenError, match="this is a device or a pipe, not a file"):
        write_user_file(pipe, b"mine")
    with pytest.raises(QuizgenError, match="this is a device or a pipe, not a file"):
        read_user_file(pipe)
    assert pipe.is_fifo()
    write_user_file(tmp_path / "mine" / "x", b"mine")
    assert [stat.S_IMODE((tmp_path / "mine" / name).stat().st_mode) for name in ("", "x")] == [0o700, 0o600]


def test_a_deleted_current_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert refusal(Path("x")) == "its folder does not exist; create it first"
    with pytest.raises(QuizgenError, match="its folder does not exist"):
        check_folder(Path("x"), hint_if_not_empty=_("name a folder that does not exist yet or is empty"))


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no" / "x") == "its folder does not exist; create it first"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_files({link: b"new"}, force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_all_obstacles_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(QuizgenError) as caught:
        check_writable(tmp_path, tmp_path / "no" / "x", force=True)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("limit", [0, 8])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, limit: int) -> None:
    program = Program(tmp_path)
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    little = ("sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh")
    done = program.apart("handout", out, "-n", "2", "--force", "--bank", program.bank, by=little)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith("the PDF engine cannot write its temporary files: ")
    assert out.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.part"))


def test_a_disk_that_fills_up_while_a_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    said = "cannot write the file: no space left on device; nothing was changed; free some disk space, or name another file"
    with failing("fsync", errno.ENOSPC), pytest.raises(QuizgenError, match=said):
        write_files({path: b"new"}, force=True)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("x", "old")]


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path, other = tmp_path / "x", tmp_path / "y"
    path.write_text("somebody's")
    with pytest.raises(
        QuizgenError, match=r"x: the file exists; name another file, or overwrite it with --force"
    ):
        write_files({other: b"new", path: b"new"}, force=False)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("x", "somebody's")]


def test_of_two_files_neither_changes_when_one_cannot(tmp_path: Path) -> None:
    paper, key = tmp_path / "x.pdf", tmp_path / "x-key.pdf"
    paper.write_text("old")
    key.mkdir()
    with pytest.raises(QuizgenError, match=r"x-key\.pdf: this is a folder"):
        write_files({paper: b"1", key: b"2"}, force=True)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["x-key.pdf", "x.pdf"]
    assert paper.read_text() == "old"


def test_if_the_second_file_fails_the_first_is_listed_as_written(tmp_path: Path) -> None:
    paper, key = tmp_path / "x.pdf", tmp_path / "x-key.pdf"
    for file in (paper, key):
        file.write_text("old")
    with failing("fsync", errno.EIO, first=2), pytest.raises(QuizgenError) as caught:
        write_files({paper: b"new", key: b"new"}, force=True)
    assert [str(each) for each in caught.value.problems] == [
        f"{key}: cannot write the file: input/output error",
        f"{paper}: this file is written",
    ]
    assert (paper.read_text(), key.read_text()) == ("new", "old")
    assert len(list(tmp_path.iterdir())) == 2


def test_no_device_is_ever_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    for path in (pipe, tmp_path / "link"):
        with pytest.raises(OSError, match="Invalid argument"):
            write_atomically(path, b"new")
    assert pipe.is_fifo()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    path.chmod(0o640)
    write_files({path: b"new"}, force=True)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    program = Program(tmp_path)
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    done = program.apart("handout", folder / "x.pdf", "--bank", program.bank, by=unprivileged_command())
    assert (done.code, done.err) == (
        1,
        f"{folder / 'x.pdf'}: its folder is write-protected; name another\n",
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def bar(monkeypatch: pytest.MonkeyPatch, *reports: float, total: float = 2, seconds: float = 10) -> str:
    """Return the progress bar that a terminal shows for a task, whose steps take so many seconds each."""
    terminal = Terminal()
    now = itertools.count(0, seconds)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("quizgen.cli.output.time", SimpleNamespace(monotonic=lambda: next(now)))
    with progress(total) as report:
        for done in reports:
            report(done)
            if done > total:
                raise ZeroDivisionError
    return terminal.getvalue()


@pytest.mark.parametrize(("total", "done"), [(1, "50%"), (200, "100/200")])
def test_a_bar_shows_how_much_of_a_long_task_is_done(
    monkeypatch: pytest.MonkeyPatch, total: int, done: str
) -> None:
    shown = bar(monkeypatch, total / 4, total / 2, total=total)
    assert done in shown
    assert shown.endswith("\x1b[2K")  # it is taken away at the end


def test_a_short_task_shows_no_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bar(monkeypatch, 1, 2, seconds=0.1) == ""


def test_a_progress_bar_is_removed_when_the_task_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        bar(monkeypatch, 1, 3)
    assert cast(Terminal, sys.stderr).getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize(
    ("words", "locale", "said"),
    [
        (["-n", "x"], "zh_TW.UTF-8", "值無效"),
        (["-l", "en", "-n", "x"], "zh_TW.UTF-8", "invalid value"),
        (["-n", "x", "-lzh"], "C.UTF-8", "值无效"),
        (["-n", "x", "--lang=zh-Hant"], "C.UTF-8", "值無效"),
        (["--lang", "xx", "-n", "x"], "zh_CN.UTF-8", "值无效"),
        (["-l", "zh", "--help"], "C.UTF-8", "选项"),
        (["--", "-l", "en"], "zh_CN.UTF-8", "多余的参数"),
        (["-n", "x"], "", "invalid value"),
    ],
)
def test_output_is_in_the_language_of_the_reader(
    program: Program, words: list[str], locale: str, said: str
) -> None:
    done = program.here("take", *words, LC_ALL=locale)
    assert said in done.out + done.err


def test_printed_text_never_controls_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines(["a\x1b]0;b\x07\u202ec\td", "e\rf"])
    assert capsys.readouterr().out == "a<U+001B>]0;b<U+0007><U+202E>c\td\ne<U+000D>f\n"


def test_a_line_break_in_a_file_name_starts_no_line(program: Program) -> None:
    out = program.folder / "a\n0 problems.json"
    done = program.here("export", "json", out, "--bank", program.bank, "-s", 7, "-n", 5)
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert done.err.startswith(f"{program.folder}/a<U+000A>0 problems.json: ")


def test_columns_of_a_table_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    assert align_columns([["主題", "7"], ["a", "12"]]) == ["主題   7", "a     12"]
    assert align_columns([["a", "7"], ["bcd", "12"]], right_align_numbers=False) == ["a    7", "bcd  12"]
    say(_("the file exists"))
    assert capsys.readouterr().out == "the file exists\n"


# As wide as the terminal


WIDE = (
    ("bank", "list", "--bank"),
    ("bank", "list", "--facts", "--bank"),
    ("bank", "stats", "--bank"),
    ("bank", "show", "parcels/customs-text", "--bank"),
    ("source", "show", "--bank"),
    ("bank", "check", "--bank"),
    ("history",),
    ("history", "tally"),
    ("profile", "show"),
    ("doctor",),
    ("take", "-t", "nowhere", "--bank"),
)
"""Command lines; the bank's folder follows where one is asked for."""


@pytest.mark.parametrize(("language", "width"), [("en", 80), ("en", 40), ("zh-Hant", 40)])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(
    program: Program, monkeypatch: pytest.MonkeyPatch, language: str, width: int
) -> None:
    program.here("take", "--bank", program.bank, *named(SIX), "-s", 3, typed="a\nq\n")
    program.here("profile", "set", "languages", language)
    program.here("profile", "set", "headline", "Real, or a scam? Come and try five questions " * 3)
    for arguments in WIDE:
        command = [*arguments, program.bank] if arguments[-1] == "--bank" else arguments
        monkeypatch.undo()
        whole = program.here(*command)
        for module in (output, history):
            monkeypatch.setattr(module, "terminal_width", lambda **_: width)
        fitted = program.here(*command)
        assert fitted.code == whole.code
        words = set((whole.out + whole.err).split())
        for line in (fitted.out + fitted.err).splitlines():
            if "/" not in line:  # a path is left whole
                assert cell_len(line) <= width
            found = re.findall(r"(?<!\S)[A-Za-z]+(?=[\s.,;:?!])(?!\S*[/-])", line)
            assert [
                word for word in found if not any(re.search(rf"\b{word}\b", each) for each in words)
            ] == []


def test_what_is_to_be_copied_stays_whole_and_columns_stay_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "terminal_width", lambda **_: 20)
    out = io.StringIO()
    with redirect_stdout(out):
        output.echo("  see /a/path/that/is/longer/than/a/line now\n  quizgen take --topic callers")
        output.echo("  key  what it is for, and more")
    assert out.getvalue().splitlines() == [
        "  see",
        "  /a/path/that/is/longer/than/a/line",
        "  now",
        "  quizgen take --topic callers",
        "  key  what it is",
        "       for, and more",
    ]
