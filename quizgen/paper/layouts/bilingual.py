"""A handout in two languages, side by side, with the same letters.

It is a table, so that each line of an exhibit, each stem and each option is level with its translation.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from quizgen.errors import MisuseError, problem, require_language
from quizgen.model import Quiz, help_heading
from quizgen.paper.design import MM, Option, SheetDesign, sheet_title, sheet_title_language
from quizgen.paper.images import qr_code_svg
from quizgen.paper.layouts import KitSheet, Layout, PrintedSheet, PrintJob
from quizgen.paper.lines import break_lines, is_chinese, text_width
from quizgen.paper.no_break import keep_last_words_together
from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.paper.shapes import paper_shape
from quizgen.paper.sheets import SEPARATOR, choose_help_numbers, link_caption, sheet_page, source_credit
from quizgen.text.languages import (
    FALLBACK,
    interface_language,
    locale,
    localize_with_language,
    selectable_languages,
)
from quizgen.text.messages import N_, Message, _, ngettext
from quizgen.view.exhibit import join_runs
from quizgen.view.question import NamedText, QuestionView, build_question_views

_CHINESE = "zh-Hans"
"""The second language beside English, if the reader names no other."""

GUTTER = 8 * MM
"""White between the columns, in points: on A4 it leaves two of 88 mm."""

_SIZE, _SMALLER, _LARGE = 11.5, 10.5, 16.0
"""Type sizes, in points: normal, smaller if that saves a page, and large."""

_SMALL = 9.0
"""Type size of feet and captions, in points. In large type they are as large as everything else."""

_MIN_CODE_WIDTH, _MAX_CODE_WIDTH = 34 * MM, 55 * MM
"""Smallest and largest width of a QR code with its caption, in points."""

_MAX_OVERHANG = 0.45
"""If a last page is filled less than this, smaller type is tried."""

Cell = dict[str, Any]
"""One column of a row: its ``kind``, and the values that its macro draws."""


class BilingualDesign(SheetDesign, frozen=True):
    """Options of a handout in two languages."""

    second: Annotated[
        str,
        Option(
            N_(
                "The second language of the bilingual sheet; by default English, or Chinese if the first is English."
            ),
            "LANG",
        ),
    ] = ""


def choose_second_language(asked: str, first: str, readers: Sequence[str], bank: Sequence[str]) -> str:
    """Choose the second language: ``asked``, or else English; beside English, the first language of ``readers``.

    Without ``asked``, it is a language that the ``bank`` has. Raises MisuseError if quizgen and the bank lack the language,
    if it is the first one again, or if there is no other.
    """
    if asked:
        second = require_language(asked, selectable_languages(bank))
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
    preferred: tuple[str, ...] = (*(() if first == FALLBACK else (FALLBACK,)), *readers, _CHINESE, *others)
    return next(tag for tag in preferred if tag in others)


def print_bilingual(quiz: Quiz, second: str, design: BilingualDesign) -> bytes:
    """Print a quiz in its language and a second one, as a PDF: questions, then answers.

    The answers begin on the next page. The same quiz, design, fonts and version of quizgen make the same bytes. Raises QuizgenError if Pango is missing or no font has a character, and MisuseError
    for a logo that cannot be drawn, a link that is too long, and paper that is too small for two columns.
    """
    languages = (quiz.language, second)
    page, large = sheet_page(design, "bilingual"), design.text_size == "large"
    views = [build_question_views(quiz, language) for language in languages]
    small = _LARGE if large else _SMALL
    numbers = choose_help_numbers(quiz.bank).all_numbers if large else tuple(quiz.bank.help.values())
    caption, _size = link_caption(design.link, {small: _MAX_CODE_WIDTH}, quiz.language)
    values = {
        "design": design,
        "spoken": [interface_language(language) for language in languages],
        "title_language": sheet_title_language(design, quiz.language),
        "titles": _titles_to_print(design, languages),
        "page": page,
        "gutter": round(GUTTER, 2),
        "column": round((page.content_width - GUTTER) / 2, 2),
        "small": small,
        "large": large,
        "leading": max(locale(language).leading for language in languages) - 0.05,
        "total": len(quiz.questions),
        "foot_lines": break_lines(
            _foot_text(quiz, languages, design),
            small,
            0.84 * page.content_width,
            han=is_chinese(quiz.language),
        ),
        "qr": qr_code_svg(design.link) if design.link else "",
        "link": caption,
        "code_width": round(max(_MIN_CODE_WIDTH, text_width(caption) * small + 1), 2),
        "words": _translated_labels(languages),
        "help_titles": [
            help_heading(numbers, _("Numbers to keep")).translated(language) for language in languages
        ],
        "questions": [
            list(zip(*map(_question_rows, pair), strict=True)) for pair in zip(*views, strict=True)
        ],
        "answers": [
            (pair[0].number, list(zip(*map(_right_answer_parts, pair), strict=True)), pair)
            for pair in zip(*views, strict=True)
        ],
        "help": [
            (each.number, [localize_with_language(each.purpose, language) for language in languages])
            for each in numbers
        ],
        "credits": [
            _("Facts: {sources}", sources=source_credit(quiz.bank, language)).translated(language)
            for language in languages
        ],
        "keep_end": keep_last_words_together,
        "breaks": False,
    }
    about = PdfMetadata(sheet_title(design, quiz.language), design.organiser, quiz.language)
    with Renderer(quiz.language, design.logo, design.colour) as renderer:
        document = renderer.lay_out("bilingual.html", {**values, "size": _LARGE if large else _SIZE})
        if large:
            # Calls and messages go on overleaf only if that saves a page.
            broken = renderer.lay_out("bilingual.html", {**values, "size": _LARGE, "breaks": True})
            document = min(document, broken, key=lambda each: len(each.pages))
        elif _has_nearly_empty_page(document):
            smaller = renderer.lay_out("bilingual.html", {**values, "size": _SMALLER})
            document = min(document, smaller, key=lambda each: len(each.pages))
        return renderer.write_pdf(document, about)


def _has_nearly_empty_page(document: Any) -> bool:
    """Return whether the last page of questions, or that of answers, is nearly empty."""
    ends = (
        (page.anchors[end][1] / page.height)
        for page in document.pages
        for end in ("questions-end", "answers-end")
        if end in page.anchors
    )
    return any(end < _MAX_OVERHANG for end in ends)


def _foot_text(quiz: Quiz, languages: Sequence[str], design: BilingualDesign) -> str:
    """Return the text at the foot of each page: organiser, contact, and the seed in both languages."""
    labels = [_("Seed {seed}", seed="").translated(language).strip() for language in languages]
    seed = f"{' / '.join(dict.fromkeys(labels))} {quiz.seed}"
    parts = (design.organiser if design.contact else "", design.contact, seed)
    return SEPARATOR.join(filter(None, parts))


def _titles_to_print(design: BilingualDesign, languages: Sequence[str]) -> list[str]:
    """Return the title in both languages, or only the user's own title."""
    return [design.title] if design.title else [sheet_title(design, language) for language in languages]


