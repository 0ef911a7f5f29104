"""Mark parts of a text that WeasyPrint must not break across lines."""

from markupsafe import Markup, escape

from quizgen.text.unbroken import split_unbroken_parts, start_of_unbroken_end

_LONGEST_END = 60
"""The most characters that are kept on one line. A longer word is broken anyway."""


def keep_last_words_together(text: str, behind: str = "") -> Markup:
    """Mark the last words of a text (``nobr`` in base.css), so that the last line is not a single short word.

    ``behind`` is a text that follows directly, such as a reference mark, and stays on the same line.
    """
    start = start_of_unbroken_end(text)
    if start == len(text) or len(text) - start > _LONGEST_END:
        return keep_units_unbroken(text) + behind
    return Markup("{}<nobr>{}{}</nobr>").format(keep_units_unbroken(text[:start]), text[start:], behind)


def keep_units_unbroken(text: str) -> Markup:
    """Mark each web address, and each number with its unit, so that they stay on one line."""
    return Markup("").join(
        Markup("<nobr>{}</nobr>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(split_unbroken_parts(text))
    )
