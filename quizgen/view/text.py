"""Words of a bank made safe to be shown, and time as people write it."""

import re
from datetime import date
from math import ceil

from quizgen.text.characters import visible
from quizgen.text.foreign import as_before
from quizgen.text.languages import Text, locale, localize


def on_one_line(text: str) -> str:
    """Write a text with single spaces and no line breaks, and characters that would act on the screen as their numbers."""
    return visible(" ".join(text.split()))


def visible_typed(typed: str) -> str:
    """Show what is being typed: as :func:`on_one_line`, but with every space that was typed."""
    return "".join(c if c == " " else on_one_line(c) for c in typed)


def shown(text: Text, language: str) -> str:
    """Give a text of a bank in a language, as it may be shown."""
    words = localize(text, language)
    return as_before(on_one_line(words), words)


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, the last one counted until it is over."""
    whole = ceil(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def written_date(day: date, language: str) -> str:
    """Write a date as people of that language do."""
    form = locale(language)
    return form.date.format(day=day.day, month=form.months[day.month - 1], year=day.year)


def space_after(label: str) -> str:
    """Give the blank that a label's script wants behind it."""
    return "" if not label or label.endswith("：") else " "


def link_shown(link: str) -> str:
    """Write an address as people read it out: without its scheme, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")
