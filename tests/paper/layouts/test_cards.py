"""Cards, read back as they are cut."""

import pytest
from msgspec.structs import replace

from quizgen.model import Question
from quizgen.paper.design import MM, PaperSize, SizedDesign, TextSize
from quizgen.paper.layouts.cards import print_cards
from quizgen.text.languages import localize
from quizgen.text.messages import _
from quizgen.view.question import QuestionView
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import Run, runs, sizes, squeezed

WIDE, TALL = 95, {"normal": 62, "large": 124}
CARD = tuple[int, int, int]


def by_card(found: list[Run], left: float, top: float, tall: float) -> dict[CARD, list[Run]]:
    """Put what is printed to the cards that it stands on, by page, row and column."""
    cards: dict[CARD, list[Run]] = {}
    for run in found:
        key = run.page, int((run.top - top) // tall), int((run.left - left) // WIDE)
        cards.setdefault(key, []).append(run)
    return cards


def said(card: list[Run]) -> str:
    return squeezed("".join(run.text for run in card))


@pytest.mark.parametrize(
    ("language", "paper", "text_size", "count"),
    [("zh-Hant", "A4", "normal", 9), ("en", "Letter", "large", 5)],
)
def test_backs_of_cards_are_behind_their_fronts(
    language: str, paper: PaperSize, text_size: TextSize, count: int
) -> None:
    design = SizedDesign(
        paper=paper,
        text_size=text_size,
        organiser="Harbour" if text_size == "large" else "",
        contact="0123 4567" if text_size == "large" else "0123 4567 8910",
    )
    pdf, quiz = print_cards(Job(language, count=count), design)
    assert len(quiz.questions) == count
    width, height = (210, 297) if paper == "A4" else (215.9, 279.4)
    tall = TALL[text_size]
    rows = round(248 / tall)
    assert sizes(pdf) == [(width, height)] * (-(-count // (2 * rows)) * 2)
    left, top = (width - 2 * WIDE) / 2, (height - 248) / 2
    cards = by_card(runs(pdf), left, top, tall)
    assert len(cards) == 2 * count
    whole = said(runs(pdf))
    assert len({squeezed(question.id) in whole for question in quiz.questions}) == 1  # on all, or on none
    for number, question in enumerate(quiz.questions):
        sheet, place = divmod(number, 2 * rows)
        row, column = divmod(place, 2)
        front, back = cards[2 * sheet, row, column], cards[2 * sheet + 1, row, 1 - column]
        check_front(front, number + 1, question, language)
        check_back(back, question, language, design)
        assert [run for run in back if run.text.strip() == str(number + 1)]
        check_place(front, left + column * WIDE, top + row * tall, tall)
        check_place(back, left + (1 - column) * WIDE, top + row * tall, tall)
    whom = _("Money gone: {number}", number="110").translated(language)
    lefts = {round(run.left % WIDE, 1) for run in runs(pdf) if run.page % 2 and run.text.startswith(whom)}
    assert max(lefts) - min(lefts) <= 0.1  # on every back alike, in the left column and the right
    assert min(lefts) == pytest.approx((left + 5) % WIDE, abs=0.6)  # but for the white of a glyph
    assert min(run.size for run in runs(pdf)) >= (16 if text_size == "large" else 8)


def test_what_goes_before_an_exhibit_is_as_large_as_the_exhibit() -> None:
    pdf, quiz = print_cards(Job("zh-Hans", 16, count=4), SizedDesign(text_size="large"))
    exhibits = town_bank().exhibits
    assert any(exhibits[question.exhibit].context for question in quiz.questions if question.exhibit)
    assert min(run.size for run in runs(pdf)) >= 16


def test_with_few_questions_that_fit_there_are_fewer_cards_also_if_more_are_asked_for() -> None:
    bank = town_bank()
    fitting = [question.id for question in print_cards(Job(count=6), SizedDesign())[1].questions][:5]
    long = {"en": "This is a stem that no card has room for. " * 9}
    questions = {
        id_: each if id_ in fitting else replace(each, stem=long)
        for id_, each in list(bank.questions.items())
        if id_ in fitting or not each.exhibit
    }
    few = replace(bank, questions=questions)
    for count in (None, 8):
        assert len(print_cards(Job(bank=few, count=count), SizedDesign())[1].questions) == 4


def check_front(card: list[Run], number: int, question: Question, language: str) -> None:
    text = said(card)
    options = [localize(option, language) for group in question.answer.text_groups() for option in group]
    parts = [str(number), localize(question.stem, language), *options]
    if question.exhibit:
        exhibit = town_bank().exhibits[question.exhibit]
        parts += [localize(line.text, language) for line in exhibit.lines]
    assert [part for part in parts if squeezed(part) not in text] == []


def check_back(card: list[Run], question: Question, language: str, design: SizedDesign) -> None:
    text = said(card)
    key = QuestionView(question, town_bank(), language).right_answer
    letter = "ABCDEF"[question.answer.correct_response(language)[0]]  # type: ignore[index]
    parts = [letter, key, localize(question.rationale, language), localize(question.advice, language)]
    assert [
        part
        for part in [*parts, "110", "96110", design.organiser, design.contact]
        if squeezed(part) not in text
    ] == []


def check_place(card: list[Run], left: float, top: float, tall: float) -> None:
    """All stands 5 mm within the card's edges, and the first of it just there, to a tenth of a millimetre and a glyph's own white.

    The end of a ``j`` reaches back over the edge of its line.
    """
    reach = {"j": 0.055}
    starts = [run.left + reach.get(run.text[:1], 0) * run.size / MM for run in card]
    assert min(starts) >= left + 4.9
    assert max(run.right for run in card) <= left + WIDE - 4.9
    assert top + 4.9 <= min(run.top for run in card)
    assert max(run.bottom for run in card) <= top + tall - 4.9
