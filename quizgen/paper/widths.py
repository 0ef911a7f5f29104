"""How wide texts are, guessed without setting them: enough to know what to try."""

import unicodedata
from functools import cache


@cache
def ems(text: str) -> float:
    """Guess the length of a text by the size of its type; a line of English leaves some of its width empty."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if _is_wide(character):
        return 1
    if character in " .,;:'’|!()-ijlftI":
        return 0.28
    return 0.66 if character.isupper() or character in "mw" else 0.54


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
