"""The answers of a handout: the key, the reasons, the advice and the cited passages."""

from collections.abc import Mapping
from typing import Any

from quizgen.citation import format_citation, passage_name, short_title
from quizgen.ids import slug_of
from quizgen.model import Bank, Question, Source
from quizgen.paper.design import Design, Measures, Spacing, title_language_of, title_of
from quizgen.paper.handout.content import Content
from quizgen.paper.handout.estimate import estimator
from quizgen.paper.handout.foot import foot_pieces, help_pieces
from quizgen.paper.press import Blocks, Piece, PieceId, PlacedBlock, Section, Strip, block_strip, text_piece
from quizgen.paper.shapes import paper_shape
from quizgen.text.languages import locale, localize
from quizgen.text.messages import _
from quizgen.view.exhibit import exhibit_title
from quizgen.view.question import QuestionView

LETTER_ADVANCE = 0.66
"""Distance between the letters of a key, in ems. ``pieces.html`` leaves as much room for each."""


def answer_section(content: Content, design: Design) -> Section:
    """Make the section with the answers, in the order and with the letters of a paper."""
    language = content.language
    questions = [(paper_shape(each.answer), each) for each in map(content.view, content.questions)]
    characters = {mark for shape, question in questions for mark in shape.possible_marks(question)}
    numbers = _note_numbers(content)
    if len(content.questions) > content.count:
        # Papers that draw their own questions would need a list of notes on all of them, which fills most of a page.
        numbers = {}
    pieces = [
        Piece(("answers",), _title_values(design, language)),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
        *(text_piece("mark", character) for character in sorted(characters)),
    ]
    for shape, question in questions:
        lines = shape.right_lines(question)
        pieces += (
            Piece(("right", question.id, text), {"text": text, "language": question.answer_language})
            for _, text in lines
        )
        values = {
            "key": "" if lines else question.right_answer,
            "letters": 0 if lines else len(shape.mark(question)),
            **_explanation(question, numbers),
        }
        pieces.append(Piece(("answer", question.id), values))
    closing = _closing_pieces(content, numbers)

    def compose(question: Question, blocks: Blocks, measures: Measures, _: Spacing) -> Strip:
        return answer_strip(content.view(question), blocks, measures)

    return Section(
        title=_("Answers").translated(language),
        language=language,
        pieces=[*pieces, *closing, *foot_pieces(content, design, has_credit=False)],
        head=("answers",),
        closing=tuple(piece.id for piece in closing),
        compose=compose,
        estimate=estimator(language),
        gap=0.8,
    )


def reason_section(content: Content, design: Design) -> Section:
    """Make the section that explains all questions of many papers, without the numbers of any paper."""
    language = content.language
    numbers = _note_numbers(content)
    pieces = [Piece(("reasons",), _title_values(design, language))]
    for question in map(content.view, content.questions):
        exhibit = question.explained_exhibit
        values = {
            "about": exhibit_title(exhibit, language) if exhibit else question.stem,
            "about_language": question.text_language if exhibit else question.stem_language,
            "key": question.right_answer,
            "letters": 0,  # letters differ between papers
            **_explanation(question, numbers),
        }
        pieces.append(Piece(("reason", question.id), values))
    closing = _closing_pieces(content, numbers)

    def compose(question: Question, blocks: Blocks, _: Measures, __: Spacing) -> Strip:
        return block_strip(("reason", question.id), blocks)

    return Section(
        title=_("Reasons").translated(language),
        language=language,
        pieces=[*pieces, *closing, *foot_pieces(content, design, has_credit=False)],
        head=("reasons",),
        closing=tuple(piece.id for piece in closing),
        compose=compose,
        estimate=estimator(language),
        gap=2,  # more white, since no number shows where a question begins
        is_numbered=False,
    )


