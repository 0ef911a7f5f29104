"""CONTRIBUTING says how a kind of question is added: here one is, in a copy, as one module, and is used."""

import json
from pathlib import Path

import pytest

from tests.recipes.copied import Copy

KIND = '''
"""``odd-one``: texts in groups, and one that belongs to none."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta

from quizgen.errors import Diagnostic, Path
from quizgen.fields import TextField, YamlMapping
from quizgen.kinds.kind import EntryData, Kind, QuestionEntry, check_distinct_texts
from quizgen.shapes import AnswerShape, Choose
from quizgen.text.messages import _


class Group(YamlMapping):
    """Texts that have something in common."""

    what: TextField
    alike: Annotated[tuple[TextField, ...], Meta(min_length=1, max_length=3)]


class OddOneEntry(QuestionEntry):
    """A question in which one text belongs to no group."""

    sender: Literal["known", "stranger"]
    odd: TextField
    groups: Annotated[tuple[Group, ...], Meta(min_length=2, max_length=2)]


class OddOneKind(Kind[OddOneEntry, Choose]):
    """A pretended kind."""

    name = "odd-one"
    rank = 99
    meaning = _("one does not belong")
    entry_type = OddOneEntry

    def check_entry(self, entry: EntryData) -> Iterator[Diagnostic]:
        """Check that texts differ."""
        groups = [group.get("alike", ()) for group in entry.get("groups", ())]
        paths = [("groups", row, "alike", place) for row, group in enumerate(groups) for place in range(len(group))]
        yield from check_distinct_texts(entry, [("odd",), *paths], _("texts"))

    def build_answer(self, entry: OddOneEntry, exhibit: object) -> Choose:
        """Put the odd one first."""
        return Choose((entry.odd, *(text for group in entry.groups for text in group.alike)), (0,), "one")

    def can_have_answer(self, answer: AnswerShape) -> bool:
        """Return whether one of several texts is right."""
        return isinstance(answer, Choose) and answer.style == "one"

    def build_entry(self, answer: Choose) -> dict[str, Any]:
        """Return the odd one and the rest."""
        key = answer.keys[0]
        alike = [*answer.options[:key], *answer.options[key + 1 :]]
        what = {"en": "Alike", "zh-Hans": "一样"}
        groups = [{"what": what, "alike": alike[:1]}, {"what": what, "alike": alike[1:]}]
        return {"sender": "known", "odd": answer.options[key], "groups": groups}

    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:
        """Return their paths."""
        return ((("odd",), *(("groups",) for _option in answer.options[1:])),)


KIND = OddOneKind()
'''

ENTRY = """\
topic: parcels
questions:
  - id: never-done
    kind: odd-one
    level: apply
    difficulty: 2
    facts: [no-fee]
    stem: {en: Which of these does the office never do?, zh-Hans: 下面哪件事储蓄所从来不做？}
    sender: known
    odd: {en: Take a fee by text, zh-Hans: 发短信收费}
    groups:
      - {what: {en: By post, zh-Hans: 邮寄}, alike: [{en: Write, zh-Hans: 写信}]}
      - {what: {en: At the door, zh-Hans: 上门}, alike: [{en: Deliver, zh-Hans: 送件}]}
    rationale: {en: It takes none in this way., zh-Hans: 它不这样收费。}
"""


SHOWN = """
sender      known
odd         Take a fee by text
groups      Alike → Write
            Alike → Deliver
"""


def test_a_kind_is_one_module(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/kinds/odd_one.py", KIND)
    bank = ("--bank", copy.bank)

    schema = json.loads(copy.run("bank", "schema").out)
    assert "odd-one" in schema["$defs"]["question"]["properties"]["kind"]["enum"]

    entry = tmp_path / "entry.yaml"
    entry.write_text(ENTRY.replace("Deliver", "Write"), encoding="utf-8")
    refused = copy.run("bank", "new", "--from", entry, *bank, code=1).err
    assert "two of the texts are the same in en" in refused
    entry.write_text(ENTRY, encoding="utf-8")
    copy.run("bank", "new", "--from", entry, *bank)
    assert "odd-one" in copy.run("bank", "new", "--help").out

    copy.run("bank", "check", copy.bank)
    assert "odd-one" in copy.run("bank", "stats", *bank).out
    assert SHOWN in copy.run("bank", "show", "never-done", *bank).out

    asked = (*bank, "-k", "odd-one", "--seed", "1")
    played = copy.run("take", "--plain", *asked, typed="a\n").out
    assert "Which of these does the office never do?" in played
    assert played.splitlines()[-1] in {"Score: 1/1", "Score: 0/1"}
    copy.run("handout", tmp_path / "paper.pdf", *asked)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert copy.run("take", *bank, "-k", "odd", code=2).out == ""
    no_such = copy.run("take", *bank, "-k", "zzzzzz", code=2).err
    assert no_such.startswith("no kind 'zzzzzz'; there are single, multiple, ")
    assert no_such.endswith(", odd-one\n")
    unfinished = tmp_path / "unfinished.csv"
    unfinished.write_text("kind,stem,key\nodd-one,Which?,apple\n", encoding="utf-8")
    refused = copy.run(
        "bank", "init", tmp_path / "none", "--languages", "en", "--from", "csv", unfinished, code=1
    ).err
    assert "question, options or answer are missing" in refused
    for form in ("csv", "moodle"):
        copy.run("export", form, tmp_path / form, "--lang", "en", *asked)
        copy.run(
            "bank", "init", tmp_path / f"{form}-bank", "--languages", "en", "--from", form, tmp_path / form
        )
        assert "odd-one" in copy.run("bank", "stats", "--bank", tmp_path / f"{form}-bank").out, form
    assert copy.touched() == {"quizgen/kinds/odd_one.py"}


def test_a_kind_that_has_the_name_of_another_is_refused(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.add("quizgen/kinds/odd_one.py", KIND.replace('name = "odd-one"', 'name = "single"'))
    done = copy.run("bank", "check", copy.bank, code=1)
    assert done.out == ""
    assert done.err == (
        "KIND: quizgen.kinds.odd_one and quizgen.kinds.single both have the name single; "
        "give one of them another name\n"
    )


@pytest.mark.parametrize(
    ("lost", "missing"),
    [
        ("    rank = 99\n", "rank"),
        ('    meaning = _("one does not belong")\n', "meaning"),
        ("    def text_paths(self, answer: Choose) -> tuple[tuple[Path, ...], ...]:", "text_paths"),
    ],
)
def test_a_kind_that_lacks_something_is_refused(tmp_path: Path, lost: str, missing: str) -> None:
    copy = Copy(tmp_path)
    assert lost in KIND
    rest = "    def other(self, answer: Choose) -> object:" if "def " in lost else ""
    copy.add("quizgen/kinds/odd_one.py", KIND.replace(lost, rest))
    done = copy.run("bank", "check", copy.bank, code=1)
    assert done.out == ""
    assert done.err == (
        f"the kind in quizgen.kinds.odd_one lacks {missing}; "
        "add what is missing (`quizgen/kinds/kind.py` says what each is)\n"
    )
