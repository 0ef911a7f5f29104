import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.model import Question
from quizgen.paper.content import answer_strip, question_strip
from quizgen.paper.design import PAGES, measures, spacing
from quizgen.paper.strips import Strip, breaks, foot, page_count
from quizgen.paper.typesetter import Block, Blocks, PieceId
from quizgen.shapes import Choose, Match
from tests.banks import sample_bank

SIZE = 10.0
WIDE = measures(PAGES["A4"], SIZE, 4, "en")


def blocks_for(question: Question, option_width: float = 100, height: float = 14) -> Blocks:
    """Blocks of plain sizes for all that a question may need; prompts are twice as high."""
    keys: list[tuple[PieceId, float, float]] = [
        (("stem", question.id), WIDE.text, 2 * height),
        (("answer", question.id), WIDE.answer, 5 * height),
        (("slot",), 18, height),
        (("tick", ""), 12, height),
    ]
    for name in "ABCDEFGH":
        keys += [(("tick", name), 20, height), (("letter", name), 8, height), (("mark", name), 8, height)]
    keys += [(("mark", digit), 6, height) for digit in "12345678"]
    answer = question.answer
    texts = [text["en"] for text in getattr(answer, "options", ()) + getattr(answer, "steps", ())]
    keys += [(("option", question.id, text), option_width, height) for text in texts]
    if isinstance(answer, Match):
        keys += [(("prompt", question.id, text["en"]), WIDE.prompt, 2 * height) for text in answer.prompts]
        keys += [(("choice", question.id, text["en"]), WIDE.choice, height) for text in answer.choices]
    return {key: Block(width, high) for key, width, high in keys}


def question_of(kind: str) -> Question:
    return next(question for question in sample_bank().questions.values() if question.kind == kind)


def strip_of(question: Question, blocks: Blocks, looseness: float = 0.5) -> Strip:
    return question_strip(question, "en", blocks, WIDE, spacing(SIZE, looseness))


def columns(strip: Strip) -> int:
    return len({placed.x for placed in strip.placed if placed.piece[0] in {"tick", "slot"}})


@pytest.mark.parametrize(("width", "expected"), [(60, 4), (150, 2), (240, 1), (400, 1)])
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
        (placed.x, placed.y, placed.x + blocks[placed.piece].width, placed.y + blocks[placed.piece].height)
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


def test_each_box_knows_its_option() -> None:
    question = question_of("single")
    assert isinstance(question.answer, Choose)
    placed = strip_of(question, blocks_for(question)).placed
    ticks = {item.piece[1]: item.option for item in placed if item.piece[0] == "tick"}
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
    blocks["prompt", question.id, first] = Block(WIDE.prompt, 60)
    assert strip_of(question, blocks).height == strip_of(other, blocks).height


def test_an_answer_shows_its_letters_from_the_top() -> None:
    question = question_of("match")
    marks = [
        item
        for item in answer_strip(question, "en", blocks_for(question), WIDE).placed
        if item.piece[0] == "mark"
    ]
    assert [item.x for item in marks] == sorted(item.x for item in marks)
    assert len(marks) == len(getattr(question.answer, "prompts", ()))
    assert marks[-1].x + 8 <= WIDE.number + WIDE.mark


@given(st.lists(st.floats(5, 100), min_size=1, max_size=30), st.floats(0, 20), st.floats(0, 50))
def test_no_strip_is_split_and_each_stands_below_the_one_before(
    heights: list[float], gap: float, head: float
) -> None:
    room = 120.0
    places = breaks([head, *heights], room, gap)
    assert tuple(places[0]) == (0, 0)
    assert len(places) == len(heights) + 1
    last, bottom = 0, head
    for (page, y), height in zip(places[1:], heights, strict=True):
        assert y >= bottom - 0.02 if page == last else (page, y) == (last + 1, 0)
        assert y + height <= room + 0.02
        last, bottom = page, y + height + gap
    assert page_count([head, *heights], room, gap) == places[-1][0] + 1


def test_a_page_is_left_only_when_the_next_strip_does_not_fit() -> None:
    assert breaks([20, 40, 50, 10], 120, 5) == [(0, 0), (0, 20), (0, 65), (1, 0)]
    assert breaks([20, 40, 60, 10], 120, 5) == [(0, 0), (0, 20), (1, 0), (1, 65)]


def test_the_foot_ends_at_the_right_edge_of_the_column() -> None:
    page = PAGES["A4"]
    blocks: Blocks = {
        ("footer",): Block(300, 20),
        ("running", "Page "): Block(25, 10),
        ("running", "1"): Block(5, 10),
    }
    strip = foot(page, blocks, ["Page ", "1"])
    assert strip.height == 20
    assert [item.y for item in strip.placed] == [0, 10, 10]
    assert strip.placed[-1].x + 5 == pytest.approx(page.column, abs=0.01)
