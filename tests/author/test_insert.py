"""Inserting a question into a file: where, in which layout, and without a change to any other line."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen.author.bank_yaml import ListLayout, entry_yaml_lines
from quizgen.author.insert import detect_layout, insert_questions
from quizgen.bank import reader
from quizgen.bank.build import read_documents
from quizgen.bank.checks import HELP_NAME
from quizgen.bank.files import RawFile, read_files
from quizgen.bank.reader import read_document
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.kinds import KINDS
from quizgen.model import BLANK, LEVELS
from quizgen.text.characters import FORBIDDEN_CHARACTERS
from tests.test_bank import text

ENTRY: dict[str, Any] = {
    "id": "new-one",
    "kind": "single",
    "level": "recall",
    "difficulty": 1,
    "facts": ["no-fee"],
    "stem": text("Who asks?", "谁问？"),
    "key": text("Nobody", "没人"),
    "distractors": [text("The office, at night", "夜里的储蓄所"), text("yes", "他们")],
    "rationale": text("So it is: always.", "就是这样。"),
}
WRITTEN = """\
  - id: new-one
    kind: single
    level: recall
    difficulty: 1
    facts: [no-fee]
    stem:
      en: Who asks?
      zh-Hans: 谁问？
    key: {en: Nobody, zh-Hans: 没人}
    distractors:
      - {en: "The office, at night", zh-Hans: 夜里的储蓄所}
      - {en: "yes", zh-Hans: 他们}
    rationale:
      en: "So it is: always."
      zh-Hans: 就是这样。
"""
TOP = """\
# a remark at the top
topic: parcels   # and one here
title: {en: 'Parcels', zh-Hans: "包裹"}
facts:
  - id: no-fee
    statement: {en: No fee., zh-Hans: 不收费。}
    cites: [q1]
    terms: [灯塔]
"""
OLD = """\
  - {id: old, kind: true-false, level: recall, difficulty: 1, facts: [no-fee], stem: {en: A., zh-Hans: 甲。},
     key: true, rationale: {en: B., zh-Hans: 乙。}}
"""
BLOCK = """\
  - id: older
    kind: true-false
    level: recall
    difficulty: 1
    facts: [no-fee]
    stem: {en: A fee., zh-Hans: 要收费。}
    key: false
    rationale:
      en: >-
        None is taken,
        as said.
      zh-Hans: |-
        不收。
