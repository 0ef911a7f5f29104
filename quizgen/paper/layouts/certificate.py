"""A certificate of taking part in a quiz, on one landscape page, for one person or many.

It says who took part, in what, and when, but never that anybody passed or is qualified. The text that all certificates
share is set once, and so is each name; a page combines the two.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Annotated, Any

from msgspec import Struct

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Quiz
from quizgen.paper.design import (
    MIN_TYPE_SIZE,
    PAGES,
    Option,
    Page,
    PaperSize,
    SizedDesign,
    TextSize,
    sheet_title,
    sheet_title_language,
)
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.names import MAX_NAME_LENGTH, Name, NameList, long_name_problem
from quizgen.paper.press import (
    SETTING_PAGE_HEIGHT,
    Block,
    Bookmark,
    ElementId,
    PdfAssembler,
    PlacedBlock,
    PlacedFragment,
    TypesetGroup,
    Typesetter,
)
from quizgen.paper.renderer import POINTS_A_PIXEL, PdfMetadata, element_heights
from quizgen.paper.sheets import choose_help_numbers
from quizgen.paper.weasyprint_setup import MissingFontError
from quizgen.text.languages import locale, localize
from quizgen.text.messages import N_, _, ngettext, pgettext

MAX_TOPICS = 6
"""The largest number of topics to name. If there are more, one fewer is named, and the others are counted."""

_TYPE_SHARES = (1 / 54, 1 / 60, 1 / 67, 1 / 75, 1 / 84)
"""Type sizes as shares of the page's width. The largest that fits is used."""

_LARGE_SIZES = (18.0, 17.0, 16.0)
"""Type sizes of large print, in points."""

_NAME_SIZES: tuple[tuple[float, int], ...] = (
    (2.6, 1), (2.2, 1), (1.8, 1), (1.5, 1), (1.2, 1), (1.2, 2), (1.0, 3),
)  # fmt: skip
"""Sizes of a name, in ems, each with the number of lines that it may fill; the best first."""

_NAME_LEADING = 1.3
_SET_AT = 40.0
"""Size in points in which names are set. They are scaled to their size when they are drawn."""

_CHUNK = 250
"""How many names are set between two reports of progress."""

_PADDING = 1.5
"""White within the frame, in ems, above and below."""

_SIDE_PADDING = 3.4
"""White within the frame, in ems, at the left and at the right."""

_RULE = 0.72
"""Length of the rule below a name of one line, as a share of the width."""

_SEAL: dict[PaperSize, float] = {"A4": 40, "Letter": 40, "A5": 34}
"""Width of the room for a seal, in millimetres."""

_GAP_SHARES = (1.0, 1.0, 1.3, 1.6)
"""How the free space is divided among the gaps between the parts, counted from the bottom."""

_MIN_GAP, _MIN_LARGE_GAP = 1.0, 0.6
"""The smallest gap between two parts, in ems."""

_ABOVE: ElementId = ("form", "above")
_BELOW: ElementId = ("form", "below")
"""The parts of the page before and after the name, separate so that the reading order is right."""


class CertificateDesign(SizedDesign, frozen=True):
    """Options of a certificate."""

    name: Annotated[
        str,
        Option(N_("The name on the certificate; without it, there is a line to write a name on."), "TEXT"),
    ] = ""
    names: Annotated[
        NameList | None,
        Option(N_("A text file with one name on each line; makes a certificate for each."), "FILE"),
    ] = None


