"""Answer + response -> mark. Pure, all or nothing, and the only place that knows what is right."""

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any, assert_never

from msgspec import Struct

from quizgen.model import Answer, Choose, Fill, Match, Order, Response

_ARTICLES = ("a ", "an ", "the ")
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


class Mark(Struct, frozen=True):
    """Whether a response is right, and which of its parts are.

    ``parts``: for ``Choose``, for each option, whether it was rightly ticked or rightly left alone; for
    ``Match``, for each prompt; for ``Order``, for each place, first to last; for ``Fill``, none.
    """

    right: bool
    parts: tuple[bool, ...] = ()


def mark(answer: Answer, response: Response) -> Mark:
    """Mark a response: right if the whole of it is. A skip, or a response of another shape, is wrong."""
    match answer:
        case Choose(options=options, keys=keys):
            chosen = response if isinstance(response, tuple) else ()
            parts = tuple((index in chosen) == (index in keys) for index in range(len(options)))
            return Mark(right=response == keys, parts=parts)
        case Match(key=key) | Order(key=key):
            given = response if isinstance(response, tuple) and len(response) == len(key) else ()
            parts = tuple(index < len(given) and given[index] == right for index, right in enumerate(key))
            return Mark(right=response == key, parts=parts)
        case Fill(accept=accept):
            return Mark(right=isinstance(response, str) and _accepted(accept, response))
        case _:
            assert_never(answer)


def fold(words: str) -> str:
    """Reduce words to what counts when they are compared.

    Width and case, punctuation around the words, spaces, hyphens and a leading English article do not
    count, nor do invisible characters; a text that is nothing but punctuation is left as it is.
    """
    text = unicodedata.normalize("NFKC", words).casefold().translate(_SAME).replace("-", " ")
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    bare = " ".join(_without_edges(text).split())
    article = next((article for article in _ARTICLES if bare.startswith(article)), "")
    return _without_han_spaces(bare.removeprefix(article)) or " ".join(text.split())


def _accepted(accept: dict[str, tuple[str, ...]], response: str) -> bool:
    given = fold(response)
    taken = {fold(words) for several in accept.values() for words in several}
    if not given or given in taken:
        return bool(given)
    if not any(_is_han(c) for c in given):
        return False
    return _simplified(given) in {_simplified(words) for words in taken}


def _without_edges(text: str) -> str:
    """Strip spaces and punctuation from both ends."""
    kept = [index for index, c in enumerate(text) if unicodedata.category(c)[0] not in "PZC"]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def _without_han_spaces(text: str) -> str:
    """Drop the spaces beside a Chinese character: Chinese is written without."""
    pieces = text.split(" ")
    result = pieces[0]
    for before, after in pairwise(pieces):
        result += after if _is_han(before[-1:]) or _is_han(after[:1]) else " " + after
    return result


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    import opencc  # noqa: PLC0415  slow to load, and few answers come down to it

    return opencc.OpenCC("t2s")
