"""What printed sheets share: paper, type, organiser, help numbers, exhibits, links, headings and sources."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import floor
from string import ascii_uppercase
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from quizgen.citation import full_title, short_title
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Bank, HelpNumber, HelpRole, Question, Statement
from quizgen.paper.design import (
    PAGES,
    Page,
    PageDesign,
    check_head_length,
    sheet_title,
    sheet_title_language,
)
from quizgen.paper.exhibits import make_exhibit_element
from quizgen.paper.lines import break_lines, is_chinese, line_count, text_width
from quizgen.text.han import HAN
from quizgen.text.languages import Text, locale, localize, localize_with_language
from quizgen.text.messages import Message, _, pgettext
from quizgen.view.question import QuestionView
from quizgen.view.text import space_after

SEPARATOR = "  ·  "
"""Separates texts on one line."""

MIN_SIZE = {"normal": 8.0, "large": 16.0}
"""The smallest type, in points, by text size."""


class TypeSize(Struct, frozen=True):
    """A size of type and its line height, in points."""

    size: float
    line: float


class HeadingType(TypeSize, frozen=True):
    """The type of a heading, and the maximum number of its lines."""

    max_lines: int


_MAX_LARGE = 24
"""The most characters of a help number in large type. A longer address is only in lists."""


class SheetHelpNumbers(Struct, frozen=True):
    """The help numbers in large type: one to call in an emergency, and one for advice; ``None`` if there is none."""

    emergency: HelpNumber | None
    advice: HelpNumber | None

    @property
    def all_numbers(self) -> tuple[HelpNumber, ...]:
        """The numbers that are not ``None``."""
        return tuple(each for each in (self.emergency, self.advice) if each)

    def place_in_language(self, language: str) -> str:
        """Return where all the numbers work, such as "in mainland China"; "" if that is not given or differs."""
        places = {each.place.get(language, "") for each in self.all_numbers}
        return places.pop() if len(places) == 1 else ""

    def place_caption(self, language: str) -> str:
        """Return where all the numbers work as a text to stand alone: "Numbers in mainland China"; or ""."""
        place = self.place_in_language(language)
        return _("Numbers {place}", place=place).translated(language) if place else ""


def choose_help_numbers(bank: Bank) -> SheetHelpNumbers:
    """Return the first help number of a question bank for an emergency, and the first for advice, that are short enough."""

    def first_with_role(role: HelpRole) -> HelpNumber | None:
        return next(
            (each for each in bank.help_numbers_with_role(role) if len(each.number) <= _MAX_LARGE), None
        )

    return SheetHelpNumbers(first_with_role("emergency"), first_with_role("advice"))


class NumberType(Struct, frozen=True):
    """How help numbers stand on a sheet: in one size of type, side by side or, if ``is_stacked``, one below the other.

    ``label_width`` is the width, in points, of the labels before stacked numbers.
    """

    size: float
    is_stacked: bool
    label_width: float


def fit_help_numbers(
    numbers: SheetHelpNumbers,
    size: float,
    width: float,
    columns: tuple[float, float],
    row: TypeSize,
    language: str,
) -> NumberType:
    """Return the largest type, up to ``size`` points, in which the help numbers of a sheet have room. All have the same size.

    A single number may take the whole ``width``, in points. ``columns`` are the widths for the emergency number and the
    advice number side by side. If the numbers are larger one below the other, they are stacked, each behind a label in type of ``row.size``, in
    lines of ``row.line``.
    """
    han = is_chinese(language)
    widths = [text_width(each.number, bold=True, han=han) for each in numbers.all_numbers]
    labels = [label.translated(language) for label in (_("Money gone?"), _("Not sure?"))]
    label_width = (max(text_width(label, bold=True, han=han) for label in labels) + 0.6) * row.size
    if len(widths) < len(columns):
        alone = _fit_size(size, width, max(widths, default=0))
        return NumberType(alone, is_stacked=False, label_width=label_width)
    beside = min(_fit_size(size, room, width) for room, width in zip(columns, widths, strict=True))
    stacked = _fit_size(row.line, width - label_width, max(widths))
    return NumberType(max(beside, stacked), is_stacked=stacked > beside, label_width=label_width)


class HelpNote(Struct, frozen=True):
    """A note below a help number: its text, the language of the text, and its size of type in points."""

    text: str
    language: str
    size: float


def fit_help_notes(
    numbers: SheetHelpNumbers, sizes: tuple[float, float], columns: tuple[float, float], language: str
) -> tuple[HelpNote | None, HelpNote | None]:
    """Return the notes of the emergency number and the advice number; ``None`` without one that fits its column.

    ``sizes`` are the largest and the smallest type. A single number has both columns.
    """
    is_alone = len(numbers.all_numbers) < len(columns)

    def fit(number: HelpNumber | None, room: float) -> HelpNote | None:
        text, text_language = localize_with_language(number.note if number else {}, language)
        width = text_width(text, han=is_chinese(text_language))
        size = _fit_size(sizes[0], sum(columns) if is_alone else room, width)
        return HelpNote(text, text_language, size) if text and size >= sizes[1] else None

    return fit(numbers.emergency, columns[0]), fit(numbers.advice, columns[1])


def _fit_size(size: float, room: float, width: float) -> float:
    """Return the largest type up to ``size``, in half points, in which a text of this width (in ems) has room."""
    return min(size, floor(2 * room / width) / 2) if width else size


def sheet_page(design: PageDesign, layout: str) -> Page:
    """Return the page of a layout that needs A4 or Letter; raises MisuseError for smaller paper."""
    if design.paper == "A5":
        raise MisuseError(
            problem(
                _("{layout} does not come on {paper}"),
                _("take --paper A4 or --paper Letter"),
                layout=layout,
                paper=design.paper,
            )
        )
    return PAGES[design.paper]


def choose_for_language(language: str, han: float, other: float) -> float:
    """Return ``han`` for Chinese and ``other`` for other languages.

    Chinese needs, for example, more space between lines.
    """
    return han if is_chinese(language) else other


def centred_grid_edges(
    page: Page, columns: int, rows: int, width: float, height: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the x of the column edges and the y of the row edges of a grid in the middle of a page, in points."""
    left, top = (page.width - columns * width) / 2, (page.height - rows * height) / 2
    return (
        tuple(round(left + column * width, 2) for column in range(columns + 1)),
        tuple(round(top + row * height, 2) for row in range(rows + 1)),
    )


