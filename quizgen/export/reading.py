"""What the readers of formats share: decoding files, cleaning texts and making answers.

Files may come from anybody. Nothing in them is executed or fetched, and the time to read one grows with its size only.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from quizgen.author.plain_question import PlainQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.export.words import labelled
from quizgen.kinds import KINDS
from quizgen.model import AUDIENCES, BLANK, DIFFICULTIES, LEVELS
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.source.decode import decode
from quizgen.text.characters import MAX_TEXT_LENGTH
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

MAX_BYTES = 20_000_000
"""Larger files are not read. Ten thousand questions take 12 MB in Moodle's XML, and less in other formats."""

MAX_QUESTIONS = 10_000
"""Files with more questions, or tables with more rows, are not read: no bank is that large."""

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_XML_ADVICE = re.compile(", (?:line|use|see) ")
"""Where an error of the XML parser turns to advice for programmers, which is cut off."""

_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_DRAWN_BLANK = re.compile(r"_{2,}|\.{5,}|…{2,}|［\s*］|（\s*）")
_BLANK_MARK = re.compile("_{3,}")
_FULL_WORTH = 99.9  # per cent of all keys together; three keys of 33.3 have no more


class RefusedQuestion(NamedTuple):
    """The line of a question that cannot be imported, and the reason."""

    line: int
    why: Message


class Reading(NamedTuple):
    """What was read from a file: its questions, the refused ones, and notes on parts that are not read."""

    questions: list[PlainQuestion]
    refused: list[RefusedQuestion]
    unread: tuple[Message, ...] = ()


class UnsupportedQuestionError(Exception):
    """A question that a bank cannot hold; ``why`` is the reason."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


def decode_text(data: bytes, name: str) -> str:
    """Decode a text file. Raises QuizgenError if it is empty, damaged or not a text."""
    return decode(data, name, MAX_BYTES)[0].replace("\r\n", "\n").replace("\r", "\n")


def parse_xml(data: bytes, name: str) -> Any:
    """Parse XML. Raises QuizgenError for broken XML and for a DTD, whose entities could expand or fetch files."""
    from lxml import etree  # noqa: PLC0415  slow to load

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        if _DOCTYPE.search(data):
            raise QuizgenError(
                problem(
                    _("it has a document type declaration, which is unsafe and not needed"),
                    _("export it again from the program it comes from"),
                    file=name,
                )
            ) from None
        what = _("this cannot be read: {what}", what=_XML_ADVICE.split(error.msg)[0].lower())
        raise QuizgenError(
            problem(
                what,
                _("export it again from the program it comes from"),
                file=name,
                line=line,
                column=max(1, column),
            )
        ) from None
    except (ValueError, LookupError) as error:
        raise QuizgenError(
            problem(
                _("this cannot be read: {what}"),
                _("export it again from the program it comes from"),
                what=str(error),
                file=name,
            )
        ) from None
    if root is None or root.getroottree().docinfo.doctype:
        raise QuizgenError(
            problem(
                _("it has a document type declaration, which is unsafe and not needed"),
                _("export it again from the program it comes from"),
                file=name,
            )
        )
    return root


def collect_questions(found: Iterable[tuple[int, Callable[[], PlainQuestion | None]]], name: str) -> Reading:
    """Make the questions of a file; ``found`` has the line of each and a function that makes it, or returns ``None``.

    Raises QuizgenError if there is no question, or too many.
    """
    questions: list[PlainQuestion] = []
    refused: list[RefusedQuestion] = []
    for count, (line, make) in enumerate(found):
        if count >= MAX_QUESTIONS:
            raise QuizgenError(
                problem(
                    _("it has more than {most} questions"),
                    _("export it in parts"),
                    most=MAX_QUESTIONS,
                    file=name,
                )
            )
        try:
            question = make()
        except UnsupportedQuestionError as error:
            refused.append(RefusedQuestion(line, error.why))
        else:
            if question and (longest := _longest_text(question)) > MAX_TEXT_LENGTH:
                refused.append(
                    RefusedQuestion(
                        line,
                        _(
                            "a text in it has {count} characters; the maximum is {most}",
                            count=longest,
                            most=MAX_TEXT_LENGTH,
                        ),
                    )
                )
            elif question:
                questions.append(question)
    if not questions and not refused:
        raise QuizgenError(
            problem(
                _("it has no questions"), _("check that the file has the format that you named"), file=name
            )
        )
    return Reading(questions, refused)


def _longest_text(question: PlainQuestion) -> int:
    """Return the length of the longest text of a question."""
    parts = msgspec.to_builtins(question.answer)
    values: list[Any] = [question.stem, question.rationale, question.advice, *parts.values()]
    longest = 0
    while values:
        part = values.pop()
        if isinstance(part, str):
            longest = max(longest, len(part))
        elif isinstance(part, dict | list | tuple):
            values += part.values() if isinstance(part, dict) else part
    return longest


def one_line(words: str) -> str:
    """Join the lines of a text, with blanks between them except after Chinese characters."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in words.splitlines())):
        joined += line if not joined or _HAN.match(joined[-1]) else f" {line}"
    return joined