_LABELS: Mapping[str, Message] = {
    "name": _("Name"),
    "date": _("Date"),
    "score": _("Score"),
    "directions": _("Tick one box for each question, unless it says otherwise."),
    "answers": _("Answers"),
    "advice": _("What you can do:"),
}


def _translated_labels(languages: Sequence[str]) -> dict[str, list[str]]:
    return {name: [words.translated(language) for language in languages] for name, words in _LABELS.items()}


def _right_answer_parts(question: QuestionView) -> tuple[NamedText, ...]:
    """Return the right answer as the sheet shows it. Steps are in printed order, with the numbers for their boxes."""
    if question.answer_form != "order":
        return question.printed_right_answer_parts
    numbers = {pair.option.letter: pair.prompt.name for pair in question.pairs}
    return tuple(NamedText(numbers[option.letter], option.text) for option in question.options)


def _question_rows(question: QuestionView) -> Iterator[Cell]:
    """Yield the rows of a question in one language: its exhibit line by line, its stem, and its options."""
    exhibit = question.exhibit
    languages = {"language": question.text_language, "spoken": interface_language(question.language)}
    if exhibit:
        if exhibit.context:
            yield {"kind": "context", "mark": f"{question.number}.", "text": exhibit.context, **languages}
        yield {
            "kind": "from",
            "frame": exhibit.frame,
            "mark": "" if exhibit.context else f"{question.number}.",
            "label": exhibit.label,
            "text": join_runs(exhibit.sender),
            **languages,
        }
        for line in exhibit.lines:
            yield {
                "kind": "line",
                "frame": exhibit.frame,
                "mark": "",
                "number": line.number if exhibit.numbered else 0,
                "who": line.who,
                "text": join_runs(line.words),
                "is_last": line.number == len(exhibit.lines),
                **languages,
            }
    yield {
        "kind": "stem",
        "mark": "" if exhibit else f"{question.number}.",
        "parts": question.stem_parts,
        "hint": paper_shape(question.answer).hint(question),
        **languages,
        "language": question.stem_language,
    }
    language = question.answer_language
    if question.answer_form in ("sides", "lines"):
        texts = [option.text for option in question.options]
        yield {"kind": "sides", "mark": "", "texts": texts, "language": language}
        return
    for prompt in question.prompts:
        yield {"kind": "slot", "mark": "", "text": prompt.text, "language": language}
    for option in question.options:
        kind = (
            "slot"
            if question.answer_form == "order"
            else "choice"
            if question.answer_form == "pairs"
            else "option"
        )
        yield {"kind": kind, "mark": option.letter, "text": option.text, "language": language}


def _print_sheet(job: PrintJob, design: BilingualDesign) -> PrintedSheet:
    """Print the sheet with the questions that a print job gives it."""
    quiz = job.quiz()
    second = choose_second_language(
        design.second, job.language, job.readers, quiz.bank.declared.readable_languages
    )
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    content = _(
        "{questions} in {first} and {second}",
        questions=questions,
        first=locale(quiz.language).autonym,
        second=locale(second).autonym,
    )
    return PrintedSheet(print_bilingual(quiz, second, design), content)


LAYOUT = Layout(
    name="bilingual",
    help=N_("the questions in two languages, side by side"),
    design=BilingualDesign,
    make=_print_sheet,
    papers=("A4", "Letter"),
    kit=KitSheet(
        55,
        "as-needed",
        "long-edge",
        _("The quiz in two languages, for those who would rather read the other."),
        (_("A pen for each visitor"),),
        languages=2,
    ),
)