"""


def put(content: str, entry: dict[str, Any] | None = None) -> str:
    made = insert_questions(RawFile("x.yaml", content.encode()), entry or ENTRY)
    assert made.name == "x.yaml"
    return made.raw.decode()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (TOP + "questions:\n" + OLD, TOP + "questions:\n" + OLD + WRITTEN),
        (TOP + "questions:\n" + BLOCK, TOP + "questions:\n" + BLOCK + WRITTEN),
        (
            TOP + "questions:\n" + OLD + "\n" + BLOCK + "\n# the end\n",
            TOP + "questions:\n" + OLD + "\n" + BLOCK + "\n" + WRITTEN + "\n# the end\n",
        ),
        (
            TOP + "questions:\n" + BLOCK + "    # on older\n  # on what comes\n",
            TOP + "questions:\n" + BLOCK + "    # on older\n" + WRITTEN + "  # on what comes\n",
        ),
        (TOP + "questions: []\n", TOP + "questions:\n" + WRITTEN),
        (TOP + "questions: []  # none yet\n", TOP + "questions:  # none yet\n" + WRITTEN),
        (TOP, TOP + "questions:\n" + WRITTEN),
        (TOP.replace("facts:", "\nfacts:"), TOP.replace("facts:", "\nfacts:") + "\nquestions:\n" + WRITTEN),
        (TOP + "questions:\n" + BLOCK.rstrip("\n"), TOP + "questions:\n" + BLOCK + WRITTEN),
        (TOP + "...\n", TOP + "questions:\n" + WRITTEN + "...\n"),
        ("questions:\n" + BLOCK + TOP, "questions:\n" + BLOCK + WRITTEN + TOP),
        (
            "questions:\n" + BLOCK + "\n\n# facts from here\n" + TOP,
            "questions:\n" + BLOCK + WRITTEN + "\n\n# facts from here\n" + TOP,
        ),
    ],
)
def test_a_question_is_inserted_after_the_last_one(before: str, expected: str) -> None:
    assert put(before) == expected


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    before = ("\ufeff" + TOP + "questions:\n" + BLOCK).replace("\n", "\r\n")
    assert put(before) == before + WRITTEN.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("dash", "step"), [("- ", "  "), ("  - ", "  "), ("-   ", "    "), ("    - ", "    "), ("  -   ", "  ")]
)
def test_it_is_laid_out_as_its_neighbours_are(dash: str, step: str) -> None:
    column = " " * len(dash)

    def laid_out(lines: str) -> str:
        """Write the block with other columns."""
        found = []
        for line in lines.splitlines(keepends=True):
            depth, rest = re.match(r"( *)(?:- )?(.*\n)", line).groups()  # type: ignore[union-attr]
            begins = line.lstrip().startswith("- ")
            deep = (len(depth) + 2 * begins - 4) // 2
            before = dash if begins and deep == 0 else column + step * deep
            if begins and deep:
                before = column + dash
            found.append(before + rest)
        return "".join(found)

    facts = TOP.replace(TOP[TOP.index("  - id") :], laid_out(TOP[TOP.index("  - id") :]))
    before = facts + "questions:\n" + laid_out(BLOCK.replace(">-", '"None."').split("        None")[0])
    before += laid_out("      zh-Hans: 不收。\n")
    made = put(before)
    assert made.startswith(before)
    new = made.removeprefix(before).splitlines()
    assert new[0] == f"{dash}id: new-one"
    assert new[1] == f"{column}kind: single"
    assert new[6] == f"{column}{step}en: Who asks?"
    inner = "" if dash.startswith("-") else step
    assert new[10] == f'{column}{inner}- {{en: "The office, at night", zh-Hans: 夜里的储蓄所}}'


def test_a_file_as_pyyaml_writes_it() -> None:
    data = yaml.safe_load(TOP + "questions:\n" + BLOCK)
    before = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    made = put(before)
    assert made.startswith(before + "- id: new-one\n  kind: single\n")


@pytest.mark.parametrize(
    "before",
    [
        yaml.safe_dump(
            yaml.safe_load(TOP + "questions:\n" + BLOCK), default_flow_style=True, allow_unicode=True
        ),
        TOP + "questions: [" + OLD.strip().removeprefix("- ") + "]\n",
    ],
)
def test_brackets_leave_no_line_to_write_on(before: str) -> None:
    with pytest.raises(QuizgenError) as caught:
        put(before)
    assert str(caught.value) == (
        "x.yaml: the questions in this file are written in brackets or braces; put each question on separate lines first"
    )


def test_a_file_never_grows_beyond_what_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_VALUES", 60)
    with pytest.raises(QuizgenError, match=r"^x\.yaml: with these entries, this file would be larger than"):
        put(TOP + "questions:\n" + BLOCK)


def test_half_a_question_can_be_shown() -> None:
    assert entry_yaml_lines(
        "questions", {"kind": "match", "pairs": [{"left": text("A", "甲")}]}, ListLayout()
    ) == [
        "  - kind: match",
        "    pairs:",
        "      - left: {en: A, zh-Hans: 甲}",
    ]


# Any question, any of our files


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).filter(
    lambda words: (
        words == words.strip()
        and not FORBIDDEN_CHARACTERS.search(words)
        and "___" not in words
        and not HELP_NAME.search(words)
    )
)
_HARD = st.sampled_from(
    ["yes", "No", "null", "~", "3", "1.5", "a: b", "a #b", "- a", "? x", "[a]", "{ a }", "'", '"', "\\", "x,y", "!a",
     "&a", "*a", "%a", "@a", "`a`", "<<", "=", "a:", ":a", "|", ">", "…", "“甲”", "甲：乙，丙", "---", "...", "𠮷", "2021-05"]
)  # fmt: skip
WORDS = st.one_of(_HARD, _WORDS)


def _texts(least: int, most: int) -> st.SearchStrategy[list[dict[str, str]]]:
    """Texts that all differ in every language."""
    pairs = st.lists(st.tuples(WORDS, WORDS), min_size=least, max_size=most)
    return pairs.map(
        lambda found: [text(f"{en} {number}", f"{zh}{number}") for number, (en, zh) in enumerate(found, 1)]
    )


@st.composite
def entries(draw: st.DrawFn, facts: Sequence[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from([name for name, kind in KINDS.items() if not kind.needs_exhibit]))
    blank = f" {BLANK} " if kind == "fill" else ""
    one = st.builds(text, WORDS, WORDS)
    entry: dict[str, Any] = {
        "id": "hypothetical-question",
        "kind": kind,
        "level": draw(st.sampled_from([*LEVELS])),
        "difficulty": draw(st.sampled_from((1, 2, 3))),
        "facts": draw(st.lists(st.sampled_from(facts), min_size=1, max_size=3, unique=True)),
        "stem": text(f"Q{blank}{draw(WORDS)}", f"问{blank}{draw(WORDS)}"),
    }
    match kind:
        case "single":
            entry["key"], *entry["distractors"] = draw(_texts(2, 4))
        case "multiple":
            options = draw(_texts(3, 6))
            entry |= {"key": options[:2], "distractors": options[2:]}
        case "true-false":
            entry["key"] = draw(st.booleans())
        case "match":
            sides = draw(_texts(5, 8))
            entry["pairs"] = [{"left": sides[0], "right": sides[1]}, {"left": sides[2], "right": sides[3]}]
            entry["distractors"] = sides[4:]
        case "order":
            entry["sequence"] = draw(_texts(3, 5))
        case "fill":
            entry["accept"] = {tag: [draw(WORDS)] for tag in ("en", "zh-Hans")}
    entry["rationale"] = draw(one)
    if draw(st.booleans()):
        entry["advice"] = draw(one)
    return entry


OURS, _ = read_files([shipped_folder("question_bank")])
TOPICS = [file for file in OURS if b"\nquestions:\n" in file.raw]
AROUND = [file for file in OURS if file.name.endswith(("bank.yaml", "sources.yaml", "help.yaml"))]


def with_few_questions(file: RawFile) -> RawFile:
    """Keep a topic's first three questions, without their enemies among the others, so that it is read quickly."""
    before, heading, questions = file.raw.partition(b"\nquestions:\n")
    kept = b"\n  - id: ".join(questions.split(b"\n  - id: ")[:4])
    kept = re.sub(rb"\n    enemies: .*", b"", kept)
    return file._replace(raw=before + heading + kept.rstrip() + b"\n")


