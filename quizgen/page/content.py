"""The data of a web page with quizzes, which the script ``templates/page.js`` reads.

Each text is stored once, in every language of the page, and has a number by which the data refers to it. Python draws
the quizzes, orders the options and writes all texts. The script scores the answers with this data: the indices of the
correct options in printed order, the normalised answers that a blank accepts, and z-scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from quizgen.assemble import trim_bank
from quizgen.detection import MIN_CASES, NOTICEABLE, z_score_of_rate
from quizgen.errors import QuizgenError, problem
from quizgen.model import Bank, Question, Quiz
from quizgen.shapes import Fill
from quizgen.shapes.fill import traditional_to_simplified
from quizgen.text.languages import interface_language, is_right_to_left, locale, localized_language
from quizgen.text.messages import Message, _, pgettext
from quizgen.view.exhibit import ExhibitView, TextRuns
from quizgen.view.question import QuestionView
from quizgen.view.sources import list_source_titles
from quizgen.view.text import localize_for_display

MarkedText: TypeAlias = str | tuple[str, ...]
"""A text; or its pieces, in turn outside and inside the words that decide (the first is outside)."""

MESSAGES: Mapping[str, Message] = {
    "app.right": pgettext("feedback", "Right"),
    "app.wrong": _("Wrong"),
    "app.partly": _("Wrong: {right} of {total} in the right place"),
    "app.skipped": _("Skipped"),
    "app.found": _("Wrong: {right} of {total} found, plus {extra} wrong"),
    "app.found-only": _("Wrong: {right} of {total} found"),
    "app.mine": _("your answer"),
    "app.key": _("right answer"),
    "app.mine-is": _("Your answer:"),
    "app.key-is": _("Right answer:"),
    "app.lacks-choice": _("Nothing chosen yet."),
    "app.lacks-ticks": _("Tick at least one first."),
    "app.lacks-places": _("{count} left to place."),
    "app.lacks-words": _("Nothing typed yet."),
    "app.mistakes": _("Your mistakes"),
    "app.perfect": _("No mistakes at all."),
    "take.fact": _("Fact:"),
    "take.pair": _("{left}: {right}"),
    "take.question": _("Question {number} of {total} · {topic}"),
    "take.compared": _("You: {mine}. Right: {right}"),
    "take.why": _("Why:"),
    "take.advice": _("What to do (our advice):"),
    "take.source": _("Source:"),
    "take.score": _("Score: {right}/{total}"),
    "take.by-topic": _("By topic"),
    "detection.both": _("Scams stopped: {stopped} of {scams}. Genuine ones trusted: {trusted} of {genuine}."),
    "detection.stopped": _("Scams stopped: {stopped} of {scams}."),
    "detection.trusted": _("Genuine ones trusted: {trusted} of {genuine}."),
    "detection.trusting": _(
        "Too trusting: before you pay, open a link or share a code, stop and ask on a number that you already know."
    ),
    "detection.suspicious": _(
        "Too suspicious: banks and police do call and write. If you are not sure, call back on a number that you know."
    ),
    "detection.even": _(
        "Balanced: you told scams from genuine ones. This fades in two or three weeks, so take another quiz then."
    ),
    "detection.even-mistakes": _(
        "Balanced, but with mistakes: look for the words that decide; they are marked in the questions you missed."
    ),
    "detection.help": _("Numbers to know"),
    "page.about": _("{count} questions, one after the other. After each you learn why, and what to do."),
    "page.about-one": _("One question. After it you learn why, and what to do."),
    "page.holds": _("This page holds {count} quizzes and needs no network."),
    "page.holds-one": _("This page needs no network."),
    "page.begin": _("Begin"),
    "page.go-on": _("Go on with question {number}"),
    "page.another": _("Take another quiz"),
    "page.again": _("Take this one again"),
    "page.forget": _("Forget my answers"),
    "page.forgotten": _("Your answers are forgotten."),
    "page.answer": pgettext("verb", "Answer"),
    "page.skip": _("I do not know"),
    "page.next": _("Next question"),
    "page.to-result": _("See the result"),
    "page.result": _("Your result"),
    "page.which": _("Quiz {number} of {total} on this page, seed {seed}"),
    "page.language": _("Language"),
    "page.choose": _("Choose …"),
    "page.twice": _("One of them is chosen twice; each goes once."),
    "page.unmoved": _("Nothing is moved yet."),
    "page.up": _("Move up: {step}"),
    "page.down": _("Move down: {step}"),
    "page.moved": _("{step}: now in place {place} of {total}"),
    "page.hint-one": _("Choose one."),
    "page.hint-several": _("Several may be right: tick all of them."),
    "page.hint-truth": _("Choose one."),
    "page.hint-verdict": _("Choose one."),
    "page.hint-line": _("Choose the line."),
    "page.hint-match": _("Choose for each what goes with it."),
    "page.hint-order": _("Move them with the arrows, until the first is on top."),
    "page.hint-fill": _("Type the missing words."),
    "page.private": _("Nothing that you answer leaves this device."),
}
"""Messages of the page, by their names in ``templates/page.js``."""


class PageContent(Struct, frozen=True):
    """The content of a web page.

    It has the language in which the page opens, its title, the language of the title, and the data as JSON types.
    """

    language: str
    title: str
    title_language: str
    record: dict[str, Any]


class _TextTable:
    """A table that stores each text once and gives it a number.

    An entry is a tuple with the text in each language, or a single text if it is the same in all languages.
    """

    def __init__(self) -> None:
        self.entries: list[MarkedText | tuple[MarkedText, ...]] = []
        self._numbers: dict[tuple[MarkedText, ...], int] = {}

    def text_number(self, in_each_language: Iterable[MarkedText]) -> int:
        """Return the number of a text, given in each language. A new text is added to the table."""
        text = tuple(in_each_language)
        if text not in self._numbers:
            self._numbers[text] = len(self.entries)
            is_same = len(set(text)) == 1 and isinstance(text[0], str)
            self.entries.append(text[0] if is_same else text)
        return self._numbers[text]

    def text_numbers(self, in_each_language: Iterable[Sequence[str]]) -> list[int]:
        """Return the numbers of several texts. Each item of the argument has all these texts in one language."""
        return [self.text_number(text) for text in zip(*in_each_language, strict=True)]


def make_page_content(bank: Bank, quizzes: Sequence[Quiz], languages: Sequence[str]) -> PageContent:
    """Return the content of a page with these quizzes, in several languages. It opens in the language of the quizzes.

    Raises QuizgenError that names each question of a kind that a web page cannot ask.
    """
    questions = {question.id: question for quiz in quizzes for question in quiz.questions}
    _check_all_answerable(list(questions.values()))
    # The bank of all questions, so that a question names its sources in the same way in every quiz.
    bank = trim_bank(bank, questions.values())
    language = quizzes[0].language
    texts = _TextTable()
    index_by_id = {id_: index for index, id_ in enumerate(questions)}
    titles = [
        localize_for_display(bank.declared.title, tag) or _("Real or scam? A quiz").translated(tag)
        for tag in languages
    ]

    def views(question: Question) -> list[QuestionView]:
        return [QuestionView(question, bank, tag) for tag in languages]

    record = {
        "title": texts.text_number(titles),
        "languages": [
            {
                "tag": tag,
                "name": locale(tag).autonym,
                **({"right": True} if is_right_to_left(tag) else {}),
            }
            for tag in languages
        ],
        "language": languages.index(language),
        "messages": {
            name: texts.text_number(words.translated(tag) for tag in languages)
            for name, words in MESSAGES.items()
        },
        "help": [
            [each.number, texts.text_number(localize_for_display(each.purpose, tag) for tag in languages)]
            for each in bank.help.values()
        ],
        "sources": texts.text_numbers(list_source_titles(bank, tag) for tag in languages),
        "questions": [_question_record(views(each), texts) for each in questions.values()],
        "quizzes": [
            {
                "seed": quiz.seed,
                "items": [
                    _quiz_item_record(views(each), index_by_id[each.id], texts) for each in quiz.questions
                ],
            }
            for quiz in quizzes
        ],
        "scores": _z_scores_by_total(quizzes),
        "noticeable": NOTICEABLE,
        "cases": MIN_CASES,
        "traditional": traditional_to_simplified(
            form
            for each in questions.values()
            if isinstance(each.answer, Fill)
            for form in each.answer.simplified_variants()
        ),
    }
    # If the bank or our messages lack a language of the page, some texts are in another language and must be marked so.
    text_languages = [
        {QuestionView(each, bank, tag).text_language for each in questions.values()} for tag in languages
    ]
    message_languages = [interface_language(tag) for tag in languages]
    title = bank.declared.title
    title_languages = [
        localized_language(title, tag) if title else interface_language(tag) for tag in languages
    ]
    if title_languages != list(languages) or any(
        each != {tag} for each, tag in zip(text_languages, message_languages, strict=True)
    ):
        record["written"] = [each.pop() if len(each) == 1 else "" for each in text_languages]
        record["spoken"] = message_languages
        record["entitled"] = title_languages
    place = languages.index(language)
    return PageContent(language, titles[place], title_languages[place], {**record, "texts": texts.entries})


def _check_all_answerable(questions: Sequence[Question]) -> None:
    unknown = [each for each in questions if f"page.{each.answer.hint_id}" not in MESSAGES]
    if unknown:
        raise QuizgenError(
            [
                problem(
                    _("{question}: a web page has no way to answer the kind {kind}"),
                    _("choose other kinds with -k"),
                    question=each.id,
                    kind=each.kind,
                )
                for each in unknown
            ]
        )


def _question_record(views: Sequence[QuestionView], texts: _TextTable) -> dict[str, Any]:
    """Return the data of a question that does not depend on printed order. ``views`` has its view in each language."""
    view, question = views[0], views[0].question
    facts = [view.bank.facts[fact].statement for fact in question.facts]
    record: dict[str, Any] = {
        "topic": texts.text_number(each.topic_title for each in views),
        "way": view.hint_id.removeprefix("hint-"),
        "stem": texts.text_number(each.stem for each in views),
        "cites": texts.text_numbers(each.citations for each in views),
        "facts": texts.text_numbers([each.localize(fact) for fact in facts] for each in views),
    }
    if question.rationale:
        record["why"] = texts.text_number(each.rationale for each in views)
    if question.advice:
        record["advice"] = texts.text_number(each.advice for each in views)
    if question.answer.has_parts:
        record["parts"] = True
    if exhibits := [each.explained_exhibit for each in views if each.explained_exhibit]:
        record["exhibit"] = _exhibit_record(exhibits, texts)
        if numbers := question.answer.option_line_numbers:
            record["lines"] = numbers
        if question.answer.is_genuine_or_scam_choice:
            record["genuine"] = view.bank.exhibits[question.exhibit].genuine
    if isinstance(question.answer, Fill):
        record["taken"] = sorted(question.answer.accepted_variants())
        record["near"] = sorted(filter(str.isascii, question.answer.typo_tolerant_variants()))
        record["simplified"] = sorted(question.answer.simplified_variants())
        record["best"] = texts.text_number(each.right_answer for each in views)
    return record


def _exhibit_record(views: Sequence[ExhibitView], texts: _TextTable) -> dict[str, Any]:
    """Return the data of an exhibit and of its signs, which the page shows after the answer."""
    context = {"context": texts.text_number(view.context for view in views)} if views[0].context else {}
    return {
        "form": views[0].form,
        **context,
        "label": texts.text_number(view.label for view in views),
        "sender": texts.text_number(_split_at_telltale_words(view.sender) for view in views),
        "lines": [
            [
                texts.text_number(line.who for line in lines),
                texts.text_number(_split_at_telltale_words(line.words) for line in lines),
                int(lines[0].own),
            ]
            for lines in zip(*(view.lines for view in views), strict=True)
        ],
        # Signs are in the order of their words, which may differ between languages.
        "signs": [
            [
                texts.text_number(sign.words for sign in signs),
                texts.text_number(sign.reason for sign in signs),
            ]
            for signs in zip(*(view.signs for view in views), strict=True)
        ],
    }


def _split_at_telltale_words(runs: TextRuns) -> MarkedText:
    """Return runs of text as one text, or as a tuple if some of the words are telltale.

    In the tuple, the items with an odd index are the telltale words.
    """
    if not any(run.is_telltale for run in runs):
        return "".join(run.text for run in runs)
    pieces = [""]
    for run in runs:
        if run.is_telltale != (len(pieces) % 2 == 0):
            pieces.append("")
        pieces[-1] += run.text
    return tuple(pieces)


def _quiz_item_record(views: Sequence[QuestionView], index: int, texts: _TextTable) -> dict[str, Any]:
    """Return the data of a question in one quiz: options and prompts in printed order, and the right answer."""
    item: dict[str, Any] = {"of": index}
    if options := texts.text_numbers([option.text for option in view.options] for view in views):
        item["options"] = options
    if prompts := texts.text_numbers([prompt.text for prompt in view.prompts] for view in views):
        item["prompts"] = prompts
    if not views[0].answer.takes_words:
        item["key"] = views[0].correct_indices
    return item


def _z_scores_by_total(quizzes: Sequence[Quiz]) -> list[list[float]]:
    """Return the z-scores of all scores that verdicts on exhibits can have.

    For example, ``[total - 1][count]`` is the z-score of ``count`` right verdicts on ``total`` scams.
    """
    max_total = 0
    for quiz in quizzes:
        verdicts = [each for each in quiz.questions if each.answer.is_genuine_or_scam_choice]
        judged = [quiz.bank.exhibits[each.exhibit].genuine for each in verdicts]
        max_total = max(max_total, judged.count(True), judged.count(False))
    return [
        [z_score_of_rate(count, total) for count in range(total + 1)] for total in range(1, max_total + 1)
    ]
