"""Marking text that WeasyPrint must not break across lines."""

from markupsafe import Markup, escape

from quizgen.text.unbroken import split_unbroken_parts, unbroken_end_start


def keep_end(text: str, behind: str = "") -> Markup:
    """Mark the end of a text (``nobr`` in base.css), so that its last line is not one short word or two characters.

    ``behind`` is text right after it, such as a reference mark, which stays on the same line.
    """
    start = unbroken_end_start(text)
    if start == len(text):
        return whole(text) + behind
    return Markup("{}<nobr>{}{}</nobr>").format(whole(text[:start]), text[start:], behind)


def whole(text: str) -> Markup:
    """Mark each address in a text, and each number with its unit, so that they are not broken."""
    return Markup("").join(
        Markup("<nobr>{}</nobr>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(split_unbroken_parts(text))
    )
