"""Quizzes -> what a page carries of them: each text once, in each of its languages, and the rest by number.

Python draws, arranges and puts into words; what is marked in a browser is marked by what stands here: the key of each
question as it is printed, what a blank takes, folded, and the scores of rates. ``templates/page.js`` reads it.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import trimmed
from quizgen.attempt import Attempt
from quizgen.detection import NOTICEABLE, rate_score
from quizgen.errors import QuizgenError, problem
from quizgen.model import Bank, Question, Quiz
from quizgen.shapes import Fill
from quizgen.shapes.fill import simplified_forms, taken_forms, traditional_characters
from quizgen.text.foreign import Foreign
from quizgen.text.languages import FALLBACK, from_the_right, interface_language, locale
from quizgen.text.messages import message, messages
from quizgen.view.exhibit import ExhibitView, Words
from quizgen.view.feedback import FeedbackView
from quizgen.view.question import QuestionView, view_question
from quizgen.view.results import Missed, view_results
from quizgen.view.sources import source_titles
from quizgen.view.text import shown

Said: TypeAlias = str | tuple[str, ...]
"""What is shown in a language: a text, or one cut where words begin and end that decide, beginning with what does not."""

_MESSAGES = (
    "app.right", "app.wrong", "app.partly", "app.skipped", "app.found", "app.found-only", "app.mine", "app.key",
    "app.mine-is", "app.key-is", "app.lacks-choice", "app.lacks-ticks", "app.lacks-places", "app.lacks-words",
    "app.mistakes", "app.perfect", "take.fact", "take.pair", "take.question", "take.compared", "take.why", "take.advice", "take.source", "take.score",
    "take.by-topic", "detection.both", "detection.stopped", "detection.trusted", "detection.trusting",
    "detection.suspicious", "detection.even", "detection.even-mistakes", "detection.help",
)  # fmt: skip
"""What a page says in the same words as a terminal; what it alone says stands in the table ``page``."""


class Page(Struct, frozen=True):
    """What a page carries: the language that it opens in, its title in that, and all as JSON takes it."""

    language: str
    title: str
    record: dict[str, Any]


class _Texts:
    """Texts by number, each once: as a list of what is said in each language, or alone where that is the same."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self.listed: list[Said | tuple[Said, ...]] = []
        self._numbers: dict[tuple[Said, ...], int] = {}

    def number(self, said: Callable[[str], Said]) -> int:
        """Give the number of a text, by what says it in a language."""
        text = tuple(map(said, self.languages))
        if text not in self._numbers:
            self._numbers[text] = len(self.listed)
            same = len(set(text)) == 1 and isinstance(text[0], str)
            self.listed.append(text[0] if same else text)
        return self._numbers[text]

    def numbers(self, parts: Callable[[str], Sequence[str]]) -> list[int]:
        """Give the numbers of texts that are said one after the other; as many in each language."""
        said = {language: parts(language) for language in self.languages}
        return [
            self.number(lambda language, place=place: said[language][place])  # type: ignore[misc]
            for place in range(len(said[self.languages[0]]))
        ]


def page_content(bank: Bank, quizzes: Sequence[Quiz], languages: Sequence[str]) -> Page:
    """Make what a page carries of quizzes from a bank, in some languages, of which it opens in the quizzes' own.

    Raises QuizgenError for each question that has no way to be answered on a page.
    """
    questions = {question.id: question for quiz in quizzes for question in quiz.questions}
    _refuse_unknown_ways(list(questions.values()))
    # One quiz of all the questions: their views are the same in whichever quiz they are, the names of sources too.
    whole = replace(quizzes[0], questions=tuple(questions.values()), bank=trimmed(bank, questions.values()))
    attempts = {language: _skipped(replace(whole, language=language)) for language in languages}
    texts = _Texts(languages)
    places = {id_: place for place, id_ in enumerate(questions)}
    results = {language: view_results(attempt) for language, attempt in attempts.items()}

    def title(language: str) -> str:
        return shown(whole.bank.declared.title, language) or message(language, "page.title")

    titles = [title(tag) for tag in languages]
    record = {
        "title": texts.number(title),
        "languages": [
            {
                "tag": tag,
                "name": locale(tag).autonym,
                **({"right": True} if from_the_right(tag) else {}),
            }
            for tag in languages
        ],
        "language": languages.index(whole.language),
        "messages": {
            id_: texts.number(lambda language, id_=id_: message(language, id_))  # type: ignore[misc]
            for id_ in (*_MESSAGES, *(f"page.{name}" for name in messages(FALLBACK, "page")))
        },
        "help": [
            [part.name, texts.number(lambda language, place=place: results[language].help[place].text)]  # type: ignore[misc]
            for place, part in enumerate(results[whole.language].help)
        ],
        "sources": texts.numbers(lambda language: source_titles(whole.bank, language)),
        "questions": [
            _question(
                attempts, {language: each.missed[place] for language, each in results.items()}, place, texts
            )
            for place in range(len(questions))
        ],
        "quizzes": [
            {
                "seed": quiz.seed,
                "items": [_item(each, bank, places[each.id], texts) for each in quiz.questions],
            }
            for quiz in quizzes
        ],
        "scores": _scores(quizzes),
        "noticeable": NOTICEABLE,
        "traditional": traditional_characters(
            form
            for each in questions.values()
            if isinstance(each.answer, Fill)
            for form in simplified_forms(each.answer.accept)
        ),
    }
    # Where the bank lacks a language of the page, or the page's own words do, these are in another than what is around them.
    written = [{QuestionView(each, bank, tag).written_in for each in questions.values()} for tag in languages]
    spoken = [interface_language(tag) for tag in languages]
    if any(each != {tag} for each, tag in zip(written, spoken, strict=True)):
        record["written"] = [each.pop() if len(each) == 1 else "" for each in written]
        record["spoken"] = spoken
        record["entitled"] = [
            each.language if isinstance(each, Foreign) else tag
            for each, tag in zip(titles, languages, strict=True)
        ]
    return Page(whole.language, title(whole.language), {**record, "texts": texts.listed})


