"""A fault at each call that changes a file: the file before stays, or the new one is whole, and a line says what is not."""

import errno
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pexpect
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
            restore(program.folder, sound)
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


# Faults of the system itself, which SQLite meets too, and standard output

TRACED = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,link,linkat,unlink,mkdir,fchmod"
SYSTEM = {
    "take": Case(("take", "--plain", "--bank", "bank", "-n", "2", "-s", "7"), "s\ns\n"),
    "take --result": Case(("take", "--plain", *QUIZ, "--result", "out.json"), "a\n"),
    "history": Case(("history",)),
    "history export": Case(("history", "export", "out.csv")),
    "history clear": Case(("history", "clear", "--yes")),
    "export": Case(("export", "json", "-", *QUIZ)),
    "bank new": Case(("bank", "new", "--bank", "bank"), typed(*LINES)),
    "profile set": Case(("profile", "set", "link", "example.org")),
}


@pytest.mark.heavy
@pytest.mark.skipif(not shutil.which("strace"), reason="strace injects the faults")
@pytest.mark.parametrize("name", SYSTEM)
def test_every_fault_of_the_system(program: Program, name: str) -> None:
    sound = program.folder.with_name("sound")
    all_but_cache = shutil.ignore_patterns("cache")
    shutil.copytree(program.folder, sound, ignore=all_but_cache)
    log = program.folder.with_name("log")
    faultless = traced(program, SYSTEM[name], "-y", "-o", str(log), "-e", f"trace={TRACED}")
    assert faultless.code == 0
    after = contents(program.folder)
    calls = list(reaching(log.read_text("utf-8", "replace"), str(program.folder)))
    assert calls
    count: Counter[str] = Counter()
    for error in ("ENOSPC", "EIO", "EINTR"):
        for call, nth, file in calls:
            restore(program.folder, sound)
            done = traced(
                program,
                SYSTEM[name],
                *("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={nth}"),
            )
            count["injected"] += 1
            where = (error, call, nth, file, done)
            assert done.code in (0, 1), where
            assert "Traceback" not in done.err, where
            found = contents(program.folder)
            assert found == contents(sound) or _alike(found, after), where
            kept = len(program.answers()) and sum(map(len, program.answers()))
            whole = done.code == 0 and _alike(found, after) and done.out == faultless.out
            asked = {"take": 3, "take --result": 2, "history clear": 0}.get(name, 1)
            if whole and kept == asked:
                count["as asked"] += 1
            else:
                assert done.err.strip(), where
                count["said"] += 1
    print(f"{name}: {dict(count)}")  # noqa: T201


def restore(folder: Path, sound: Path) -> None:
    """Make a folder what it was, but for the compiled banks."""
    for path in folder.iterdir():
        if not path.is_dir():
            path.unlink()
        elif path.name != "cache":
            shutil.rmtree(path)
    shutil.copytree(sound, folder, dirs_exist_ok=True)


def traced(program: Program, case: Case, *options: str) -> Done:
    """Run a command under strace, its output going to a file in the folder."""
    out = program.folder / "stdout"
    with out.open("wb") as stdout:
        done = subprocess.run(
            ["strace", "-f", "--seccomp-bpf", *options, *program.command(*case.words)],
            input=case.typed.encode(),
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=program.environment | {"PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"},
            timeout=60,
            check=False,
        )
    said = out.read_text("utf-8", "replace")
    out.unlink()
    return Done(done.returncode, said, done.stderr.decode())


def reaching(log: str, folder: str) -> Iterator[tuple[str, int, str]]:
    """Give the calls that reach a folder, each with its number among those of its name."""
    seen: Counter[str] = Counter()
    for line in log.splitlines():
        if found := re.match(r"(?:\d+ +)?(\w+)\((.*)", line):
            seen[found[1]] += 1
            reaches = re.sub(
                r'AT_FDCWD<[^>]*>, "/', '"/', found[2]
            )  # where one is says nothing of an absolute path
            if folder in reaches and f"{folder}/cache" not in reaches and "ENOENT" not in line:
                yield found[1], seen[found[1]], found[2][:200]


# The same while a person types


class Typed(NamedTuple):
    """A command, and what a person waits for and types at it, one after the other."""

    words: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


