"""Names of sources and passages for readers, such as ``Anti-fraud law, Art. 31 (2)``."""

import re
from collections.abc import Callable, Sequence

from quizgen.ids import slug_of
from quizgen.model import Source
from quizgen.text.languages import Text, localize
from quizgen.text.messages import _
from quizgen.text.numerals import format_chinese_numeral

_ARTICLE = re.compile(r"art(?P<number>\d+)(?P<inserted>[a-z]?)(?:-(?P<paragraph>\d+))?")
_ANSWER = re.compile(r"q(?P<number>\d+)-a(?P<paragraph>\d+)")
_PLAIN = re.compile(r"(?P<kind>[npq])(?P<number>\d+)")
_KINDS = {"n": _("item {number}"), "p": _("para. {number}"), "q": _("question {number}")}
_WITH_PARAGRAPH = {
    _("Art. {number}"): _("Art. {number} ({paragraph})"),
    _("Art. {number}-{inserted}"): _("Art. {number}-{inserted} ({paragraph})"),
    _("answer {number}"): _("answer {number} ({paragraph})"),
}


class _MessageNumber(int):
    """A number that a message can show as a Chinese numeral, with ``{number:han}``."""

    def __format__(self, how: str) -> str:
        """Return the number as text: a Chinese numeral for the format "han", and digits otherwise."""
        return format_chinese_numeral(self) if how == "han" else format(int(self), how)


def passage_name(slug: str, language: str) -> str:
    """Return the name of a passage, made from its id within the source: ``Art. 31 (2)`` for ``art31-2``.

    ``art287a`` is an article inserted after Art. 287, ``n3`` an item with that number, ``p2`` a paragraph, and
    ``q1-a2`` the second paragraph of the answer to the first question. Any other id is returned unchanged.
    """
    if found := _ARTICLE.fullmatch(slug):
        name = _("Art. {number}-{inserted}") if found["inserted"] else _("Art. {number}")
        inserted = ord(found["inserted"] or "a") - ord("a") + 1
    elif found := _ANSWER.fullmatch(slug):
        name, inserted = _("answer {number}"), 0
    elif found := _PLAIN.fullmatch(slug):
        return _KINDS[found["kind"]].with_values(number=int(found["number"])).translated(language)
    else:
        return slug
    paragraph = int(found["paragraph"] or 1)
    name = name if paragraph == 1 else _WITH_PARAGRAPH[name]
    numbers = {"number": found["number"], "inserted": inserted, "paragraph": paragraph}
    values = {each: _MessageNumber(number) for each, number in numbers.items()}
    return name.with_values(**values).translated(language)


def format_citation(source: Source, passages: Sequence[str], language: str) -> str:
    """Return one short line that names passages of a source. ``passages`` are their full ids.

    If the source has no short title, its whole title is used, in quotation marks.
    """
    names = [passage_name(slug_of(passage), language) for passage in passages]
    if source.short:
        return _("{title}, {passages}", title=short_title(source, language), passages=names).translated(
            language
        )
    title = localize(source.title, language)
    if source.basis == "notes":
        return _("our notes on “{title}”, {passages}", title=title, passages=names).translated(language)
    return _("“{title}”, {passages}", title=title, passages=names).translated(language)


def short_title(source: Source, language: str) -> str:
    """Return the short title of a source. If its passages are notes on the text, the title says so."""
    title = localize(source.short or source.title, language)
    return _("our notes on {title}", title=title).translated(language) if source.basis == "notes" else title


def date_or_undated(source: Source, language: str) -> str:
    """Return the date of a source, or words that say that it has none."""
    return source.date or _("undated").translated(language)


def full_title(source: Source, language: str, localize_text: Callable[[Text, str], str] = localize) -> str:
    """Return the title of a source with its publisher and date.

    If its passages are notes on the text, the title says so.

    ``localize_text`` is the function that returns a text in a language.
    """
    named = _full_title_placeholders(source, language, localize_text)
    if source.basis == "notes":
        return _("our notes on “{title}” ({publisher}, {date})", **named).translated(language)
    return _("{title} ({publisher}, {date})", **named).translated(language)


def source_sentence(
    source: Source, language: str, localize_text: Callable[[Text, str], str] = localize
) -> str:
    """Return a sentence that names the source of the facts of a quiz, with publisher and date."""
    named = _full_title_placeholders(source, language, localize_text)
    if source.basis == "notes":
        return _("Facts from our notes on “{title}”, {publisher}, {date}", **named).translated(language)
    return _("Facts from “{title}”, {publisher}, {date}", **named).translated(language)


def _full_title_placeholders(
    source: Source, language: str, localize_text: Callable[[Text, str], str]
) -> dict[str, str]:
    """Return the values for a message with the full title of a source."""
    return {
        "title": localize_text(source.title, language),
        "publisher": localize_text(source.publisher, language),
        "date": date_or_undated(source, language),
    }