def fit_organiser_lines(
    design: PageDesign, size: float, width: float, language: str, *, max_lines: int = 1
) -> list[str]:
    """Return the organiser and the contact in at most ``max_lines`` lines, without breaking a telephone number.

    If there is no room for both, return the contact, which is more useful, or else the organiser, or else nothing.
    """
    both = [each for each in (design.organiser, design.contact) if each]
    if not both:
        return []
    ways = [
        [SEPARATOR.join(both)],
        *([both] if len(both) <= max_lines else []),
        *(way for each in both[::-1] for way in ([each], _break_in_two(each, size, width, language))),
    ]
    for lines in ways:
        if len(lines) <= max_lines and not any(_is_too_wide(line, size, width, language) for line in lines):
            return lines
    return []


def _break_in_two(words: str, size: float, width: float, language: str) -> list[str]:
    """Break a text into two lines of similar length, at spaces if possible."""
    for breaks in _BREAKS:
        halves = [[words[: found.start()], words[found.end() :]] for found in breaks.finditer(words)]
        fitting = [
            both for both in halves if not any(_is_too_wide(each, size, width, language) for each in both)
        ]
        if fitting:
            return min(fitting, key=lambda both: max(text_width(each, bold=True) for each in both))
    return [words]


_BREAKS = (
    re.compile(r"(?<!\d) | (?!\d)|(?<=[，、；：])(?=.)"),
    re.compile(f"(?<=[{HAN}])(?=[{HAN}])"),
)
"""Where a name or a number may be broken, the best breaks first, but never within a number."""


class FittedLines(Struct, frozen=True):
    """Texts broken into lines, and the size of type, in points, in which they fit."""

    texts: list[list[str]]
    size: float


MIN_HEAD_SIZE = 9.0
"""The smallest type for names and dates of any length, in points."""