def print_certificate(
    quiz: Quiz, design: CertificateDesign, progress: Callable[[int], None] = lambda _: None
) -> bytes:
    """Print certificates of taking part in a quiz, each on one landscape page, as a PDF.

    The same quiz, design, fonts and version of quizgen make the same bytes. Without a name or a date there is
    a line to write it on. ``progress`` gets the number of names that are set. Raises QuizgenError if Pango is missing, a
    text does not fit on the page, or no font has a character, and MisuseError as ``list_recipients`` does.
    """
    people = list_recipients(design)
    upright = PAGES[design.paper]
    page = Page(upright.height, upright.width, upright.margin)
    about = PdfMetadata(
        _("Certificate of participation").translated(quiz.language), design.organiser, quiz.language
    )
    values = {**_template_values(quiz, design), "named": any(name.text for name in people)}
    with Typesetter(quiz.language, design.logo, design.colour) as typesetter:
        names = _NameTypesetter(typesetter, [name.text for name in people if name.text], progress)
        form = _CertificateForm.fitting(typesetter, values, page, names, design.text_size)
        groups = [*names.groups, *form.groups]
        try:
            assembler = PdfAssembler(typesetter.paint(groups), page)
        except MissingFontError as error:
            _check_names(design.names or NameList("", tuple(people)), error.characters)
            raise
        if design.names:
            _check_names(design.names, {})
    bookmarks = []
    for name in people:
        if len(people) > 1:
            bookmarks.append(Bookmark(name.text, assembler.page_count))
        assembler.add_page(form.page(name.text, assembler))
    return assembler.finish(bookmarks, about)


def list_recipients(design: CertificateDesign) -> Sequence[Name]:
    """Return the people who get a certificate. An empty name leaves a line to write on.

    Raises MisuseError for a name longer than MAX_NAME_LENGTH, and for both a name and a file of names.
    """
    name = Name(" ".join(design.name.split()))
    if design.names and name.text:
        raise MisuseError(problem(_("--name and --names both give names"), _("leave one of them out")))
    if len(name.text) > MAX_NAME_LENGTH:
        raise MisuseError(long_name_problem(name))
    return design.names.names if design.names else (name,)


def _check_names(names: NameList, characters: Mapping[str, str]) -> None:
    """Raise QuizgenError for all problems of names. ``characters`` are those that no font has."""
    if problems := [*names.problems, *names.missing_font_problems(characters)]:
        raise QuizgenError(sorted(problems, key=lambda each: each.line))


class _DrawnName(Struct, frozen=True):
    """How a name is drawn: the index of its typeset group, its block, the scale, and the index of its size in _NAME_SIZES."""

    group_index: int
    block: Block
    scale: float
    index: int


class _NameTypesetter:
    """Typesets names, each once on one line, and again on several lines only if it is too long."""

    def __init__(self, typesetter: Typesetter, names: Iterable[str], progress: Callable[[int], None]) -> None:
        self._typesetter = typesetter
        self._names = list(dict.fromkeys(names))
        self.groups: list[TypesetGroup] = []
        self._lines: dict[str, tuple[int, Block]] = {}
        for start in range(0, len(self._names), _CHUNK):
            self._lines |= self._typeset_names(self._names[start : start + _CHUNK], 0)
            progress(len(self._lines))

    def draw_names(self, width: float, size: float) -> dict[str, _DrawnName]:
        """Return how each name is drawn if the other type has ``size`` points and the text is ``width`` wide."""
        drawn: dict[str, _DrawnName] = {}
        remaining = self._names
        for index, (ems, max_lines) in enumerate(_NAME_SIZES):
            scale = ems * size / _SET_AT
            blocks = self._lines if max_lines == 1 else self._typeset_names(remaining, width / scale)
            for name in remaining:
                group_index, block = blocks[name]
                if max_lines == 1:
                    fits = block.width * scale <= _RULE * width
                else:
                    fits = block.height < (max_lines + 0.5) * _NAME_LEADING * _SET_AT
                if fits or index == len(_NAME_SIZES) - 1:
                    drawn[name] = _DrawnName(group_index, block, scale, index)
            remaining = [name for name in remaining if name not in drawn]
        return drawn

    def _typeset_names(self, names: Sequence[str], width: float) -> dict[str, tuple[int, Block]]:
        """Typeset names in lines of this width, in points, or each in one line if the width is 0."""
        if not names:
            return {}
        number = len(self.groups)
        ids = {f"name-{number}-{index}": name for index, name in enumerate(names)}
        values = {
            "names": ids,
            "width": width,
            "size": _SET_AT,
            "leading": _NAME_LEADING,
            "height": SETTING_PAGE_HEIGHT,
        }
        group = self._typesetter.lay_out("names.html", values, {id_: ("name", id_) for id_ in ids})
        self.groups.append(group)
        return {name: (number, group.blocks["name", id_]) for id_, name in ids.items()}


