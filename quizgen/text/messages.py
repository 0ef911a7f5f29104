"""Texts of the interface, in the language of the reader.

English stands in the code: ``_("There are no attempts yet.")``. The catalogues in ``locales/`` hold the other
languages, as gettext has them. What a catalogue lacks is shown in English.
``scripts/locales`` collects the messages of these functions.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from quizgen.text.languages import (
    FALLBACK,
    LANGUAGES,
    Locale,
    Text,
    folder_of,
    interface_language,
    language_of_tag,
    locale,
)

if TYPE_CHECKING:
    from gettext import NullTranslations


@dataclass(frozen=True)
class Message:
    """Words for a reader whose language is not known yet, such as ``_("{count} of {total}", count=3, total=10)``.

    ``values`` take the place of the names in braces, in ``english`` and in every translation. A message among them
    is translated, a sequence becomes a list, and anything else, such as the user's own words, is shown as it is.
    ``plural`` is the English text where ``count`` is not one. ``context`` tells apart what is the same in English
    and differs in another language.
    """

    english: str
    values: tuple[tuple[str, object], ...] = ()
    context: str = ""
    plural: str = ""
    count: int = 0

    def translated(self, language: str) -> str:
        """Return the words in a language, or in English where a translation is missing or does not fit the values."""
        words = self._translation(language)
        if words is not None:
            try:
                return self._with_values(words, language)
            except (KeyError, ValueError, IndexError, AttributeError, TypeError):
                pass  # a test of the catalogues names placeholders that do not fit
        return self._with_values(self._in_english, FALLBACK)

    def is_in(self, language: str) -> bool:
        """Return whether there is a translation into a language."""
        return language_of_tag(language) == FALLBACK or self._translation(language) is not None

    def filled(self, **values: object) -> "Message":
        """Return the same message with more values."""
        return replace(self, values=(*self.values, *values.items()))

    @property
    def _in_english(self) -> str:
        return self.plural if self.plural and self.count != 1 else self.english

    def _translation(self, language: str) -> str | None:
        translations = catalogue(interface_language(language))
        if translations is None or not self.english:
            return None
        try:
            if self.plural:
                return translations.ngettext(self.english, self.plural, self.count)
            if self.context:
                return translations.pgettext(self.context, self.english)
            return translations.gettext(self.english)
        except LookupError:
            return None

    def _with_values(self, words: str, language: str) -> str:
        if not self.values:
            return words
        return words.format_map({name: _shown(value, language) for name, value in self.values})

    def __str__(self) -> str:
        return self.translated(FALLBACK)

    def __bool__(self) -> bool:
        return bool(self.english)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __gt__(self, other: object) -> bool:
        return str(self) > str(other)


NOTHING = Message("")
"""A message without words, such as the hint of a problem that has none."""


def _(english: str, /, **values: object) -> Message:
    """Return a message with an English text."""
    return Message(english, tuple(values.items()))


def ngettext(one: str, many: str, count: int, /, **values: object) -> Message:
    """Return a message with an English text for one and another for more; both can show the number as ``{count}``."""
    return Message(one, (("count", count), *values.items()), plural=many, count=count)


def pgettext(context: str, english: str, /, **values: object) -> Message:
    """Return a message with an English text that has other translations elsewhere; ``context`` tells them apart."""
    return Message(english, tuple(values.items()), context)


def N_(english: str) -> str:  # noqa: N802  what gettext's users call it
    """Return an English text unchanged. This marks it for the catalogues; ``Message(text)`` translates it when it is shown."""
    return english


def as_is(words: str) -> Message:
    """Return a message with words that no language changes, such as the user's own."""
    return Message("{words}", (("words", words),))


def translations_of(message: Message) -> Text:
    """Return a message as a text of a bank, in each language that has it and is not derived from another."""
    return {
        tag: str(message.translated(tag)) for tag in LANGUAGES if not locale(tag).base and message.is_in(tag)
    }


def aside(notes: Sequence[str], language: str) -> str:
    """Return notes in brackets, as a language writes them; "" without notes."""
    if not notes:
        return ""
    joined = locale(language).comma.join(notes)
    return locale(language).aside.format(joined)


def template_functions(language: str) -> Mapping[str, Callable[..., str]]:
    """Return ``_``, ``ngettext`` and ``pgettext`` for templates; they return words in a language.

    Those of ``jinja2.ext.i18n`` do not fit: they fill ``%(name)s``, not ``{name}``, and expect HTML in a message.
    """
    return {
        "_": lambda *texts, **values: _(*texts, **values).translated(language),
        "ngettext": lambda *texts, **values: ngettext(*texts, **values).translated(language),
        "pgettext": lambda *texts, **values: pgettext(*texts, **values).translated(language),
    }


@cache
def catalogue(language: str) -> "NullTranslations | None":
    """Return the translations into one of our languages; ``None`` for English, and if they cannot be read.

    A message without a translation raises LookupError.
    """
    if language == FALLBACK:
        return None
    from gettext import GNUTranslations, NullTranslations  # noqa: PLC0415  English needs none

    class Missing(NullTranslations):
        def gettext(self, message: str) -> str:
            raise LookupError(message)

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002  as its base class has it
            raise LookupError(msgid1)

        def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  as its base class has it
            raise LookupError(message)

    try:
        with (folder_of(language) / "LC_MESSAGES" / "quizgen.mo").open("rb") as file:
            translations = GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None
    translations.add_fallback(Missing())
    return translations


class _List:
    """Members of a list, shown as ``{names}`` (a, b, c), ``{names:either}`` (a, b or c) or ``{names:both}`` (a, b and c)."""

    def __init__(self, members: Sequence[str], form: Locale) -> None:
        self._members, self._form = members, form

    def __format__(self, how: str) -> str:
        *others, last = self._members or [""]
        if not (how and others):
            return self._form.comma.join(self._members)
        before, joint = self._form.comma.join(others), getattr(self._form, how)
        if joint == joint.strip():  # Chinese has a space between its characters and Latin letters
            joint = f"{' ' * before[-1:].isascii()}{joint}{' ' * last[:1].isascii()}"
        return f"{before}{joint}{last}"


def _shown(value: object, language: str) -> object:
    """Return a value as a message shows it: messages are translated, sequences become lists, all else is unchanged."""
    if hasattr(value, "translated"):  # a message, or a problem
        return value.translated(language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _List([str(_shown(each, language)) for each in value], locale(language))
    return value
