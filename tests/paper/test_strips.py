from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.model import Question
from quizgen.paper.design import PAGES, measures_for_type_size, spacing_for_type_size
from quizgen.paper.handout.answers import compose_answer
from quizgen.paper.handout.questions import compose_question
from quizgen.paper.press.elements import Block, Blocks, ElementId
from quizgen.paper.press.foot import compose_foot
from quizgen.paper.press.strips import Strip, StripPosition, place_strips, place_strips_evenly
from quizgen.paper.shapes import paper_shape
from quizgen.shapes import Choose, Match
from quizgen.view.question import QuestionView
from tests.banks import sample_bank

SIZE = 10.0
WIDE = measures_for_type_size(PAGES["A4"], SIZE, "en")


def blocks_for(question: Question, option_width: float = 100, height: float = 14) -> Blocks:
    """Blocks of plain sizes for all that a question may need; prompts are twice as high."""
    keys: list[tuple[ElementId, float, float]] = [
        (("stem", question.id), WIDE.text, 2 * height),
        (("answer", question.id), WIDE.answer, 5 * height),
        (("slot",), WIDE.slot_box, WIDE.slot_height),
        (("tick", ""), WIDE.tick, height),
    ]
    for name in "ABCDEFGH":
        keys += [(("tick", name), 25, height), (("letter", name), 8, height), (("mark", name), 6.6, height)]
    keys += [(("mark", digit), 6, height) for digit in "12345678"]
    answer = question.answer
    texts = [text["en"] for text in getattr(answer, "options", ()) + getattr(answer, "steps", ())]
    keys += [(("option", question.id, text), option_width, height) for text in texts]
    if isinstance(answer, Match):
        keys += [(("prompt", question.id, text["en"]), 60, 2 * height) for text in answer.prompts]
        keys += [(("choice", question.id, text["en"]), 60, height) for text in answer.choices]
    lines = paper_shape(answer).correct_option_lines(view_of(question))
    keys += [(("right", question.id, text), WIDE.answer, height) for _, text in lines]
    return {key: Block(width, high) for key, width, high in keys}


def view_of(question: Question) -> QuestionView:
    return QuestionView(question, sample_bank(), "en")


def question_of(kind: str) -> Question:
    return next(question for question in sample_bank().questions.values() if question.kind == kind)


def emptiest(positions: list[StripPosition], heights: list[float]) -> float:
    """Return how far down the page is filled that is filled the least."""
    filled = [0.0] * (positions[-1].page + 1)
    for spot, height in zip(positions, heights, strict=True):
        filled[spot.page] = max(filled[spot.page], spot.y + height)
    return min(filled)


def strip_of(question: Question, blocks: Blocks, looseness: float = 0.5) -> Strip:
    return compose_question(view_of(question), blocks, WIDE, spacing_for_type_size(SIZE, looseness))


def columns(strip: Strip) -> int:
    """Count boxes in the first row."""
    boxes = [placed for placed in strip.placed if placed.element_id[0] in {"tick", "slot"}]
    return sum(placed.y == boxes[0].y for placed in boxes)


@pytest.mark.parametrize(("width", "expected"), [(20, 4), (70, 2), (100, 1), (200, 1)])
def test_options_stand_in_as_many_columns_as_fit(width: float, expected: int) -> None:
    question = question_of("single")
    assert columns(strip_of(question, blocks_for(question, width))) == expected


@pytest.mark.parametrize("kind", ["single", "multiple", "true-false", "match", "order", "fill"])
@given(width=st.floats(20, 420), looseness=st.floats(0, 1))
def test_nothing_overlaps_or_leaves_the_column(kind: str, width: float, looseness: float) -> None:
    question = question_of(kind)
    blocks = blocks_for(question, min(width, WIDE.option))
    strip = strip_of(question, blocks, looseness)
    boxes = [
        (
            placed.x,
            placed.y,
            placed.x + blocks[placed.element_id].width,
            placed.y + blocks[placed.element_id].height,
        )
        for placed in strip.placed
    ]
    for index, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -0.01
        assert right <= WIDE.column + 0.01
        assert top >= -0.01
        assert bottom <= strip.height + 0.01
        for other in boxes[index + 1 :]:
            assert (
                right <= other[0] + 0.01
                or other[2] <= left + 0.01
                or bottom <= other[1] + 0.01
                or other[3] <= top + 0.01
            )


