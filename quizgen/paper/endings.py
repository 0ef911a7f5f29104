"""What stays in one line, marked for WeasyPrint, which breaks the lines of running text."""

from markupsafe import Markup, escape

from quizgen.text.foreign import html_as_before
from quizgen.text.unbroken import ending, unbroken_parts


def kept(text: str, behind: str = "") -> Markup:
    """Keep the end of a text in one line (``nobr`` in base.css), so that its last line is not a short word or two characters.

    What stands right ``behind`` it, a reference mark for one, is kept with it.
    """
    plain = str(text)
    start = ending(plain)
    if start == len(plain):
        made = whole(plain) + behind
    else:
        made = Markup("{}<nobr>{}{}</nobr>").format(whole(plain[:start]), plain[start:], behind)
    return html_as_before(made, text)


def whole(text: str) -> Markup:
    """Keep each address in a text, and each number with what it counts, in one line."""
    return Markup("").join(
        Markup("<nobr>{}</nobr>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(unbroken_parts(text))
    )
