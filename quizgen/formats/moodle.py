"""Export and import a quiz as Moodle XML: https://docs.moodle.org/en/Moodle_XML_format.

Texts are HTML. Exceptions are typed answers and the right sides of matching pairs, which Moodle takes as plain text.
Questions that ask for an order of steps need Moodle 4.4.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from typing import Any

from quizgen.author.imported_question import ImportedQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.formats import reading
from quizgen.formats.format import Format
from quizgen.formats.question_texts import (
    explanation_lines,
    html_paragraphs,
    matching_pairs,
    option_scores,
    ordered_steps,
    question_html,
    question_tags,
    text_to_html,
)
from quizgen.formats.records import QuizExport
from quizgen.shapes import Answer, Order
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_ORDER_SETTINGS = (
    "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>"
    "<showgrading>SHOW</showgrading><numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>"
)

_FULL_SCORE, _NO_SCORE = "100", "0"
_MAX_ID_LENGTH = 100
"""The longest id number that Moodle stores. Of a longer id, the end is exported."""


def _text_element(tag: str, text: str, *, is_html: bool = True) -> str:
    form = ' format="html"' if is_html else ""
    return f"<{tag}{form}><text>{escape(text, quote=False)}</text></{tag}>"


def _answer_element(text: str, score: str, text_format: str) -> str:
    return (
        f'<answer fraction="{score}" format="{text_format}"><text>{escape(text, quote=False)}</text></answer>'
    )


def _type_and_answers(question: QuestionView) -> tuple[str, Iterable[str]]:
    """Return Moodle's name of the question type, and the XML elements that only this type has."""
    truth = question.answer.truth_value
    if truth is not None:
        worth = {"true": truth, "false": not truth}
        return "truefalse", [
            _answer_element(name, _FULL_SCORE if right else _NO_SCORE, "moodle_auto_format")
            for name, right in worth.items()
        ]
    if question.answer_form == "blank":
        # Moodle takes a bare asterisk for any words.
        answers = [
            _answer_element(words.replace("*", r"\*"), _FULL_SCORE, "moodle_auto_format")
            for words in question.accepted_wordings
        ]
        return "shortanswer", ["<usecase>0</usecase>", *answers]
    if question.answer_form == "pairs":
        sides = [
            f'<subquestion format="html"><text>{escape(text_to_html(left), quote=False)}</text>'
            f"{_text_element('answer', right, is_html=False)}</subquestion>"
            for left, right in matching_pairs(question)
        ]
        return "matching", ["<shuffleanswers>true</shuffleanswers>", *sides]
    if question.answer_form == "order":
        steps = [
            _answer_element(text_to_html(step), str(place), "html")
            for place, step in enumerate(ordered_steps(question), start=1)
        ]
        return "ordering", [_ORDER_SETTINGS, f"<selectcount>{len(steps)}</selectcount>", *steps]
    several, shuffled = question.answer.allows_several_options, question.answer.order_count > 1
    fractions = (
        option_scores(question)
        if several
        else [_FULL_SCORE if option.right else _NO_SCORE for option in question.options]
    )
    return "multichoice", [
        f"<single>{str(not several).lower()}</single>",
        f"<shuffleanswers>{str(shuffled).lower()}</shuffleanswers>",
        "<answernumbering>abc</answernumbering>",
        *(
            _answer_element(text_to_html(option.text), share, "html")
            for option, share in zip(question.options, fractions, strict=True)
        ),
    ]


def _question_element(question: QuestionView) -> str:
    kind, own = _type_and_answers(question)
    tags = "".join(f"<tag><text>{tag}</text></tag>" for tag in question_tags(question))
    return "\n".join(
        [
            f'<question type="{kind}">',
            _text_element("name", question.id, is_html=False),
            _text_element("questiontext", question_html(question)),
            _text_element("generalfeedback", html_paragraphs(explanation_lines(question))),
            "<defaultgrade>1</defaultgrade><hidden>0</hidden>",
            f"<idnumber>{question.id[-_MAX_ID_LENGTH:]}</idnumber>",
            *own,
            f"<tags>{tags}</tags>",
            "</question>",
        ]
    )


def _category_element(category: Iterable[str]) -> str:
    # A slash separates a category from the one below it; a double slash stands for a slash in a name.
    names = "/".join(" ".join(name.replace("/", "//").split()) for name in category)
    return f'<question type="category">{_text_element("category", f"$course$/top/{names}", is_html=False)}</question>'


def _quiz_to_moodle_xml(quiz: QuizExport) -> bytes:
    blocks = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category: tuple[str, ...] = ()
    for question in quiz.questions:
        if quiz.category(question) != category:
            category = quiz.category(question)
            blocks.append(_category_element(category))
        blocks.append(_question_element(question))
    return "\n".join([*blocks, "</quiz>", ""]).encode()