def test_three_options_and_five_stand_in_three_columns() -> None:
    question = question_of("single")
    assert isinstance(question.answer, Choose)
    for count, rows in ((3, 1), (5, 2)):
        options = tuple({"en": f"option {number}"} for number in range(count))
        made = replace(question, answer=replace(question.answer, options=options))
        strip = strip_of(made, blocks_for(made, 40))
        assert columns(strip) == 3
        assert len({item.y for item in strip.placed if item.element_id[0] == "tick"}) == rows


def test_boxes_below_each_other_do_not_touch() -> None:
    for kind, side in (("single", WIDE.tick), ("order", WIDE.slot_height)):
        question = question_of(kind)
        strip = strip_of(question, blocks_for(question, 150), looseness=0)
        levels = [item.y for item in strip.placed if item.element_id[0] in {"tick", "slot"}]
        assert min(below - above for above, below in pairwise(levels)) >= side + 2.5


def test_each_box_knows_its_option() -> None:
    question = question_of("single")
    assert isinstance(question.answer, Choose)
    placed = strip_of(question, blocks_for(question)).placed
    ticks = {item.element_id[1]: item.option for item in placed if item.element_id[0] == "tick"}
    assert ticks == {"A": 0, "B": 1, "C": 2, "D": 3}


def test_a_matching_question_is_as_tall_in_every_version() -> None:
    question = question_of("match")
    assert isinstance(question.answer, Match)
    turned = Match(question.answer.prompts[::-1], question.answer.choices, question.answer.key[::-1])
    other = Question(
        **{name: getattr(question, name) for name in question.__struct_fields__} | {"answer": turned}
    )
    blocks = blocks_for(question)
    first = question.answer.prompts[0]["en"]
    blocks["prompt", question.id, first] = Block(60, 60)
    assert strip_of(question, blocks).height == strip_of(other, blocks).height


def test_an_answer_shows_its_letters_from_the_top() -> None:
    question = question_of("order")
    blocks = blocks_for(question) | {("answer", question.id): Block(WIDE.answer, 40)}
    marks = [
        item
        for item in compose_answer(view_of(question), blocks, WIDE).placed
        if item.element_id[0] == "mark"
    ]
    assert "".join(item.element_id[1] for item in marks) == paper_shape(
        question.answer
    ).correct_answer_symbols(view_of(question))
    assert [item.x for item in marks] == sorted(item.x for item in marks)
    assert len({item.y for item in marks}) == 1


@pytest.mark.parametrize("kind", ["multiple", "match"])
def test_several_right_options_each_have_their_letter(kind: str) -> None:
    question = question_of(kind)
    strip = compose_answer(view_of(question), blocks_for(question), WIDE)
    beside = {item.y: item.element_id[1] for item in strip.placed if item.element_id[0] == "mark"}
    answer = question.answer
    assert len(beside) > 1
    for item in strip.placed:
        if item.element_id[0] == "right":
            texts = answer.choices if isinstance(answer, Match) else getattr(answer, "options", ())
            text = texts["ABCDEFGH".index(beside.pop(item.y))]["en"]
            assert item.element_id[2].endswith(text)
    assert not beside


HEIGHTS = st.lists(st.floats(5, 100), min_size=1, max_size=30)


@given(HEIGHTS, st.floats(0, 20), st.floats(0, 50), st.integers(1, 2), st.integers(0, 2))
def test_strips_are_whole_and_follow_each_other(
    heights: list[float], gap: float, head: float, columns: int, closing: int
) -> None:
    room = 120.0
    closing = min(closing, len(heights) - 1)
    positions = place_strips([head, *heights], room, gap, columns=columns, closing_strips=closing)
    assert positions[0] == StripPosition(0, 0, 0)
    assert len(positions) == len(heights) + 1
    within = positions[1 : len(positions) - closing]
    assert within == sorted(within)
    below: dict[int, float] = {0: head}
    last = (0, 0, head)
    for index, (spot, height) in enumerate(zip(positions[1:], heights, strict=True)):
        is_wide = index >= len(heights) - closing
        if not is_wide and spot[:2] == last[:2]:
            assert spot.y >= last[2] - 0.02
        assert spot.y >= (head if spot.page == 0 else 0) - 0.02
        if is_wide:
            assert spot.column == 0
            assert spot.y >= below.get(spot.page, 0) - 0.02
        assert spot.y + height <= room + 0.02 or spot.y == (head if spot.page == 0 else 0)
        last = (spot.page, spot.column, spot.y + height + gap)
        below[spot.page] = max(below.get(spot.page, 0), spot.y + height)


