"""Files are written whole or not at all, and never over what was not to be replaced."""

import errno
import os
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli.output import claim, csv_bytes, harmless, write_files
from quizgen.errors import QuizgenError
from tests.cli.program import Program, no_leave


def refusal(path: Path, *, force: bool = False) -> str:
    with pytest.raises(QuizgenError) as caught:
        claim(path, force=force)
    return str(caught.value).removeprefix(f"{path}: ")


def test_a_file_is_replaced_only_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    assert refusal(path) == "the file exists; name another, or replace it with --force"
    claim(path, force=True)
    write_files({path: b"new"})
    assert path.read_text() == "new"


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe, force=True) == "this is a device or a pipe; name a file"
    assert refusal(Path("/dev/null"), force=True) == "this is a device or a pipe; name a file"
    assert refusal(tmp_path, force=True) == "this is a folder; name a file"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no" / "x") == "its folder does not exist; make it first"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_files({link: b"new"})
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_all_obstacles_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(QuizgenError) as caught:
        claim(tmp_path, tmp_path / "no" / "x", force=True)
    assert len(caught.value.problems) == 2


def test_one_that_fails_leaves_all_as_they_were(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("old")
    second.mkdir()
    with pytest.raises(QuizgenError, match="cannot be written"):
        write_files({tmp_path / "no" / "x": b"1", first: b"2"})
    assert first.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "second"]


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
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        mock.patch.object(Path, "write_bytes", side_effect=full),
        pytest.raises(QuizgenError, match="the file cannot be written: no space left on device"),
    ):
        write_files({path: b"new"})
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("x", "old")]


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    program = Program(tmp_path)
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    done = program.apart("handout", folder / "x.pdf", "--bank", program.bank, by=no_leave())
    assert (done.code, done.err) == (
        1,
        f"{folder / 'x.pdf'}: its folder cannot be written to; name another\n",
    )


@given(st.text(max_size=20) | st.text(alphabet="=+-@＝＋－＠'\t\r1", max_size=4))
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert harmless(cell).removeprefix("'") == cell.removeprefix("'") or harmless(cell) == cell


def test_csv_opens_in_a_spreadsheet() -> None:
    assert csv_bytes([["version", 1], ["A", "境外"]]) == "\ufeffversion,1\r\nA,境外\r\n".encode()
