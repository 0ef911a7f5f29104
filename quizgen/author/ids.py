"""Suggest ids for new questions and sources."""

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Any

from quizgen.fields import MAX_SLUG_LENGTH
from quizgen.ids import full_id, slug_of
from quizgen.lint.words import load_language_words
from quizgen.text.languages import localize

_MAX_LISTED_IDS = 6  # ids that a problem lists

_PASSAGE_START = 50
"""How many characters of a passage a list shows."""
_ID_WORDS = 4
DEFAULT_ID = "question"
"""The start of a question's id if nothing else suggests one."""

_OPENING_PHRASE = re.compile(r"^(?:according to|in the|speaking of|of the|as)\b[^,]*, ", re.IGNORECASE)
"""A phrase that names the source; it begins many stems, so it does not help to tell ids apart."""


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
