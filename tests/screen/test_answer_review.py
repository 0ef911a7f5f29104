"""An answered question on the screen: the right answer differs visibly from the person's."""

from quizgen.screen.answer_review import reviewed_answer_rows
from quizgen.screen.rows import row_text, total_width
from quizgen.shapes import Order
from quizgen.view.feedback import review_response
from quizgen.view.question import build_question_view
from tests.screen.test_session import attempt


def test_a_wrong_order_shows_the_right_one_from_top_to_bottom_in_the_colour_of_right_answers() -> None:
    taken = attempt()
    index = next(
        index for index, question in enumerate(taken.quiz.questions) if isinstance(question.answer, Order)
    )
    view = build_question_view(taken, index)
    shown = [option.text for option in view.options]
    right = [part.text for part in view.right_answer_parts]
    response = tuple(shown.index(step) for step in reversed(right))
    rows = reviewed_answer_rows(review_response(view, response), taken.quiz.language, 60)
    green = [span.text for row in rows for span in row if span.look == "right" and span.text in right]
    assert green == right


def test_what_the_person_put_is_beside_what_belongs_there_or_below_if_there_is_no_room() -> None:
    taken = attempt()
    index = next(
        index for index, question in enumerate(taken.quiz.questions) if isinstance(question.answer, Order)
    )
    view = build_question_view(taken, index)
    shown = [option.text for option in view.options]
    right = [part.text for part in view.right_answer_parts]
    response = tuple(shown.index(step) for step in reversed(right))
    for width, beside in ((30, False), (80, True)):
        rows = reviewed_answer_rows(review_response(view, response), taken.quiz.language, width)
        texts = [row_text(row) for row in rows]
        assert max(map(total_width, rows)) <= width
        columns = {text.index("you:") for text in texts if "you:" in text}
        assert len(columns) == 1
        assert any(text.partition("you:")[0].strip() for text in texts if "you:" in text) == beside
