"""Rules on lessons: they are short enough to be remembered, and each has a question."""

from collections.abc import Iterator

from quizgen.lint.rule import LintDiagnostic, RuleList, Severity, WholeBank
from quizgen.lint.words import load_language_words
from quizgen.model import Lesson
from quizgen.text.messages import _

RULES = RuleList()

MAX_WORDS = {"keep": 12, "do": 16}
"""The most words of what to remember, and of what to do."""

MAX_CHARACTERS = {"keep": 20, "do": 28}
"""The most characters of the same in Chinese."""


@RULES.rule(
    "lesson-length",
    Severity.WARNING,
    "whole",
    "this project",
    "What to remember has at most 12 words (20 Chinese characters), and what to do at most 16 (28).",
)
def check_length_of_lessons(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a lesson that is too long to be remembered after reading it once."""
    for lesson in whole_bank.bank.lessons.values():
        for language in whole_bank.bank.declared.languages:
            yield from _find_long_texts(lesson, language)


def _find_long_texts(lesson: Lesson, language: str) -> Iterator[LintDiagnostic]:
    words = load_language_words(language)
    for key, text in (("keep", lesson.keep.get(language, "")), ("do", lesson.do.get(language, ""))):
        if words and words.is_cjk:
            count, most = len("".join(text.split())), MAX_CHARACTERS[key]
            what = _("this has {count} characters; the most is {most}", count=count, most=most)
        else:
            count = sum(any(letter.isalnum() for letter in word) for word in text.split())
            most = MAX_WORDS[key]
            what = _("this has {count} words; the most is {most}", count=count, most=most)
        if count > most:
            yield LintDiagnostic(lesson.id, (key, language), what, _("say one thing, and shorter"))


@RULES.rule(
    "lesson-unused",
    Severity.WARNING,
    "whole",
    "this project",
    "Each lesson has a question.",
)
def check_lessons_have_questions(whole_bank: WholeBank) -> Iterator[LintDiagnostic]:
    """Report a lesson that no question has, so that nobody ever meets it."""
    used = {item.question.lesson for item in whole_bank.items}
    for id_ in whole_bank.bank.lessons:
        if id_ not in used:
            yield LintDiagnostic(
                id_, ("id",), _("no question has this lesson"), _("write one, or remove the lesson")
            )