def _read_moodle_file(data: bytes, language: str, file_name: str) -> reading.ReadResult:
    """Read the questions of a Moodle XML file. A question belongs to the category named last."""
    root = reading.parse_xml(data, file_name)
    if root.tag != "quiz":
        raise QuizgenError(
            problem(
                _("it starts with <{tag}>, but Moodle's XML starts with <quiz>"),
                _("check that the file has the format that you named"),
                tag=str(root.tag),
                file=file_name,
            )
        )

    def questions() -> Iterator[tuple[int, Callable[[], ImportedQuestion | None]]]:
        category = ""
        for question in root.iterchildren("question"):
            if question.get("type") == "category":
                category = _element_text(question, "category")
            else:
                yield question.sourceline, partial(_read_question, question, category, language)

    return reading.collect_questions(questions(), file_name)


def _element_text(element: Any, path: str) -> str:
    """Return the text of the element at ``path``, with its line breaks, or "" if there is no such element."""
    return "\n".join(_element_lines(element.find(path)))


def _element_lines(element: Any) -> list[str]:
    """Return the lines of an element's text, read as HTML if its format says so."""
    if element is None:
        return []
    if element.find("file") is not None:
        raise reading.UnsupportedQuestionError(_("it has a picture or the like (<{tag}>)", tag="file"))
    words = element.findtext("text") or ""
    # Moodle's own text format may contain tags, except in answers to type and in true and false.
    is_html = element.get("format") == "html" or (
        element.get("format") == "moodle_auto_format" and element.tag != "answer"
    )
    return reading.html_to_lines(words) if is_html else words.splitlines()


def _read_question(question: Any, category: str, language: str) -> ImportedQuestion:
    asked = _element_text(question, "questiontext")
    kind = question.get("type")
    answers = question.findall("answer")
    scored = [("\n".join(_element_lines(each)), _answer_score(each)) for each in answers]
    answer: Answer
    match kind:
        case "multichoice":
            several = (question.findtext("single") or "true").strip() in ("false", "0")
            answer = reading.make_choice(scored, language, allows_several=several)
        case "truefalse":
            right = [words.strip().lower() for words, worth in scored if worth > 0]
            if right not in (["true"], ["false"]):
                raise reading.UnsupportedQuestionError(_("it has no right answer"))
            answer = reading.make_true_false(right == ["true"])
        case "shortanswer":
            wordings = [
                (_read_accepted_answer(words) if worth > 0 else words, worth) for words, worth in scored
            ]
            answer = reading.make_blank(wordings, language)
        case "matching":
            pairs = [
                ("\n".join(_element_lines(each)), each.findtext("answer/text") or "")
                for each in question.findall("subquestion")
            ]
            answer = reading.make_match(pairs, language)
        case "ordering":
            steps = [words for words, _ in sorted(scored, key=lambda each: each[1])]
            answer = Order(
                tuple({language: reading.join_lines(step)} for step in steps), tuple(range(len(steps)))
            )
        case _:
            raise reading.UnsupportedQuestionError(
                _("questions of the kind {kind} have no counterpart here", kind=kind or "")
            )
    feedback = [
        (words, _element_text(each, "feedback")) for (words, _), each in zip(scored, answers, strict=True)
    ]
    general = question.find("generalfeedback")
    tags = [tag.text or "" for tag in question.iterfind("tags/tag/text")]
    name = reading.join_lines(question.findtext("name/text") or "")
    return ImportedQuestion(
        line=question.sourceline,
        stem=(reading.insert_blank_sign if kind == "shortanswer" else reading.remove_blanks)(
            reading.join_lines(asked)
        ),
        answer=answer,
        name=name,
        topic=reading.read_topic(category, name, tags),
        **reading.read_explanation(_element_lines(general), feedback)._asdict(),
        **reading.read_tags(tags),
    )


def _answer_score(answer: Any) -> float:
    try:
        return float(answer.get("fraction") or 0)
    except ValueError:
        raise reading.UnsupportedQuestionError(
            _("{asked!r} is not a number", asked=answer.get("fraction"))
        ) from None


def _read_accepted_answer(text: str) -> str:
    """Read an answer that people type.

    Raises UnsupportedQuestionError for an asterisk without a backslash, which stands for any words.
    """
    if "*" in text.replace("\\*", ""):
        raise reading.UnsupportedQuestionError(_("its answer has an asterisk, which stands for any words"))
    return text.replace("\\*", "*")


FORMAT = Format(
    name="moodle",
    suffix=".xml",
    subject="quiz",
    meaning=_("XML for Moodle"),
    write=_quiz_to_moodle_xml,
    read=_read_moodle_file,
)
