"""The input of an answer, key by key, until it is sent. All shapes use it. Pure functions.

A key is a single character, or one of ``up``, ``down``, ``home``, ``end``, ``left``, ``right``, ``enter``, ``backspace`` and
``delete``. A click is the key of the clicked text.
"""

from string import ascii_lowercase
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.shapes import Response
from quizgen.shapes.fill import MAX_REPLY_LENGTH, clean_reply
from quizgen.text.messages import Message

NO_ROW = -1
"""A cursor on no row, so that pressing Enter twice does not answer the next question; or a missing choice."""

DIGITS = "123456789"


class AnswerInput(Struct, frozen=True):
    """What is chosen or typed so far.

    ``cursor`` is a row: an option, a prompt or a step; for words, it is the position in ``words``. The meaning of ``chosen``
    depends on the shape.
    """

    cursor: int = NO_ROW
    chosen: tuple[int, ...] = ()
    words: str = ""


class SentAnswer(Struct, frozen=True):
    """An input that is sent as an answer."""

    response: Response


class IncompleteAnswer(Struct, frozen=True):
    """An input that was sent but is not an answer yet. ``lacks`` is the message for what is missing, ``count`` how much."""

    draft: AnswerInput
    lacks: Message
    count: int = 0


KeyResult: TypeAlias = AnswerInput | SentAnswer | IncompleteAnswer | None
"""The result of a key; ``None`` if the key means nothing here."""


def row_for_key(key: str, count: int, *, digits: bool = True) -> int | None:
    """Return the row that a letter or a digit stands for."""
    for names in (ascii_lowercase, DIGITS) if digits else (ascii_lowercase,):
        if len(key) == 1 and key in names[:count]:
            return names.index(key)
    return None


def move(draft: AnswerInput, key: str, count: int) -> AnswerInput | None:
    """Move the cursor among ``count`` rows, going around at both ends."""
    if key == "down":
        return replace(draft, cursor=(draft.cursor + 1) % count)
    if key == "up":
        return replace(draft, cursor=(draft.cursor - 1) % count if draft.cursor > 0 else count - 1)
    places = {"home": 0, "end": count - 1}
    return replace(draft, cursor=places[key]) if key in places else None


def type_key(draft: AnswerInput, key: str) -> AnswerInput | None:
    """Return the input after a key that edits words; ``None`` for any other key."""
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
    """Insert typed or pasted text, on one line, up to the length of a reply."""
    clean = " ".join(text.splitlines()) if text.strip() else text[:1]
    typed = "".join(" " if c.isspace() else c for c in clean if c.isspace() or clean_reply(c))
    room = MAX_REPLY_LENGTH - len(draft.words)
    words = draft.words[: draft.cursor] + typed[:room] + draft.words[draft.cursor :]
    return replace(draft, words=words, cursor=draft.cursor + len(typed[:room]))
