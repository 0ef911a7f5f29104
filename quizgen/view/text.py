"""Texts made safe to display, and times and dates in the format of a language."""

import re
from datetime import date
from math import ceil

from quizgen.text.characters import escape_forbidden
from quizgen.text.languages import Text, locale, localize


def make_single_line(text: str) -> str:
    """Return a text in one line, with single spaces; control characters are shown as their code numbers."""
    return escape_forbidden(" ".join(text.split()))


def make_input_visible(typed_text: str) -> str:
    """Return typed text like :func:`make_single_line`, but with every space that was typed."""
    return "".join(c if c == " " else make_single_line(c) for c in typed_text)


def localize_for_display(text: Text, language: str) -> str:
    """Return a text of the question bank in a language, safe to display."""
    return make_single_line(localize(text, language))


def format_clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, rounded up."""
    whole = ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def format_date(day: date, language: str) -> str:
    """Return a date in the format of a language."""
    form = locale(language)
    return form.date.format(day=day.day, month=form.months[day.month - 1], year=day.year)


def format_short_date(day: date, language: str) -> str:
    """Return a date without its year, such as 28 Nov."""
    form = locale(language)
    return form.short_date.format(day=day.day, month=form.short_months[day.month - 1])


def format_due(due: tuple[date, str], language: str) -> str:
    """Return when something is due: a date and, if it is today, a time such as 12:30."""
    return f"{format_date(due[0], language)} {due[1]}".rstrip()


def space_after(label: str) -> str:
    """Return the space to put after a label: none after Chinese punctuation, one in other scripts."""
    return "" if not label or label.endswith("：") else " "


def shorten_link(link: str) -> str:
    """Return a web address as people read it out: without ``https://``, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")
