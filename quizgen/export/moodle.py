"""A quiz as Moodle XML: https://docs.moodle.org/en/Moodle_XML_format. Steps in order need Moodle 4.4.

Texts are HTML, but for a blank's answers and the right sides of a match, which Moodle takes as plain text.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from typing import Any

from quizgen.author.plain_question import PlainQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.export import reading
from quizgen.export.format import Format
from quizgen.export.records import QuizExport
from quizgen.export.words import (
    as_html,
    asked_html,
    explanation,
    pairs_of,
    paragraphs,
    shares,
    steps_of,
    tags_of,
)
from quizgen.shapes import Answer, Order
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_ORDERED = (
    "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>"
    "<showgrading>SHOW</showgrading><numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>"
)

_FULL, _NOTHING = "100", "0"
_LONGEST_ID = 100
"""Moodle keeps no longer one; an id is then known by its end."""


def _text(name: str, words: str, *, html: bool = True) -> str:
    form = ' format="html"' if html else ""
    return f"<{name}{form}><text>{escape(words, quote=False)}</text></{name}>"


def _answer(words: str, worth: str, form: str) -> str:
    return f'<answer fraction="{worth}" format="{form}"><text>{escape(words, quote=False)}</text></answer>'


def _type_and_answers(question: QuestionView) -> tuple[str, Iterable[str]]:
    """Say what Moodle calls the kind, and write what it has of its own."""
    truth = question.answer.truth_value
    if truth is not None:
        worth = {"true": truth, "false": not truth}
        return "truefalse", [
            _answer(name, _FULL if right else _NOTHING, "moodle_auto_format") for name, right in worth.items()
        ]
    if question.form == "blank":
        # An asterisk stands for any words.
        taken = [
            _answer(words.replace("*", r"\*"), _FULL, "moodle_auto_format") for words in question.accepted
        ]
        return "shortanswer", ["<usecase>0</usecase>", *taken]
    if question.form == "pairs":
        sides = [
            f'<subquestion format="html"><text>{escape(as_html(left), quote=False)}</text>'
            f"{_text('answer', right, html=False)}</subquestion>"
            for left, right in pairs_of(question)
        ]
        return "matching", ["<shuffleanswers>true</shuffleanswers>", *sides]
    if question.form == "order":
        steps = [
            _answer(as_html(step), str(place), "html")
            for place, step in enumerate(steps_of(question), start=1)
        ]
        return "ordering", [_ORDERED, f"<selectcount>{len(steps)}</selectcount>", *steps]
    several, shuffled = question.answer.allows_several, question.form == "choose"
    fractions = (
        shares(question) if several else [_FULL if option.right else _NOTHING for option in question.options]
    )
    return "multichoice", [
        f"<single>{str(not several).lower()}</single>",
        f"<shuffleanswers>{str(shuffled).lower()}</shuffleanswers>",
        "<answernumbering>abc</answernumbering>",
        *(
            _answer(as_html(option.text), share, "html")
            for option, share in zip(question.options, fractions, strict=True)
        ),
    ]


def _question(question: QuestionView) -> str:
    kind, own = _type_and_answers(question)
    tags = "".join(f"<tag><text>{tag}</text></tag>" for tag in tags_of(question))
    return "\n".join(
        [
            f'<question type="{kind}">',
            _text("name", question.id, html=False),
            _text("questiontext", asked_html(question)),
            _text("generalfeedback", paragraphs(explanation(question))),
            "<defaultgrade>1</defaultgrade><hidden>0</hidden>",
            f"<idnumber>{question.id[-_LONGEST_ID:]}</idnumber>",
            *own,
            f"<tags>{tags}</tags>",
            "</question>",
        ]
    )


def _category(title: str, topic: str) -> str:
    # A slash parts a category from one below it, and two are one in a name.
    names = "/".join(" ".join(name.replace("/", "//").split()) for name in (title, topic))
    return f'<question type="category">{_text("category", f"$course$/top/{names}", html=False)}</question>'


def _write(quiz: QuizExport) -> bytes:
    blocks = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    topic = None
    for question in quiz.questions:
        if question.question.topic != topic:
            topic = question.question.topic
            blocks.append(_category(quiz.title, question.topic))
        blocks.append(_question(question))
    return "\n".join([*blocks, "</quiz>", ""]).encode()


def _read(data: bytes, language: str, name: str) -> reading.Reading:
    """Read questions; each stands under the category before it."""
    root = reading.xml_of(data, name)
    if root.tag != "quiz":
        raise QuizgenError(
            problem(
                _("it begins with <{tag}>, and Moodle's XML with <quiz>"),
                _("see that it is of the format that you named"),
                tag=str(root.tag),
                file=name,
            )
        )

    def found() -> Iterator[tuple[int, Callable[[], PlainQuestion | None]]]:
        topic = ""
        for question in root.iterchildren("question"):
            if question.get("type") == "category":
                topic = reading.category_of(_words(question, "category"))
            else:
                yield question.sourceline, partial(_taken, question, topic, language)

    return reading.gathered(found(), name)


def _words(element: Any, path: str) -> str:
    """Give the text of an element, its lines as they are, or ""."""
    return "\n".join(_lines(element.find(path)))


def _lines(element: Any) -> list[str]:
    """Give the lines of a text that says how it is written; of plain text what stands there."""
    if element is None:
        return []
    if element.find("file") is not None:
        raise reading.UntakenError(_("it has a picture or the like (<{tag}>)", tag="file"))
    words = element.findtext("text") or ""
    # Moodle's own form of text may have tags in it; what is to be typed, or is true or false, has none.
    marked = element.get("format") == "html" or (
        element.get("format") == "moodle_auto_format" and element.tag != "answer"
    )
    return reading.lines_of_html(words) if marked else words.splitlines()


def _taken(question: Any, topic: str, language: str) -> PlainQuestion:
    asked = _words(question, "questiontext")
    kind = question.get("type")
    answers = question.findall("answer")
    weighed = [("\n".join(_lines(each)), _worth(each)) for each in answers]
    answer: Answer
    match kind:
        case "multichoice":
            several = (question.findtext("single") or "true").strip() in ("false", "0")
            answer = reading.choose(weighed, language, several=several)
        case "truefalse":
            right = [words.strip().lower() for words, worth in weighed if worth > 0]
            if right not in (["true"], ["false"]):
                raise reading.UntakenError(_("it has no right answer"))
            answer = reading.truth(right == ["true"])
        case "shortanswer":
            taken = [(_typed(words) if worth > 0 else words, worth) for words, worth in weighed]
            answer = reading.fill(taken, language)
        case "matching":
            pairs = [
                ("\n".join(_lines(each)), each.findtext("answer/text") or "")
                for each in question.findall("subquestion")
            ]
            answer = reading.match(pairs, language)
        case "ordering":
            steps = [words for words, _ in sorted(weighed, key=lambda each: each[1])]
            answer = Order(
                tuple({language: reading.one_line(step)} for step in steps), tuple(range(len(steps)))
            )
        case _:
            raise reading.UntakenError(_("questions of the kind {kind} have no like here", kind=kind or ""))
    feedback = [(words, _words(each, "feedback")) for (words, _), each in zip(weighed, answers, strict=True)]
    general = question.find("generalfeedback")
    tags = [tag.text or "" for tag in question.iterfind("tags/tag/text")]
    return PlainQuestion(
        line=question.sourceline,
        stem=(reading.with_blank if kind == "shortanswer" else reading.without_blank)(
            reading.one_line(asked)
        ),
        answer=answer,
        name=reading.one_line(question.findtext("name/text") or ""),
        topic=topic,
        **reading.told(_lines(general), feedback)._asdict(),
        **reading.about(tags),
    )


def _worth(answer: Any) -> float:
    try:
        return float(answer.get("fraction") or 0)
    except ValueError:
        raise reading.UntakenError(_("{asked!r} is no number", asked=answer.get("fraction"))) from None


def _typed(words: str) -> str:
    """Read an answer to type, in which an asterisk stands for any words; raises UntakenError where it does."""
    if "*" in words.replace("\\*", ""):
        raise reading.UntakenError(_("an asterisk in its answer stands for any words"))
    return words.replace("\\*", "*")


FORMAT = Format(name="moodle", suffix=".xml", takes="quiz", write=_write, read=_read)
