"""Ids for a new question: find facts, exhibits and enemies by number or part of an id, and suggest an id."""

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

_MAX_LISTED_IDS = 6  # ids that a problem lists

_ID_WORDS = 4
DEFAULT_ID = "question"
"""The start of a question's id if nothing else suggests one."""

_OPENING_PHRASE = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""A phrase that names the source; it begins many stems, so it does not help to tell ids apart."""


def fact_lines(bank: Bank, facts: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    """Yield facts, each with its texts in the languages of the bank."""
    for number, full in enumerate(facts, 1):
        before = f"{number:3}  " if numbered else "  "
        yield f"{before}{slug_of(full) if numbered else full}"
        for tag in bank.declared.languages:
            yield f"{' ' * len(before)}{localize(bank.facts[full].statement, tag)}"


def exhibit_lines(bank: Bank, exhibits: Sequence[str], topic: str, language: str) -> Iterator[str]:
    """Yield exhibits, numbered, each with its sender and first line; ids of the topic are shown without it."""
    for number, full in enumerate(exhibits, 1):
        exhibit = bank.exhibits[full]
        what = _("{id} ({channel}, genuine)") if exhibit.genuine else _("{id} ({channel}, a scam)")
        named = what.filled(id=full.removeprefix(f"{topic}/"), channel=exhibit.channel).translated(language)
        yield f"{number:3}  {named}"
        for tag in bank.declared.languages:
            yield f"     {localize(exhibit.sender, tag)}: {localize(exhibit.lines[0].text, tag)}"


def question_lines(bank: Bank, questions: Sequence[str], language: str) -> Iterator[str]:
    """Yield questions, numbered, each with its stem in the author's language."""
    for number, full in enumerate(questions, 1):
        yield f"{number:3}  {full}"
        yield f"     {localize(bank.questions[full].stem, language)}"


def exhibits_for(bank: Bank, kind: Kind[Any, Any]) -> list[str]:
    """Return the ids of written exhibits that a question of a kind can ask about."""
    return [
        full
        for full, exhibit in bank.exhibits.items()
        if not exhibit.generated and not list(kind.check_exhibit({}, exhibit_entry(exhibit)))
    ]


_REFUSALS: Mapping[str, tuple[Message, Message]] = {
    # Problems of a word that matches nothing, and of one that matches several.
    "fact": (_("there is no fact {asked!r}"), _("{count} facts have {asked!r}: {ids}")),
    "exhibit": (_("there is no exhibit {asked!r}"), _("{count} exhibits have {asked!r}: {ids}")),
    "question": (_("there is no question {asked!r}"), _("{count} questions have {asked!r}: {ids}")),
}


def parse_choice(
    what: str, everything: Collection[str], own: Sequence[str], line: str
) -> tuple[list[str], list[Problem]]:
    """Parse a choice of facts, exhibits or questions (``what``): return full ids, each once, and the problems of other words.

    A number refers to the list ``own``, which is also searched first for parts of ids.
    """
    ids: dict[str, None] = {}
    reasons = []
    for word in re.split(r"[\s,，、;；]+", line.strip()):
        matches = _matches(everything, own, word)
        if len(matches) == 1:
            ids[matches[0]] = None
        elif matches:
            shown = (*matches[:_MAX_LISTED_IDS], *(["…"] if len(matches) > _MAX_LISTED_IDS else []))
            reasons.append(problem(_REFUSALS[what][1], count=len(matches), asked=word, ids=shown))
        else:
            near = nearest(word, [slug_of(full) for full in everything])
            reasons.append(problem(_REFUSALS[what][0], near, asked=word))
    return list(ids), reasons


def parse_list_number(typed: str) -> int:
    """Parse the number of a list entry, from 1; 0 if it is not a number, or longer than any list."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004  digits


def _matches(everything: Collection[str], own: Sequence[str], word: str) -> Sequence[str]:
    """Return the ids that a word may stand for: a number in the list, an id, or a part of one, first in the list."""
    if word.isdecimal():
        number = parse_list_number(word)
        return own[number - 1 : number] if number else ()
    word = word.casefold()
    for ids in (
        [full for full in own if slug_of(full) == word],
        [full for full in everything if word in (full, slug_of(full))],
        [full for full in own if word in slug_of(full)],
        [full for full in everything if word in full],
    ):
        if ids:
            return ids
    return ()


def plain_words(title: str) -> list[str]:
    """Split a text into words for an id: lower-case letters without accents, and digits."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", title.lower()))
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']\w+", "", plain))


def suggest_id(entry: Mapping[str, Any], taken: Container[str]) -> str:
    """Suggest a free id, made from the stem, in English if possible, or else from the exhibit or the first fact.

    Letters lose their accents; Chinese characters are left out.
    """
    stem = _OPENING_PHRASE.sub("", localize(entry.get("stem", {}), "en"))
    words = words_of("en")
    empty = words.word_set("empty") | words.word_set("commonplace") if words else frozenset()
    id_words = [word for word in plain_words(stem) if word not in empty]
    if "exhibit" in entry and not id_words:
        id_words = [entry["kind"], slug_of(full_id("", entry["exhibit"]))]
    base = "-".join(id_words[:_ID_WORDS])[: MAX_SLUG_LENGTH - 3].strip("-")
    if not base:
        base = slug_of(full_id("", entry["facts"][0])) if entry.get("facts") else DEFAULT_ID
    return base if base not in taken else _with_free_number(base[: MAX_SLUG_LENGTH - 6].strip("-"), taken)


def _with_free_number(base: str, taken: Container[str]) -> str:
    """Add the first number that makes an id free, found by binary search."""
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
