"""Normalise texts, so that they can be compared.

The digests of passages have a normalisation of their own, which never changes (``source/wording.py``).
"""

import unicodedata
from itertools import pairwise

from quizgen.text.han import has_han

_ARTICLES = ("a ", "an ", "the ")
_EQUIVALENT = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


def normalise(text: str, *, only_letters_and_digits: bool = False) -> str:
    """Return a text in which width, case and spacing are normalised.

    With ``only_letters_and_digits``, only these are left.
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, narrow)) if only_letters_and_digits else " ".join(narrow.split())


def normalise_answer(words: str) -> str:
    """Return an answer typed into a blank, normalised for comparison.

    It is normalised as :func:`normalise` does. Then punctuation around the answer is removed, and so are
    hyphens, invisible characters, an English article at the start, and spaces beside Chinese characters. A text
    of punctuation only stays.
    """
    text = unicodedata.normalize("NFKC", words).casefold().translate(_EQUIVALENT).replace("-", " ")
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    bare = " ".join(_strip_punctuation(text).split())
    article = next((article for article in _ARTICLES if bare.startswith(article)), "")
    return _without_spaces_beside_han(bare.removeprefix(article)) or " ".join(text.split())


def _strip_punctuation(text: str) -> str:
    """Return a text without spaces and punctuation at its ends."""
    indexes = [index for index, c in enumerate(text) if unicodedata.category(c)[0] not in "PZC"]
    return text[indexes[0] : indexes[-1] + 1] if indexes else ""


def _without_spaces_beside_han(text: str) -> str:
    """Return a text without spaces beside Chinese characters."""
    pieces = text.split(" ")
    result = pieces[0]
    for before, after in pairwise(pieces):
        result += after if has_han(before[-1:]) or has_han(after[:1]) else " " + after
    return result
