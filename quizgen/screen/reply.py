"""A typed line -> a response, leniently; and a response -> the line that gives it.

Options, choices and steps are known by letter, the prompts of a match by number, as they are printed.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from string import ascii_lowercase
from typing import assert_never

from quizgen.language import read
from quizgen.model import Answer, Choose, Fill, Match, Order, Response

LONGEST = 500
"""No reply has more characters than this; more is a slip of the clipboard."""


class Command(Enum):
    """What can be typed in place of an answer."""

    SKIP = "s"
    STOP = "q"
    HELP = "?"


_COMMANDS = {command.value: command for command in Command} | {
    "skip": Command.SKIP,
    "quit": Command.STOP,
    "help": Command.HELP,
}
_TRUTHS = {
    **dict.fromkeys(("t", "true", "对", "對", "是", "正确", "正確"), 0),
    **dict.fromkeys(("f", "false", "错", "錯", "否", "错误", "錯誤"), 1),
}


def parse(answer: Answer, line: str) -> tuple[int, ...] | str | Command | None:
    """Read a line as a response to that answer's question, or as a command; ``None`` is not understood.

    Width, case and punctuation do not matter. Where a blank waits for words, only a lone ``s``, ``q``
    or ``?`` is a command.
    """
    if len(line) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", line).casefold().strip()
    if isinstance(answer, Fill):
        lone = {command.value: command for command in Command}.get(text)
        return lone or as_typed(line) or None
    if command := _COMMANDS.get(text):
        return command
    # Everything between the letters and digits is a separator, whichever one prefers.
    bare = "".join(c for c in text if c.isalnum())
    match answer:
        case Choose(options=options, style=style):
            return _options(bare, len(options), style)
        case Match(prompts=prompts, choices=choices):
            return _pairs(bare, len(prompts), len(choices))
        case Order(steps=steps):
            # Letters only: "2 3 1" could as well number the steps as they stand.
            order = _letters(bare, len(steps))
            return order if order and sorted(order) == list(range(len(steps))) else None
        case _:
            assert_never(answer)


def as_typed(line: str) -> str:
    """Give a line as words, without control characters and lone surrogates, which no bank or file takes."""
    kept = "".join(c for c in line[:LONGEST] if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.split())


def written(answer: Answer, response: Response) -> str:
    """Write a response as it is typed: ``b``, ``a c``, ``t``, ``1b 2a``, ``c a b`` or words; "" for a skip."""
    if response is None or isinstance(response, str):
        return response or ""
    match answer:
        case Choose(style="truth"):
            return " ".join("tf"[index] for index in response)
        case Match():
            return " ".join(f"{row + 1}{ascii_lowercase[choice]}" for row, choice in enumerate(response))
        case Choose() | Order() | Fill():
            return " ".join(ascii_lowercase[index] for index in response)
        case _:
            assert_never(answer)


def written_key(answer: Answer, language: str) -> str:
    """Write the right response as it is typed; for a blank, the best words in that language."""
    if isinstance(answer, Fill):
        return read({tag: words[0] for tag, words in answer.accept.items()}, language)
    return written(answer, answer.keys if isinstance(answer, Choose) else answer.key)


def _options(bare: str, count: int, style: str) -> tuple[int, ...] | None:
    if style == "truth" and bare in _TRUTHS:
        return (_TRUTHS[bare],)
    chosen = _digits(bare, count) or _letters(bare, count)
    if not chosen or (style != "several" and len(chosen) > 1):
        return None
    return tuple(sorted(set(chosen)))


def _pairs(bare: str, rows: int, choices: int) -> tuple[int, ...] | None:
    """Read ``1b2a3c``, in any order of rows, or ``bac``; each row and each choice serves once."""
    if re.fullmatch(r"(?:[1-9][a-z])+", bare):
        found = sorted(re.findall(r"([1-9])([a-z])", bare))
        if [row for row, _ in found] != [str(row + 1) for row in range(rows)]:
            return None
        bare = "".join(choice for _, choice in found)
    chosen = _letters(bare, choices)
    return chosen if chosen and len(chosen) == rows == len(set(chosen)) else None


def _letters(bare: str, count: int) -> tuple[int, ...] | None:
    return _indices(bare, ascii_lowercase[:count])


def _digits(bare: str, count: int) -> tuple[int, ...] | None:
    return _indices(bare, "123456789"[:count])


def _indices(bare: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """Look each character up among the names; ``None`` if there is none, or one that is no name."""
    if not bare or any(character not in names for character in bare):
        return None
    return tuple(names.index(character) for character in bare)
