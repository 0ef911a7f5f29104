"""Export a quiz as H5P content of the type Question Set, which Moodle, WordPress, Drupal and Lumi show.

The file has the content only. The site must have the content types Question Set 1.20 and Multiple Choice 1.16, which
come from H5P's own hub. Each choice becomes a Multiple Choice. H5P has no order, pairs or typed words that work as quizgen's.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from quizgen.formats.format import Format, json_bytes, zip_bytes
from quizgen.formats.question_texts import (
    exhibit_lines,
    explanation_lines,
    html_paragraphs,
    text_to_html,
)
from quizgen.formats.records import QuizExport
from quizgen.text.messages import Message, _, pgettext
from quizgen.view.question import QuestionView

_SET, _CHOICE = ("H5P.QuestionSet", 1, 20), ("H5P.MultiChoice", 1, 16)
"""Names and versions of the content types."""

_BUTTONS = {
    "checkAnswerButton": pgettext("button", "Check"),
    "submitAnswerButton": pgettext("button", "Submit"),
    "showSolutionButton": pgettext("button", "Show solution"),
    "tryAgainButton": pgettext("button", "Try again"),
    "shouldCheck": _("Should have been chosen"),
    "shouldNotCheck": _("Should not have been chosen"),
}
"""Texts of the interface of a question."""

_SET_TEXTS = {
    "prevButton": _("Previous question"),
    "nextButton": _("Next question"),
    "finishButton": pgettext("button", "Finish"),
    "submitButton": pgettext("button", "Submit"),
    "textualProgress": _("Question {current} of {total}", current="@current", total="@total"),
}

_END_TEXTS = {
    "message": _("Results"),
    "solutionButtonText": pgettext("button", "Show solution"),
    "retryButtonText": pgettext("button", "Try again"),
    "finishButtonText": pgettext("button", "Finish"),
    "submitButtonText": pgettext("button", "Submit"),
}


def _refusal_reasons(question: QuestionView) -> Iterator[Message]:
    if not question.is_choice:
        yield _("it has no form for questions of the kind {kind}", kind=question.question.kind)


def _translate(texts: dict[str, Message], language: str) -> dict[str, str]:
    return {key: message.translated(language) for key, message in texts.items()}


def _feedback_for_any_score(feedback: str) -> dict[str, Any]:
    """Return feedback that is shown whatever the score is, from 0 to 100 per cent."""
    return {"overallFeedback": [{"from": 0, "to": 100, "feedback": feedback}]}


def _question_parameters(question: QuestionView) -> dict[str, Any]:
    several = question.answer.allows_several_options
    return {
        # H5P removes quotations, and allows paragraphs and emphasis.
        "question": html_paragraphs(exhibit_lines(question))
        + f"<p><strong>{text_to_html(question.stem)}</strong></p>",
        "answers": [
            {
                "text": f"<div>{text_to_html(option.text)}</div>",
                "correct": option.right,
                "tipsAndFeedback": {"tip": "", "chosenFeedback": "", "notChosenFeedback": ""},
            }
            for option in question.options
        ],
        "overallFeedback": _feedback_for_any_score(" ".join(map(text_to_html, explanation_lines(question)))),
        "UI": _translate(_BUTTONS, question.language),
        "behaviour": {
            "type": "multi" if several else "single",
            "singlePoint": True,
            "randomAnswers": question.answer.order_count > 1,
        },
    }


def _question_content(question: QuestionView) -> dict[str, Any]:
    return {
        "library": _library_entry(_CHOICE),
        "params": _question_parameters(question),
        "subContentId": str(uuid5(NAMESPACE_URL, f"quizgen:{question.id}:{question.language}")),
        "metadata": {"contentType": "Multiple Choice", "license": "U", "title": question.id},
    }


def _library_entry(library: tuple[str, int, int]) -> str:
    name, major, minor = library
    return f"{name} {major}.{minor}"


def _quiz_to_h5p(quiz: QuizExport) -> bytes:
    package = {
        "title": quiz.title,
        "language": quiz.language.lower(),
        "defaultLanguage": quiz.language.lower(),
        "mainLibrary": _SET[0],
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in (_SET, _CHOICE)
        ],
    }
    content = {
        "introPage": {"showIntroPage": False, "title": text_to_html(quiz.title)},
        "progressType": "textual",
        "passPercentage": 50,
        "questions": [_question_content(question) for question in quiz.questions],
        "texts": _translate(_SET_TEXTS, quiz.language),
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            **_translate(_END_TEXTS, quiz.language),
        },
        "override": {"checkButton": True},
    }
    return zip_bytes({"h5p.json": json_bytes(package), "content/content.json": json_bytes(content)})


FORMAT = Format(
    name="h5p",
    suffix=".h5p",
    subject="quiz",
    meaning=_("a Question Set for H5P"),
    write=_quiz_to_h5p,
    refusal_reasons=_refusal_reasons,
)
