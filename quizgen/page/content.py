"""Quizzes -> what a page carries of them: each text once, in each of its languages, and the rest by number.

Python draws, arranges and puts into words; what is marked in a browser is marked by what stands here: the key of each
question as it is printed, what a blank takes, folded, and the scores of rates. ``templates/page.js`` reads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from quizgen.assemble import trim_bank
from quizgen.detection import NOTICEABLE, z_score_of_rate
from quizgen.errors import QuizgenError, problem
from quizgen.model import Bank, Question, Quiz
from quizgen.shapes import Fill
from quizgen.shapes.fill import traditional_characters
from quizgen.text.foreign import Foreign
from quizgen.text.languages import interface_language, is_right_to_left, locale
from quizgen.text.messages import Message, _, pgettext
from quizgen.view.exhibit import ExhibitView, TextRuns
from quizgen.view.question import QuestionView
from quizgen.view.sources import source_titles
from quizgen.view.text import display_text

MarkedText: TypeAlias = str | tuple[str, ...]
"""A text; or one cut where words begin and end that decide, beginning with what does not."""

MESSAGES: Mapping[str, Message] = {
    "app.right": pgettext("feedback", "Right"),
    "app.wrong": _("Wrong"),
    "app.partly": _("Wrong: {right} of {total} in place"),
    "app.skipped": _("Skipped"),
    "app.found": _("Wrong: {right} of {total} found, and {extra} too many"),
    "app.found-only": _("Wrong: {right} of {total} found"),
    "app.mine": _("your answer"),
    "app.key": _("right answer"),
    "app.mine-is": _("Your answer:"),
    "app.key-is": _("Right answer:"),
    "app.lacks-choice": _("Nothing is chosen yet."),
    "app.lacks-ticks": _("Tick one or more first."),
    "app.lacks-places": _("{count} more to place."),
    "app.lacks-words": _("No words yet."),
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
        "Too trusting: before you pay, open a link or tell a code, stop, and ask on a number that you know yourself."
    ),
    "detection.suspicious": _(
        "Too suspicious: banks and police do ring and write. Where you are not sure, ring back on a number that you know, and go on."
    ),
    "detection.even": _(
        "Even-handed: you told one from the other. That fades in two or three weeks, so come back then."
    ),
    "detection.even-mistakes": _(
        "Even-handed, with mistakes: go by the words that decide; they are marked in what you missed."
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
"""What the page says, by the names that ``templates/page.js`` has for it."""


class Page(Struct, frozen=True):
    """What a page carries: the language that it opens in, its title in that, and all as JSON takes it."""

    language: str
    title: str
    record: dict[str, Any]


class _Texts:
    """Texts by number, each once: as a list of what is said in each language, or alone where that is the same."""

    def __init__(self) -> None:
        self.listed: list[MarkedText | tuple[MarkedText, ...]] = []
        self._numbers: dict[tuple[MarkedText, ...], int] = {}

    def number(self, in_each_language: Iterable[MarkedText]) -> int:
        """Give the number of a text, which is given in each language."""
        text = tuple(in_each_language)
        if text not in self._numbers:
            self._numbers[text] = len(self.listed)
            same = len(set(text)) == 1 and isinstance(text[0], str)
            self.listed.append(text[0] if same else text)
        return self._numbers[text]

    def numbers(self, in_each_language: Iterable[Sequence[str]]) -> list[int]:
        """Give the numbers of texts that stand one after the other, as many in each language."""
        return [self.number(text) for text in zip(*in_each_language, strict=True)]


def page_content(bank: Bank, quizzes: Sequence[Quiz], languages: Sequence[str]) -> Page:
    """Make what a page carries of quizzes from a bank, in some languages, of which it opens in the quizzes' own.

    Raises QuizgenError for each question that has no way to be answered on a page.
    """
    questions = {question.id: question for quiz in quizzes for question in quiz.questions}
    _refuse_unknown_ways(list(questions.values()))
    # A question says the same in whichever quiz it is, the names of its sources too.
    bank = trim_bank(bank, questions.values())
    language = quizzes[0].language
    texts = _Texts()
    places = {id_: place for place, id_ in enumerate(questions)}
    titles = [
        display_text(bank.declared.title, tag) or _("Real or scam? A quiz").translated(tag)
        for tag in languages
    ]

    def views(question: Question) -> list[QuestionView]:
        return [QuestionView(question, bank, tag) for tag in languages]

    record = {
        "title": texts.number(titles),
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
            name: texts.number(words.translated(tag) for tag in languages) for name, words in MESSAGES.items()
        },
        "help": [
            [each.number, texts.number(display_text(each.purpose, tag) for tag in languages)]
            for each in bank.help.values()
        ],
        "sources": texts.numbers(source_titles(bank, tag) for tag in languages),
        "questions": [_question(views(each), texts) for each in questions.values()],
        "quizzes": [
            {
                "seed": quiz.seed,
                "items": [_item(views(each), places[each.id], texts) for each in quiz.questions],
            }
            for quiz in quizzes
        ],
        "scores": _scores(quizzes),
        "noticeable": NOTICEABLE,
        "traditional": traditional_characters(
            form
            for each in questions.values()
            if isinstance(each.answer, Fill)
            for form in each.answer.simplified_forms()
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
    title = titles[languages.index(language)]
    return Page(language, title, {**record, "texts": texts.listed})


def _refuse_unknown_ways(questions: Sequence[Question]) -> None:
    unknown = [each for each in questions if f"page.{each.answer.hint}" not in MESSAGES]
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


def _question(views: Sequence[QuestionView], texts: _Texts) -> dict[str, Any]:
    """Record a question without its printed order; ``views`` describe it in each language."""
    own, question = views[0], views[0].question
    facts = [own.bank.facts[fact].statement for fact in question.facts]
    record: dict[str, Any] = {
        "topic": texts.number(view.topic for view in views),
        "way": own.hint.removeprefix("hint-"),
        "stem": texts.number(view.stem for view in views),
        "cites": texts.numbers(view.citations for view in views),
        "facts": texts.numbers([view.text(fact) for fact in facts] for view in views),
    }
    if question.rationale:
        record["why"] = texts.number(view.rationale for view in views)
    if question.advice:
        record["advice"] = texts.number(view.advice for view in views)
    if question.answer.has_parts:
        record["parts"] = True
    if exhibits := [view.explained for view in views if view.explained]:
        record["exhibit"] = _exhibit(exhibits, texts)
        if numbers := question.answer.line_numbers:
            record["lines"] = numbers
        if question.answer.is_verdict:
            record["genuine"] = own.bank.exhibits[question.exhibit].genuine
    if isinstance(question.answer, Fill):
        record["taken"] = sorted(question.answer.accepted_forms())
        record["near"] = sorted(filter(str.isascii, question.answer.forms_with_typo()))
        record["simplified"] = sorted(question.answer.simplified_forms())
        record["best"] = texts.number(view.right_answer for view in views)
    return record


def _exhibit(views: Sequence[ExhibitView], texts: _Texts) -> dict[str, Any]:
    """Record an exhibit with the words that decide and the reasons; the page shows those after the answer."""
    context = {"context": texts.number(view.context for view in views)} if views[0].context else {}
    return {
        "form": views[0].form,
        **context,
        "label": texts.number(view.label for view in views),
        "sender": texts.number(_cut(view.sender) for view in views),
        "lines": [
            [
                texts.number(line.who for line in lines),
                texts.number(_cut(line.words) for line in lines),
                int(lines[0].own),
            ]
            for lines in zip(*(view.lines for view in views), strict=True)
        ],
        # Signs are in the order of the words that they are about, and that may differ from language to language.
        "signs": [
            [texts.number(sign.words for sign in signs), texts.number(sign.reason for sign in signs)]
            for signs in zip(*(view.signs for view in views), strict=True)
        ],
    }


def _cut(words: TextRuns) -> MarkedText:
    """Write words as one text, or as texts that by turns do not decide and do."""
    if not any(stretch.decides for stretch in words):
        return "".join(stretch.text for stretch in words)
    pieces = [""]
    for stretch in words:
        if stretch.decides != (len(pieces) % 2 == 0):
            pieces.append("")
        pieces[-1] += stretch.text
    return tuple(pieces)


def _item(views: Sequence[QuestionView], place: int, texts: _Texts) -> dict[str, Any]:
    """Record a question as one quiz prints it: the order of what it lists, and its key."""
    item: dict[str, Any] = {"of": place}
    if options := texts.numbers([option.text for option in view.options] for view in views):
        item["options"] = options
    if prompts := texts.numbers([prompt.text for prompt in view.prompts] for view in views):
        item["prompts"] = prompts
    if not views[0].answer.takes_words:
        item["key"] = views[0].key_indices
    return item


def _scores(quizzes: Sequence[Quiz]) -> list[list[float]]:
    """Give the score of each rate that verdicts on exhibits can come to: for each total from 1 on, of 0 to all."""
    most = 0
    for quiz in quizzes:
        verdicts = [each for each in quiz.questions if each.answer.is_verdict]
        judged = [quiz.bank.exhibits[each.exhibit].genuine for each in verdicts]
        most = max(most, judged.count(True), judged.count(False))
    return [[z_score_of_rate(count, total) for count in range(total + 1)] for total in range(1, most + 1)]
