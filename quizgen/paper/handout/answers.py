"""The answers of a handout: right answers, reasons, advice and cited passages."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizgen.citation import format_citation, full_title, passage_name, short_title
from quizgen.ids import slug_of
from quizgen.model import Bank, Question, Source
from quizgen.paper.design import (
    LARGE_REASON_SIZES,
    Measures,
    QuizPaperDesign,
    Spacing,
    sheet_title,
    sheet_title_language,
)
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.estimate import make_size_estimator
from quizgen.paper.handout.foot import (
    bank_with_cited_sources,
    make_foot_elements,
    make_help_number_elements,
    make_main_number_elements,
)
from quizgen.paper.press import (
    Blocks,
    ElementId,
    LayoutElement,
    PlacedBlock,
    Section,
    Strip,
    make_text_element,
)
from quizgen.paper.shapes import paper_shape
from quizgen.paper.sheets import source_credit
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.exhibit import exhibit_title
from quizgen.view.question import QuestionView

LETTER_ADVANCE = 0.66
"""Distance between the letters of a key, in ems. ``elements.html`` leaves as much room for each."""


def make_answer_section(content: HandoutContent, design: QuizPaperDesign) -> Section:
    """Return the section with the answers, in the order and with the letters of each version."""
    language = content.language
    questions = [(paper_shape(each.answer), each) for each in map(content.question_view, content.questions)]
    characters = {mark for shape, question in questions for mark in shape.possible_symbols(question)}
    numbers: Mapping[str, int] | None = _number_cited_passages(content)
    if len(content.questions) > content.count:
        # Papers that draw their own questions would need a list of notes on all of them, which fills most of a page.
        numbers = {}
    elif design.text_size == "large":
        numbers = None  # these notes would take a fifth of the page
    elements = [
        LayoutElement(("answers",), title_template_values(design, language)),
        *(make_text_element("number", f"{number}.") for number in range(1, content.count + 1)),
        *(make_text_element("mark", character) for character in sorted(characters)),
    ]
    for shape, question in questions:
        lines = shape.correct_option_lines(question)
        elements += (
            LayoutElement(("right", question.id, text), {"text": text, "language": question.answer_language})
            for _, text in lines
        )
        values = {
            "key": "" if lines else shape.answer_text(question),
            "letters": 0 if lines else len(shape.correct_answer_symbols(question)),
            **_explanation_values(question, numbers),
        }
        elements.append(LayoutElement(("answer", question.id), values))
    closing = _make_closing_elements(content, numbers)

    def compose(question: Question, blocks: Blocks, measures: Measures, _: Spacing) -> Strip:
        return compose_answer(content.question_view(question), blocks, measures)

    return Section(
        title=_("Answers").translated(language),
        language=language,
        elements=[*elements, *closing, *make_foot_elements(content, design, has_credit=False)],
        head=("answers",),
        closing=tuple(element.id for element in closing),
        compose=compose,
        estimate=make_size_estimator(language),
        gap=0.8,
    )


def make_reason_section(content: HandoutContent, design: QuizPaperDesign) -> Section:
    """Return the section that explains the questions of all versions, without the letters of any.

    If all have the same questions, they are numbered as on slides.
    """
    language = content.language
    numbers = _number_cited_passages(content)
    is_numbered = len(content.questions) == content.count
    elements = [
        LayoutElement(("reasons",), title_template_values(design, language)),
        *(make_text_element("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in map(content.question_view, content.questions):
        exhibit = question.explained_exhibit
        values = {
            "about": exhibit_title(exhibit, language) if exhibit else question.stem,
            "about_language": question.text_language if exhibit else question.stem_language,
            "key": question.right_answer,
            "letters": 0,  # letters differ between papers
            **_explanation_values(question, numbers),
        }
        elements.append(LayoutElement(("reason", question.id), values))
    closing = _make_closing_elements(content, numbers)

    def compose(question: Question, blocks: Blocks, measures: Measures, _: Spacing) -> Strip:
        reason: ElementId = ("reason", question.id)
        return Strip(blocks[reason].height, (PlacedBlock(reason, measures.number, 0),))

    return Section(
        title=_("Reasons").translated(language),
        language=language,
        elements=[*elements, *closing, *make_foot_elements(content, design, has_credit=False)],
        head=("reasons",),
        closing=tuple(element.id for element in closing),
        compose=compose,
        estimate=make_size_estimator(language),
        gap=1.2 if is_numbered else 2,  # more white where no number shows where a question begins
        is_numbered=is_numbered,
        sizes=LARGE_REASON_SIZES if design.text_size == "large" else (),
    )


def compose_answer(question: QuestionView, blocks: Blocks, measures: Measures) -> Strip:
    """Return the strip of an answer: the letters of this version, then the part that all versions share.

    If several options are correct, each has its letter before it, in printed order.
    """
    shape = paper_shape(question.answer)
    placed: list[PlacedBlock] = []
    y = 0.0
    for letter, text in shape.correct_option_lines(question):
        line: ElementId = ("right", question.id, text)
        placed += [
            PlacedBlock(("mark", letter), measures.number, round(y, 2)),
            PlacedBlock(line, measures.number, round(y, 2)),
        ]
        y += blocks[line].height
    if not placed:
        x = measures.number
        for character in shape.correct_answer_symbols(question):
            placed.append(PlacedBlock(("mark", character), round(x, 2), 0))
            x += LETTER_ADVANCE * measures.size
    body: ElementId = ("answer", question.id)
    placed.append(PlacedBlock(body, measures.number, round(y, 2)))
    return Strip(round(y + blocks[body].height, 2), tuple(placed))


def title_template_values(design: QuizPaperDesign, language: str) -> dict[str, Any]:
    """Return what the template needs for the heading of answers or of a key."""
    return {
        "title": sheet_title(design, language),
        "title_language": sheet_title_language(design, language),
        "large": design.text_size == "large",
    }


def _explanation_values(question: QuestionView, numbers: Mapping[str, int] | None) -> dict[str, Any]:
    """Return reasons, advice and citations of a question for the template.

    Citations are ``numbers`` of notes, or full citations if there are no notes. If ``numbers`` is ``None``, there are none,
    since the sources of all questions are named together.
    """
    bank = question.bank
    cites = {cite for fact in bank.fact_ids_behind(question.question) for cite in bank.facts[fact].cites}
    return {
        "language": question.text_language,
        "answer_language": question.answer_language,
        "signs": question.explained_exhibit.signs if question.explained_exhibit else (),
        "rationale": question.rationale,
        "advice": question.advice,
        "notes": list_number_ranges([numbers[cite] for cite in cites]) if numbers else [],
        "cited": ""
        if numbers is None or (numbers and cites)
        else _cite_in_full(cites, bank, question.language),
    }


def list_number_ranges(numbers: Sequence[int]) -> list[str]:
    """List numbers in order, three or more in a row as a range: 2, 5–8, 10."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return [
        text
        for each in ranges
        for text in ([f"{each[0]}–{each[-1]}"] if len(each) > 2 else map(str, each))  # noqa: PLR2004
    ]