@given(st.data(), st.sampled_from([with_few_questions(file) for file in TOPICS]))
@settings(max_examples=25)
def test_any_question_leaves_every_other_line_as_it_was_and_the_bank_sound(
    data: st.DataObject, file: RawFile
) -> None:
    document, _ = read_document(file)
    assert document is not None
    entry = data.draw(entries([fact["id"] for fact in document.data["facts"]]))
    made = insert_questions(file, entry)
    new = entry_yaml_lines("questions", entry, detect_layout(file))
    lines = made.raw.decode().splitlines(keepends=True)
    at = lines.index(f"{new[0]}\n")
    assert lines[at : at + len(new)] == [f"{line}\n" for line in new]
    rest = lines[:at] + lines[at + len(new) :]
    if detect_layout(file).gap:
        assert rest.pop(at - 1) == "\n"
    assert "".join(rest).encode() == file.raw
    _, problems = read_documents([made, *AROUND], is_complete=False)  # the other topics are not at stake
    assert problems == []


@given(
    noise=st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["\n", "# c\n", "  # c\n", "    # c\n", "   \n"])),
        max_size=6,
    ),
    last=st.booleans(),
)
@settings(max_examples=150)
def test_remarks_and_blank_lines_anywhere_stay_where_they_are(
    noise: list[tuple[int, str]], *, last: bool
) -> None:
    """Comments or blank lines may be between any two lines, also after the last question."""
    head, tail = (TOP, "") if last else ("", TOP)
    lines = (head + "questions:\n" + OLD + BLOCK + tail).splitlines(keepends=True)
    for at, line in noise:
        lines.insert(min(at, len(lines)), line)
    file = RawFile("x.yaml", "".join(lines).encode())
    document, problems = read_document(file)
    assume(document is not None and not problems)
    made = insert_questions(file, ENTRY).raw.decode().splitlines(keepends=True)
    at = made.index("  - id: new-one\n")
    count = WRITTEN.count("\n")
    assert "".join(made[at : at + count]) == WRITTEN
    rest = made[:at] + made[at + count :]
    assert rest == lines or rest[: at - 1] + rest[at:] == lines  # with a blank line before it


@given(st.data())
@settings(max_examples=60)
def test_any_text_reads_back_as_it_was(data: st.DataObject) -> None:
    entry = data.draw(entries(["no-fee"]))
    document, problems = read_document(RawFile("x.yaml", put(TOP, entry).encode()))
    assert document is not None
    assert (problems, document.data["questions"]) == ([], [entry])
