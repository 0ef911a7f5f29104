"""Ids in an interview: list facts, exhibits and questions, parse the ids that an author types, and suggest an id."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Any

from quizgen.bank.yaml_form import exhibit_entry
from quizgen.errors import Problem, problem, suggest_nearest
from quizgen.fields import MAX_SLUG_LENGTH
from quizgen.ids import full_id, slug_of, topic_of
from quizgen.kinds import Kind
from quizgen.lint.words import load_language_words
from quizgen.model import Bank
from quizgen.source.check import facts_by_passage
from quizgen.text.languages import localize
from quizgen.text.messages import Message, _

_MAX_LISTED_IDS = 6  # ids that a problem lists

_PASSAGE_START = 50
"""How many characters of a passage a list shows."""
_ID_WORDS = 4
DEFAULT_ID = "question"
"""The start of a question's id if nothing else suggests one."""

_OPENING_PHRASE = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""A phrase that names the source; it begins many stems, so it does not help to tell ids apart."""


def fact_list(bank: Bank, fact_ids: Sequence[str], *, with_numbers: bool = False) -> Iterator[str]:
    """Yield lines that list facts: the id of each, and its text in the languages of the question bank."""
    for number, full in enumerate(fact_ids, 1):
        before = f"{number:3}  " if with_numbers else "  "
        yield f"{before}{slug_of(full) if with_numbers else full}"
        for tag in bank.declared.languages:
            yield f"{' ' * len(before)}{localize(bank.facts[full].statement, tag)}"


def numbered_exhibit_list(bank: Bank, exhibit_ids: Sequence[str], topic: str, language: str) -> Iterator[str]:
    """Yield lines that list exhibits with numbers: the id of each, its sender and its first line.

    The ids of exhibits on ``topic`` are shown without the topic.
    """
    for number, full in enumerate(exhibit_ids, 1):
        exhibit = bank.exhibits[full]
        what = _("{id} ({channel}, genuine)") if exhibit.genuine else _("{id} ({channel}, a scam)")
        label = what.with_values(id=full.removeprefix(f"{topic}/"), channel=exhibit.channel).translated(
            language
        )
        yield f"{number:3}  {label}"
        for tag in bank.declared.languages:
            yield f"     {localize(exhibit.sender, tag)}: {localize(exhibit.lines[0].text, tag)}"


def numbered_question_list(bank: Bank, question_ids: Sequence[str], language: str) -> Iterator[str]:
    """Yield lines that list questions with numbers: the id of each, and its stem."""
    for number, full in enumerate(question_ids, 1):
        yield f"{number:3}  {full}"
        yield f"     {localize(bank.questions[full].stem, language)}"


def passage_list(bank: Bank, texts: Mapping[str, str], passage_ids: Sequence[str]) -> Iterator[str]:
    """Yield lines that list passages: the id of each, its first words, and the facts that cite it."""
    citing = facts_by_passage(bank.facts.values())
    is_one = len({topic_of(full) for full in passage_ids}) == 1
    for full in passage_ids:
        words = texts[full]
        start = words[:_PASSAGE_START].rstrip() + "…" * (len(words) > _PASSAGE_START)
        yield f"  {slug_of(full) if is_one else full}  {start}".rstrip()
        if facts := citing.get(full):
            yield f"      {', '.join(facts)}"


def suitable_exhibits(bank: Bank, kind: Kind[Any, Any]) -> list[str]:
    """Return the ids of the exhibits written by hand that a question of a kind can be about."""
    return [
        full
        for full, exhibit in bank.exhibits.items()
        if not exhibit.generated and not list(kind.check_exhibit({}, exhibit_entry(exhibit)))
    ]


_PROBLEM_MESSAGES: Mapping[str, tuple[Message, Message]] = {
    # Problems of a word that matches nothing, and of one that matches several.
    "fact": (_("there is no fact {asked!r}"), _("{count} facts have {asked!r}: {ids}")),
    "exhibit": (_("there is no exhibit {asked!r}"), _("{count} exhibits have {asked!r}: {ids}")),
    "passage": (_("there is no passage {asked!r}"), _("{count} passages have {asked!r}: {ids}")),
    "question": (_("there is no question {asked!r}"), _("{count} questions have {asked!r}: {ids}")),
}


def parse_ids(
    kind_of_id: str, all_ids: Collection[str], listed_ids: Sequence[str], line: str
) -> tuple[list[str], list[Problem]]:
    """Parse the facts, exhibits or questions that an author names by number or by a part of their ids.

    Returns full ids without duplicates, and the problems of words that name none or several. ``kind_of_id`` is
    "fact", "exhibit", "passage" or "question". The number of a passage is the one in its id, p5. Other numbers count in ``listed_ids``, which are also searched before
    ``all_ids``.
    """
    ids: dict[str, None] = {}
    problems = []
    for word in re.split(r"[\s,，、;；]+", line.strip()):
        is_number_of_id = kind_of_id == "passage" and word.isdecimal()
        matches = (
            [full for full in all_ids if re.fullmatch(rf"[a-z]+{word}", slug_of(full))]
            if is_number_of_id
            else _matching_ids(all_ids, listed_ids, word)
        )
        if len(matches) == 1:
            ids[matches[0]] = None
        elif matches:
            shown = (*matches[:_MAX_LISTED_IDS], *(["…"] if len(matches) > _MAX_LISTED_IDS else []))
            problems.append(
                problem(_PROBLEM_MESSAGES[kind_of_id][1], count=len(matches), asked=word, ids=shown)
            )
        else:
            near = suggest_nearest(word, [slug_of(full) for full in all_ids])
            problems.append(problem(_PROBLEM_MESSAGES[kind_of_id][0], near, asked=word))
    return list(ids), problems


def parse_list_number(typed_text: str) -> int:
    """Parse a number in a list, from 1. Return 0 if the text is not a number, or has ten digits or more."""
    return int(typed_text) if typed_text.isdecimal() and len(typed_text) < 10 else 0  # noqa: PLR2004  digits


def _matching_ids(all_ids: Collection[str], listed_ids: Sequence[str], word: str) -> Sequence[str]:
    """Return the ids that a word can mean: a number in the list, an id, or a part of an id.

    Only the best matches are returned: an exact id before a part, and listed ids before others.
    """
    if word.isdecimal():
        number = parse_list_number(word)
        return listed_ids[number - 1 : number] if number else ()
    word = word.casefold()
    for ids in (
        [full for full in listed_ids if slug_of(full) == word],
        [full for full in all_ids if word in (full, slug_of(full))],
        [full for full in listed_ids if word in slug_of(full)],
        [full for full in all_ids if word in full],
    ):
        if ids:
            return ids
    return ()


def words_for_id(title: str) -> list[str]:
    """Return the words of a title as an id can have them: lower-case letters without accents, and digits."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", title.lower()))
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']\w+", "", plain))