def test_a_new_page_begins_only_if_the_next_strip_does_not_fit() -> None:
    assert place_strips([20, 40, 50, 10], 120, 5) == [(0, 0, 0), (0, 0, 20), (0, 0, 65), (1, 0, 0)]
    assert place_strips([20, 40, 60, 10], 120, 5) == [(0, 0, 0), (0, 0, 20), (1, 0, 0), (1, 0, 65)]


def test_columns_have_similar_lengths() -> None:
    positions = place_strips([20, 30, 30, 30, 30, 10], 120, 5, columns=2, closing_strips=1)
    assert positions == [(0, 0, 0), (0, 0, 20), (0, 0, 55), (0, 1, 20), (0, 1, 55), (0, 0, 90)]


def test_closing_blocks_are_not_alone_on_a_page() -> None:
    positions = place_strips([20, 40, 40, 40, 40, 60], 120, 5, columns=2, closing_strips=1)
    assert positions[-1].page == 1
    assert positions[-2].page == 1


def test_the_foot_ends_at_the_right_edge_of_the_column() -> None:
    page = PAGES["A4"]
    blocks: Blocks = {
        ("footer",): Block(300, 20),
        ("running", "Page "): Block(25, 10),
        ("running", "1"): Block(5, 10),
    }
    strip = compose_foot(page, blocks, ["Page ", "1"], 9)
    assert strip.height == 20
    assert [item.y for item in strip.placed] == [0, 10, 10]
    assert strip.placed[-1].x + 5 == pytest.approx(page.content_width, abs=0.01)


@given(
    st.lists(st.floats(20, 300), min_size=1, max_size=40),
    st.lists(st.floats(20, 500), max_size=2),
    st.sampled_from([1, 2]),
)
def test_pages_are_filled_evenly_if_that_needs_no_extra_page(
    heights: list[float], closing: list[float], columns: int
) -> None:
    stack = [80.0, *heights, *closing]
    first = place_strips(stack, 700, 10, columns=columns, closing_strips=len(closing))
    positions = place_strips_evenly(stack, 700, 10, columns=columns, closing_strips=len(closing))
    assert positions[-1].page == first[-1].page
    assert emptiest(positions, stack) >= emptiest(first, stack)
    bottoms = [spot.y + height for spot, height in zip(positions, stack, strict=True)]
    assert max(bottoms) <= 700 + 0.1
    assert [spot.page for spot in positions] == sorted(spot.page for spot in positions)


def test_the_last_page_is_not_nearly_empty() -> None:
    stack = [50.0, *[100.0] * 14]
    first, positions = (way(stack, 500, 0) for way in (place_strips, place_strips_evenly))
    assert [sum(spot.page == page for spot in first) for page in range(4)] == [5, 5, 5, 0]
    stack = [50.0, *[100.0] * 11]
    first, positions = (way(stack, 500, 0) for way in (place_strips, place_strips_evenly))
    assert [sum(spot.page == page for spot in first) for page in range(3)] == [5, 5, 2]
    assert [sum(spot.page == page for spot in positions) for page in range(3)] == [4, 4, 4]


def test_sources_are_not_alone_on_the_last_page_if_avoidable() -> None:
    def places(room: float, *strips: float) -> list[tuple[int, float]]:
        return [
            (spot.page, spot.y)
            for spot in place_strips([50.0, *strips, 150.0, 120.0], room, 10, closing_strips=2)
        ]

    # With the last question, where that has room beside both; else behind all questions.
    assert places(600, 200.0, 180.0) == [(0, 0), (0, 50), (1, 0), (1, 190), (1, 350)]
    assert places(580, 150.0, 300.0) == [(0, 0), (0, 50), (0, 210), (1, 0), (1, 160)]
    assert places(560, 480.0, 300.0) == [(0, 0), (0, 50), (1, 0), (2, 0), (2, 160)]
