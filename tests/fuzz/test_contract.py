"""Random input to whole commands: they print lines without control characters, exit with 0, 1 or 2, and end in time without a traceback.

Some inputs of each sort run with every test; ``QUIZGEN_FUZZ=20000 pytest -m heavy tests/fuzz`` runs as many of each, and
``QUIZGEN_FUZZ=20000-40000`` as many after these. A case is known by its number: that of a failure, given as
``QUIZGEN_FUZZ_CASE``, runs it alone.
"""

import io
import json
import os
import random
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import pytest
from PIL import Image

from quizgen.files import shipped_folder
from quizgen.formats import readers_by_format
from quizgen.text.characters import FORBIDDEN_CHARACTERS
from tests.cli.program import Done, Program
from tests.fuzz import inputs

QUICK = 3
SECONDS = 10.0
"""Of processor time, that any input of these sizes may take; most take a tenth of a second."""

MEGABYTES = 300
"""What any of them may add to the most memory that was in use before."""

FRESH = 100
"""Cases after which histories and banks that grow are begun anew."""

COMMANDS = (
    "take", "handout", "bank", "source", "history", "export", "profile", "doctor", "check", "show", "list", "stats", "new",
    "schema", "--plain", "-n", "3", "-t", "parcels", "-k", "single", "-q", "parcels/signs", "-l", "en", "zh-Hans", "--seed", "7", "--json",
    "--lint", "-", "out.csv", "--format", "csv", "json", "--audience", "work", "--level", "apply", "--resume", "--review", "--help", "--yes",
)  # fmt: skip


PROFILE = """
organiser = "河滨派出所"
languages = ["zh-Hans", "en"]
paper = "A4"
text-size = "large"
audience = "all"
link = "x"
""".encode()
TEXT = "警方不会索要验证码。\n\nPolice never ask for a code.\n".encode() * 20


def picture(chance: random.Random) -> bytes:
    """Make a picture of pixels, in any format that a logo may have."""
    pixels = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(pixels, chance.choice(("png", "jpeg", "gif", "webp")))
    return pixels.getvalue()


def held(done: Done, number: object) -> None:
    """Check a run: its lines, its exit code and that it has no traceback."""
    assert done.code in (0, 1, 2), (number, done)
    said = done.err + (done.out if done.code else "")
    assert "Traceback" not in said, (number, said)
    assert done.code == 0 or said.strip(), (number, "nothing was said")
    assert not FORBIDDEN_CHARACTERS.search(done.err.replace("\n", "").replace("\t", "")), (number, done.err)


