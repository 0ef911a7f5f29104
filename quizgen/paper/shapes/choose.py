"""Options to tick. Each has a box with its letter, or without one if the options have a fixed order."""

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
from quizgen.shapes import Choose
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_INITIALS = {"hint-truth": (_("T"), _("F")), "hint-verdict": (_("G"), _("S"))}
"""Initials of the two options, by the hint of the question."""


class ChooseOnPaper(PaperShape):
    """How options to choose from are printed: with boxes to tick."""

    shape = Choose

    def hint(self, question: QuestionView) -> str:
        """Return a hint if several options can be right."""
        return (
            _("Tick every right answer.").translated(question.language)
            if question.answer.allows_several_options
            else ""
        )

    def asks_for_one_tick(self, question: QuestionView) -> bool:
        """Return whether one option is right."""
        return not question.answer.allows_several_options

    def make_elements(self, question: QuestionView) -> list[LayoutElement]:
        """List the boxes and options."""
        return [
            *(make_text_element("tick", option.letter) for option in question.options),
            *(
                make_text_element("option", option.text, question.id, language=question.answer_language)
                for option in question.options
            ),
        ]

    def compose_below_stem(
        self, question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing
    ) -> Strip:
        """Place the options side by side if they fit."""
        ticks: list[ElementId] = [("tick", option.letter) for option in question.options]
        options: list[ElementId] = [("option", question.id, option.text) for option in question.options]
        indent = measures.marker if question.answer_form == "choose" else measures.box
        return compose_option_grid(ticks, options, indent, blocks, measures, space)

    def answer_sheet_rows(self, question: QuestionView) -> list[AnswerRow]:
        """Return one row with a circle for each option, labelled with its letter, line number or text."""
        if question.answer_form == "lines":
            return [AnswerRow(_short_option_forms(question))]
        return [AnswerRow(tuple(option.letter or option.text for option in question.options))]

    def correct_option_lines(self, question: QuestionView) -> list[tuple[str, str]]:
        """List the correct options, if several can be correct."""
        if not question.answer.allows_several_options:
            return []
        return [(option.letter, option.text) for option in question.options if option.right]

    def correct_answer_symbols(self, question: QuestionView) -> str:
        """Return the correct letters."""
        return question.correct_letters

    def answer_key_cell(self, question: QuestionView) -> str:
        """Return the right letters, or the short form of the right option."""
        if question.answer_form == "choose":
            return question.correct_letters
        right = next(index for index, option in enumerate(question.options) if option.right)
        return _short_option_forms(question)[right]

    def answer_key_characters(self, question: QuestionView) -> str:
        """Return the letters of all options, or their short forms."""
        return self.possible_symbols(question) or "".join(_short_option_forms(question))

    def answer_key_legend(self, question: QuestionView) -> dict[str, str]:
        """Return the meanings of the initials of true and false, or of genuine and scam."""
        if question.answer_form != "sides":
            return {}
        texts = (option.text for option in question.options)
        return dict(zip(_short_option_forms(question), texts, strict=True))


def _short_option_forms(question: QuestionView) -> tuple[str, ...]:
    """Return short forms of options without letters: initials of true, false or a verdict, or line numbers."""
    if question.answer_form == "lines":
        return tuple(map(str, question.answer.option_line_numbers))
    return tuple(initial.translated(question.language) for initial in _INITIALS[question.hint_id])


PAPER = ChooseOnPaper()
