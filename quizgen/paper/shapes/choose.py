"""Options, each behind a box with its letter; those in an order of their own without letters."""

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press import Blocks, Piece, PieceId, Strip, grid, text_piece
from quizgen.paper.shapes import AnswerRow, PaperShape
from quizgen.shapes import Choose
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_SIGNS = {"hint-truth": (_("T"), _("F")), "hint-verdict": (_("G"), _("S"))}
"""Messages with the initials of two sides, by the hint of their question."""


class ChooseOnPaper(PaperShape):
    """Boxes to tick."""

    shape = Choose

    def hint(self, question: QuestionView) -> str:
        """Say where several are to be ticked."""
        return (
            _("Tick every right answer.").translated(question.language)
            if question.answer.allows_several
            else ""
        )

    def is_ticked_once(self, question: QuestionView) -> bool:
        """Where there is one right option."""
        return not question.answer.allows_several

    def pieces(self, question: QuestionView) -> list[Piece]:
        """List boxes, and options."""
        return [
            *(text_piece("tick", option.letter) for option in question.options),
            *(text_piece("option", option.text, question.id) for option in question.options),
        ]

    def below(self, question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set options beside each other where they have room."""
        ticks: list[PieceId] = [("tick", option.letter) for option in question.options]
        options: list[PieceId] = [("option", question.id, option.text) for option in question.options]
        indent = measures.marker if question.form == "choose" else measures.box
        return grid(ticks, options, indent, blocks, measures, space)

    def answer_rows(self, question: QuestionView) -> list[AnswerRow]:
        """Give a circle to each option: with its letter, the number of its line, or what it says."""
        if question.form == "lines":
            return [AnswerRow(_signs(question))]
        return [AnswerRow(tuple(option.letter or option.text for option in question.options))]

    def right_lines(self, question: QuestionView) -> list[tuple[str, str]]:
        """List the right options where several may be."""
        if not question.answer.allows_several:
            return []
        return [(option.letter, option.text) for option in question.options if option.right]

    def mark(self, question: QuestionView) -> str:
        """Give the right letters."""
        return question.key_letters

    def key_cell(self, question: QuestionView) -> str:
        """Give the right letters, or what stands for the one right option."""
        if question.form == "choose":
            return question.key_letters
        right = next(index for index, option in enumerate(question.options) if option.right)
        return _signs(question)[right]

    def key_alphabet(self, question: QuestionView) -> str:
        """Give the letters of all options, or what stands for these."""
        return self.possible_marks(question) or "".join(_signs(question))

    def key_legend(self, question: QuestionView) -> dict[str, str]:
        """Say what the initials of two sides stand for."""
        if question.form != "sides":
            return {}
        texts = (option.text for option in question.options)
        return dict(zip(_signs(question), texts, strict=True))


def _signs(question: QuestionView) -> tuple[str, ...]:
    """Give what stands for options without letters: an initial of true, false or a verdict, the number of a line."""
    if question.form == "lines":
        return tuple(map(str, question.answer.line_numbers))
    return tuple(name.translated(question.language) for name in _SIGNS[question.hint])


PAPER = ChooseOnPaper()
