"""Quizzes to write in every format: all kinds, with and without exhibits, and words that formats read as their own."""

from collections import Counter
from functools import cache
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from quizgen.assemble import Recipe, all_questions
from quizgen.formats import formats_by_name
from quizgen.formats.records import QuizExport, make_quiz_export
from quizgen.model import Bank, Quiz
from quizgen.text.languages import LANGUAGES
from quizgen.view.question import QuestionView
from tests.banks import SOURCES, TOPICS, sample_quiz, town_bank
from tests.exhibit_bank import EXHIBITS, JUDGED, SPOTTED

ODD = r"""%50% & <b>&amp;</b> {a} ~b =c #d :e $f \n \\ `g` *h* _i_ |j [k](l) "m" 'n' 境外，“引号” -> ]]> --"""
"""What formats read as their own, in one line."""

BROKEN = f"{ODD}\n1. next line\n- and one\n= and one\n\n# after an empty one"
"""The same with line breaks, and lines that begin as lists and headings do."""


def every_kind(language: str = "en", odd: str = "") -> Quiz:
    """Make a quiz of all kinds, each text followed by odd words: six questions, seven judged exhibits, one spotted."""
    plain = sample_quiz(language)
    bank = Bank(SOURCES, TOPICS, plain.bank.facts, {}, exhibits=EXHIBITS)
    quiz = replace(plain, questions=(*plain.questions, *JUDGED, SPOTTED), bank=bank)
    return msgspec.convert(_followed(msgspec.to_builtins(quiz), odd), Quiz) if odd else quiz


def export_of(language: str = "en", odd: str = "", *kinds: str) -> QuizExport:
    """Prepare such a quiz to be written, of some kinds only where any are named."""
    whole_quiz = make_quiz_export(every_kind(language, odd))
    questions = tuple(each for each in whole_quiz.questions if not kinds or each.question.kind in kinds)
    return replace(whole_quiz, questions=questions, changed=1_700_000_000)


def changed(
    export: QuizExport, kind: str, *, answer: dict[str, Any] | None = None, **fields: Any
) -> QuizExport:
    """Give other fields to the questions of a kind, and to their answers."""

    def changed_view(view: QuestionView) -> QuestionView:
        question = view.question
        if question.kind != kind:
            return view
        return replace(
            view, question=replace(question, answer=replace(question.answer, **(answer or {})), **fields)
        )

    return replace(export, questions=tuple(map(changed_view, export.questions)))


BUILT_IN = [*LANGUAGES, *(pytest.param(f"{tag}, whole", marks=pytest.mark.heavy) for tag in LANGUAGES)]
"""Cases for ``told``: some sixty questions of the built-in bank in each language, and all of them."""


def told(name: str, case: str, *kinds: str) -> QuizExport:
    """Make what a format is given of the built-in bank, as far as it can hold it; or of such a quiz, by its odd words."""
    language, _, of = case.partition(", ")
    if language not in LANGUAGES:
        return export_of("en", case, *kinds)
    whole_bank = _whole_bank(language)
    refuses = formats_by_name("quiz")[name].refusal_reasons
    held = [each for each in whole_bank.questions if not list(refuses(each))]
    places = Counter[str]()
    for question in held[:] if not of else ():
        places[question.question.kind] += 1
        if places[question.question.kind] % 13 != 1:
            held.remove(question)
    return replace(whole_bank, questions=tuple(held))


@cache
def _whole_bank(language: str) -> QuizExport:
    bank = town_bank()
    asked = Recipe(audience="all", count=len(bank.questions))
    return replace(
        make_quiz_export(all_questions(bank, asked, language), is_drawn=False), changed=1_700_000_000
    )


def _followed(value: Any, odd: str) -> Any:
    if isinstance(value, dict) and value and value.keys() <= set(LANGUAGES):
        return {tag: _with_odd(words, odd) for tag, words in value.items()}
    if isinstance(value, dict):
        return {name: _followed(part, odd) for name, part in value.items()}
    return [_followed(part, odd) for part in value] if isinstance(value, list | tuple) else value


def _with_odd(words: Any, odd: str) -> Any:
    return words + odd if isinstance(words, str) else [each + odd for each in words]
