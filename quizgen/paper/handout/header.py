"""The head of a handout's first page: title, organiser, what a person fills in, and a link."""

from collections.abc import Sequence
from typing import Any

from quizgen.paper.design import FINE_PRINT, LOGO_PATH, MM, Design, Measures, check_head_length, title_of
from quizgen.paper.handout.content import Content
from quizgen.paper.images import module_count, qr_code
from quizgen.paper.lines import break_lines, is_han, link_lines, text_width
from quizgen.paper.press import Piece
from quizgen.paper.shapes import paper_shape
from quizgen.text.messages import _

H1 = 1.9
"""Size of a title by the size of the type, as in the style sheets."""

LOGO, LARGE_LOGO = (4.2, 9.0), (3.0, 6.0)
"""The most that a logo may be high and wide, by the size of the type: large type has the room for words."""

LINK = 0.4
"""Share of a head's width that a link may have beside directions of more than a line."""

DATE, SCORE = 6.5, 3.0
"""How long the lines for a date and a score are, by the size of the type."""


def header_piece(content: Content, design: Design) -> Piece:
    """Make the piece at the head of the questions.

    Raises MisuseError for texts that no page has room for, and for a link that is too long for a QR code.
    """
    language, link = content.language, design.link
    check_head_length(
        design, language, _("title, organiser, contact, date, link and logo leave no room for questions")
    )
    values = {
        "organiser": design.organiser,
        "date": design.date,
        "logo": LOGO_PATH if design.logo else "",
        "qr": qr_code(link) if link else "",
        "quiet": 4 / module_count(link) if link else 0,
        "href": link,
        "total": content.count,
        "ticks": any(
            paper_shape(question.answer).is_ticked_once(question)
            for question in map(content.view, content.questions)
        ),
        "labelled": bool(content.labels),
        "large": design.text_size == "large",
    }
    return Piece(("header",), values, lambda measures: _sized(values, design, language, measures))


def _sized(values: dict[str, Any], design: Design, language: str, measures: Measures) -> dict[str, Any]:
    """Give what depends on the size of the type: where title and link are broken, and how long the lines to fill in are."""
    is_large = values["large"]
    main = width = measures.width - ((1 + values["quiet"]) * 25 * MM + 2 if values["qr"] else 0)
    tallest, widest = LARGE_LOGO if is_large else LOGO
    if design.logo:
        width -= (min(tallest * design.logo.aspect, widest) + 0.9) * measures.size
    beside = text_width(f"{design.organiser} · {design.date}", bold=True) * measures.size
    lines, scale = title_lines(title_of(design, language), measures.size, width, language)
    link, link_size = _link_lines(values, language, measures, main)
    return {
        "main": round(main, 2),
        "headline": round(width, 2),
        "logo_size": (tallest, widest),
        "is_spread": beside > width,  # the date then stands below the organiser
        "link": link,
        "link_size": link_size,
        "lines": lines,
        "scale": scale,
        "rows": _person_rows(language, values["total"], measures.size, main, large=is_large),
    }


def _link_lines(
    values: dict[str, Any], language: str, measures: Measures, width: float
) -> tuple[list[str], float]:
    """Break the link in a head of this width: beside the directions, or in large type below them."""
    if not values["href"]:
        return [], 0
    if not values["large"]:
        directions = (
            _("Tick one box for each question, unless it says otherwise.").translated(language)
            if values["ticks"]
            else ""
        )
        taken = text_width(directions, han=is_han(language)) * measures.size
        width = max(LINK * width, width - taken - 2 * measures.caption)
    smallest = FINE_PRINT["large" if values["large"] else "normal"]
    sizes = [size / 2 for size in range(int(2 * measures.caption), int(2 * smallest) - 1, -1)]
    return link_lines(values["href"], sizes, width, language)


def _person_rows(
    language: str, total: int, size: float, width: float, *, large: bool
) -> list[list[tuple[str, float]]]:
    """Give what a person fills in, row by row: labels, and how long the line behind each is, in points.

    Dates and scores have as much room as they take, and the name has the rest; in large type it has a row of its own.
    """
    labels = [each.translated(language) for each in (_("Name"), _("Date"), _("Score"))]
    ends = text_width(f"/ {total}", han=is_han(language)) + 0.4

    def row(shown: Sequence[str], lines: Sequence[float], behind: float) -> list[tuple[str, float]]:
        taken = sum(text_width(label, han=is_han(language)) + 0.4 for label in shown) + len(lines) + behind
        first = width / size - taken - sum(lines)
        return [
            (label, round(line * size - 0.1, 2)) for label, line in zip(shown, (first, *lines), strict=True)
        ]

    if large:
        return [row(labels[:1], (), 0), row(labels[1:], (SCORE,), ends)]
    return [row(labels, (DATE, SCORE), ends)]


def title_lines(title: str, size: float, width: float, language: str) -> tuple[list[str], float]:
    """Break a title into lines of like length, in type of H1 times ``size`` points, or four fifths of that to have fewer lines."""
    han = is_han(language)

    def lines(scale: float) -> list[str]:
        return break_lines(title, H1 * scale * size, width, bold=True, even=True, han=han)

    whole = lines(1)
    for scale in (0.95, 0.9, 0.85, 0.8):
        if len(whole) > 1 and len(smaller := lines(scale)) < len(whole):
            return smaller, scale
    return whole, 1
