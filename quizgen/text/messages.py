"""What the interface says, in the language of its reader.

Messages stand in the tables of a language's file, by name. What a file leaves out is said in English, as
:class:`~quizgen.text.foreign.Foreign`. The file of a derived language holds only what the converter gets wrong.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from quizgen.text import languages
from quizgen.text.foreign import Foreign
from quizgen.text.languages import FALLBACK, LANGUAGES, Locale, Text, derived, language_of_tag, locale


@dataclass(frozen=True)
class Message:
    """Something to be said, whose words are chosen once the reader's language is known.

    ``id`` is that of a message (``table.name``); ``values`` fill its ``{names}``. Values are shown as they
    are, since they are the user's own, but for messages among them, and sequences, which become lists.
    """

    id: str
    values: tuple[tuple[str, object], ...] = ()

    def said(self, language: str) -> str:
        """Say it in a language."""
        return message(language, self.id, **dict(self.values))

    def __str__(self) -> str:
        return self.said(FALLBACK)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __gt__(self, other: object) -> bool:
        return str(self) > str(other)


Said: TypeAlias = Message | str
"""What is said: a message, or its id; or words that are said as they are, in whatever language."""

_ID = re.compile(r"[a-z]+\.[a-z0-9-]+")


def as_message(said: Said, values: Mapping[str, object] = MappingProxyType({})) -> Said:
    """Make a message of an id, filled with values; return words that are no id of ours as they are."""
    return text(said, **values) if isinstance(said, str) and _is_id(said) else said


def _is_id(words: str) -> bool:
    """Check whether words are the id of a message: ``take.score`` is, ``node.js`` is not."""
    return bool(_ID.fullmatch(words)) and words.partition(".")[2] in messages(
        FALLBACK, words.partition(".")[0]
    )


def spoken(said: Said, language: str) -> str:
    """Say it in a language."""
    found = as_message(said)
    return found.said(language) if isinstance(found, Message) else found


def text(id_: str, /, **values: object) -> Message:
    """Make a :class:`Message`."""
    return Message(id_, tuple(values.items()))


def counted(id_: str, count: int, /, **values: object) -> Message:
    """Say how many there are: by the message ``id_-one`` for one, by ``id_`` for any other number."""
    return text(f"{id_}-one" if count == 1 else id_, count=count, **values)


def in_every_language(id_: str, /, **values: object) -> Text:
    """Give an interface message as a text of a bank: in each language that has it and is not derived from another."""
    said = {tag: message(tag, id_, **values) for tag in LANGUAGES if not locale(tag).base}
    return {tag: words for tag, words in said.items() if not isinstance(words, Foreign)}


def aside(notes: Sequence[str], language: str) -> str:
    """Set notes in the brackets of a language."""
    if not notes:
        return ""
    joined = locale(language).comma.join(notes)
    return locale(language).aside.format(joined)


def message(language: str, id_: str, /, **values: object) -> str:
    """Give an interface message, such as ``message("en", "take.score", right=7, total=10)``.

    Where the language lacks it, it is English, and :class:`Foreign`. A message on one thing (``…-one``) that is not
    said apart is said as of many. Raises KeyError for a message or a value that there is not, which a test finds
    before any user does.
    """
    table, _, name = id_.partition(".")
    own, plural = messages(language, table), name.removesuffix("-one")
    words = own.get(name) or own.get(plural)
    if not words:
        if language == FALLBACK:
            raise KeyError(id_)
        return Foreign(message(FALLBACK, id_, **values), FALLBACK)
    if not values:
        return words
    return words.format_map({key: _shown(value, language) for key, value in values.items()})


@cache
def messages(language: str, table: str) -> Mapping[str, str]:
    """Give the messages of one table by name: what the language's file has, and what is derived.

    A language without a file that is one of ours as another country has it, as ``en-GB`` is, has the same.
    """
    if language not in LANGUAGES and (ours := language_of_tag(language)):
        return messages(ours, table)
    own: dict[str, str] = languages.table(language, table)
    base = locale(language).base
    if not base:
        return own
    return {name: derived(words, language) for name, words in messages(base, table).items()} | own


class _List:
    """Members of a list, shown as ``{names}`` (a, b, c), ``{names:either}`` (a, b or c) or ``{names:both}`` (a, b and c)."""

    def __init__(self, members: Sequence[str], form: Locale) -> None:
        self._members, self._form = members, form

    def __format__(self, how: str) -> str:
        *others, last = self._members or [""]
        if not (how and others):
            return self._form.comma.join(self._members)
        before, joint = self._form.comma.join(others), getattr(self._form, how)
        if joint == joint.strip() and before[-1:].isascii() and last[:1].isascii():
            joint = f" {joint} "  # as Chinese is set between Latin letters
        return f"{before}{joint}{last}"


def _shown(value: object, language: str) -> object:
    """Prepare a value for a message: messages are said, sequences become lists, all else stays."""
    if hasattr(value, "said"):  # a message, or a problem
        return value.said(language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _List([str(_shown(each, language)) for each in value], locale(language))
    return value
