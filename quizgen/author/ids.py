"""Ids in a new question: facts, exhibits and enemies found by number or by a part of theirs, and one suggested for the question."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Any

from quizgen.bank.yaml_form import exhibit_entry
from quizgen.errors import Problem, nearest, problem
from quizgen.fields import MAX_SLUG_LENGTH
from quizgen.ids import full_id, slug_of
from quizgen.kinds import Kind
from quizgen.lint.words import words_of
from quizgen.model import Bank
from quizgen.text.languages import localize
from quizgen.text.messages import Message, _

_FEW = 6  # ids that a refusal lists

_ID_WORDS = 4
UNNAMED = "question"
"""What the id of a question begins with where nothing else gives one."""

_OPENING = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""What tells whose words a question goes by; it begins many a stem and tells none apart."""


def fact_lines(bank: Bank, facts: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    """Give facts, each with its texts in the languages that questions are written in."""
    for number, full in enumerate(facts, 1):
        before = f"{number:3}  " if numbered else "  "
        yield f"{before}{slug_of(full) if numbered else full}"
        for tag in bank.declared.languages:
            yield f"{' ' * len(before)}{localize(bank.facts[full].statement, tag)}"


def exhibit_lines(bank: Bank, exhibits: Sequence[str], topic: str, language: str) -> Iterator[str]:
    """Give exhibits to choose from, numbered, each with its sender and how it begins; ids of a topic without it."""
    for number, full in enumerate(exhibits, 1):
        exhibit = bank.exhibits[full]
        what = _("{id} ({channel}, genuine)") if exhibit.genuine else _("{id} ({channel}, a scam)")
        named = what.filled(id=full.removeprefix(f"{topic}/"), channel=exhibit.channel).translated(language)
        yield f"{number:3}  {named}"
        for tag in bank.declared.languages:
            yield f"     {localize(exhibit.sender, tag)}: {localize(exhibit.lines[0].text, tag)}"


def question_lines(bank: Bank, questions: Sequence[str], language: str) -> Iterator[str]:
    """Give questions, numbered, each with its stem in the author's language."""
    for number, full in enumerate(questions, 1):
        yield f"{number:3}  {full}"
        yield f"     {localize(bank.questions[full].stem, language)}"


def exhibits_for(bank: Bank, kind: Kind[Any, Any]) -> list[str]:
    """Name the exhibits that somebody wrote and that a question of a kind can be asked about."""
    return [
        full
        for full, exhibit in bank.exhibits.items()
        if not exhibit.generated and not list(kind.check_exhibit({}, exhibit_entry(exhibit)))
    ]


_REFUSALS: Mapping[str, tuple[Message, Message]] = {
    # What is said of a word that means none, and of one that means several.
    "fact": (_("there is no fact {asked!r}"), _("{count} facts have {asked!r}: {ids}")),
    "exhibit": (_("there is no exhibit {asked!r}"), _("{count} exhibits have {asked!r}: {ids}")),
    "question": (_("there is no question {asked!r}"), _("{count} questions have {asked!r}: {ids}")),
}


def chosen(
    what: str, everything: Collection[str], own: Sequence[str], line: str
) -> tuple[list[str], list[Problem]]:
    """Read a choice of facts, exhibits or questions (``what``): full ids, each once, and why what is left could not be taken.

    A number is that of the list ``own``, in which parts of ids are sought first.
    """
    found: dict[str, None] = {}
    reasons = []
    for word in re.split(r"[\s,，、;；]+", line.strip()):
        several = _meant(everything, own, word)
        if len(several) == 1:
            found[several[0]] = None
        elif several:
            shown = (*several[:_FEW], *(["…"] if len(several) > _FEW else []))
            reasons.append(problem(_REFUSALS[what][1], count=len(several), asked=word, ids=shown))
        else:
            near = nearest(word, [slug_of(full) for full in everything])
            reasons.append(problem(_REFUSALS[what][0], near, asked=word))
    return list(found), reasons


def place_in_list(typed: str) -> int:
    """Read a number typed for an entry of a list, from 1; 0 where it is none, or is past any list's end."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004  digits


def _meant(everything: Collection[str], own: Sequence[str], word: str) -> Sequence[str]:
    """Give those that a word may mean: a number of the list, an id, or a part of one, in the list first."""
    if word.isdecimal():
        number = place_in_list(word)
        return own[number - 1 : number] if number else ()
    word = word.casefold()
    for meant in (
        [full for full in own if slug_of(full) == word],
        [full for full in everything if word in (full, slug_of(full))],
        [full for full in own if word in slug_of(full)],
        [full for full in everything if word in full],
    ):
        if meant:
            return meant
    return ()


def plain_words(title: str) -> list[str]:
    """Cut a text into words that an id may have: small letters without accents, and digits."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", title.lower()))
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']\w+", "", plain))


def suggested_id(entry: Mapping[str, Any], taken: Container[str]) -> str:
    """Suggest an id that is free, made from the stem, the English one if there is one, or else from the exhibit or the first fact.

    Letters lose their accents; of Chinese none are left.
    """
    stem = _OPENING.sub("", localize(entry.get("stem", {}), "en"))
    words = words_of("en")
    empty = words.word_set("empty") | words.word_set("commonplace") if words else frozenset()
    found = [word for word in plain_words(stem) if word not in empty]
    if "exhibit" in entry and not found:
        found = [entry["kind"], slug_of(full_id("", entry["exhibit"]))]
    base = "-".join(found[:_ID_WORDS])[: MAX_SLUG_LENGTH - 3].strip("-")
    if not base:
        base = slug_of(full_id("", entry["facts"][0])) if entry.get("facts") else UNNAMED
    return base if base not in taken else _numbered(base[: MAX_SLUG_LENGTH - 6].strip("-"), taken)


def _numbered(base: str, taken: Container[str]) -> str:
    """Put a number behind an id that makes it free; of many alike each is found in a few steps."""
    free = 2
    while f"{base}-{free}" in taken:
        free *= 2
    used = free // 2
    while free - used > 1:
        middle = (used + free) // 2
        if f"{base}-{middle}" in taken:
            used = middle
        else:
            free = middle
    return f"{base}-{free}"
