"""A fault at each call that changes a file: the file before stays, or the new one is whole, and a line says what is not."""

import errno
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.program import Done, Program
from tests.cli.test_kit import FEW
from tests.cli.test_new import LINES, typed
from tests.faults import Faults

ERRORS = (errno.ENOSPC, errno.EIO, errno.EINTR, errno.EROFS)


class Case(NamedTuple):
    """A command, and what is typed at it."""

    words: tuple[str, ...]
    typed: str = ""


QUIZ = ("--bank", "bank", "-n", "1", "-s", "7")
CASES = {
    "export": Case(("export", "json", "out.json", *QUIZ)),
    "export --force": Case(("export", "json", "old.txt", *QUIZ, "--force")),
    "page": Case(("page", "out.html", *QUIZ, "--quizzes", "1")),
    "handout": Case(("handout", "out.pdf", *QUIZ, "--answers", "separate")),
    "handout --force": Case(("handout", "old.txt", *QUIZ, "--answers", "separate", "--force")),
    "kit": Case(("kit", "kit", "--bank", "bank", "-s", "7", *FEW)),
    "kit --force": Case(("kit", "old-kit", "--bank", "bank", "-s", "7", "--force", *FEW)),
    "bank init": Case(("bank", "init", "new", "--languages", "en")),
    "bank new": Case(("bank", "new", "--bank", "bank"), typed(*LINES)),
    "import": Case(("import", "gift", "some.gift", "--bank", "own")),
    "profile set": Case(("profile", "set", "link", "example.org")),
    "history export": Case(("history", "export", "out.csv")),
    "take --result": Case(("take", "--plain", *QUIZ, "--result", "out.json"), "a\n"),
}
QUICK = ("export --force", "bank init", "profile set", "history export", "import")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    program = Program(here)
    program.here("bank", "init", "own", "--languages", "en")
    program.here("take", "--plain", "--bank", "bank", "-n", "1", typed="a\n")
    Path("some.gift").write_text("Which? {=this ~that ~none}\n", "utf-8")
    for old in (
        "old.txt",
        "old-key.txt",
        "old-kit/00-index.pdf",
        "old-kit/02-poster.pdf",
        "old-kit/mine.txt",
    ):
        Path(old).parent.mkdir(exist_ok=True)
        Path(old).write_text("old", "utf-8")
    program.here("bank", "list", "--bank", "bank")  # compiled
    return program


def contents(folder: Path) -> dict[str, bytes]:
    """Give the files of a folder but what may be lost: the compiled banks."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_relative_to(folder / "cache")
        and not path.is_relative_to(folder / "data")
    }


def every_fault(program: Program, case: Case, errors: Sequence[int]) -> Counter[str]:
    """Run a command with a fault at its first such call, its second and on; count what came of them."""
    sound = program.folder.with_name("sound")
    all_but_cache = shutil.ignore_patterns("cache")
    shutil.copytree(program.folder, sound, ignore=all_but_cache)
    before = contents(program.folder)
    done = program.here(*case.words, typed=case.typed)
    assert done.code == 0, done
    after = contents(program.folder)
    count: Counter[str] = Counter()
    for number in errors:
        nth = 0
        while True:
            for path in program.folder.iterdir():
                if not path.is_dir():
                    path.unlink()
                elif path.name != "cache":
                    shutil.rmtree(path)
            shutil.copytree(sound, program.folder, dirs_exist_ok=True)
            nth += 1
            with Faults(program.folder, nth, number) as faults:
                done = program.here(*case.words, typed=case.typed)
            if not faults.injected:
                break
            count["injected"] += 1
            count[_judged(program, faults, done, before, after)] += 1
    return count


def _judged(
    program: Program, faults: Faults, done: Done, before: dict[str, bytes], after: dict[str, bytes]
) -> str:
    """Tell what a fault came to; raises AssertionError where that is not one of the two things that may be."""
    call, file = faults.injected or ("", "")
    where = (call, file, done)
    found = contents(program.folder)
    if call in ("unlink", "rmdir"):  # what is left over is beside the files, and hidden
        found = {name: data for name, data in found.items() if ".part" not in name and ".earlier" not in name}
    assert done.code in (0, 1), where
    assert "Traceback" not in done.err, where
    if _alike(found, after):
        return "new"
    assert found == before, where
    assert done.code == 1, where
    assert len(done.err.splitlines()) == 1, where
    return "old"


def _alike(found: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Tell whether files are the new ones; of a result, which has the time in it, whether it is whole."""
    if found.keys() != after.keys():
        return False
    return all(
        data == after[name] or (name == "out.json" and data.endswith(b"}\n")) for name, data in found.items()
    )


@pytest.mark.parametrize("name", QUICK)
def test_a_fault_at_each_call_leaves_the_old_file_or_the_new_one(program: Program, name: str) -> None:
    count = every_fault(program, CASES[name], [errno.ENOSPC])
    assert count["old"] > 2


@pytest.mark.heavy
@pytest.mark.parametrize("name", CASES)
def test_every_fault_at_every_call(program: Program, name: str) -> None:
    count = every_fault(program, CASES[name], ERRORS)
    print(f"{name}: {dict(count)}")  # noqa: T201
    assert count["injected"] == count["old"] + count["new"]