def _make_closing_elements(content: HandoutContent, numbers: Mapping[str, int] | None) -> list[LayoutElement]:
    """Return the layout elements after the last answer: help numbers and notes.

    Without numbers of notes (``None``), both are as short as possible, and the sources are named.
    """
    bank = content.bank
    is_brief = numbers is None
    if is_brief:
        sources = source_credit(bank_with_cited_sources(content), content.language)
        notes = [_("Facts: {sources}", sources=sources).translated(content.language)]
    else:
        notes = _list_notes(bank, numbers, content.language) if numbers else []
    cites_any = any(
        bank.facts[fact].cites for question in content.questions for fact in bank.fact_ids_behind(question)
    )
    # Notes say which parts are our own advice. Without sources, no part is anything else.
    return [
        *(
            (is_brief and make_main_number_elements(content))
            or make_help_number_elements(content, shortened=is_brief)
        ),
        *([LayoutElement(("sources",), {"notes": notes, "brief": is_brief})] if cites_any else []),
    ]


def _number_cited_passages(content: HandoutContent) -> dict[str, int]:
    """Assign numbers to the passages that the questions cite, in the order of the sources."""
    bank = content.bank
    cited = {
        cite
        for question in content.questions
        for fact in bank.fact_ids_behind(question)
        for cite in bank.facts[fact].cites
    }
    passages = [passage.id for source in bank.sources.values() for passage in source.passages]
    return {passage: number for number, passage in enumerate(filter(cited.__contains__, passages), 1)}


def _list_notes(bank: Bank, numbers: Mapping[str, int], language: str) -> list[str]:
    """Return a note for each source: its title, and the cited passages by their numbers.

    A single source has its publisher and date, too. Several would take too much room.
    """
    cited = [
        source
        for source in bank.sources.values()
        if any(passage.id in numbers for passage in source.passages)
    ]
    make_title = full_title if len(cited) == 1 else short_title
    return [_source_note(source, make_title(source, language), numbers, language) for source in cited]


def _source_note(source: Source, title: str, numbers: Mapping[str, int], language: str) -> str:
    passages = [
        _(
            "[{number}] {passage}",
            number=numbers[passage.id],
            passage=passage_name(slug_of(passage.id), language),
        ).translated(language)
        for passage in source.passages
        if passage.id in numbers
    ]
    listed = locale(language).semicolon.join(passages)
    begins = title[:1].upper() + title[1:]  # it begins a sentence
    return _("{speaker}: {passages}.", speaker=begins, passages=listed).translated(language)


def _cite_in_full(cites: set[str], bank: Bank, language: str) -> str:
    """Cite passages in full, in the order of the sources, or say that there are none."""
    if not cites:
        return _("no source given").translated(language)
    listed = [
        format_citation(source, passages, language)
        for source in bank.sources.values()
        if (passages := [passage.id for passage in source.passages if passage.id in cites])
    ]
    return locale(language).semicolon.join(listed)