def make_choice(options: Sequence[tuple[str, float]], language: str, *, several: bool) -> Choose:
    """Make a choice from options and their worth in per cent.

    Raises UnsupportedQuestionError if the keys are not worth the same.
    """
    keys = tuple(index for index, (_, worth) in enumerate(options) if worth > 0)
    worths = {round(worth, 1) for _, worth in options if worth > 0}
    if not keys:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if len(worths) > 1 or (len(keys) == 1 and worths.pop() < _FULL_WORTH):
        raise UnsupportedQuestionError(_("some of its answers count as partly right"))
    if not several and len(keys) > 1:
        raise UnsupportedQuestionError(
            _("it allows one right answer, but this question has {count}", count=len(keys))
        )
    texts = tuple({language: one_line(words)} for words, _ in options)
    return Choose(texts, keys, "several" if several else "one")


def make_true_false(true: bool) -> Choose:  # noqa: FBT001  it is the answer
    """Make the answer of a true-false question."""
    from quizgen.kinds.true_false import truth_choice  # noqa: PLC0415  avoids a cycle of imports

    return truth_choice(true)


def is_true_false(options: Sequence[str]) -> bool:
    """Return whether options are true and false, in this order, in one of our languages."""
    if len(options) != len(make_true_false(true=True).options):
        return False
    letters = (normalise(option, only_letters_and_digits=True) for option in options)
    return [make_true_false(true=True).parse(each) for each in letters] == [(0,), (1,)]


def make_match(pairs: Sequence[tuple[str, str]], language: str) -> Match | Order:
    """Make a match from pairs, or an order if the left sides number its steps.

    A choice that goes with no prompt has "" at its left.
    """
    left = [one_line(words) for words, _ in pairs]
    right = [{language: one_line(words)} for _, words in pairs]
    if left == [f"{place}." for place in range(1, len(left) + 1)]:
        return Order(tuple(right), tuple(range(len(right))))
    taken = [index for index, words in enumerate(left) if words]
    rest = [index for index, words in enumerate(left) if not words]
    return Match(
        tuple({language: left[index]} for index in taken),
        tuple(right[index] for index in (*taken, *rest)),
        tuple(range(len(taken))),
    )


def make_blank(wordings: Iterable[tuple[str, float]], language: str) -> Fill:
    """Make a blank from wordings and their worth in per cent.

    Raises UnsupportedQuestionError if one is only partly right.
    """
    listed = [(one_line(words), worth) for words, worth in wordings if worth > 0]
    if not listed:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if any(worth < _FULL_WORTH for _, worth in listed):
        raise UnsupportedQuestionError(_("some of its answers count as partly right"))
    return Fill({language: tuple(words for words, _ in listed)})


def with_blank(stem: str) -> str:
    """Write the blank of a stem as :data:`~quizgen.model.BLANK`, and add one at the end if it has none."""
    if _BLANK_MARK.findall(stem) == [BLANK]:
        return stem
    marked = _DRAWN_BLANK.sub(BLANK, stem)
    if BLANK in marked:
        return marked
    return f"{stem}{'' if _HAN.match(stem[-1:]) else ' '}{BLANK}"


def without_blank(stem: str) -> str:
    """Replace blanks in a stem by three dots, for questions that are not answered by typing."""
    return _BLANK_MARK.sub("…", stem)


class Explanation(NamedTuple):
    """What is shown after an answer. ``sourced`` is whether the file named a source."""

    rationale: str
    advice: str
    sourced: bool