def fit_lines(
    texts: Sequence[str], size: float, room: tuple[float, float], layout: str, language: str
) -> FittedLines:
    """Break texts into bold lines that fit in ``room``, a width and a height in points.

    Numbers stay on one line. The type has ``size`` points if there is room, or else up to a half point less at a time.
    Empty texts are left out. Raises MisuseError if even type of ``MIN_HEAD_SIZE`` does not fit.
    """
    width, height = room
    han = is_chinese(language)
    given = [_SPACE_IN_NUMBER.sub("\N{NO-BREAK SPACE}", text) for text in texts if text]
    while size >= MIN_HEAD_SIZE:
        broken = [break_lines(text, size, width, bold=True, even=True, han=han) for text in given]
        lines = [line for text in broken for line in text]
        if len(lines) * 1.3 * size <= height and not any(
            _is_too_wide(line, size, width, language) for line in lines
        ):
            return FittedLines(broken, size)
        size -= 0.5
    raise MisuseError(
        problem(
            _("title, organiser and contact have no room on {layout}"),
            _("shorten them, or leave one out"),
            layout=layout,
        )
    )


class StatementLines(Struct, frozen=True):
    """A statement in lines, the language of its text, and its type."""

    lines: list[str]
    language: str
    type: TypeSize

    @property
    def height(self) -> float:
        """Height of the lines, in points."""
        return len(self.lines) * self.type.line


def fit_statement(
    statement: Statement,
    text: Text,
    largest: TypeSize,
    smallest: float,
    room: tuple[float, float],
    layout: str,
    language: str,
    *,
    bold: bool = False,
) -> StatementLines:
    """Break a text of a statement into lines that fit in ``room``, a width and a height in points.

    The type is ``largest`` if there is room, or else up to a half point less at a time, down to ``smallest`` points. Raises
    QuizgenError, with the statement, if even that does not fit.
    """
    words, text_language = localize_with_language(text, language)
    width, height = room
    han, size = is_chinese(text_language), largest.size
    while size >= smallest:
        fitted = TypeSize(size, round(largest.line * size / largest.size, 2))
        lines = break_lines(words, size, width, bold=bold, even=bold, han=han) if words else []
        widest = max((text_width(line, bold=bold, han=han) for line in lines), default=0)
        # A single line may be as high as its type; only further lines need more room.
        if widest * size <= width and len(lines) * fitted.line <= max(height, fitted.line):
            return StatementLines(lines, text_language, fitted)
        size -= 0.5
    raise QuizgenError(
        problem(
            _("the text of the statement {statement} has no room on {layout}"),
            _("shorten it"),
            statement=statement.id,
            layout=layout,
        )
    )


def help_number_labels(
    numbers: SheetHelpNumbers,
    number_type: NumberType,
    size: float,
    columns: tuple[float, float],
    language: str,
    labels: tuple[Message, Message] = (_("Money gone?"), _("Not sure?")),
) -> tuple[str, str]:
    """Return what stands above both help numbers: the labels, and whose number it is, where that has room.

    ``size`` is that of the type. A single number has the width of both columns. Stacked numbers have no room for more than labels.
    """
    is_alone = len(numbers.all_numbers) == 1

    def label(words: str, number: HelpNumber | None, column: float) -> str:
        name = _name_of(number, language) if number else ""
        if words.endswith(("?", "？")):
            name = name[:1].upper() + name[1:]
        joint = "：" if is_chinese(language) and not words.endswith(("？", "：")) else space_after(words)
        named = f"{words}{joint}{name}"
        room = sum(columns) if is_alone else column
        has_room = text_width(named, han=is_chinese(language)) * size <= room
        return named if name and has_room and not number_type.is_stacked else words

    first, second = (each.translated(language) for each in labels)
    return label(first, numbers.emergency, columns[0]), label(second, numbers.advice, columns[1])


def _name_of(number: HelpNumber, language: str) -> str:
    """Return whose number it is: what its purpose says before a colon, such as "the police" of "the police: money has gone"."""
    name, colon, _rest = localize(number.purpose, language).replace("：", ":").partition(":")
    return name.removesuffix(localize(number.place, language)).strip() if colon else ""


_SPACE_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")


def _is_too_wide(words: str, size: float, width: float, language: str) -> bool:
    return text_width(words, bold=True, han=is_chinese(language)) * size > width


