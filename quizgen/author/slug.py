"""An id for a new question, as those of a bank are: a few words of what it asks, in lower case, with hyphens."""

import re
from collections.abc import Container, Mapping
from itertools import count
from typing import Any

from quizgen.bank.schema import MAX_SLUG
from quizgen.lint.words import words_of

_WORDS = 4
_OPENING = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""What tells whose words a question goes by; it begins many a stem and tells none apart."""


def suggested_id(entry: Mapping[str, Any], taken: Container[str]) -> str:
    """Suggest an id that is free, made from the English stem or else from the first fact."""
    stem = _OPENING.sub("", entry["stem"]["en"])
    words = words_of("en")
    empty = words.has_list("empty") if words else frozenset()
    found = [
        word for word in re.findall(r"[a-z0-9]+", re.sub(r"[’']\w+", "", stem.lower())) if word not in empty
    ]
    base = "-".join(found[:_WORDS])[: MAX_SLUG - 3].strip("-") or entry["facts"][0].rpartition("/")[2]
    numbered = (f"{base[: MAX_SLUG - 4].strip('-')}-{number}" for number in count(2))
    return base if base not in taken else next(each for each in numbered if each not in taken)
