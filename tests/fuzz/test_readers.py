"""Random input to the functions that read files of strangers. They may only report problems. Tens of thousands take minutes.

It runs as :mod:`tests.fuzz.test_contract` does, which holds the whole program to more.
"""

import json
import random
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, assemble
from quizgen.author.brief import write_brief
from quizgen.author.draft_file import read_drafts
from quizgen.author.draft_import import DraftImport
from quizgen.author.importing import Importer
from quizgen.author.new_bank import new_bank_files
from quizgen.bank import analyse_bank, check_bank
from quizgen.bank.files import RawFile
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.formats import formats_by_name, readers_by_format
from quizgen.formats.records import make_quiz_export
from quizgen.model import OPTIONAL_KEYS, Bank, Declaration, Quiz, Topic
from quizgen.paper.images import read_logo
from quizgen.profile import parse_profile
from quizgen.screen.answer_parser import parse_line as parse_reply
from quizgen.source.text import read_source_text
from tests.banks import sample_bank
from tests.drafts import UK
from tests.fuzz import inputs
from tests.fuzz.test_contract import PROFILE, TEXT, asked_for, each_case, picture

QUICK = 25


@cache
def quiz() -> Quiz:
    """Give a quiz of all kinds."""
    return assemble(sample_bank(), Recipe(), 7, "en")


@cache
def written(form: str) -> bytes:
    """Write that quiz in a format, without what it cannot hold."""
    export, to = make_quiz_export(quiz()), formats_by_name("quiz")[form]
    held = tuple(each for each in export.questions if not list(to.refusal_reasons(each)))
    return to.write(replace(export, questions=held))


@cache
def files() -> dict[str, bytes]:
    """Give the files of a new bank."""
    return new_bank_files(Declaration(("en",), OPTIONAL_KEYS, {"en": "Mine"}), "en")


def read_import(form: str, wrote: str) -> Callable[[random.Random, Path], None]:
    def read(chance: random.Random, _: Path) -> None:
        raw = written(wrote)
        damaged = (inputs.repacked if raw.startswith(b"PK") else inputs.mutated)(raw, chance)
        importer = Importer(
            Bank(
                {},
                {"first": Topic("first", {"en": "First"})},
                {},
                {},
                declared=Declaration(("en",), OPTIONAL_KEYS, {}),
            )
        )
        for question in readers_by_format()[form](damaged, "en", "x").questions:
            if not list(importer.find_problems(question)):
                importer.convert(question)

    read.__name__ = f"import_{form}" if form == wrote else f"import_{form}_of_{wrote}"
    return read


def grow_bank(chance: random.Random, folder: Path) -> None:
    schema = json.loads((shipped_folder("question_bank") / "bank.schema.json").read_bytes())
    (folder / "a.yaml").write_text(json.dumps(inputs.document(schema, chance)), "utf-8")
    check_bank([folder])


def mutate_bank(chance: random.Random, folder: Path) -> None:
    for name, content in files().items():
        (folder / name).write_bytes(inputs.mutated(content, chance))
    check_bank([folder])


@cache
def drafts() -> tuple[DraftImport, bytes]:
    """Give an import into the British bank, and a reply with words around drafts that fit it."""
    analysis = analyse_bank([UK])
    assert analysis.bank
    topics = {topic: document.name for topic, document in analysis.topics.items()}
    words = {passage.id: "" for source in analysis.bank.sources.values() for passage in source.passages}
    brief = write_brief(analysis.bank, [], "en").replace("example/p1", "fraud-morning/p5")
    return DraftImport(analysis.bank, list(analysis.files.values()), topics, words, "calls"), brief.encode()


def mutate_drafts(chance: random.Random, _: Path) -> None:
    importer, reply = drafts()
    found, problems = read_drafts(RawFile("x", inputs.mutated(reply, chance)))
    importer.new_files(importer.sort(found, problems, lambda _: ()).passed)


def read_pages(chance: random.Random, _: Path) -> None:
    read_source_text(inputs.page(chance), "x")


def read_texts(chance: random.Random, _: Path) -> None:
    read_source_text(inputs.mutated(TEXT, chance), "x")


def read_drawings(chance: random.Random, _: Path) -> None:
    read_logo("x.svg", inputs.drawing(chance))


def read_pictures(chance: random.Random, _: Path) -> None:
    read_logo("x", inputs.mutated(picture(chance), chance))


def read_profiles(chance: random.Random, _: Path) -> None:
    parse_profile("x", inputs.mutated(PROFILE, chance))


def read_replies(chance: random.Random, _: Path) -> None:
    answer = chance.choice(quiz().questions).answer
    for line in inputs.replies(chance).splitlines():
        response = parse_reply(answer, line)
        if not (response is None or hasattr(response, "value")):
            answer.mark_response(response)


READERS: tuple[Callable[[random.Random, Path], None], ...] = (
    *(read_import(form, form) for form in readers_by_format()),
    read_import("csv", "kahoot"),
    grow_bank,
    mutate_bank,
    mutate_drafts,
    read_pages,
    read_texts,
    read_drawings,
    read_pictures,
    read_profiles,
    read_replies,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_a_draw_has_some_of_each_sort(reader: Callable[[random.Random, Path], None], tmp_path: Path) -> None:
    hold(reader, tmp_path, range(QUICK))


@pytest.mark.heavy
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_the_number_of_options_is_as_asked(
    reader: Callable[[random.Random, Path], None], tmp_path: Path
) -> None:
    hold(reader, tmp_path, asked_for())


def hold(reader: Callable[[random.Random, Path], None], folder: Path, numbers: range) -> None:
    def run(chance: random.Random, _: int) -> None:
        with suppress(QuizgenError):
            reader(chance, folder)

    each_case(reader.__name__, numbers, run)
