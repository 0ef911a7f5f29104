"""The input of an answer, key by key, until it is sent. Pure functions that all answer shapes use.

A key is a single character, or one of ``up``, ``down``, ``home``, ``end``, ``left``, ``right``, ``enter``,
``backspace`` and ``delete``. Clicking a text has the effect of that text's key.
"""

from collections.abc import Sequence
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
    """What a person has chosen or typed so far.

    ``cursor`` is the index of an option, a prompt or a step; if the answer is words, it is the position
    in ``words``. What ``chosen`` has depends on the answer shape.
    """

    cursor: int = NO_ROW
    chosen: tuple[int, ...] = ()
    words: str = ""


class KeyHelp(Struct, frozen=True):
    """A line of the list of keys: how the screen shows a key, what the key does, and what a click on the line presses.

    ``key`` is "" if a click on the line does nothing.
    """

    cap: str
    meaning: Message
    key: str = ""


def key_range(names: Sequence[str]) -> str:
    """Return the cap for keys that follow each other: ``a–d``."""
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


class SentAnswer(Struct, frozen=True):
    """An answer that a person has sent."""

    response: Response


class IncompleteAnswer(Struct, frozen=True):
    """Input that a person has sent although something is missing.

    ``lacks`` is the message that says what is missing, and ``count`` how much.
    """

    draft: AnswerInput
    lacks: Message
    count: int = 0


KeyResult: TypeAlias = AnswerInput | SentAnswer | IncompleteAnswer | None
"""The result of a key; ``None`` if the key means nothing here."""


def row_for_key(key: str, count: int, *, takes_digits: bool = True) -> int | None:
    """Return the index of the option that a letter or a digit stands for; ``None`` for any other key."""
    for names in (ascii_lowercase, DIGITS) if takes_digits else (ascii_lowercase,):
        if len(key) == 1 and key in names[:count]:
            return names.index(key)
    return None


def move_cursor(draft: AnswerInput, key: str, count: int) -> AnswerInput | None:
    """Move the cursor among ``count`` rows; after the last row comes the first.

    Return ``None`` if the key does not move it.
    """
    if key == "down":
        return replace(draft, cursor=(draft.cursor + 1) % count)
    if key == "up":
        return replace(draft, cursor=(draft.cursor - 1) % count if draft.cursor > 0 else count - 1)
    places = {"home": 0, "end": count - 1}
    return replace(draft, cursor=places[key]) if key in places else None


def edit_words(draft: AnswerInput, key: str) -> AnswerInput | None:
    """Return the input after a key that edits words; ``None`` for any other key."""
    at, words = draft.cursor, draft.words
    if key == "backspace":
        return AnswerInput(cursor=max(at - 1, 0), words=words[: max(at - 1, 0)] + words[at:])
    if key == "delete":
        return replace(draft, words=words[:at] + words[at + 1 :])
    places = {"left": max(at - 1, 0), "right": min(at + 1, len(words)), "home": 0, "end": len(words)}
    if key in places:
        return replace(draft, cursor=places[key])
    return insert_text(draft, key) if len(key) == 1 else None


def insert_text(draft: AnswerInput, text: str) -> AnswerInput:
    """Insert typed or pasted text at the cursor, in one line, up to the largest length of a reply."""
    clean = " ".join(text.splitlines()) if text.strip() else text[:1]
    typed = "".join(" " if c.isspace() else c for c in clean if c.isspace() or clean_reply(c))
    room = MAX_REPLY_LENGTH - len(draft.words)
    words = draft.words[: draft.cursor] + typed[:room] + draft.words[draft.cursor :]
    return replace(draft, words=words, cursor=draft.cursor + len(typed[:room]))