def answer_strip(question: QuestionView, blocks: Blocks, measures: Measures) -> Strip:
    """Compose one answer: the letters of this version, then the part that is the same in all versions.

    If several options are right, each has its letter before it, in printed order.
    """
    shape = paper_shape(question.answer)
    placed: list[PlacedBlock] = []
    y = 0.0
    for letter, text in shape.right_lines(question):
        line: PieceId = ("right", question.id, text)
        placed += [
            PlacedBlock(("mark", letter), measures.number, round(y, 2)),
            PlacedBlock(line, measures.number, round(y, 2)),
        ]
        y += blocks[line].height
    if not placed:
        x = measures.number
        for character in shape.mark(question):
            placed.append(PlacedBlock(("mark", character), round(x, 2), 0))
            x += LETTER_ADVANCE * measures.size
    body: PieceId = ("answer", question.id)
    placed.append(PlacedBlock(body, measures.number, round(y, 2)))
    return Strip(round(y + blocks[body].height, 2), tuple(placed))


def _title_values(design: Design, language: str) -> dict[str, str]:
    return {"title": title_of(design, language), "title_language": title_language_of(design, language)}


def _explanation(question: QuestionView, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return reasons, advice and citations of a question: the citations as numbers of notes, or in full without notes."""
    bank = question.bank
    cites = {cite for fact in bank.fact_ids_behind(question.question) for cite in bank.facts[fact].cites}
    return {
        "language": question.text_language,
        "answer_language": question.answer_language,
        "signs": question.explained_exhibit.signs if question.explained_exhibit else (),
        "rationale": question.rationale,
        "advice": question.advice,
        "notes": sorted(numbers[cite] for cite in cites) if numbers else [],
        "cited": "" if numbers and cites else _full_citation(cites, bank, question.language),
    }


def _closing_pieces(content: Content, numbers: Mapping[str, int]) -> list[Piece]:
    """Make the pieces after the last answer: help numbers and notes."""
    bank = content.bank
    notes = _notes(bank, numbers, content.language) if numbers else []
    cites_any = any(
        bank.facts[fact].cites for question in content.questions for fact in bank.fact_ids_behind(question)
    )
    # Notes say which parts are our own advice. Without sources, no part is anything else.
    return [*help_pieces(content), *([Piece(("sources",), {"notes": notes})] if cites_any else [])]


def _note_numbers(content: Content) -> dict[str, int]:
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


def _notes(bank: Bank, numbers: Mapping[str, int], language: str) -> list[str]:
    """List the notes: one for each source, or one for each speaker if there is only one source.

    A note has the numbers by which the answers refer to it.
    """
    if len(bank.sources) > 1:
        return [
            _source_note(source, numbers, language)
            for source in bank.sources.values()
            if any(passage.id in numbers for passage in source.passages)
        ]
    speakers: dict[str, list[str]] = {}
    for source in bank.sources.values():
        for passage in source.passages:
            if passage.id in numbers:
                name = localize(passage.speaker, language) or _("the article itself").translated(language)
                speaker = name[:1].upper() + name[1:]  # it begins a sentence
                speakers.setdefault(speaker, []).append(
                    _(
                        "{number} is passage {passage}",
                        number=numbers[passage.id],
                        passage=passage.id.partition("/")[2],
                    ).translated(language)
                )
    return [
        _(
            "{speaker}: {passages}.", speaker=speaker, passages=locale(language).semicolon.join(passages)
        ).translated(language)
        for speaker, passages in speakers.items()
    ]


def _source_note(source: Source, numbers: Mapping[str, int], language: str) -> str:
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
    name = short_title(source, language)
    begins = name[:1].upper() + name[1:]  # it begins a sentence
    return _("{speaker}: {passages}.", speaker=begins, passages=listed).translated(language)


def _full_citation(cites: set[str], bank: Bank, language: str) -> str:
    """Cite passages in full, in the order of the sources, or say that there are none."""
    if not cites:
        return _("no source given").translated(language)
    listed = [
        format_citation(source, passages, language)
        for source in bank.sources.values()
        if (passages := [passage.id for passage in source.passages if passage.id in cites])
    ]
    return locale(language).semicolon.join(listed)
