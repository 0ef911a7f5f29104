"""Steps, each with a box for its number."""

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press import (
    Blocks,
    ElementId,
    LayoutElement,
    Strip,
    compose_option_grid,
    make_text_element,
)
from quizgen.paper.shapes import AnswerRow, PaperShape
from quizgen.shapes import Order
from quizgen.text.messages import _
from quizgen.view.question import QuestionView


class OrderOnPaper(PaperShape):
    """How steps to put in order are printed: with boxes for numbers."""

    shape = Order

    def hint(self, question: QuestionView) -> str:
        """Return the hint to write numbers into the boxes."""
        return _("Number the boxes from 1.").translated(question.language)

    def make_elements(self, question: QuestionView) -> list[LayoutElement]:
        """List the box and the steps."""
        steps = [
            make_text_element("option", step.text, question.id, language=question.answer_language)
            for step in question.options
        ]
        return [LayoutElement(("slot",), {}), *steps]

    def compose_below_stem(
        self, question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing
    ) -> Strip:
        """Place the steps side by side if they fit."""
        steps: list[ElementId] = [("option", question.id, step.text) for step in question.options]
        return compose_option_grid([("slot",)] * len(steps), steps, measures.slot, blocks, measures, space)

    def answer_sheet_rows(self, question: QuestionView) -> list[AnswerRow]:
        """Return a row for each box, with a circle for each number."""
        numbers = tuple(self.possible_symbols(question))
        return [AnswerRow(numbers, index) for index in range(len(numbers))]

    def answer_text(self, question: QuestionView) -> str:
        """Return the steps in their order, and what the numbers before them are."""
        words = _("in the boxes from the top. The order: {steps}", steps=question.right_answer)
        return words.translated(question.language)

    def correct_answer_symbols(self, question: QuestionView) -> str:
        """Return the number of each box."""
        numbers = {pair.option.letter: pair.prompt.name for pair in question.pairs}
        return "".join(numbers[step.letter] for step in question.options)

    def possible_symbols(self, question: QuestionView) -> str:
        """Return the numbers of all steps."""
        return "".join(str(number) for number in range(1, len(question.options) + 1))


PAPER = OrderOnPaper()
