"""Export and import a quiz as Aiken, a text format: a line for the question, for each option, and for the answer.

It only has questions with options, one of them correct: https://docs.moodle.org/en/Aiken_format.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from string import ascii_uppercase

from quizgen.author.imported_question import ImportedQuestion
from quizgen.formats.format import Format
from quizgen.formats.question_texts import question_on_one_line
from quizgen.formats.reading import (
    ReadResult,
    UnsupportedQuestionError,
    collect_questions,
    decode_text,
    is_true_false,
    join_lines,
    make_choice,
    make_true_false,
    remove_blanks,
)
from quizgen.formats.records import QuizExport
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_MARKUP = re.compile(r"[A-Z][.)]|ANSWER:")
"""How a line begins that Aiken takes for an option or an answer."""

_OPTION = re.compile(r"([A-Z])[.)]\s*(.+)")
_ANSWER = re.compile(r"ANSWER\s*[:：]\s*([A-Za-z])[.)]?")


def _refusal_reasons(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice:
        yield _("it has no form for questions of the kind {kind}", kind=question.question.kind)
        return
    if len(question.correct_indices) > 1:
        yield _(
            "it allows one right answer, but this question has {count}", count=len(question.correct_indices)
        )
    text = question_on_one_line(question)
    if any("\n" in line for line in (text, *(option.text for option in question.options))):
        yield _("a text in it has a line break")
    if match := _MARKUP.match(text):
        yield _(
            "a line of it would start with `{words}`, which has a special meaning in that format",
            words=match[0],
        )


def _format_question(question: QuestionView) -> str:
    options = zip(ascii_uppercase, question.options, strict=False)
    lines = [
        question_on_one_line(question),
        *(f"{letter}. {option.text}" for letter, option in options),
        f"ANSWER: {ascii_uppercase[question.correct_indices[0]]}",
    ]
    return "\n".join(lines) + "\n"


def _quiz_to_aiken(quiz: QuizExport) -> bytes:
    return "\n".join(map(_format_question, quiz.questions)).encode()


def _read_aiken_file(data: bytes, language: str, file_name: str) -> ReadResult:
    """Read the questions of an Aiken file. A stem can have several lines."""

    def questions() -> Iterator[tuple[int, Callable[[], ImportedQuestion]]]:
        stem_lines: list[str] = []
        options: list[tuple[str, str]] = []
        line = 0
        for number, row in enumerate([*decode_text(data, file_name).split("\n"), ""], start=1):
            words = row.strip()
            answer = _ANSWER.fullmatch(words)
            option = _OPTION.fullmatch(words)
            if answer or (options and not option and words):
                yield (
                    line or number,
                    partial(
                        _read_question,
                        line or number,
                        stem_lines,
                        options,
                        answer[1] if answer else "",
                        language,
                    ),
                )
                stem_lines, options, line = [], [], 0
                if answer:
                    continue
            if option and stem_lines:
                options.append((option[1], option[2]))
            elif words:
                stem_lines.append(words)
                line = line or number
        if stem_lines or options:
            yield line, partial(_read_question, line, stem_lines, options, "", language)

    return collect_questions(questions(), file_name)


def _read_question(
    line_number: int, stem_lines: list[str], options: list[tuple[str, str]], right_letter: str, language: str
) -> ImportedQuestion:
    if not right_letter or not stem_lines or not options:
        raise UnsupportedQuestionError(_("question, options or answer are missing"))
    if right_letter.upper() not in [letter for letter, _ in options]:
        raise UnsupportedQuestionError(
            _("its answer {asked!r} is not one of its options", asked=right_letter)
        )
    words = [words for _, words in options]
    answer = (
        make_true_false(is_true=right_letter.upper() == "A")
        if is_true_false(words)
        else make_choice(
            [(each, 100.0 * (letter == right_letter.upper())) for letter, each in options],
            language,
            allows_several=False,
        )
    )
    return ImportedQuestion(line_number, remove_blanks(join_lines("\n".join(stem_lines))), answer)


FORMAT = Format(
    name="aiken",
    suffix=".txt",
    subject="quiz",
    meaning=_("plain text, for Moodle and others"),
    write=_quiz_to_aiken,
    refusal_reasons=_refusal_reasons,
    read=_read_aiken_file,
)
