"""A poster for lifts and lobbies: what to do, help numbers, and one question."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Candidates
from quizgen.model import Bank, Question
from quizgen.paper.choosing import QuestionSheet
from quizgen.paper.design import MM, PaperSize, SheetDesign, TextSize, sheet_title, sheet_title_language
from quizgen.paper.images import logo_size, qr_code_svg
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import break_lines, is_chinese, line_count, text_width
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.paper.sheets import (
    MIN_SIZE,
    HeadingType,
    StatementLines,
    TypeSize,
    asks_for_one_option,
    break_heading,
    choose_for_language,
    choose_help_numbers,
    fit_help_notes,
    fit_help_numbers,
    fit_lines,
    fit_statement,
    help_number_labels,
    lettered_options,
    link_caption,
    right_option_letter,
    sheet_page,
    source_names,
)
from quizgen.paper.take_home import MAX_VERBS, verb_statements
from quizgen.text.languages import localize_with_language
from quizgen.text.messages import N_, _
from quizgen.view.question import QuestionView

NAME = "poster"


class PosterPositions(Struct, frozen=True):
    """Positions on the poster, in millimetres from the top.

    ``side`` is the margin, ``row`` the height of a row, ``high`` that of the frame, ``code`` the width of a QR code. The
    content ends at ``foot``.
    """

    side: float
    row: float
    frame: float
    high: float
    teaser: float
    foot: float
    code: float
    head: float = 15
    headline: float = 35
    date: float = 84.5
    rule: float = 101
    rows: float = 107


PLACES: dict[tuple[PaperSize, TextSize], PosterPositions] = {
    ("A4", "normal"): PosterPositions(side=15, row=30, frame=197, high=40, teaser=241.5, foot=288.5, code=27),
    ("A4", "large"): PosterPositions(side=15, row=25, frame=183, high=37, teaser=225.5, foot=288.5, code=29),
    ("Letter", "normal"): PosterPositions(
        side=18, row=26, frame=182.5, high=40, teaser=226, foot=271, code=26
    ),
    ("Letter", "large"): PosterPositions(
        side=18, row=22.5, frame=174, high=36, teaser=214.5, foot=271, code=29
    ),
}

LOGO_LIMITS = 16 * MM, 45 * MM
"""The largest height and width of a logo, in points."""

HEAD_SIZE, HEAD_HEIGHT = 16, 18 * MM
"""The size of organiser and contact, if they fit, and the height for them, in points."""

DATE_SIZE, DATE_HEIGHT = 28, 15 * MM
"""The size of date, time and place of the talk, if they fit, and the height for them, in points."""

HEADLINES: dict[bool, tuple[HeadingType, ...]] = {
    True: (HeadingType(64, 74, 2), HeadingType(54, 64, 2), HeadingType(43, 54, 3), HeadingType(34, 44, 4)),
    False: (HeadingType(54, 58, 3), HeadingType(43, 49, 3), HeadingType(36, 42, 4)),
}
"""Forms of the headline in Chinese (True) and in other languages, the best first."""

HEADLINES_ABOVE_DATE: dict[bool, tuple[HeadingType, ...]] = {
    True: (HeadingType(62, 71, 2), HeadingType(54, 64, 2), HeadingType(42, 48, 3), HeadingType(32, 36, 4)),
    False: (HeadingType(46, 48, 3), HeadingType(40, 44, 3), HeadingType(34, 36, 4)),
}
"""The same if the date of the talk is below the headline."""

VERB, HOW = TypeSize(28, 32), TypeSize(18, 23)
"""Types of a verb and of what it means."""

STEM, OPTION = TypeSize(18, 23), TypeSize(16, 23)
"""Types of the question, which is called the teaser."""

SOLUTIONS: dict[TextSize, TypeSize] = {"normal": TypeSize(12, 14.5), "large": TypeSize(16, 20)}
"""Type of the teaser's answer. It stands upright, since nobody can turn a wall."""

MAX_LINES = 3
"""How many lines a teaser may have, with its rows of options."""

MAX_SOLUTION_LINES: dict[TextSize, int] = {"normal": 2, "large": 1}

LETTER, GAP = 22, 24
"""Width of the letter of an option, and the white space between options, in points."""

NUMBERS_SPLIT = 0.42
"""The share of the width for the emergency number, if the advice number is beside it."""

MIN_NOTE = 11.0
"""The smallest type of a note below a help number, in points."""

QUIET_ZONE = (2 * 4 + 5) * MM
"""White beside a QR code: 4 mm at each side, and 5 mm to the teaser."""


