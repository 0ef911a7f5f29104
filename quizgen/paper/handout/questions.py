"""The questions of a handout: each with its exhibit, its stem, and what is to be ticked or written."""

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
    """Make the section with the questions, and set ``more`` pieces with it.

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
    names_numbers = design.answers != "end" and not _tells_number(content)
    closing = help_pieces(content, in_short=True) if names_numbers else []
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
    """Compose one question: its exhibit if it has one, its stem, and below that the rows of options, pairs or steps.

    There is room for its number at the left. Boxes of what is asked briefly stand behind its stem where they have room.
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
    behind = blocks[stem].width + 0.6 * measures.size
    if (
        question.answer.judges_exhibit
        and below.height <= blocks[stem].height
        and behind + max(item.x + blocks[item.piece].width for item in below.placed) <= measures.text
    ):
        x += behind
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
    """Name the piece with a question's stem; a brief one is the same for all exhibits of which it is asked."""
    if question.exhibit and question.answer.judges_exhibit:
        return ("asked", question.stem)
    return ("stem", question.id)


def _stem_piece(question: QuestionView) -> Piece:
    id_ = stem_id(question)
    if id_[0] == "asked":
        return asked_piece(id_, question.stem)
    hint = paper_shape(question.answer).hint(question)
    return Piece(id_, {"parts": list(question.stem_parts), "hint": hint})


def _tells_number(content: Content) -> bool:
    """Tell whether help numbers beside the questions would tell the answer to one of these."""
    numbers = {each.number for each in content.bank.help.values()}
    return any(
        numbers & {part.text for part in (*question.prompts, *question.options)}
        or question.right_answer in numbers
        for question in map(content.view, content.questions)
    )
