"""Messages: texts of the program, which are shown in the language of the reader.

The code has them in English: ``_("There are no attempts yet.")``. The gettext catalogues in ``locales/`` have
the other languages. A message that a catalogue lacks is shown in English. ``scripts/locales`` collects the
messages from the calls of these functions.
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
    find_language,
    interface_language,
    locale,
    locale_folder,
)

if TYPE_CHECKING:
    from gettext import NullTranslations


@dataclass(frozen=True)
class Message:
    """A text for a reader whose language is not known yet, such as ``_("{count} of {total}", count=3, total=10)``.

    ``values`` replace the names in braces. A value that is a message is translated, a sequence becomes a list,
    and anything else, such as a text that the user typed, is shown as it is. ``plural`` is the English text if
    ``count`` is not 1. ``context`` tells apart messages that are the same in English and differ in another
    language.
    """

    english: str
    values: tuple[tuple[str, object], ...] = ()
    context: str = ""
    plural: str = ""
    count: int = 0

    def translated(self, language: str) -> str:
        """Return the text in a language.

        A translation that is missing, or that does not fit the values, is replaced by English.
        """
        words = self._translation(language)
        if words is not None:
            try:
                return self._fill_in(words, language)
            except (KeyError, ValueError, IndexError, AttributeError, TypeError):
                pass  # a test of the catalogues names placeholders that do not fit
        return self._fill_in(self._in_english, FALLBACK)

    def has_translation(self, language: str) -> bool:
        """Return whether there is a translation into a language."""
        return find_language(language) == FALLBACK or self._translation(language) is not None

    def with_values(self, **values: object) -> "Message":
        """Return the same message with more values."""
        return replace(self, values=(*self.values, *values.items()))

    @property
    def _in_english(self) -> str:
        """The English text, singular or plural."""
        return self.plural if self.plural and self.count != 1 else self.english

    def _translation(self, language: str) -> str | None:
        """Return the translation without its values filled in, or ``None`` if there is none."""
        translations = load_catalogue(interface_language(language))
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

    def _fill_in(self, text: str, language: str) -> str:
        """Return a text with the values filled in."""
        if not self.values:
            return text
        return text.format_map({name: _format_value(value, language) for name, value in self.values})

    def __str__(self) -> str:
        """Return the text in English."""
        return self.translated(FALLBACK)

    def __bool__(self) -> bool:
        """Return whether the message has a text."""
        return bool(self.english)

    def __lt__(self, other: object) -> bool:
        """Return whether the English text sorts before another."""
        return str(self) < str(other)

    def __gt__(self, other: object) -> bool:
        """Return whether the English text sorts after another."""
        return str(self) > str(other)


NOTHING = Message("")
"""A message without words, such as the hint of a problem that has none."""


def _(english: str, /, **values: object) -> Message:
    """Return a message with an English text and the values for its placeholders."""
    return Message(english, tuple(values.items()))


def ngettext(one: str, many: str, count: int, /, **values: object) -> Message:
    """Return a message with a singular and a plural text. Both can show the number as ``{count}``."""
    return Message(one, (("count", count), *values.items()), plural=many, count=count)


def pgettext(context: str, english: str, /, **values: object) -> Message:
    """Return a message with an English text that has different translations in different places, such as "Right".

    ``context`` says which place this is.
    """
    return Message(english, tuple(values.items()), context)


def N_(english: str) -> str:  # noqa: N802  what gettext's users call it
    """Return an English text unchanged, and mark it for the catalogues.

    ``Message(text)`` translates it when it is shown.
    """
    return english


def as_is(text: str) -> Message:
    """Return a message that is the same in every language, such as a text that the user typed."""
    return Message("{words}", (("words", text),))


def translations_of(message: Message) -> Text:
    """Return a message as a mapping from language to text, in each language of the program that is not converted from another."""
    return {
        tag: str(message.translated(tag))
        for tag in LANGUAGES
        if not locale(tag).base and message.has_translation(tag)
    }


def in_brackets(notes: Sequence[str], language: str) -> str:
    """Return notes in brackets, with commas between them, as a language writes them. Without notes, return ""."""
    if not notes:
        return ""
    joined = locale(language).comma.join(notes)
    return locale(language).aside.format(joined)


def template_functions(language: str) -> Mapping[str, Callable[..., str]]:
    """Return ``_``, ``ngettext`` and ``pgettext`` for templates. They return texts in a language.

    The functions of ``jinja2.ext.i18n`` are not used, because they fill in ``%(name)s`` instead of ``{name}``,
    and expect messages with HTML.
    """
    return {
        "_": lambda *texts, **values: _(*texts, **values).translated(language),
        "ngettext": lambda *texts, **values: ngettext(*texts, **values).translated(language),
        "pgettext": lambda *texts, **values: pgettext(*texts, **values).translated(language),
    }


@cache
def load_catalogue(language: str) -> "NullTranslations | None":
    """Return the gettext catalogue of a language. Return ``None`` for English, and if the catalogue cannot be read.

    The catalogue raises LookupError for a message without a translation.
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
        with (locale_folder(language) / "LC_MESSAGES" / "quizgen.mo").open("rb") as file:
            translations = GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None
    translations.add_fallback(Missing())
    return translations


class _FormattedList:
    """The members of a list in a message: ``{names}`` shows "a, b, c", ``{names:either}`` "a, b or c", and ``{names:both}`` "a, b and c"."""

    def __init__(self, members: Sequence[str], form: Locale) -> None:
        """Make a list of texts in the language with these conventions."""
        self._members, self._form = members, form

    def __format__(self, join_word: str) -> str:
        """Return the members with commas; with "either" or "both", the last two are joined by "or" or "and"."""
        *others, last = self._members or [""]
        if not (join_word and others):
            return self._form.comma.join(self._members)
        before, joiner = self._form.comma.join(others), getattr(self._form, join_word)
        if joiner == joiner.strip():  # Chinese has a space between its characters and Latin letters
            joiner = f"{' ' * before[-1:].isascii()}{joiner}{' ' * last[:1].isascii()}"
        return f"{before}{joiner}{last}"


def _format_value(value: object, language: str) -> object:
    """Return a value as a message shows it: a message is translated, a sequence becomes a list, anything else is unchanged."""
    if hasattr(value, "translated"):  # a message, or a problem
        return value.translated(language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _FormattedList([str(_format_value(each, language)) for each in value], locale(language))
    return value