SKIPPED = (("1 of 2", "s"), ("Skipped", "\r"), ("2 of 2", "s"), ("Skipped", "\r"))
CHOICES = ("--bank", "bank", "-s", "7", "-n", "2", "-k", "single", "-k", "true-false", "-k", "multiple")
TYPED = {
    "bank new": Typed(("bank", "new", "--bank", "bank"), tuple(("> ", f"{line}\r") for line in LINES)),
    "bank new, left": Typed(
        ("bank", "new", "--bank", "bank"), (*(("> ", f"{line}\r") for line in LINES[:7]), ("> ", "\x04"))
    ),
    "stall": Typed(
        ("take", "--kiosk", *CHOICES),
        (
            *(("Press 1 to begin", "1"), *SKIPPED, ("Thank you", "\r")) * 2,
            ("Press 1 to begin", "\x0f\x15\x14"),
        ),
    ),
    "take": Typed(
        ("take", *CHOICES, "--once"),
        (
            *(("1 of 2", "l"), ("第 1 题", "s"), ("已跳过", "\r"), ("第 2 题", "s"), ("已跳过", "\r")),
            ("测验结束", "q"),
        ),
    ),
    "present": Typed(("present", *CHOICES), (("Seed 7", " "), ("1 of 2", " "), ("A", "q"), ("again", "y"))),
    "profile set": Typed(("profile", "set", "organiser"), (("> ", "Market Post\r"),)),
    "history clear": Typed(("history", "clear"), (("(y/n)", "y\r"),)),
}
ON_SCREEN = re.compile(r"\x1b\[\?1049h.*\x1b\[\?1049l", re.DOTALL)


@pytest.mark.heavy
@pytest.mark.skipif(not shutil.which("strace"), reason="strace injects the faults")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("name", TYPED)
def test_every_fault_at_a_terminal(program: Program, name: str) -> None:
    """One of the three errors at each call; what is not as it would be without is said, on the screen or below it."""
    sound = program.folder.with_name("sound")
    shutil.copytree(program.folder, sound, ignore=shutil.ignore_patterns("cache"))
    log = program.folder.with_name("log")
    faultless = typed_at(program, TYPED[name], "-y", "-o", str(log), "-e", f"trace={TRACED}")
    assert faultless.code in (0, 1)
    after, asked = contents(program.folder), all_kept(program)
    count: Counter[str] = Counter()
    errors = cycle(("ENOSPC", "EIO", "EACCES"))
    for call, nth, file in [*reaching(log.read_text("utf-8", "replace"), str(program.folder))]:
        restore(program.folder, sound)
        error = next(errors)
        done = typed_at(
            program,
            TYPED[name],
            *("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={nth}"),
        )
        count["injected"] += 1
        where = (error, call, nth, file, done)
        assert done.code in (0, 1), where
        assert "Traceback" not in done.out, where
        found = contents(program.folder)
        assert found == contents(sound) or _alike(found, after), where
        whole = done.code == faultless.code and _alike(found, after)
        if whole and all_kept(program) == asked:
            count["as asked"] += 1
        else:
            below = [set(ON_SCREEN.sub("", each.out).split("\n")) for each in (done, faultless)]
            assert below[0] - below[1], where
            count["said"] += 1
    print(f"{name}: {dict(count)}")  # noqa: T201


def all_kept(program: Program) -> tuple[int, bool]:
    """Count the answers that are kept, and tell whether a question half done is."""
    return sum(map(len, program.answers())), (program.data / "draft.json").exists()


def typed_at(program: Program, case: Typed, *options: str) -> Done:
    """Run a command on a terminal under strace; whoever types leaves off where the program ends."""
    by = ("strace", "-f", "--seccomp-bpf", *options)
    terminal = program.terminal(
        *case.words, by=by, folder=program.folder, PYTHONHASHSEED="0", PYTHONSAFEPATH="1"
    )
    terminal.delaybeforesend = None
    shown = ""
    for text, keys in case.steps:
        over = terminal.expect_exact([text, pexpect.EOF])
        shown += str(terminal.before) + text * (not over)
        if over:
            break
        terminal.send(keys)
    else:
        terminal.expect(pexpect.EOF)
        shown += str(terminal.before)
    terminal.close()
    return Done(int(terminal.exitstatus or 0), shown.replace("\r\n", "\n"), "")
