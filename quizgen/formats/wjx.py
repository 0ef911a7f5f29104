"""Export a quiz as the text that Wenjuanxing (问卷星) imports as an exam: a title, then a block for each question.

A block has a line with the number, the question and its kind, a line for each option, one with the right answer and
one with the explanation. Its labels are always in Chinese, because the importer looks for them.
"""

from collections.abc import Iterator
from string import ascii_uppercase

from quizgen.formats.format import Format
from quizgen.formats.question_texts import all_texts, explanation_lines, question_on_one_line
from quizgen.formats.records import QuizExport
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_SEVERAL, _TRUTH, _ONE, _BLANK = "多选题", "判断题", "单选题", "填空题"
_RIGHT, _WHY = "正确答案：", "答案解析："
_SEPARATOR = "|"


def _refusal_reasons(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice and question.answer_form != "blank":
        yield _("it has no form for questions of the kind {kind}", kind=question.question.kind)
        return
    if any("\n" in words for words in all_texts(question)):
        yield _("a text in it has a line break")
    if any(_SEPARATOR in words for words in question.accepted_wordings):
        yield _("a text in it has `{mark}`, which separates answers in that format", mark=_SEPARATOR)


def _format_question(number: int, question: QuestionView) -> str:
    if question.answer_form == "blank":
        kind, options, right = _BLANK, [], _SEPARATOR.join(question.accepted_wordings)
    else:
        kind = _SEVERAL if question.answer.allows_several_options else _ONE
        kind = kind if question.answer.truth_value is None else _TRUTH
        lettered = zip(ascii_uppercase, question.options, strict=False)
        options = [f"{letter}. {option.text}" for letter, option in lettered]
        right = "".join(ascii_uppercase[key] for key in question.correct_indices)
    why = " ".join(explanation_lines(question))
    lines = [f"{number}. {question_on_one_line(question)}[{kind}]", *options, _RIGHT + right, _WHY + why]
    return "\n".join(lines) + "\n"


def _quiz_to_wjx(quiz: QuizExport) -> bytes:
    blocks = (_format_question(number, question) for number, question in enumerate(quiz.questions, start=1))
    return "\n".join([f"{quiz.title}\n", *blocks]).encode()


FORMAT = Format(
    name="wjx",
    suffix=".txt",
    subject="quiz",
    meaning=_("Wenjuanxing"),
    write=_quiz_to_wjx,
    refusal_reasons=_refusal_reasons,
)