def print_poster(job: PrintJob, design: SheetDesign) -> PrintedSheet:
    """Print a poster on A4 or Letter. For A3, the user enlarges A4 to 141 %.

    Raises QuizgenError and MisuseError as ``choose_fitting_questions``, ``break_heading`` and ``Renderer`` do.
    """
    candidates = job.candidates()
    with Renderer(candidates.language, design.logo, design.colour) as renderer:
        poster = _Poster(renderer, candidates, design)
        document = poster.lay_out(poster.choose_questions(1, ("apply",)))
        about = PdfMetadata(
            ("" if is_chinese(candidates.language) else " ").join(poster.headline),
            design.organiser,
            candidates.language,
        )
        return PrintedSheet(renderer.write_pdf(document, about), _("a poster"))


class _Poster(QuestionSheet):
    """The poster in one size of type."""

    name: ClassVar[str] = NAME

    def __init__(self, renderer: Renderer, candidates: Candidates, design: SheetDesign) -> None:
        super().__init__(renderer, candidates)
        bank, language = self.bank, self.language
        self._page = sheet_page(design, NAME)
        self._design = design
        self._places = places = _poster_positions(bank, design)
        self._width = width = self._page.width - 2 * places.side * MM
        self._teaser_width = width - (places.code * MM + QUIET_ZONE if design.link else 0)
        self._solution = SOLUTIONS[design.text_size]
        self._small = (
            MIN_SIZE["large"] if design.text_size == "large" else choose_for_language(language, 9, 8)
        )

        own = next((each.text for each in bank.statements_with_role("headline")), {})
        headline, self._headline_language = (
            sheet_title(design, language),
            sheet_title_language(design, language),
        )
        is_bank_title = design.title in bank.declared.title.values()
        if own and (is_bank_title or not design.title):
            headline, self._headline_language = localize_with_language(own, language)
        headline_types = (HEADLINES_ABOVE_DATE if design.date else HEADLINES)[is_chinese(language)]
        self.headline, self._headline_type = break_heading(headline, headline_types, width, language)

        contact = _("Call us: {number}", number=design.contact).translated(language) if design.contact else ""
        self._beside_logo = logo_size(design.logo, *LOGO_LIMITS)[1] + 4 * MM if design.logo else 0.0
        self._head_lines = fit_lines(
            [design.organiser, contact], HEAD_SIZE, (width - self._beside_logo, HEAD_HEIGHT), NAME, language
        )
        date = _("Talk: {when}", when=design.date).translated(language) if design.date else ""
        self._date_lines = fit_lines([date], DATE_SIZE, (width, DATE_HEIGHT), NAME, language)

    def template_values(self, questions: Sequence[QuestionView], *, measuring: bool) -> dict[str, Any]:
        design, places, language = self._design, self._places, self.language
        has_head = self._head_lines.texts or design.logo
        caption, caption_size = link_caption(design.link, self._caption_widths(), language)
        return {
            "page": self._page,
            "places": places,
            "mm": MM,
            "width": self._width,
            "design": design,
            "head_lines": self._head_lines,
            "logo_limits": LOGO_LIMITS,
            "beside_logo": self._beside_logo,
            "date_lines": self._date_lines,
            "headline": self.headline,
            "headline_language": self._headline_language,
            "headline_type": self._headline_type,
            "headline_top": places.headline - (0 if has_head else 8) - (1.5 if design.date else 0),
            "verbs": self._verbs(),
            **self._help_number_values(),
            "stem": STEM,
            "option": OPTION,
            "solution": self._solution,
            "gap": GAP,
            "teaser_width": self._teaser_width,
            "teasers": [self._teaser_values(question) for question in questions],
            "qr": qr_code_svg(design.link) if design.link else "",
            "captions": dict.fromkeys((_("Scan for more").translated(language), caption)),
            "caption_size": caption_size,
            "sources": [] if measuring else self._sources([each.question for each in questions]),
            "sources_size": self._small,
        }

    def _verbs(self) -> list[tuple[StatementLines, StatementLines]]:
        """Fit the verbs and what they mean into their rows."""
        width, row = self._width - 28 * MM, self._places.row * MM
        small = 16 if self._design.text_size == "large" else 13
        return [
            (
                fit_statement(
                    each, each.head, VERB, small, (width, VERB.line), NAME, self.language, bold=True
                ),
                fit_statement(each, each.text, HOW, small, (width, row - VERB.line - 4), NAME, self.language),
            )
            for each in verb_statements(self.bank)
        ]

    def _help_number_values(self) -> dict[str, Any]:
        """Return the values with which the template shows the help numbers. A note stands where else their place would."""
        numbers, width, padding = choose_help_numbers(self.bank), self._width, 14 * MM
        place = numbers.place_caption(self.language)
        columns = NUMBERS_SPLIT * width - padding, (1 - NUMBERS_SPLIT) * width - padding
        has_row_below = place or any(each.note for each in numbers.all_numbers)
        row = TypeSize(18, 28 if has_row_below and not place else 36)
        number_type = fit_help_numbers(
            numbers, 52 if has_row_below else 60, width - padding, columns, row, self.language
        )
        note_columns = (width - padding - number_type.label_width,) * 2 if number_type.is_stacked else columns
        min_size = MIN_SIZE["large"] if self._design.text_size == "large" else MIN_NOTE
        notes = fit_help_notes(numbers, (16, min_size), note_columns, self.language)
        return {
            "numbers": numbers,
            "number_type": number_type,
            "place": place,
            "notes": (None, None) if place else notes,
            "labels": help_number_labels(numbers, number_type, 18, columns, self.language),
            "split": NUMBERS_SPLIT * width if numbers.emergency else 0,
        }

    def may_fit(self, question: QuestionView) -> bool:
        if question.exhibit or not asks_for_one_option(question):
            return False
        teaser = self._teaser_values(question)
        if teaser["too_wide"]:
            return False
        han, width = is_chinese(self.language), self._teaser_width
        lines = line_count(teaser["stem"], STEM.size, width, bold=True, han=han) + len(teaser["rows"])
        solution_lines = self._line_count(teaser["solution"])
        return lines <= MAX_LINES and solution_lines <= MAX_SOLUTION_LINES[self._design.text_size]

    def fits(self, question: QuestionView, heights: Mapping[str, float]) -> bool:
        sources = 1.25 * self._small * len(self._sources([question.question]))
        room = (self._places.foot - self._places.teaser - 2) * MM - sources
        return heights[f"teaser-{question.number}"] <= room

    def _caption_widths(self) -> dict[float, float]:
        """Return the possible sizes of the caption below the QR code, each with the width that it has."""
        code = self._places.code
        if self._design.text_size == "large":
            return {16.0: (code + 13) * MM}
        return {12.0: (code + 13) * MM, 9.0: (code + 8) * MM}

    def _sources(self, questions: Sequence[Question]) -> list[str]:
        """Return the lines that name the sources of the poster and these questions."""
        names = source_names(self.bank, questions, verb_statements(self.bank), self.language)
        credit = _("Facts: {sources}", sources=names).translated(self.language) if names else ""
        return break_lines(credit, self._small, self._width, han=is_chinese(self.language))

    def _teaser_values(self, question: QuestionView) -> dict[str, Any]:
        """Return the values of a question for the template, with its options in one row or in two columns."""
        options, width = lettered_options(question), self._teaser_width
        widths = [
            text_width(option, han=is_chinese(self.language)) * OPTION.size + LETTER for _, option in options
        ]
        fits_in_a_row = sum(widths) + GAP * (len(options) - 1) <= width
        columns = len(options) if fits_in_a_row else 2
        return {
            "number": question.number,
            "language": question.text_language,
            "stem_language": question.stem_language,
            "answer_language": question.answer_language,
            "stem": question.stem,
            "rows": [options[first : first + columns] for first in range(0, len(options), columns)],
            "column": 0 if fits_in_a_row else width / 2,
            "too_wide": not fits_in_a_row and max(widths) > width / 2,
            "solution": self._solution_text(question),
        }

    def _solution_text(self, question: QuestionView) -> str:
        """Return the right answer with its reason, or by itself if the reason has no room."""
        letter, key = right_option_letter(question), question.right_answer
        explained = _(
            "Answer: {letter}, {key}. {reason}", letter=letter, key=key, reason=question.why
        ).translated(self.language)
        if self._line_count(explained) <= MAX_SOLUTION_LINES[self._design.text_size]:
            return explained
        return _("Answer: {letter}, {key}.", letter=letter, key=key).translated(self.language)

    def _line_count(self, solution: str) -> int:
        """Return the number of lines of an answer."""
        return line_count(solution, self._solution.size, self._teaser_width, han=is_chinese(self.language))


def _poster_positions(bank: Bank, design: SheetDesign) -> PosterPositions:
    """Return where each part of the poster goes.

    If the bank has fewer verbs than the poster has room for, the parts below them move up.
    """
    places = PLACES[design.paper, design.text_size]
    up = places.row * (MAX_VERBS - len(verb_statements(bank)))
    up_teaser = up if choose_help_numbers(bank).all_numbers else up + places.teaser - places.frame
    return replace(places, frame=places.frame - up, teaser=places.teaser - up_teaser)


LAYOUT = Layout(
    name=NAME,
    help=N_("a poster with numbers to call and a question that catches the eye"),
    unused_options=("count",),
    design=SheetDesign,
    make=print_poster,
    papers=("A4", "Letter"),
    kit=KitSheet(
        10,
        "one",
        "one",
        _("For the lobby or the lift, before the talk and after it."),
        (_("Tape"),),
    ),
)
