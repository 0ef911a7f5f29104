"""Find sentences that were copied from a source, so that a bank says everything in its own words."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from quizgen.text.han import HAN, has_han, to_simplified

MAX_WORDS = 10
"""The most words in a row that a text may share with a passage. Names, sums and set phrases are shorter."""
MAX_CHARACTERS = 16
"""The same in Chinese characters."""

_UNIT = re.compile(rf"[{HAN}]|[^\W_]+(?:[’'.,/-][^\W_]+)*")
"""A Chinese character, or a word or number in letters and digits."""

Run: TypeAlias = tuple[str, ...]
"""Words or Chinese characters in a row."""


class CopyFinder:
    """Finds runs of words that texts share with passages. Case, punctuation, spaces and the kind of Chinese characters do not count."""

    def __init__(self, passages: Iterable[str]) -> None:
        folded = [_UNIT.findall(_fold_text(passage)) for passage in passages]
        self._runs = {
            length: {run for units in folded for run in _runs_of_units(units, length)}
            for length in (MAX_WORDS + 1, MAX_CHARACTERS + 1)
        }

    def find(self, text: str) -> str:
        """Return the first run of words of a text that is too long to be the same by chance, or ""."""
        places = list(_UNIT.finditer(text))
        units = _UNIT.findall(_fold_text(text))
        for length, known in self._runs.items():
            for index, run in enumerate(_runs_of_units(units, length)):
                is_in_words = sum(map(has_han, run)) < length / 2
                if run in known and (is_in_words or length > MAX_CHARACTERS):
                    return text[places[index].start() : places[index + length - 1].end()]
        return ""


def _fold_text(text: str) -> str:
    """Return a text in lower case, with straight apostrophes and Simplified characters."""
    text = text.lower().replace("’", "'")
    return to_simplified(text) if has_han(text) else text


def _runs_of_units(units: list[str], length: int) -> Iterator[Run]:
    """Yield all runs of so many units."""
    return zip(*(units[start:] for start in range(length)), strict=False)
