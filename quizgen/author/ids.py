"""Ids in a new question: facts found by number or by a part of theirs, and one suggested for the question."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from quizgen.bank.schema import MAX_SLUG
from quizgen.errors import nearest
from quizgen.ids import full_id, own_id
from quizgen.language import localize
from quizgen.lint.words import words_of
from quizgen.model import WRITTEN_LANGUAGES, Bank

_FEW = 6  # ids that a refusal lists

_ID_WORDS = 4
_OPENING = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""What tells whose words a question goes by; it begins many a stem and tells none apart."""


def fact_lines(bank: Bank, facts: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    """Give facts, each with its texts in the languages that questions are written in."""
    for number, full in enumerate(facts, 1):
        before = f"{number:3}  " if numbered else "  "
        yield f"{before}{own_id(full) if numbered else full}"
        for tag in WRITTEN_LANGUAGES:
            yield f"{' ' * len(before)}{localize(bank.facts[full].statement, tag)}"


def chosen_facts(bank: Bank, own: Sequence[str], line: str) -> tuple[list[str], list[str]]:
    """Read a choice: full ids, each once, and why what is left of the line could not be taken."""
    found: dict[str, None] = {}
    reasons = []
    for word in re.split(r"[\s,，、;；]+", line.strip()):
        several = _meant(bank, own, word)
        if len(several) == 1:
            found[several[0]] = None
        elif several:
            more = ", …" if len(several) > _FEW else ""
            reasons.append(f"{len(several)} facts have {word!r}: {', '.join(several[:_FEW])}{more}")
        else:
            near = nearest(word, [own_id(full) for full in bank.facts])
            reasons.append(f"there is no fact {word!r}" + (f"; {near}" if near else ""))
    return list(found), reasons


def _meant(bank: Bank, own: Sequence[str], word: str) -> Sequence[str]:
    """Facts that a word may mean: a number of the list, an id, or a part of one, in this topic first."""
    if word.isdecimal():
        return own[int(word) - 1 : int(word)] if int(word) else ()
    word = word.casefold()
    everything = list(bank.facts)
    for meant in (
        [full for full in own if own_id(full) == word],
        [full for full in everything if word in (full, own_id(full))],
        [full for full in own if word in own_id(full)],
        [full for full in everything if word in full],
    ):
        if meant:
            return meant
    return ()


def suggested_id(entry: Mapping[str, Any], taken: Container[str]) -> str:
    """Suggest an id that is free, made from the English stem or else from the first fact."""
    stem = _OPENING.sub("", entry["stem"]["en"])
    words = words_of("en")
    empty = words.word_set("empty") if words else frozenset()
    found = [
        word for word in re.findall(r"[a-z0-9]+", re.sub(r"[’']\w+", "", stem.lower())) if word not in empty
    ]
    base = "-".join(found[:_ID_WORDS])[: MAX_SLUG - 3].strip("-") or own_id(full_id("", entry["facts"][0]))
    numbered = (f"{base[: MAX_SLUG - 4].strip('-')}-{number}" for number in count(2))
    return base if base not in taken else next(each for each in numbered if each not in taken)
