"""The questions of a handout: exhibit, stem, and the boxes or lines below."""

from collections.abc import Sequence

from quizgen.model import Question
from quizgen.paper.design import Design, Measures, Spacing
from quizgen.paper.exhibits import asked_piece, exhibit_id, exhibit_piece
from quizgen.paper.handout.content import Content
from quizgen.paper.handout.estimate import estimator
from quizgen.paper.handout.foot import foot_pieces, help_pieces
from quizgen.paper.handout.header import header_piece
from quizgen.paper.press import Blocks, Piece, PieceId, PlacedBlock, Section, Strip, text_piece
from quizgen.paper.shapes import paper_shape
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


def question_section(content: Content, design: Design, more: Sequence[Piece] = ()) -> Section:
    """Make the section with the questions. The press sets the pieces in ``more`` along with it.

    Raises MisuseError as ``header_piece`` does.
    """
    language = content.language
    pieces = [
        header_piece(content, design),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in map(content.view, content.questions):
        if exhibit := exhibit_piece(question):
            pieces.append(exhibit)
        pieces += [_stem_piece(question), *paper_shape(question.answer).pieces(question)]
    has_numbers = design.answers != "end" and not _reveals_answer(content)
    closing = help_pieces(content, in_short=True) if has_numbers else []
    foot = foot_pieces(content, design, has_credit=design.answers != "end")

    def compose(question: Question, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        return question_strip(content.view(question), blocks, measures, space)

    return Section(
        title=_("Questions").translated(language),
        language=language,
        pieces=[*pieces, *closing, *more, *foot],
        head=("header",),
        closing=tuple(piece.id for piece in closing),
        closes_if_room=True,
        compose=compose,
        estimate=estimator(language),
    )


def question_strip(question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
    """Compose one question: its exhibit, its stem, and the rows of options, pairs or steps.

    There is room for the number at the left. If a question judges its exhibit, the boxes stand after the stem, on the same
    line, if there is room.
    """
    x, y = measures.number, 0.0
    placed = []
    if question.exhibit:
        exhibit = exhibit_id(question)
        placed.append(PlacedBlock(exhibit, x, 0))
        y = blocks[exhibit].height + space.stem
    stem = stem_id(question)
    placed.append(PlacedBlock(stem, round(x, 2), round(y, 2)))
    below = paper_shape(question.answer).below(question, blocks, measures, space)
    offset = blocks[stem].width + 0.6 * measures.size
    if (
        question.answer.is_about_exhibit
        and below.height <= blocks[stem].height
        and offset + max(item.x + blocks[item.piece].width for item in below.placed) <= measures.text
    ):
        x += offset
        height = y + blocks[stem].height
    else:
        y += blocks[stem].height + (space.stem if below.placed else 0)
        height = y + below.height
    placed += [
        PlacedBlock(item.piece, round(x + item.x, 2), round(y + item.y, 2), item.option)
        for item in below.placed
    ]
    return Strip(round(height, 2), tuple(placed))


def stem_id(question: QuestionView) -> PieceId:
    """Return the id of the piece with a stem. Questions that judge exhibits share a stem, and so a piece."""
    if question.exhibit and question.answer.is_about_exhibit:
        return ("asked", question.stem)
    return ("stem", question.id)


def _stem_piece(question: QuestionView) -> Piece:
    id_ = stem_id(question)
    if id_[0] == "asked":
        return asked_piece(id_, question.stem, question.stem_language)
    hint = paper_shape(question.answer).hint(question)
    values = {"parts": list(question.stem_parts), "language": question.stem_language, "hint": hint}
    return Piece(id_, values)


def _reveals_answer(content: Content) -> bool:
    """Return whether the help numbers would give away the answer to a question."""
    numbers = {each.number for each in content.bank.help.values()}
    return any(
        numbers & {part.text for part in (*question.prompts, *question.options)}
        or question.right_answer in numbers
        for question in map(content.view, content.questions)
    )
