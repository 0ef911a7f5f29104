"""Texts of a bank made safe to display, and times and dates as people write them."""

import re
from datetime import date
from math import ceil

from quizgen.text.characters import escape_forbidden
from quizgen.text.languages import Text, locale, localize


def on_one_line(text: str) -> str:
    """Return a text with single spaces and without line breaks; characters that act on the screen become numbers."""
    return escape_forbidden(" ".join(text.split()))


def visible_input(typed: str) -> str:
    """Return typed text like :func:`on_one_line`, but with every space that was typed."""
    return "".join(c if c == " " else on_one_line(c) for c in typed)


def display_text(text: Text, language: str) -> str:
    """Return a text of a bank in a language, safe to display."""
    return on_one_line(localize(text, language))


def format_clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, rounded up."""
    whole = ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def format_date(day: date, language: str) -> str:
    """Return a date as people write it in a language."""
    form = locale(language)
    return form.date.format(day=day.day, month=form.months[day.month - 1], year=day.year)


def space_after(label: str) -> str:
    """Return the space that goes after a label in its script."""
    return "" if not label or label.endswith("：") else " "


def display_link(link: str) -> str:
    """Return an address as people read it out: without its scheme, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")
