"""Whatever comes, the contract holds: clear lines, an exit code of 0, 1 or 2, no traceback, in time.

Some inputs of each sort run with every test; ``QUIZGEN_FUZZ=20000 pytest -m heavy tests/fuzz`` runs as many more of each. A
case is known by its number: that of a failure, given as ``QUIZGEN_FUZZ_CASE``, runs it alone.
"""

import os
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from quizgen.characters import UNSEEN
from quizgen.export import readable
from quizgen.files import shipped
from tests.cli.program import Done, Program
from tests.fuzz import inputs

QUICK = 12
SECONDS = 20.0
"""What any input of these sizes may take, on a machine that does other things too; most take a tenth of a second."""

COMMANDS = (
    "take", "handout", "bank", "source", "history", "export", "profile", "doctor", "check", "show", "list", "stats", "new", "generate",
    "schema", "--plain", "-n", "3", "-t", "parcels", "-k", "single", "-q", "parcels/signs", "-l", "en", "zh-Hans", "--seed", "7", "--json",
    "--lint", "-", "out.csv", "--format", "csv", "json", "--audience", "work", "--level", "apply", "--resume", "--review", "--help", "--yes",
)  # fmt: skip


def cases(count: int) -> Iterable[random.Random]:
    """Give a generator of numbers for each case, seeded by its number."""
    if alone := os.environ.get("QUIZGEN_FUZZ_CASE"):
        yield random.Random(int(alone))
        return
    for number in range(count):
        yield random.Random(number)


def held(done: Done, began: float, number: object) -> None:
    """Hold a run against the contract."""
    assert done.code in (0, 1, 2), (number, done)
    assert time.monotonic() - began < SECONDS, number
    said = done.err + (done.out if done.code else "")
    assert "Traceback" not in said, (number, said)
    assert done.code == 0 or said.strip(), (number, "nothing was said")
    assert not UNSEEN.search(done.err.replace("\n", "").replace("\t", "")), (number, done.err)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def mutate_bank(program: Program, chance: random.Random) -> list[Done]:
    files = sorted(program.bank.glob("*.yaml"))
    file = chance.choice(files)
    before = file.read_bytes()
    file.write_bytes(inputs.mutated(before, chance))
    command = chance.choice((["check", "--lint"], ["show", "--json"], ["stats"], ["list"]))
    try:
        return [
            program.here("bank", *command, *(["--bank"] if command[0] != "check" else []), program.bank),
            program.here("take", "--plain", "-n", "2", "--bank", program.bank, typed="a\ns\n"),
        ]
    finally:
        file.write_bytes(before)


def mutate_models(program: Program, chance: random.Random) -> list[Done]:
    folder = program.folder / "models"
    folder.mkdir(exist_ok=True)
    for file in program.bank.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    ours = (shipped("question_bank") / "models.yaml").read_bytes()
    entries = ours.split(b"\n  - id: ")
    (folder / "models.yaml").write_bytes(
        inputs.mutated(entries[0] + b"\n  - id: " + chance.choice(entries[1:]) + b"\n", chance)
    )
    return [program.here("bank", "check", folder)]


def read_page(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "page.html"
    file.write_bytes(inputs.page(chance))
    return [program.here("source", chance.choice(("show", "check")), file, "--bank", program.bank)]


def read_words(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "text.txt"
    file.write_bytes(
        inputs.mutated("警方不会索要验证码。\n\nPolice never ask for a code.\n".encode() * 20, chance)
    )
    return [program.here("source", "show", file, "--bank", program.bank)]


def draw_logo(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "logo.svg"
    file.write_bytes(inputs.drawing(chance))
    out = program.folder / "out.pdf"
    return [
        program.here(
            "handout", out, "-n", "1", "--bank", program.bank, "--logo", file, "--answers", "none", "--force"
        )
    ]


def keep_profile(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "mine.toml"
    sound = 'organiser = "河滨派出所"\nlanguages = ["zh-Hans", "en"]\npaper = "A4"\ntext-size = "large"\naudience = "all"\nlink = "x"\n'
    file.write_bytes(inputs.mutated(sound.encode(), chance))
    return [program.here("profile", "show", "--profile", file)]


def import_files(program: Program, chance: random.Random) -> list[Done]:
    """Damage a file that we wrote, and take it into a bank, which stays sound."""
    form, written = chance.choice((*((each, each) for each in readable()), ("csv", "kahoot")))
    file, bank = program.folder / f"sound.{written}", program.folder / "own"
    if not bank.exists():
        program.here("bank", "init", bank, "--languages", "en")
    if not file.exists():
        program.here("export", written, file, "--bank", program.bank, "--skip", "-l", "en")
    damaged = program.folder / f"damaged.{written}"
    damaged.write_bytes(inputs.mutated(file.read_bytes(), chance))
    done = program.here("import", form, damaged, "--bank", bank, "--skip")
    checked = program.here("bank", "check", bank)
    assert checked.code == 0, checked
    return [done, checked]


def type_commands(program: Program, chance: random.Random) -> list[Done]:
    here = Path.cwd()
    os.chdir(program.folder)
    try:
        return [program.here(*inputs.words(chance, COMMANDS), typed=inputs.replies(chance))]
    finally:
        os.chdir(here)


def type_replies(program: Program, chance: random.Random) -> list[Done]:
    return [
        program.here("take", "--plain", "--bank", program.bank, typed=inputs.replies(chance)),
        program.here("history", "export", "-", "--format", "json"),
    ]


READERS: tuple[Callable[[Program, random.Random], list[Done]], ...] = (
    mutate_bank,
    mutate_models,
    read_page,
    read_words,
    draw_logo,
    keep_profile,
    import_files,
    type_commands,
    type_replies,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_some_of_each_sort(program: Program, reader: Callable[[Program, random.Random], list[Done]]) -> None:
    hold(program, reader, QUICK)


@pytest.mark.heavy
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_as_many_as_are_wanted(
    program: Program, reader: Callable[[Program, random.Random], list[Done]]
) -> None:
    hold(program, reader, int(os.environ.get("QUIZGEN_FUZZ", "500")))


def hold(program: Program, reader: Callable[[Program, random.Random], list[Done]], count: int) -> None:
    for number, chance in enumerate(cases(count)):
        began = time.monotonic()
        try:
            for done in reader(program, chance):
                held(done, began, number)
        except Exception as error:
            raise AssertionError(f"{reader.__name__}, case {number}") from error
