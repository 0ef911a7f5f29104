"""An answer in the making, key by key, until it is sent: what every shape builds on. Pure.

A key is a single character, or one of ``up``, ``down``, ``home``, ``end``, ``left``, ``right``, ``enter``,
``backspace`` and ``delete``. A click is the key of what was clicked.
"""

from string import ascii_lowercase
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.shapes import Response
from quizgen.shapes.fill import MAX_REPLY_LENGTH, clean_reply

NOWHERE = -1
"""A cursor that is on no row yet, so that Enter pressed once too often answers nothing; a choice not made."""

DIGITS = "123456789"


class AnswerInput(Struct, frozen=True):
    """What is chosen or typed so far.

    ``cursor`` is a row: an option, a prompt or a step; for words, the place in ``words``. ``chosen`` is
    what the answer's shape makes of it.
    """

    cursor: int = NOWHERE
    chosen: tuple[int, ...] = ()
    words: str = ""


class Sent(Struct, frozen=True):
    """The draft as an answer."""

    response: Response


class Unfinished(Struct, frozen=True):
    """A draft that was sent and is no answer yet; ``lacks`` names the message that says what is missing, and ``count`` how much."""

    draft: AnswerInput
    lacks: str
    count: int = 0


Pressed: TypeAlias = AnswerInput | Sent | Unfinished | None
"""What a key makes of a draft; ``None`` for a key that means nothing to it."""


def row_named(key: str, count: int, *, digits: bool = True) -> int | None:
    """Give the row that a letter or a digit names."""
    for names in (ascii_lowercase, DIGITS) if digits else (ascii_lowercase,):
        if len(key) == 1 and key in names[:count]:
            return names.index(key)
    return None


def move(draft: AnswerInput, key: str, count: int) -> AnswerInput | None:
    """Move the cursor among so many rows, round at both ends."""
    if key == "down":
        return replace(draft, cursor=(draft.cursor + 1) % count)
    if key == "up":
        return replace(draft, cursor=(draft.cursor - 1) % count if draft.cursor > 0 else count - 1)
    places = {"home": 0, "end": count - 1}
    return replace(draft, cursor=places[key]) if key in places else None


def write(draft: AnswerInput, key: str) -> AnswerInput | None:
    """Give what a key makes of words being typed; ``None`` for a key that means nothing to them."""
    at, words = draft.cursor, draft.words
    if key == "backspace":
        return AnswerInput(cursor=max(at - 1, 0), words=words[: max(at - 1, 0)] + words[at:])
    if key == "delete":
        return replace(draft, words=words[:at] + words[at + 1 :])
    places = {"left": max(at - 1, 0), "right": min(at + 1, len(words)), "home": 0, "end": len(words)}
    if key in places:
        return replace(draft, cursor=places[key])
    return insert(draft, key) if len(key) == 1 else None


def insert(draft: AnswerInput, text: str) -> AnswerInput:
    """Put text, typed or pasted, into the words, on one line and no longer than a reply is."""
    clean = " ".join(text.splitlines()) if text.strip() else text[:1]
    typed = "".join(" " if c.isspace() else c for c in clean if c.isspace() or clean_reply(c))
    room = MAX_REPLY_LENGTH - len(draft.words)
    words = draft.words[: draft.cursor] + typed[:room] + draft.words[draft.cursor :]
    return replace(draft, words=words, cursor=draft.cursor + len(typed[:room]))
