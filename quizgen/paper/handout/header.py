"""The header of a handout: title, organiser, lines for name, date and score, and a link."""

from collections.abc import Sequence
from typing import Any

from quizgen.paper.design import (
    FINE_PRINT,
    LOGO_PATH,
    MM,
    Measures,
    QuizPaperDesign,
    check_head_length,
    sheet_title,
    sheet_title_language,
)
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.images import qr_code_svg, qr_module_count
from quizgen.paper.lines import break_lines, break_link, is_chinese, text_width
from quizgen.paper.press import LayoutElement
from quizgen.paper.shapes import paper_shape
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _
from quizgen.view.glossary import explain_words_of_paper

TITLE_SIZE = 1.9
"""Size of the title in ems, as in the style sheets."""

LOGO_LIMITS, LARGE_LOGO_LIMITS = (4.2, 9.0), (3.0, 6.0)
"""The largest height and width of a logo, in ems; less in large type, which leaves less room."""

MIN_LINK_SHARE = 0.4
"""Share of the header's width that a link has at least, beside directions of more than one line."""

DATE_LINE, SCORE_LINE = 6.5, 3.0
"""Lengths of the lines for a date and a score, in ems."""


MIN_NAME_LINE = 11.0
"""The smallest length of the line for a name in large print, in ems. If it is shorter, the score has a row of its own."""


def make_header_element(
    content: HandoutContent, design: QuizPaperDesign, *, for_scans: bool = False
) -> LayoutElement:
    """Return the layout element above the questions. ``for_scans``, circles are to be filled in, and no boxes ticked.

    Raises MisuseError if its texts do not fit on a page, or if a link is too long for a QR code.
    """
    language, link = content.language, design.link
    check_head_length(
        design, language, _("title, organiser, contact, date, link and logo leave no room for questions")
    )
    values = {
        "organiser": design.organiser,
        "date": design.date,
        "title_language": sheet_title_language(design, language),
        "logo": LOGO_PATH if design.logo else "",
        "qr": qr_code_svg(link) if link else "",
        "quiet": 4 / qr_module_count(link) if link else 0,
        "href": link,
        "total": content.count,
        # In large type, where each line counts, only questions with several right answers say how to answer.
        "directions": _directions(for_scans=for_scans).translated(language)
        if design.text_size == "normal"
        and any(
            paper_shape(question.answer).asks_for_one_tick(question)
            for question in map(content.question_view, content.questions)
        )
        else "",
        "words": explain_words_of_paper([content.question_view(each) for each in content.questions]),
        "labelled": bool(content.labels),
        "large": design.text_size == "large",
    }
    return LayoutElement(
        ("header",), values, lambda measures: _values_for_type_size(values, design, language, measures)
    )


def _directions(*, for_scans: bool) -> Message:
    """Return what to do for each question."""
    if for_scans:
        return _("Fill in one circle for each question, unless it says otherwise.")
    return _("Tick one box for each question, unless it says otherwise.")


def _values_for_type_size(
    values: dict[str, Any], design: QuizPaperDesign, language: str, measures: Measures
) -> dict[str, Any]:
    """Return the template values that depend on the type size, such as the lines of the title."""
    is_large = values["large"]
    code = (1 + values["quiet"]) * 25 * MM + 2 if values["qr"] else 0
    main = width = measures.width - code
    max_height, max_width = LARGE_LOGO_LIMITS if is_large else LOGO_LIMITS
    if design.logo:
        width -= (min(max_height * design.logo.aspect, max_width) + 0.9) * measures.size
    beside = text_width(f"{design.organiser} · {design.date}", bold=True) * measures.size
    lines, scale = break_title(sheet_title(design, language), measures.size, width, language, large=is_large)
    link, link_size = _break_link(values, language, measures, main)
    rows = _fill_in_rows(language, values["total"], measures.size, main, large=is_large)
    is_below_code = False
    if is_large and len(link) == len(rows) == 1:
        # Below the code, the link takes no line from the questions. The row beside it is shorter.
        beside_link = main + min(0, code - text_width(link[0]) * link_size - measures.size)
        shorter = _fill_in_rows(language, values["total"], measures.size, beside_link, large=is_large)
        if is_below_code := len(shorter) == 1:
            rows = shorter
    return {
        "main": round(main, 2),
        "headline": round(width, 2),
        "logo_size": (max_height, max_width),
        "is_spread": beside > width,  # then the date moves below the organiser
        "link": link,
        "link_size": link_size,
        "explained": _explained_words(values, language, measures, main),
        "lines": lines,
        "scale": scale,
        "link_is_below_code": is_below_code,
        "rows": rows,
    }


