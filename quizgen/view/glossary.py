"""Words of a question that not every reader knows, explained where a quiz first uses them."""

import re
from collections.abc import Iterator, Sequence

from quizgen.attempt import Attempt
from quizgen.model import Bank
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView, build_question_view


def explain_words(attempt: Attempt, index: int, *, is_answered: bool) -> tuple[str, ...]:
    """Explain the words that a quiz first uses in question ``index`` or, if it is answered, in its reasons.

    Before the answer, only words of an exhibit and its question are explained. Another question may ask for the word.
    """
    quiz = attempt.quiz
    meanings = known_meanings(quiz.bank, quiz.language)
    if not meanings or attempt.rules.is_practice:
        return ()
    view = build_question_view(attempt, index)
    if not is_answered and not view.exhibit:
        return ()
    used = used_words(view, meanings, is_answered=is_answered)
    for earlier in range(index):
        if not used:
            break
        used -= used_words(
            build_question_view(attempt, earlier), meanings, is_answered=attempt.can_show_right_answers
        )
    return tuple(
        _("{word}: {meaning}", word=word, meaning=meaning).translated(quiz.language)
        for word, meaning in meanings.items()
        if word in used
    )


def explain_words_of_paper(views: Sequence[QuestionView]) -> tuple[str, ...]:
    """Explain the words in the exhibits of a paper, without those that one of its questions asks for."""
    meanings = known_meanings(views[0].bank, views[0].language)
    used = {word for view in views if view.exhibit for word in used_words(view, meanings, is_answered=False)}
    asked = {part.text for view in views for part in (*view.prompts, *view.options)}
    asked |= {wording for view in views for wording in view.accepted_wordings}
    return tuple(
        _("{word}: {meaning}", word=word, meaning=meaning).translated(views[0].language)
        for word, meaning in meanings.items()
        if word in used - asked
    )


def known_meanings(bank: Bank, language: str) -> dict[str, str]:
    """Return the words of a glossary that are explained in a language, with their meanings."""
    return {
        word: meaning[language] for word, meaning in bank.declared.glossary.items() if language in meaning
    }


def used_words(view: QuestionView, words: dict[str, str], *, is_answered: bool) -> set[str]:
    """Return which of these words a question uses before the answer or, if it is answered, with its reasons and advice."""
    text = "\n".join(_question_texts(view, is_answered=is_answered))
    return {
        word
        for word in words
        if word in text and re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text)
    }


def _question_texts(view: QuestionView, *, is_answered: bool) -> Iterator[str]:
    """Yield the texts that a person reads before the answer or, if it is answered, with the reasons and the advice."""
    if view.exhibit:
        yield view.exhibit.context
        yield join_runs(view.exhibit.sender)
        yield from (join_runs(line.words) for line in view.exhibit.lines)
    yield view.stem
    yield from (part.text for part in (*view.prompts, *view.options))
    if is_answered:
        yield view.rationale
        yield view.advice