def exhibit_template_values(question: QuestionView) -> dict[str, Any] | None:
    """Return the values with which ``sheets.html`` draws a question's exhibit; ``None`` if there is no exhibit."""
    element = make_exhibit_element(question)
    return dict(element.values) if element else None


def count_exhibit_lines(exhibit: dict[str, Any], size: float, width: float, language: str) -> int:
    """Return the number of lines of an exhibit and its context, as ``sheets.html`` draws them."""
    indent = (1.1 if exhibit["is_numbered"] else 0) + exhibit["speaker"] + 1.4
    measure, han = width - indent * size, is_chinese(language)
    above = line_count(exhibit["context"], size, width, han=han) if exhibit["context"] else 0
    texts = [line["text"] for turn in exhibit["turns"] for line in turn["lines"]]
    greeting = 1 if exhibit["salutation"] else 0
    return above + greeting + sum(line_count(text, size, measure, han=han) for text in texts)


def asks_for_one_option(question: QuestionView) -> bool:
    """Return whether exactly one option is to be chosen, which needs no writing."""
    return question.is_choice and not question.answer.allows_several_options


def lettered_options(question: QuestionView) -> list[tuple[str, str]]:
    """Return the options with letters, also those that usually have none, such as true and false."""
    return [(ascii_uppercase[index], option.text) for index, option in enumerate(question.options)]


def right_option_letter(question: QuestionView) -> str:
    """Return the letter of the correct option, as :func:`lettered_options` assigns it."""
    return ascii_uppercase[question.correct_indices[0]]


def source_names(
    bank: Bank, questions: Sequence[Question], statements: Iterable[Statement], language: str
) -> str:
    """Return the names of the sources of a sheet's questions, statements and help numbers."""
    stated = [fact for question in questions for fact in bank.fact_ids_behind(question)]
    stated += [fact for statement in statements for fact in statement.facts]
    cited = {cite for fact in stated for cite in bank.facts[fact].cites}
    cited |= {cite for each in choose_help_numbers(bank).all_numbers for cite in each.cites}
    sources = {
        source.id: source
        for source in bank.sources.values()
        if any(passage.id in cited for passage in source.passages)
    }
    return source_credit(replace(bank, sources=sources), language) if sources else ""


def link_caption(link: str, widths: Mapping[float, float], language: str) -> tuple[str, float]:
    """Return the text below a QR code and its type size: the address, or a word if the address does not fit.

    ``widths`` maps type sizes to the widths available, in points, the best size first. Addresses are not broken.
    """
    address = re.sub("^https?://(www[.])?|/$", "", link)
    for size, width in widths.items():
        if text_width(address) * size <= width:
            return address, size
    return _("Scan for more").translated(language), next(iter(widths))


def break_heading(
    text: str, heading_types: Sequence[HeadingType], width: float, language: str
) -> tuple[list[str], HeadingType]:
    """Break a heading into lines of similar length, in the first of these types that has room for it.

    Raises MisuseError if none has room.
    """
    han = is_chinese(language)
    for heading_type in heading_types:
        lines = break_lines(text, heading_type.size, width, bold=True, even=True, han=han)
        widest = max(text_width(line, bold=True, han=han) for line in lines)
        if len(lines) <= heading_type.max_lines and widest * heading_type.size <= width:
            return lines, heading_type
    raise MisuseError(
        problem(
            _("the title {title!r} has no room"),
            pgettext("title", "shorten it"),
            title=text.replace("\n", " "),
        )
    )


def source_credit(bank: Bank, language: str) -> str:
    """Return the names of the sources: one with publisher and date, several by their short titles."""
    sources = bank.sources.values()
    if len(sources) == 1:
        named = [full_title(source, language) for source in sources]
    else:
        named = [short_title(source, language) for source in sources]
    return locale(language).semicolon.join(named)


def form_template_values(design: PageDesign, language: str, no_room: Message) -> dict[str, Any]:
    """Return the template values of forms, which are sheets to write on (``forms.html``, ``forms.css``).

    Raises MisuseError, with the message ``no_room``, for a head that is too long for any page.
    """
    check_head_length(design, language, no_room)
    form = locale(language)
    return {
        "design": design,
        "title": sheet_title(design, language),
        "title_language": sheet_title_language(design, language),
        "page": PAGES[design.paper],
        "leading": form.leading,
        "heading_leading": form.heading_leading,
    }
