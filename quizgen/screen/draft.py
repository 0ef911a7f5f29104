"""An answer in the making, key by key, until it is sent. Pure; every shape works with keys alone.

A key is a single character, or one of ``up``, ``down``, ``home``, ``end``, ``left``, ``right``, ``enter``,
``backspace`` and ``delete``. A click is the key of what was clicked.
"""

from string import ascii_lowercase
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response
from quizgen.shapes.fill import LONGEST_REPLY, as_typed

NOWHERE = -1
"""A cursor that is on no row yet, so that Enter pressed once too often answers nothing; a choice not made."""

_DIGITS = "123456789"


class Draft(Struct, frozen=True):
    """What is chosen or typed so far.

    ``cursor`` is a row: an option, a prompt or a step; for ``Fill``, the place in ``words``. ``chosen``
    are, for ``Choose``, the options ticked, ascending; for ``Order``, the steps so far; for ``Match``,
    the choice for each prompt, or NOWHERE.
    """

    cursor: int = NOWHERE
    chosen: tuple[int, ...] = ()
    words: str = ""


class Sent(Struct, frozen=True):
    """The draft as an answer."""

    response: Response


Pressed: TypeAlias = Draft | Sent | None


def begun(answer: Answer) -> Draft:
    """Give the draft with which a question begins."""
    if isinstance(answer, Match):
        return Draft(cursor=0, chosen=(NOWHERE,) * len(answer.prompts))
    return Draft(cursor=0) if isinstance(answer, Fill) else Draft()


def press(answer: Answer, draft: Draft, key: str) -> Pressed:
    """Give what a key makes of a draft; ``None`` for a key that means nothing here."""
    match answer:
        case Choose(options=options, style="several"):
            return _several(draft, key, len(options))
        case Choose(options=options, style=style):
            return _one(draft, key, len(options), truth=style == "truth")
        case Match():
            return _match(answer, draft, key)
        case Order(steps=steps):
            return _order(draft, key, len(steps))
        case Fill():
            return _fill(draft, key)
        case _:
            assert_never(answer)


def insert(draft: Draft, text: str) -> Draft:
    """Put text, typed or pasted, into the words of a ``Fill``, on one line and no longer than a reply is."""
    clean = " ".join(text.splitlines()) if text.strip() else text[:1]
    typed = "".join(" " if c.isspace() else c for c in clean if c.isspace() or as_typed(c))
    room = LONGEST_REPLY - len(draft.words)
    words = draft.words[: draft.cursor] + typed[:room] + draft.words[draft.cursor :]
    return replace(draft, words=words, cursor=draft.cursor + len(typed[:room]))


def _one(draft: Draft, key: str, count: int, *, truth: bool) -> Pressed:
    if truth and key in ("t", "f"):
        return Sent(("tf".index(key),))
    if (row := _named(key, count)) is not None:
        return Sent((row,))
    if key in ("enter", " ") and draft.cursor != NOWHERE:
        return Sent((draft.cursor,))
    return _moved(draft, key, count)


def _several(draft: Draft, key: str, count: int) -> Pressed:
    row = draft.cursor if key == " " and draft.cursor != NOWHERE else _named(key, count)
    if row is not None:
        ticked = set(draft.chosen) ^ {row}
        return replace(draft, cursor=row, chosen=tuple(sorted(ticked)))
    if key == "enter":
        return Sent(draft.chosen) if draft.chosen else None
    return _moved(draft, key, count)


def _order(draft: Draft, key: str, count: int) -> Pressed:
    """Take steps by letter in order; a step taken already is given back. A digit would be ambiguous."""
    if key == "backspace" and draft.chosen:
        return replace(draft, chosen=draft.chosen[:-1])
    if key == "enter" and len(draft.chosen) == count:
        return Sent(draft.chosen)
    row = _named(key, count, digits=False)
    if key == " " or (key == "enter" and draft.cursor not in draft.chosen):
        row = draft.cursor if draft.cursor != NOWHERE else None
    if row is None:
        return _moved(draft, key, count)
    left = tuple(step for step in draft.chosen if step != row)
    return replace(draft, cursor=row, chosen=left if row in draft.chosen else (*draft.chosen, row))


def _match(answer: Match, draft: Draft, key: str) -> Pressed:
    """Give each prompt a choice by letter; a digit picks the prompt, Space goes through the choices."""
    count = len(answer.prompts)
    if key == "enter":
        return _all_matched(draft)
    if key in ("backspace", " "):
        free = [c for c in range(len(answer.choices)) if c not in draft.chosen]
        after = [c for c in free if c > draft.chosen[draft.cursor]]
        choice = next(iter(after or free), NOWHERE) if key == " " else NOWHERE
        return replace(draft, chosen=_with(draft.chosen, draft.cursor, choice))
    if key in _DIGITS[:count]:
        return replace(draft, cursor=_DIGITS.index(key))
    named = _named(key, len(answer.choices), digits=False)
    return _moved(draft, key, count) if named is None else _matched(draft, named)


def _all_matched(draft: Draft) -> Pressed:
    """Send a draft in which every prompt has its choice, or go to the first that lacks one."""
    if NOWHERE not in draft.chosen:
        return Sent(draft.chosen)
    empty = draft.chosen.index(NOWHERE)
    return None if empty == draft.cursor else replace(draft, cursor=empty)


def _matched(draft: Draft, choice: int) -> Draft:
    """Give the prompt under the cursor a choice, and go to the next that lacks one."""
    count = len(draft.chosen)
    chosen = tuple(NOWHERE if c == choice else c for c in draft.chosen)  # no choice serves twice
    chosen = _with(chosen, draft.cursor, choice)
    rows = (row % count for row in range(draft.cursor, draft.cursor + count))
    waiting = [row for row in rows if chosen[row] == NOWHERE]
    return replace(draft, chosen=chosen, cursor=waiting[0] if waiting else draft.cursor)


def _fill(draft: Draft, key: str) -> Pressed:
    words = draft.words
    if key == "enter":
        return Sent(as_typed(words)) if as_typed(words) else None
    return write(draft, key)


def write(draft: Draft, key: str) -> Draft | None:
    """Give what a key makes of words being typed; ``None`` for a key that means nothing to them."""
    at, words = draft.cursor, draft.words
    if key == "backspace":
        return Draft(cursor=max(at - 1, 0), words=words[: max(at - 1, 0)] + words[at:])
    if key == "delete":
        return replace(draft, words=words[:at] + words[at + 1 :])
    places = {"left": max(at - 1, 0), "right": min(at + 1, len(words)), "home": 0, "end": len(words)}
    if key in places:
        return replace(draft, cursor=places[key])
    return insert(draft, key) if len(key) == 1 else None


def _moved(draft: Draft, key: str, count: int) -> Draft | None:
    """Move the cursor, round at both ends."""
    if key == "down":
        return replace(draft, cursor=(draft.cursor + 1) % count)
    if key == "up":
        return replace(draft, cursor=(draft.cursor - 1) % count if draft.cursor > 0 else count - 1)
    places = {"home": 0, "end": count - 1}
    return replace(draft, cursor=places[key]) if key in places else None


def _named(key: str, count: int, *, digits: bool = True) -> int | None:
    """Give the row that a letter or a digit names."""
    for names in (ascii_lowercase, _DIGITS) if digits else (ascii_lowercase,):
        if len(key) == 1 and key in names[:count]:
            return names.index(key)
    return None


def _with(values: tuple[int, ...], index: int, value: int) -> tuple[int, ...]:
    return (*values[:index], value, *values[index + 1 :])
