"""Texts reduced to what counts when they are compared.

The digests of passages have a form of their own (``source/wording.py``), which never changes.
"""

import unicodedata
from itertools import pairwise

from quizgen.text.han import has_han

_ARTICLES = ("a ", "an ", "the ")
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def normalise(text: str, *, only_letters_and_digits: bool = False) -> str:
    """Reduce a text to what distinguishes it from another: width, case and spacing do not count.

    With ``only_letters_and_digits`` neither do spaces and punctuation.
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, narrow)) if only_letters_and_digits else " ".join(narrow.split())


def normalise_answer(words: str) -> str:
    """Reduce words typed into a blank to what counts.

    As in :func:`normalise`, and punctuation around the words, hyphens, invisible characters, a leading English article
    and spaces beside Chinese characters do not count either. A text that is nothing but punctuation stays.
    """
    text = unicodedata.normalize("NFKC", words).casefold().translate(_SAME).replace("-", " ")
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    bare = " ".join(_without_edges(text).split())
    article = next((article for article in _ARTICLES if bare.startswith(article)), "")
    return _without_spaces_beside_han(bare.removeprefix(article)) or " ".join(text.split())


def _without_edges(text: str) -> str:
    """Strip spaces and punctuation from both ends."""
    kept = [index for index, c in enumerate(text) if unicodedata.category(c)[0] not in "PZC"]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def _without_spaces_beside_han(text: str) -> str:
    pieces = text.split(" ")
    result = pieces[0]
    for before, after in pairwise(pieces):
        result += after if has_han(before[-1:]) or has_han(after[:1]) else " " + after
    return result