def read_explanation(lines: Iterable[str], remarks: Iterable[tuple[str, str]] = ()) -> Explanation:
    """Divide lines into rationale, advice and sources, by the labels that our exports write.

    ``remarks`` are options with the feedback on each, which goes into the rationale.
    """
    rationale: list[str] = []
    advice, sourced = "", False
    for line in filter(None, map(one_line, lines)):
        label = _label_of(line, _("Source:"))
        sourced = sourced or bool(label)
        if sourced:
            continue
        if label := _label_of(line, _("What to do (our advice):")):
            advice = line.removeprefix(label).strip()
        else:
            rationale.append(line)
    for option, words in remarks:
        remark = one_line(words)
        name = "" if option.strip() == "*" else one_line(option)  # the asterisk stands for any other answer
        if remark and remark not in rationale:
            rationale.append(
                labelled(f"{name}{'：' if _HAN.match(remark[-1]) else ':'}", remark) if name else remark
            )
    return Explanation(one_line("\n".join(rationale)), advice, sourced)


def _label_of(line: str, label: Message) -> str:
    return next((words for tag in LANGUAGES if line.startswith(words := label.translated(tag))), "")


def category_name(path: str) -> str:
    """Return the last name of a category's path. A double slash stands for a slash within a name."""
    names = path.replace("//", "\0").split("/")
    return one_line(names[-1].replace("\0", "/"))


def read_tags(tags: Iterable[str]) -> dict[str, Any]:
    """Read kind, level, difficulty and audience from the tags that our exports write."""
    found: dict[str, Any] = {}
    for tag in tags:
        if tag in KINDS:
            found["kind"] = tag
        elif tag in LEVELS:
            found["level"] = tag
        elif tag in AUDIENCES:
            found["audience"] = tag
        elif tag in {f"difficulty-{number}" for number in DIFFICULTIES}:
            found["difficulty"] = int(tag[-1])
    return found


def _superscript(words: str) -> str:
    """Write an exponent in plain text (10³, x^n); leave anything else, such as the "st" of 1st, as it is."""
    if words in _POWERS:
        return _POWERS[words]
    return f"^{words}" if re.fullmatch(r"[+−-]?\d+|[a-zA-Z]", words) else words


_POWERS = {"1": "¹", "2": "²", "3": "³"}  # every font has these


_SEVERAL_LANGUAGES = re.compile(r"""class=["'][^"'>]*\bmultilang\b|\{mlang\s""", re.IGNORECASE)
"""How Moodle and one of its plugins mark a text in several languages."""

_BLOCK_TAGS = frozenset(
    (
        "blockquote",
        "br",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tr",
        "ul",
    )
)
_MEDIA_TAGS = frozenset(("audio", "canvas", "embed", "iframe", "img", "math", "object", "svg", "video"))


@cache
def _html_parser() -> Any:
    """Make a parser, once only, since a file may have tens of thousands of texts."""
    from lxml.etree import HTMLParser  # noqa: PLC0415  slow to load

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def lines_of_html(words: str) -> list[str]:
    """Return the text of HTML, a line for each block.

    Raises UnsupportedQuestionError for pictures and other media, and for texts in several languages.
    """
    if _SEVERAL_LANGUAGES.search(words):
        raise UnsupportedQuestionError(_("some texts are in several languages at once"))
    if "<" not in words and "&" not in words:
        return [words]
    from lxml.etree import fromstring, iterwalk  # noqa: PLC0415  slow to load

    body = fromstring(f"<html><body>{words}".encode(), _html_parser())[-1]
    parts: list[str] = []
    starts: list[int] = []
    for event, element in iterwalk(body, ("start", "end")):
        if element.tag in _MEDIA_TAGS:
            raise UnsupportedQuestionError(_("it has a picture or the like (<{tag}>)", tag=element.tag))
        edge = "\n" if element.tag in _BLOCK_TAGS else ""
        if event == "start":
            starts.append(len(parts))
            parts += (edge, _as_one_line(element.text))
            continue
        start = starts.pop()
        if element.tag in ("script", "style"):
            del parts[start:]
        if element.tag == "sup":
            parts[start:] = [_superscript("".join(parts[start:]).strip())]
        parts += (edge, _as_one_line(element.tail))
    return [line.strip() for line in "".join(parts).split("\n") if line.strip()]


def _as_one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")