def suggest_id(entry: Mapping[str, Any], used_ids: Container[str]) -> str:
    """Return an id for a new question that is not in use.

    It is made of the first words of the stem, in English if possible, or else of the id of the exhibit or of
    the first fact. Letters lose their accents; Chinese characters are left out.
    """
    stem = _OPENING_PHRASE.sub("", localize(entry.get("stem", {}), "en"))
    words = load_language_words("en")
    common_words = words.words_in_list("empty") | words.words_in_list("commonplace") if words else frozenset()
    id_words = [word for word in words_for_id(stem) if word not in common_words]
    if "exhibit" in entry and not id_words:
        id_words = [entry["kind"], slug_of(full_id("", entry["exhibit"]))]
    base = "-".join(id_words[:_ID_WORDS])[: MAX_SLUG_LENGTH - 3].strip("-")
    if not base:
        base = slug_of(full_id("", entry["facts"][0])) if entry.get("facts") else DEFAULT_ID
    return (
        base if base not in used_ids else _add_unused_number(base[: MAX_SLUG_LENGTH - 6].strip("-"), used_ids)
    )


def _add_unused_number(base: str, used_ids: Container[str]) -> str:
    """Return an id with the lowest number that makes it unused, found by binary search."""
    unused = 2
    while f"{base}-{unused}" in used_ids:
        unused *= 2
    used = unused // 2
    while unused - used > 1:
        middle = (used + unused) // 2
        if f"{base}-{middle}" in used_ids:
            used = middle
        else:
            unused = middle
    return f"{base}-{unused}"