@contextmanager
def within_bounds() -> Iterator[None]:
    """Limit processor time and memory of the block."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < MEGABYTES * 1000


@pytest.fixture
def program(tmp_path: Path, request: pytest.FixtureRequest) -> Program:
    return Program(tmp_path, readers_apart=request.node.get_closest_marker("heavy") is not None)


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


def read_page(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "page.html"
    file.write_bytes(inputs.page(chance))
    return [program.here("source", chance.choice(("show", "check")), file, "--bank", program.bank)]


def read_words(program: Program, chance: random.Random) -> list[Done]:
    file = program.folder / "text.txt"
    file.write_bytes(inputs.mutated(TEXT, chance))
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
    file.write_bytes(inputs.mutated(PROFILE, chance))
    return [program.here("profile", "show", "--profile", file)]


def print_picture(program: Program, chance: random.Random) -> list[Done]:
    """Damage a picture made of pixels, in any format that a logo may have."""
    file = program.folder / "logo.png"
    file.write_bytes(inputs.mutated(picture(chance), chance))
    return [program.here("profile", "set", "logo", file)]


def import_in(form: str, written: str) -> Callable[[Program, random.Random], list[Done]]:
    """Return a function that damages an export in a format and imports it into a bank, which must stay valid."""

    def take_in(program: Program, chance: random.Random) -> list[Done]:
        sound, bank = program.folder / f"sound.{written}", program.folder / "own"
        if not bank.exists():
            program.here("bank", "init", bank, "--languages", "en")
        if not sound.exists():
            program.here("export", written, sound, "--bank", program.bank, "--skip", "-l", "en")
        damaged = program.folder / f"damaged.{written}"
        raw = sound.read_bytes()
        damaged.write_bytes((inputs.repacked if raw.startswith(b"PK") else inputs.mutated)(raw, chance))
        before = {file.name: file.read_bytes() for file in bank.iterdir()}
        done = program.here(
            "import", form, damaged, "--bank", bank, *(["--skip"] if chance.random() < 0.8 else [])
        )
        after = {file.name: file.read_bytes() for file in bank.iterdir()}
        if done.code:
            assert after == before
            return [done]
        checked = program.here("bank", "check", bank)
        assert checked.code == 0, checked
        shutil.rmtree(bank)
        return [done, checked]

    take_in.__name__ = f"import_{form}" if form == written else f"import_{form}_of_{written}"
    return take_in


def grow_bank(program: Program, chance: random.Random) -> list[Done]:
    """Read files as a schema has them, beside those of a sound bank."""
    folder = program.folder / "grown"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program.bank, folder)
    schema = json.loads((shipped_folder("question_bank") / "bank.schema.json").read_bytes())
    for number in range(chance.randrange(1, 3)):
        grown = json.dumps(inputs.document(schema, chance), ensure_ascii=chance.random() < 0.5)
        (folder / f"grown-{number}.yaml").write_text(grown, "utf-8")
    return [program.here("bank", "check", *chance.choice(([], ["--lint"], ["--json"])), folder)]


def damage_history(program: Program, chance: random.Random) -> list[Done]:
    """Change bytes of a history that holds attempts; what cannot be read is said, or set aside."""
    sound = program.folder / "sound.db"
    if not sound.exists():
        for typed in ("a\ns\nq\n", "a\nb\nx\n"):
            program.here("take", "--plain", "--bank", program.bank, "-n", "3", typed=typed)
        shutil.move(program.data / "history.db", sound)
    shutil.rmtree(program.data, ignore_errors=True)
    program.data.mkdir()
    (program.data / "history.db").write_bytes(inputs.mutated(sound.read_bytes(), chance))
    asked = chance.choice(
        (["history"], ["history", "export", "-", "--format", "csv"], ["history", "tally"], ["doctor"])
    )
    return [
        program.here(*asked),
        program.here("take", "--plain", "--bank", program.bank, "-n", "1", typed="a\n"),
        program.here("history", "clear", "--yes"),
    ]


def damage_what_is_kept(program: Program, chance: random.Random) -> list[Done]:
    """Damage the compiled bank and the profile; a quiz must still run."""
    path = program.folder / "config" / "quizgen" / "profile.toml"
    content = b'organiser = "Harbour"\nlanguages = ["en"]\ntheme = "dark"\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(inputs.mutated(content, chance) if chance.random() < 0.6 else content)
    take = ("take", "--plain", "--bank", program.bank, "-n", "1")
    compiled = sorted(
        (program.folder / "cache" / "quizgen").glob("bank-*"), key=lambda path: path.stat().st_size
    )
    if compiled:
        compiled[0].write_bytes(inputs.mutated(compiled[0].read_bytes(), chance))
    return [program.here(*take, typed="a\n"), program.here("profile", "show")]


def type_commands(program: Program, chance: random.Random) -> list[Done]:
    with chdir(program.folder):
        return [program.here(*inputs.words(chance, COMMANDS), typed=inputs.replies(chance))]


def type_replies(program: Program, chance: random.Random) -> list[Done]:
    return [
        program.here("take", "--plain", "--bank", program.bank, typed=inputs.replies(chance)),
        program.here("history", "export", "-", "--format", "json"),
    ]


def add_an_entry(program: Program, chance: random.Random) -> list[Done]:
    entry = program.folder / "entry.yaml"
    kind = chance.choice(("single", "match", "fill", "exhibit", "fact"))
    done = program.here("bank", "new", kind, "-t", "parcels", "--bank", program.bank)
    template = Path(done.out.partition(": ")[0])
    filled_in = template.read_bytes().replace(b'""', b'"Haste ____"').replace(b"fact-id", b"no-fee")
    template.unlink()
    entry.write_bytes(inputs.mutated(filled_in, chance))
    return [done, program.here("bank", "new", "--from", entry, "--bank", program.bank)]


READERS: tuple[Callable[[Program, random.Random], list[Done]], ...] = (
    mutate_bank,
    grow_bank,
    read_page,
    read_words,
    draw_logo,
    print_picture,
    keep_profile,
    *(import_in(form, form) for form in readers_by_format()),
    import_in("csv", "kahoot"),
    damage_history,
    damage_what_is_kept,
    type_commands,
    type_replies,
    add_an_entry,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_a_draw_has_some_of_each_sort(
    program: Program, reader: Callable[[Program, random.Random], list[Done]]
) -> None:
    hold(program, reader, range(QUICK))


@pytest.mark.heavy
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_the_number_of_options_is_as_asked(
    program: Program, reader: Callable[[Program, random.Random], list[Done]]
) -> None:
    hold(program, reader, asked_for())


def asked_for() -> range:
    """Give the numbers of the cases that are wanted."""
    first, _, last = os.environ.get("QUIZGEN_FUZZ", "500").rpartition("-")
    return range(int(first or 0), int(last))


def hold(program: Program, reader: Callable[[Program, random.Random], list[Done]], numbers: range) -> None:
    """Check what the program does in each case."""

    def run(chance: random.Random, number: int) -> None:
        if number % FRESH == 0:
            shutil.rmtree(program.data, ignore_errors=True)
        for done in reader(program, chance):
            held(done, number)
        assert not list(program.folder.rglob("*.part"))

    each_case(reader.__name__, numbers, run)


def each_case(name: str, numbers: range, run: Callable[[random.Random, int], None]) -> None:
    """Run cases with limits; a failure names the number of its case."""
    alone = os.environ.get("QUIZGEN_FUZZ_CASE")
    for number in [int(alone)] if alone else numbers:
        try:
            with within_bounds():
                run(random.Random(number), number)
        except Exception as error:
            raise AssertionError(f"{name}, case {number}") from error
