"""A handout in two languages, side by side: the same letters, and each row level with its translation.

Rows are those of a table, so that a line of an exhibit, a stem or an option begins in both columns at one height.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from quizgen.errors import MisuseError, problem, require_language
from quizgen.model import Quiz
from quizgen.paper.design import MM, Option, SheetDesign, title_language_of, title_of
from quizgen.paper.endings import kept
from quizgen.paper.images import qr_code
from quizgen.paper.layouts import KitSheet, Layout, Printed, PrintJob
from quizgen.paper.lines import text_width
from quizgen.paper.renderer import About, Renderer
from quizgen.paper.shapes import paper_shape
from quizgen.paper.sheets import SEPARATOR, credited_sources, link_caption, sheet_page
from quizgen.text.languages import FALLBACK, in_its_language, interface_language, languages_with, locale
from quizgen.text.messages import N_, Message, _, ngettext
from quizgen.view.exhibit import without_marks
from quizgen.view.question import Part, QuestionView, view_questions

_CHINESE = "zh-Hans"
"""What stands beside English where its reader names no other language."""

GUTTER = 8 * MM
"""White between the columns, in points: on A4 it leaves two of 88 mm."""

_SIZE, _SMALLER, _LARGE = 11.5, 10.5, 16.0
"""Type sizes, in points: the second is taken where it saves a page."""

_SMALL = 9.0
"""Type size of the foot and of what is like it, in points; in large type it is as large as all else."""

_CODE_WIDTH, _WIDEST_CODE = 34 * MM, 55 * MM
"""Widths of a QR code with its caption, in points: the least, and the most."""

_OVERHANG = 0.45
"""What part of a page, at most, may be too much for smaller type to be worth trying."""

_BLANK = "<style>@page {{ size: {page.width}pt {page.height}pt }}</style>"
"""The back of a sheet with nothing on it."""

Cell = dict[str, Any]
"""What stands in one column of a row: its ``kind``, and what that draws."""


class BilingualDesign(SheetDesign, frozen=True):
    """What may be asked of a handout in two languages."""

    second: Annotated[
        str,
        Option(
            N_(
                "Language of the second column; without it English, or beside English the Chinese that you read."
            ),
            "LANG",
        ),
    ] = ""


def second_language(asked: str, first: str, readers: Sequence[str], bank: Sequence[str]) -> str:
    """Choose the second language: what is asked for, or else English; beside English the first other that is read.

    It is one that the ``bank`` can be read in, unless another is asked for.
    Raises MisuseError for one that quizgen and the bank lack, for the first over again, and where there is no other.
    """
    if asked:
        second = require_language(asked, languages_with(bank))
        if second == first:
            raise MisuseError(
                problem(
                    _("the second language is {language}, as the first"),
                    _("name another with --second"),
                    language=second,
                )
            )
        return second
    others: list[str] = [tag for tag in bank if tag != first]
    if not others:
        raise MisuseError(
            problem(
                _("the questions are in {language} alone"),
                _(
                    "give their texts in a second language too, or name one of ours with --second for the words around them"
                ),
                language=locale(first).autonym,
            )
        )
    liked: tuple[str, ...] = (*(() if first == FALLBACK else (FALLBACK,)), *readers, _CHINESE, *others)
    return next(tag for tag in liked if tag in others)


def print_bilingual(quiz: Quiz, second: str, design: BilingualDesign) -> bytes:
    """Print a quiz in its language and a second one, as a PDF: questions, and the answers on the page behind.

    Of several sheets of questions, the answers begin on a sheet of their own. The same bytes for the same quiz, design,
    fonts and version of quizgen. Raises QuizgenError where Pango is missing or no font has a character, and MisuseError
    for a logo that cannot be drawn, a link that is too long, and paper that is too small for two columns.
    """
    languages = (quiz.language, second)
    page, large = sheet_page(design, "bilingual"), design.text_size == "large"
    both = [view_questions(quiz, language) for language in languages]
    small = _LARGE if large else _SMALL
    caption, _size = link_caption(design.link, {small: _WIDEST_CODE}, quiz.language)
    values = {
        "design": design,
        "spoken": [interface_language(language) for language in languages],
        "title_language": title_language_of(design, quiz.language),
        "titles": _titles(design, languages),
        "page": page,
        "gutter": round(GUTTER, 2),
        "column": round((page.column - GUTTER) / 2, 2),
        "small": small,
        "large": large,
        "leading": max(locale(language).leading for language in languages) - 0.05,
        "total": len(quiz.questions),
        "foot_text": _foot(quiz, languages, design),
        "qr": qr_code(design.link) if design.link else "",
        "link": caption,
        "code_width": round(max(_CODE_WIDTH, text_width(caption) * small + 1), 2),
        "words": _words(languages),
        "questions": [list(zip(*map(_rows, pair), strict=True)) for pair in zip(*both, strict=True)],
        "answers": [
            (pair[0].number, list(zip(*map(_marked, pair), strict=True)), pair)
            for pair in zip(*both, strict=True)
        ],
        "help": [
            (each.number, [in_its_language(each.purpose, language) for language in languages])
            for each in quiz.bank.help.values()
        ],
        "credits": [
            _("Facts: {sources}", sources=credited_sources(quiz.bank, language)).translated(language)
            for language in languages
        ],
        "kept": kept,
    }
    about = About(title_of(design, quiz.language), design.organiser, quiz.language)
    with Renderer(quiz.language, design.logo) as renderer:
        document = renderer.lay_out("bilingual.html", {**values, "size": _LARGE if large else _SIZE})
        if not large and _has_overhang(document):
            smaller = renderer.lay_out("bilingual.html", {**values, "size": _SMALLER})
            document = min(document, smaller, key=lambda each: len(each.pages))
        pages = list(document.pages)
        fronts = next(index for index, laid in enumerate(pages) if "answers" in laid.anchors)
        if fronts > 1 and fronts % 2:
            pages.insert(fronts, renderer.lay_out_html(_BLANK.format(page=page)).pages[0])
        return renderer.write(document.copy(pages), about)


def _has_overhang(document: Any) -> bool:
    """Tell whether the last page of questions, or that of answers, has but little on it."""
    ends = (
        (laid.anchors[end][1] / laid.height)
        for laid in document.pages
        for end in ("asked-to", "told-to")
        if end in laid.anchors
    )
    return any(end < _OVERHANG for end in ends)


def _foot(quiz: Quiz, languages: Sequence[str], design: BilingualDesign) -> str:
    """Return the line at the foot of each page: whom to call, and the seed in both languages."""
    seeds = (_("Seed {seed}", seed=quiz.seed).translated(language) for language in languages)
    listed = (design.organiser if design.contact else "", design.contact, *seeds)
    return SEPARATOR.join(filter(None, listed))


def _titles(design: BilingualDesign, languages: Sequence[str]) -> list[str]:
    """Return the title in both languages, or the user's own, which is in whatever language they like."""
    return [design.title] if design.title else [title_of(design, language) for language in languages]


