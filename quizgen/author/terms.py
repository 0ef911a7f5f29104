"""Suggest the terms of a fact: words of its passage, letter for letter, that the author's sentence has too."""

import re
from collections.abc import Iterable, Iterator

from quizgen.lint.words import load_language_words
from quizgen.text.han import HAN

_UNIT = re.compile(rf"[{HAN}]|[^\W_]+(?:[’'@./-][^\W_]+)*")
"""A Chinese character, or a word or number in letters and digits. An address of mail is one."""
_MAX_TERMS = 3
_MIN_LENGTH, _MIN_HAN_LENGTH = 4, 2


def suggest_terms(passage: str, statements: Iterable[str]) -> list[str]:
    """Return up to three terms, the longest first, in the spelling of the passage.

    A term is a run of words that the passage and one of the statements have in common, without small words such as "the"
    at its ends. Single words are suggested only if there is nothing better.
    """
    found: dict[str, int] = {}
    for statement in statements:
        for run in _common_runs(_UNIT.findall(statement), passage):
            found.setdefault(run, _term_weight(run))
    telling = [term for term in found if len(_UNIT.findall(term)) > 1 or any(map(str.isdigit, term))]
    best = sorted(telling or found, key=lambda term: -found[term])[:_MAX_TERMS]
    return [term for term in best if not any(term != other and term in other for other in best)]


def _common_runs(units: list[str], passage: str) -> Iterator[str]:
    """Yield the longest runs of units that are in a passage, one after another, as the passage has them."""
    start = 0
    while start < len(units):
        longest, end = "", start
        for stop in range(start + 1, len(units) + 1):
            match = _find_run(units[start:stop], passage)
            if match is None:
                break
            longest, end = match, stop
        start = max(end, start + 1)
        if trimmed := _trim_small_words(longest):
            yield trimmed


def _find_run(units: list[str], passage: str) -> str | None:
    """Return a run of units as a passage has it, or ``None``."""
    words = r"[\s,]*".join(map(re.escape, units))
    edge = "" if re.fullmatch(f"[{HAN}]", units[0]) else r"\b"
    match = re.search(f"{edge}{words}{edge}", passage, re.IGNORECASE)
    return match[0] if match else None


def _trim_small_words(run: str) -> str:
    """Return a run without small words at its ends; "" if nothing that identifies the passage is left."""
    if re.search(f"[{HAN}]", run):
        return run if len(run) >= _MIN_HAN_LENGTH else ""
    words = load_language_words("en")
    common = words.words_in_list("empty") if words else frozenset()
    parts = run.split()
    while parts and parts[0].casefold().strip(",") in common:
        parts.pop(0)
    while parts and parts[-1].casefold().strip(",") in common:
        parts.pop()
    trimmed = " ".join(parts)
    return trimmed if len(trimmed) >= _MIN_LENGTH and trimmed in run else ""


def _term_weight(term: str) -> int:
    """Return how well a term identifies a passage: long terms do, and those with digits."""
    return len(term) * (2 if re.search(f"[{HAN}]", term) else 1) + 10 * any(map(str.isdigit, term))