def _refuse_unknown_ways(questions: Sequence[Question]) -> None:
    known = messages(FALLBACK, "page")
    unknown = [each for each in questions if each.answer.hint not in known]
    if unknown:
        raise QuizgenError(
            [problem("pages.no-way", "pages.leave-out", question=each.id, kind=each.kind) for each in unknown]
        )


def _skipped(quiz: Quiz) -> Attempt:
    attempt = Attempt(quiz, started=0)
    for _ in quiz.questions:
        attempt = attempt.answer(None, 0)
    return attempt


def _question(
    attempts: dict[str, Attempt], missed: dict[str, Missed], place: int, texts: _Texts
) -> dict[str, Any]:
    """Tell all of a question that is the same wherever it stands."""
    views = {language: view_question(attempt, place) for language, attempt in attempts.items()}
    feedback = {language: each.feedback for language, each in missed.items()}
    attempt = next(iter(attempts.values()))
    question = attempt.quiz.questions[place]
    own = views[attempt.quiz.language]

    def asked(what: Callable[[QuestionView], str]) -> int:
        return texts.number(lambda language: what(views[language]))

    def told(what: Callable[[FeedbackView], str]) -> int:
        return texts.number(lambda language: what(feedback[language]))

    record: dict[str, Any] = {
        "topic": asked(lambda view: view.topic),
        "way": own.hint.removeprefix("hint-"),
        "stem": asked(lambda view: view.stem),
        "cites": texts.numbers(lambda language: feedback[language].citations),
        "facts": texts.numbers(lambda language: missed[language].facts),
    }
    if question.rationale:
        record["why"] = told(lambda view: view.rationale)
    if question.advice:
        record["advice"] = told(lambda view: view.advice)
    if question.answer.counts_parts:
        record["parts"] = True
    if own.exhibit:
        exhibits = {language: view.exhibit for language, view in feedback.items() if view.exhibit}
        record["exhibit"] = _exhibit(exhibits, texts)
        if numbers := question.answer.line_numbers:
            record["lines"] = numbers
        if question.kind == "judge":
            record["genuine"] = attempt.quiz.bank.exhibits[question.exhibit].genuine
    if isinstance(question.answer, Fill):
        record["taken"] = sorted(taken_forms(question.answer.accept))
        record["simplified"] = sorted(simplified_forms(question.answer.accept))
        record["best"] = told(lambda view: view.key[0].text)
    return record


def _exhibit(views: dict[str, ExhibitView], texts: _Texts) -> dict[str, Any]:
    """Tell what a person meets, with the words that decide and why; what is shown before the answer is less."""
    own = next(iter(views.values()))
    return {
        "form": own.form,
        "label": texts.number(lambda language: views[language].label),
        "sender": texts.number(lambda language: _cut(views[language].sender)),
        "lines": [
            [
                texts.number(lambda language, row=row: views[language].lines[row].who),  # type: ignore[misc]
                texts.number(lambda language, row=row: _cut(views[language].lines[row].words)),  # type: ignore[misc]
                int(line.own),
            ]
            for row, line in enumerate(own.lines)
        ],
        # Signs are in the order of the words that they are about, and that may differ from language to language.
        "signs": [
            [
                texts.number(lambda language, row=row: views[language].signs[row].words),  # type: ignore[misc]
                texts.number(lambda language, row=row: views[language].signs[row].reason),  # type: ignore[misc]
            ]
            for row in range(len(own.signs))
        ],
    }


def _cut(words: Words) -> Said:
    """Write words as one text, or as texts that by turns do not decide and do."""
    if not any(stretch.decides for stretch in words):
        return "".join(stretch.text for stretch in words)
    pieces = [""]
    for stretch in words:
        if stretch.decides != (len(pieces) % 2 == 0):
            pieces.append("")
        pieces[-1] += stretch.text
    return tuple(pieces)


def _item(question: Question, bank: Bank, place: int, texts: _Texts) -> dict[str, Any]:
    """Tell of a question what hangs on its place: the printed order of all that it lists, and its key."""
    answer = question.answer
    views = {language: QuestionView(question, bank, language) for language in texts.languages}
    item: dict[str, Any] = {"of": place}
    if options := texts.numbers(lambda language: [option.text for option in views[language].options]):
        item["options"] = options
    if prompts := texts.numbers(lambda language: [prompt.text for prompt in views[language].prompts]):
        item["prompts"] = prompts
    if not answer.takes_words:
        item["key"] = answer.solution(FALLBACK)
    return item


def _scores(quizzes: Sequence[Quiz]) -> list[list[float]]:
    """Give the score of each rate that verdicts on exhibits can come to: for each total from 1 on, of 0 to all."""
    most = 0
    for quiz in quizzes:
        judged = [quiz.bank.exhibits[each.exhibit].genuine for each in quiz.questions if each.kind == "judge"]
        most = max(most, judged.count(True), judged.count(False))
    return [[rate_score(count, total) for count in range(total + 1)] for total in range(1, most + 1)]
