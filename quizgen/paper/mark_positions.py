"""Describe printed papers for whoever reads their scans: the boxes of each question, and what each stands for.

Versions print options in different orders. The names here are in the order of the bank, so that answers to different
versions can be counted together.
"""

from collections.abc import Callable, Mapping, Sequence

from quizgen.marks.positions import WORDS_RIGHT, Asks, MarkBox, MarkedQuestion, PrintedPaper, PrintedQuestion
from quizgen.model import Question, Quiz
from quizgen.paper.press import AnswerField
from quizgen.view.question import QuestionView, build_question_views


def describe_paper(
    quiz: Quiz,
    originals: Mapping[str, Question],
    fields: Sequence[AnswerField],
    printed_labels: Callable[[Question], Sequence[str]],
) -> PrintedPaper:
    """Return the questions of a paper with the boxes that its fields have.

    ``fields`` count pages from 0. ``originals`` have options in the order of the bank.
    """
    fields_of: dict[str, list[AnswerField]] = {}
    for field in fields:
        fields_of.setdefault(field.question, []).append(field)
    return PrintedPaper(
        quiz.version,
        tuple(
            PrintedQuestion(
                question.id,
                fields_of[question.id][0].page + 1,
                tuple(
                    _describe_box(field, question, originals[question.id], label)
                    for field, label in zip(fields_of[question.id], printed_labels(question), strict=True)
                ),
            )
            for question in quiz.questions
        ),
    )


def describe_questions(quiz: Quiz, originals: Mapping[str, Question]) -> dict[str, MarkedQuestion]:
    """Return the questions in words, by id, with options in the order of the bank."""
    ordered = Quiz(tuple(originals[each.id] for each in quiz.questions), quiz.seed, quiz.language, quiz.bank)
    return {
        view.id: MarkedQuestion(
            _asks(view.question),
            view.stem,
            {option.name.upper(): option.text for option in view.options},
            _name_right_answer(view),
        )
        for view in build_question_views(ordered)
    }


def _asks(question: Question) -> Asks:
    answer = question.answer
    if answer.takes_words:
        return "words"
    if answer.answer_form in ("pairs", "order"):
        return "rows"
    return "several" if answer.allows_several_options else "one"


def _name_right_answer(view: QuestionView) -> str:
    """Return the names of the right options; for rows, the name of the right choice of each; for words, ``WORDS_RIGHT``."""
    if view.answer.takes_words:
        return WORDS_RIGHT
    names = [option.name.upper() for option in view.options]
    if view.answer_form == "order":
        return "".join(str(view.correct_indices.index(step) + 1) for step in range(len(names)))
    return "".join(names[index] for index in view.correct_indices)


def _describe_box(field: AnswerField, printed: Question, original: Question, label: str) -> MarkBox:
    """Return the box of a field. A row is a prompt or a step, and a value is a choice or a position."""
    x, y, width, height = (round(length, 2) for length in field.millimetres)
    if field.option < 0:
        return MarkBox(x, y, width, height)
    answer = original.answer
    options, prompts = answer.lettered_texts, answer.numbered_texts
    if field.value < 0:
        index = options.index(printed.answer.lettered_texts[field.option])
        return MarkBox(x, y, width, height, answer.option_letter(index).upper(), -1, label)
    if answer.answer_form == "order":
        row = options.index(printed.answer.lettered_texts[field.option])
        return MarkBox(x, y, width, height, str(field.value + 1), row, label)
    row = prompts.index(printed.answer.numbered_texts[field.option])
    index = options.index(printed.answer.lettered_texts[field.value])
    return MarkBox(x, y, width, height, answer.option_letter(index).upper(), row, label)