class _CertificateForm:
    """A certificate in one type size without its name, laid out once for each type size of names."""

    def __init__(
        self,
        typesetter: Typesetter,
        values: Mapping[str, Any],
        page: Page,
        names: _NameTypesetter,
        size: float,
    ) -> None:
        self._typesetter = typesetter
        self._page = page
        self._size = size
        small = 16.0 if values["large"] else max(MIN_TYPE_SIZE, round(0.6 * size, 2))
        sides = {"padding": _SIDE_PADDING, "rule": 100 * _RULE}
        self._values = {**values, **sides, "page": page, "size": size, "small": small}
        self._drawn = names.draw_names(page.content_width - 2 * _SIDE_PADDING * size, size)
        self._first = len(names.groups)
        self._indices = sorted({each.index for each in self._drawn.values()}) or [0]
        measured = element_heights(self._lay_out(0, {}))
        listed = ("heading", "naming", "statement", "advice", "closing")
        heights = {element: measured[element] for element in listed if element in measured}
        self._heights = {
            index: {**heights, "naming": heights["naming"] + self._name_height(index) - self._name_height(0)}
            for index in self._indices
        }
        self.groups: list[TypesetGroup] = []

    @classmethod
    def fitting(
        cls,
        typesetter: Typesetter,
        values: Mapping[str, Any],
        page: Page,
        names: _NameTypesetter,
        text_size: TextSize,
    ) -> "_CertificateForm":
        """Lay it out in the largest type that fits, without the advice if no type fits.

        Raises QuizgenError if it does not fit even then.
        """
        large = text_size == "large"
        sizes = (
            _LARGE_SIZES
            if large
            else [max(MIN_TYPE_SIZE, round(page.width * part, 2)) for part in _TYPE_SHARES]
        )
        min_gap = _MIN_LARGE_GAP if large else _MIN_GAP
        for advice, size in product(dict.fromkeys((values["advice"], "")), sizes):
            form = cls(typesetter, {**values, "advice": advice, "large": large}, page, names, size)
            gap = min_gap * size
            if all(
                form._free_height(index) >= gap * (len(form._heights[index]) - 1) for index in form._indices
            ):
                form.groups = [form._lay_out_with_gaps(index) for index in form._indices]
                return form
        raise QuizgenError(
            problem(
                _("the certificate has no room on one page"),
                _(
                    "shorten its title, organiser or contact, or take a larger --paper or a smaller --text-size"
                ),
            )
        )

    def page(self, name: str, assembler: PdfAssembler) -> list[PlacedFragment]:
        """Compose the page of one person."""
        drawn = self._drawn.get(name)
        number = self._indices.index(drawn.index if drawn else 0)
        group_index = self._first + number
        above, below = (
            assembler.make_fragment(group_index, [PlacedBlock(half, 0, 0)]) for half in (_ABOVE, _BELOW)
        )
        fragments: list[PlacedFragment] = [(above, 0, 0), (below, 0, 0)]
        if drawn:
            room = self.groups[number].pages[0].anchors["name"]
            left = (self._page.width - drawn.block.width * drawn.scale) / 2
            top = room[3] * POINTS_A_PIXEL - drawn.block.height * drawn.scale
            written = assembler.make_scaled_block(
                drawn.group_index, ("name", drawn.block.html_id), drawn.scale
            )
            fragments.insert(1, (written, left, top))
        return fragments

    @staticmethod
    def _name_height(index: int) -> float:
        """Return the height for a name, in ems."""
        ems, max_lines = _NAME_SIZES[index]
        return ems * max_lines * _NAME_LEADING

    def _free_height(self, index: int) -> float:
        """Return the height that is left on the page, in points."""
        inner = self._page.height - 2 * self._page.margin - 2 * _PADDING * self._size
        return inner - sum(self._heights[index].values())

    def _lay_out_with_gaps(self, index: int) -> TypesetGroup:
        """Lay out all parts in their places, with the free height divided among the gaps."""
        heights, free = self._heights[index], self._free_height(index)
        shares = _GAP_SHARES[len(_GAP_SHARES) - len(heights) + 1 :]
        tops = {}
        y = _PADDING * self._size
        for (element, height), share in zip(heights.items(), (*shares, 0.0), strict=True):
            tops[element] = round(y, 2)
            y += height + free * share / sum(shares)
        return self._lay_out(index, tops)

    def _lay_out(self, index: int, tops: Mapping[str, float]) -> TypesetGroup:
        form = f"form-{index}"
        more = {
            "form": form,
            "tops": tops,
            "name_height": round(self._name_height(index), 3),
            "name_wide": _NAME_SIZES[index][1] > 1,
        }
        halves = {f"{form}-above": _ABOVE, f"{form}-below": _BELOW}
        return self._typesetter.lay_out("certificate.html", {**self._values, **more}, halves)