_WORDS: Mapping[str, Message] = {
    "name": _("Name"),
    "date": _("Date"),
    "score": _("Score"),
    "directions": _("Tick one box for each question, unless it says otherwise."),
    "answers": _("Answers"),
    "advice": _("What you can do:"),
    "numbers": _("Numbers to keep"),
}


def _words(languages: Sequence[str]) -> dict[str, list[str]]:
    return {name: [words.translated(language) for language in languages] for name, words in _WORDS.items()}


def _marked(asked: QuestionView) -> tuple[Part, ...]:
    """Return the right answer as the sheet shows it: steps in printed order, by the numbers in the boxes before them."""
    if asked.form != "order":
        return asked.answers
    places = {pair.option.letter: pair.prompt.name for pair in asked.pairs}
    return tuple(Part(places[option.letter], option.text) for option in asked.options)


def _rows(asked: QuestionView) -> Iterator[Cell]:
    """Return the rows of a question in one language: its exhibit line by line, its stem, and what stands below."""
    exhibit = asked.exhibit
    languages = {"language": asked.written_in, "spoken": interface_language(asked.language)}
    if exhibit:
        if exhibit.context:
            yield {"kind": "context", "mark": f"{asked.number}.", "text": exhibit.context, **languages}
        yield {
            "kind": "from",
            "form": exhibit.form,
            "mark": "" if exhibit.context else f"{asked.number}.",
            "label": exhibit.label,
            "text": without_marks(exhibit.sender),
            **languages,
        }
        for line in exhibit.lines:
            yield {
                "kind": "line",
                "form": exhibit.form,
                "mark": "",
                "number": line.number if exhibit.numbered else 0,
                "who": line.who,
                "text": without_marks(line.words),
                "is_last": line.number == len(exhibit.lines),
                **languages,
            }
    yield {
        "kind": "stem",
        "mark": "" if exhibit else f"{asked.number}.",
        "parts": asked.stem_parts,
        "hint": paper_shape(asked.answer).hint(asked),
        **languages,
        "language": asked.stem_language,
    }
    language = asked.answer_language
    if asked.form in ("sides", "lines"):
        texts = [option.text for option in asked.options]
        yield {"kind": "sides", "mark": "", "texts": texts, "language": language}
        return
    for prompt in asked.prompts:
        yield {"kind": "slot", "mark": "", "text": prompt.text, "language": language}
    for option in asked.options:
        kind = "slot" if asked.form == "order" else "choice" if asked.form == "pairs" else "option"
        yield {"kind": kind, "mark": option.letter, "text": option.text, "language": language}


def _make(job: PrintJob, design: BilingualDesign) -> Printed:
    quiz = job.quiz()
    second = second_language(design.second, job.language, job.readers, quiz.bank.declared.readable)
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    content = _(
        "{questions} in {first} and {second}",
        questions=questions,
        first=locale(quiz.language).autonym,
        second=locale(second).autonym,
    )
    return Printed(print_bilingual(quiz, second, design), content)


LAYOUT = Layout(
    name="bilingual",
    help=N_("the questions in two languages, side by side"),
    design=BilingualDesign,
    make=_make,
    kit=KitSheet(
        55,
        "as-needed",
        "long-edge",
        _("The quiz in two languages, for those who would rather read the other."),
        (_("A pen for each visitor"),),
        papers=("A4", "Letter"),
        languages=2,
    ),
)
