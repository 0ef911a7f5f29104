"""Words of a bank made safe to be shown, and time as people write it."""

import unicodedata
from datetime import date
from math import ceil

from quizgen.text.foreign import as_before
from quizgen.text.languages import Text, locale, localize

_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Show control and bidi characters as escapes, and any run of spaces as one, so that nothing acts."""
    return "".join(
        ascii(c)[1:-1] if c in _BIDI or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in " ".join(text.split())
    )


def visible_typed(typed: str) -> str:
    """Show what is being typed: as :func:`visible`, but with every space that was typed."""
    return "".join(c if c == " " else visible(c) for c in typed)


def shown(text: Text, language: str) -> str:
    """Give a text of a bank in a language, as it may be shown."""
    words = localize(text, language)
    return as_before(visible(words), words)


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