def summarise_topics(quiz: Quiz) -> str:
    """Return the topics of a quiz as a text. If there are many, it names the first and counts the others."""
    language = quiz.language
    topic_ids = {question.topic for question in quiz.questions}
    titles = [localize(topic.title, language) for topic in quiz.bank.topics.values() if topic.id in topic_ids]
    if len(titles) > MAX_TOPICS:
        more = len(titles) - MAX_TOPICS + 1
        titles = [
            *titles[: MAX_TOPICS - 1],
            pgettext("topics", "and {count} more", count=more).translated(language),
        ]
    return locale(language).comma.join(titles)


def _template_values(quiz: Quiz, design: CertificateDesign) -> dict[str, Any]:
    """Return the values of the template."""
    language, total = quiz.language, len(quiz.questions)
    emergency = choose_help_numbers(quiz.bank).emergency
    return {
        "design": design,
        "seal": _SEAL[design.paper],
        "title": sheet_title(design, language),
        "title_language": sheet_title_language(design, language),
        "quiz": (
            _("a quiz of {total} questions", total=total)
            if total > 1
            else _("a quiz of 1 question", total=total)
        ).translated(language),
        "topics": summarise_topics(quiz),
        "advice": (
            _("Money gone? Hang up, and call {number} at once.")
            if emergency.kind == "number"
            else _("Money gone: {number}")
        )
        .with_values(number=emergency.number)
        .translated(language)
        if emergency
        else "",
        "leading": locale(language).leading,
        "heading_leading": locale(language).heading_leading,
    }


def _print_sheet(job: PrintJob, design: CertificateDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    total = len(list_recipients(design))
    quiz = job.quiz()
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    pdf = print_certificate(quiz, design, lambda done: job.report(done, total))
    content = (
        _("a certificate for {questions}", count=total, questions=questions)
        if total == 1
        else _("{count} certificates for {questions}", count=total, questions=questions)
    )
    return PrintedSheet(pdf, content, serves=total, by_name=design.names is not None)


LAYOUT = Layout(
    name="certificate",
    help=N_("a certificate of participation"),
    more_help=N_(
        "The certificate says how many questions the quiz had, and their topics. Give the same options as for the quiz, such as -s 7 and -n 5."
    ),
    count_help=N_("How many questions the quiz had; 10 by default."),
    design=CertificateDesign,
    make=_print_sheet,
    kit=KitSheet(80, "per-visitor", "one", _("For those who took part, to sign and give.")),
)
