"""A quiz as the text that Wenjuanxing (问卷星) imports as an exam: a title, then block by block.

A block has a line with number, question and kind, a line for each option, and a line each for the right answer and the
explanation. Its labels are always Chinese, because the importer looks for them.
"""

from collections.abc import Iterator
from string import ascii_uppercase

from quizgen.export.format import Format
from quizgen.export.records import QuizExport
from quizgen.export.words import explanation, on_one_line, texts_of
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_SEVERAL, _TRUTH, _ONE, _BLANK = "多选题", "判断题", "单选题", "填空题"
_RIGHT, _WHY = "正确答案：", "答案解析："
_SEPARATOR = "|"


def _refuses(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice and question.form != "blank":
        yield _("it has no form for questions of the kind {kind}", kind=question.question.kind)
        return
    if any("\n" in words for words in texts_of(question)):
        yield _("a text in it has a line break")
    if any(_SEPARATOR in words for words in question.accepted):
        yield _("a text in it has `{mark}`, which separates answers in that format", mark=_SEPARATOR)


def _question(number: int, question: QuestionView) -> str:
    if question.form == "blank":
        kind, options, right = _BLANK, [], _SEPARATOR.join(question.accepted)
    else:
        kind = _SEVERAL if question.answer.allows_several else _ONE
        kind = kind if question.answer.truth_value is None else _TRUTH
        lettered = zip(ascii_uppercase, question.options, strict=False)
        options = [f"{letter}. {option.text}" for letter, option in lettered]
        right = "".join(ascii_uppercase[key] for key in question.key_indices)
    why = " ".join(explanation(question))
    lines = [f"{number}. {on_one_line(question)}[{kind}]", *options, _RIGHT + right, _WHY + why]
    return "\n".join(lines) + "\n"


def _write(quiz: QuizExport) -> bytes:
    blocks = (_question(number, question) for number, question in enumerate(quiz.questions, start=1))
    return "\n".join([f"{quiz.title}\n", *blocks]).encode()


FORMAT = Format(name="wjx", suffix=".txt", takes="quiz", write=_write, refuses=_refuses)