def _explained_words(values: dict[str, Any], language: str, measures: Measures, width: float) -> str:
    """Return as many explanations of words as fit on the line of the directions, so that they take no room from questions."""
    if not values["directions"] or values["href"]:
        return ""
    room = 0.98 * width / measures.size - text_width(values["directions"], han=is_chinese(language))
    explained = ""
    for each in values["words"]:
        longer = f"{explained}{locale(language).semicolon}{each}" if explained else f" {each}"
        if text_width(longer, han=is_chinese(language)) <= room:
            explained = longer
    return explained


def _break_link(
    values: dict[str, Any], language: str, measures: Measures, width: float
) -> tuple[list[str], float]:
    """Break the link into lines, beside the directions, or below them in large type."""
    if not values["href"]:
        return [], 0
    if not values["large"]:
        taken = text_width(values["directions"], han=is_chinese(language)) * measures.size
        width = max(MIN_LINK_SHARE * width, width - taken - 2 * measures.caption)
    smallest = FINE_PRINT["large" if values["large"] else "normal"]
    sizes = [size / 2 for size in range(int(2 * measures.caption), int(2 * smallest) - 1, -1)]
    return break_link(values["href"], sizes, width, language)


def _fill_in_rows(
    language: str, total: int, size: float, width: float, *, large: bool
) -> list[list[tuple[str, float]]]:
    """Return the rows for name, date and score: each label with the length of its writing line in points."""
    labels = [each.translated(language) for each in (_("Name"), _("Date"), _("Score"))]
    total_width = text_width(f"/ {total}", han=is_chinese(language)) + 0.4

    def fill_in_row(
        row_labels: Sequence[str], later_lengths: Sequence[float], end_width: float
    ) -> list[tuple[str, float]]:
        """Return a row whose first writing line takes the room that the labels, the later lines and the end leave."""
        taken = sum(text_width(label, han=is_chinese(language)) + 0.4 for label in row_labels)
        taken += len(later_lengths) + end_width
        lengths = (width / size - taken - sum(later_lengths), *later_lengths)
        return [
            (label, round(length * size - 0.1, 2)) for label, length in zip(row_labels, lengths, strict=True)
        ]

    if large:
        in_one_row = fill_in_row([labels[0], labels[2]], (SCORE_LINE,), total_width)
        if in_one_row[0][1] >= MIN_NAME_LINE * size:
            return [in_one_row]
        return [fill_in_row(labels[:1], (), 0), fill_in_row(labels[2:], (), total_width)]
    return [fill_in_row(labels, (DATE_LINE, SCORE_LINE), total_width)]


def break_title(
    title: str, size: float, width: float, language: str, *, large: bool = False
) -> tuple[list[str], float]:
    """Break a title into lines of similar length; return them with the scale of the type.

    The type has TITLE_SIZE times ``size`` points, or down to four fifths of that if this saves a line. In ``large`` print it
    has at most four fifths, and down to three fifths if this saves a line or if several lines remain.
    """
    han = is_chinese(language)

    def lines(scale: float) -> list[str]:
        return break_lines(title, TITLE_SIZE * scale * size, width, bold=True, even=True, han=han)

    largest, *others = (0.8, 0.75, 0.7, 0.65, 0.6) if large else (1, 0.95, 0.9, 0.85, 0.8)
    full_size = lines(largest)
    for scale in others:
        if len(full_size) > 1 and len(smaller := lines(scale)) < len(full_size):
            return smaller, scale
    if large and len(full_size) > 1:
        return lines(others[-1]), others[-1]
    return full_size, largest
