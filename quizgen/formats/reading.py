"""Functions that all readers of import files use: they decode files, clean texts and make answers.

Import files may come from anybody. Nothing in them is executed or fetched, and the time to read one is proportional to
its size.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from quizgen.author.imported_question import ImportedQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.formats.question_texts import add_label
from quizgen.ids import topic_of
from quizgen.kinds import KINDS
from quizgen.model import AUDIENCES, BLANK, DIFFICULTIES, LEVELS
from quizgen.shapes import Choose, Fill, Match, Order
from quizgen.source.decode import decode_bytes
from quizgen.text.characters import MAX_TEXT_LENGTH
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import Message, _
from quizgen.text.normalise import normalise

MAX_BYTES = 20_000_000
"""Larger files are not read. Two thousand questions take 3 MB in Moodle's XML, and less in other formats."""

MAX_QUESTIONS = 2_000
"""Files with more questions, or tables with more rows, are not read, since to write them into a bank would take too long."""

MAX_CHARACTERS = 1_000_000
"""Nor are files whose questions have more characters than this in all; 2,000 questions have about half as many."""

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_XML_ADVICE = re.compile(", (?:line|use|see) ")
"""Where an error of the XML parser turns to advice for programmers, which is cut off."""

_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_DRAWN_BLANK = re.compile(r"_{2,}|\.{5,}|…{2,}|［\s*］|（\s*）")
_BLANK_MARK = re.compile("_{3,}")
_FULL_WORTH = 99.9  # per cent of all keys together; three keys of 33.3 have no more


class RefusedQuestion(NamedTuple):
    """The line number of a question that cannot be imported, and the reason."""

    line: int
    why: Message


class ReadResult(NamedTuple):
    """The result of reading a file: its questions, the refused ones, and notes on ignored parts of the file."""

    questions: list[ImportedQuestion]
    refused: list[RefusedQuestion]
    unread: tuple[Message, ...] = ()


class UnsupportedQuestionError(Exception):
    """A question that a question bank cannot hold; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        self.why = reason
        super().__init__(str(reason))


def decode_text(data: bytes, file_name: str) -> str:
    """Decode a text file, with line feeds as its line ends.

    Raises QuizgenError if the file is empty, damaged or not a text.
    """
    return decode_bytes(data, file_name, MAX_BYTES).text.replace("\r\n", "\n").replace("\r", "\n")


def parse_xml(data: bytes, file_name: str) -> Any:
    """Parse XML. Raises QuizgenError for broken XML, and for a DTD, whose entities could expand or fetch files."""
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
                    file=file_name,
                )
            ) from None
        what = _("this cannot be read: {what}", what=_XML_ADVICE.split(error.msg)[0].lower())
        raise QuizgenError(
            problem(
                what,
                _("export it again from the program it comes from"),
                file=file_name,
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
                file=file_name,
            )
        ) from None
    if root is None or root.getroottree().docinfo.doctype:
        raise QuizgenError(
            problem(
                _("it has a document type declaration, which is unsafe and not needed"),
                _("export it again from the program it comes from"),
                file=file_name,
            )
        )
    return root


def collect_questions(
    found_questions: Iterable[tuple[int, Callable[[], ImportedQuestion | None]]], file_name: str
) -> ReadResult:
    """Return the questions of a file and the refused ones.

    Each of ``found_questions`` is a line number and a function that makes the question. The function may raise
    UnsupportedQuestionError, or return ``None`` for an entry that is no question.

    Raises QuizgenError if the file has no questions or too many.
    """
    questions: list[ImportedQuestion] = []
    refused: list[RefusedQuestion] = []
    characters = 0
    for count, (line, make) in enumerate(found_questions):
        if count >= MAX_QUESTIONS:
            raise QuizgenError(
                problem(
                    _("it has more than {most} questions"),
                    _("export it in parts"),
                    most=MAX_QUESTIONS,
                    file=file_name,
                )
            )
        try:
            question = make()
        except UnsupportedQuestionError as error:
            refused.append(RefusedQuestion(line, error.why))
        else:
            if question is None:
                continue
            lengths = _text_lengths(question)
            characters += sum(lengths)
            if characters > MAX_CHARACTERS:
                raise QuizgenError(
                    problem(
                        _("its questions have more than {most} characters"),
                        _("export it in parts"),
                        most=MAX_CHARACTERS,
                        file=file_name,
                    )
                )
            if max(lengths) > MAX_TEXT_LENGTH:
                why = _(
                    "a text in it has {count} characters; the maximum is {most}",
                    count=max(lengths),
                    most=MAX_TEXT_LENGTH,
                )
                refused.append(RefusedQuestion(line, why))
            else:
                questions.append(question)
    if not questions and not refused:
        raise QuizgenError(
            problem(
                _("it has no questions"),
                _("check that the file has the format that you named"),
                file=file_name,
            )
        )
    return ReadResult(questions, refused)


def _text_lengths(question: ImportedQuestion) -> list[int]:
    """Return the length of each text in a question."""
    parts = msgspec.to_builtins(question.answer)
    values: list[Any] = [question.stem, question.rationale, question.advice, *parts.values()]
    lengths = []
    while values:
        part = values.pop()
        if isinstance(part, str):
            lengths.append(len(part))
        elif isinstance(part, dict | list | tuple):
            values += part.values() if isinstance(part, dict) else part
    return lengths


def join_lines(text: str) -> str:
    """Join the lines of a text, with a space between them except after a Chinese character."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        joined += line if not joined or _HAN.match(joined[-1]) else f" {line}"
    return joined


def make_choice(options: Sequence[tuple[str, float]], language: str, *, allows_several: bool) -> Choose:
    """Make the answer of a question with options, which are texts with their scores in per cent.

    Raises UnsupportedQuestionError if no option is correct, or if some are only partly correct.
    """
    keys = tuple(index for index, (_, worth) in enumerate(options) if worth > 0)
    worths = {round(worth, 1) for _, worth in options if worth > 0}
    if not keys:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if len(worths) > 1 or (len(keys) == 1 and worths.pop() < _FULL_WORTH):
        raise UnsupportedQuestionError(_("some of its answers count as partly right"))
    if not allows_several and len(keys) > 1:
        raise UnsupportedQuestionError(
            _("it allows one right answer, but this question has {count}", count=len(keys))
        )
    texts = tuple({language: join_lines(words)} for words, _ in options)
    return Choose(texts, keys, "several" if allows_several else "one")


def make_true_false(is_true: bool) -> Choose:  # noqa: FBT001  it is the answer
    """Return the answer of a statement to be judged true or false."""
    from quizgen.kinds.true_false import true_or_false_choice  # noqa: PLC0415  avoids a cycle of imports

    return true_or_false_choice(is_true)


def is_true_false(options: Sequence[str]) -> bool:
    """Return whether the options are "true" and "false", in this order, in one of the program's languages."""
    if len(options) != len(make_true_false(is_true=True).options):
        return False
    letters = (normalise(option, only_letters_and_digits=True) for option in options)
    return [make_true_false(is_true=True).parse_reply(each) for each in letters] == [(0,), (1,)]


def make_match(pairs: Sequence[tuple[str, str]], language: str) -> Match | Order:
    """Make the answer of a matching question from pairs of prompt and choice.

    If the prompts number the choices, the answer is an order of steps. A pair of "" and a choice stands for a choice
    without a prompt.
    """
    left = [join_lines(words) for words, _ in pairs]
    right = [{language: join_lines(words)} for _, words in pairs]
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
    """Make the answer of a blank from accepted wordings, with their scores in per cent.

    Raises UnsupportedQuestionError if a wording is only partly correct.
    """
    listed = [(join_lines(words), worth) for words, worth in wordings if worth > 0]
    if not listed:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if any(worth < _FULL_WORTH for _, worth in listed):
        raise UnsupportedQuestionError(_("some of its answers count as partly right"))
    return Fill({language: tuple(words for words, _ in listed)})


def insert_blank_sign(stem: str) -> str:
    """Write the blank of a stem as :data:`~quizgen.model.BLANK`, or add a blank at the end if there is none."""
    if _BLANK_MARK.findall(stem) == [BLANK]:
        return stem
    marked = _DRAWN_BLANK.sub(BLANK, stem)
    if BLANK in marked:
        return marked
    return f"{stem}{'' if _HAN.match(stem[-1:]) else ' '}{BLANK}"


def remove_blanks(stem: str) -> str:
    """Replace each blank in a stem by three dots, for questions that are not answered by typing."""
    return _BLANK_MARK.sub("…", stem)


class Explanation(NamedTuple):
    """The explanation of an answer. ``sourced`` is whether the file names a source."""

    rationale: str
    advice: str
    sourced: bool


def read_explanation(lines: Iterable[str], remarks: Iterable[tuple[str, str]] = ()) -> Explanation:
    """Divide an explanation into rationale and advice, by the labels that quizgen's own exports have.

    ``remarks`` are options with their feedback, which is added to the rationale. Lines with sources are left out.
    """
    rationale: list[str] = []
    advice, sourced = "", False
    for line in filter(None, map(join_lines, lines)):
        label = _label_at_start(line, _("Source:"))
        sourced = sourced or bool(label)
        if sourced:
            continue
        if label := _label_at_start(line, _("What to do (our advice):")):
            advice = line.removeprefix(label).strip()
        else:
            rationale.append(line)
    for option, words in remarks:
        remark = join_lines(words)
        name = "" if option.strip() == "*" else join_lines(option)  # the asterisk stands for any other answer
        if remark and remark not in rationale:
            rationale.append(
                add_label(f"{name}{'：' if _HAN.match(remark[-1]) else ':'}", remark) if name else remark
            )
    return Explanation(join_lines("\n".join(rationale)), advice, sourced)


def _label_at_start(line: str, label: Message) -> str:
    """Return the translation of ``label`` with which the line begins, or ""."""
    return next((words for tag in LANGUAGES if line.startswith(words := label.translated(tag))), "")


def read_topic(category: str, name: str, tags: Iterable[str]) -> str:
    """Return the topic of a question: the last name in the path of its Moodle category.

    A double slash stands for a slash within a name. If quizgen's export of a quiz put all questions into one category, the
    topic is the one that the name of the question begins with, and that is among its tags.
    """
    category = category.removeprefix("$course$/").removeprefix("top/")
    names = category.replace("//", "\0").split("/")
    if len(names) == 1 and topic_of(name) in tags:
        return topic_of(name)
    return join_lines(names[-1].replace("\0", "/"))


def read_tags(tags: Iterable[str]) -> dict[str, Any]:
    """Return kind, level, difficulty and audience, as far as these tags name them."""
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


def _format_superscript(text: str) -> str:
    """Write an exponent as plain text, such as ``³`` or ``^n``.

    Anything else, such as the "st" of 1st, stays as it is.
    """
    if text in _POWERS:
        return _POWERS[text]
    return f"^{text}" if re.fullmatch(r"[+−-]?\d+|[a-zA-Z]", text) else text


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
def _make_html_parser() -> Any:
    """Return an HTML parser, made only once because a file can have tens of thousands of texts."""
    from lxml.etree import HTMLParser  # noqa: PLC0415  slow to load

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def html_to_lines(html: str) -> list[str]:
    """Return the text of HTML, with a line for each block element.

    Raises UnsupportedQuestionError for pictures and other media, and for texts in several languages.
    """
    if _SEVERAL_LANGUAGES.search(html):
        raise UnsupportedQuestionError(_("some texts are in several languages at once"))
    if "<" not in html and "&" not in html:
        return [html]
    from lxml.etree import fromstring, iterwalk  # noqa: PLC0415  slow to load

    body = fromstring(f"<html><body>{html}".encode(), _make_html_parser())[-1]
    parts: list[str] = []
    starts: list[int] = []
    for event, element in iterwalk(body, ("start", "end")):
        if element.tag in _MEDIA_TAGS:
            raise UnsupportedQuestionError(_("it has a picture or the like (<{tag}>)", tag=element.tag))
        edge = "\n" if element.tag in _BLOCK_TAGS else ""
        if event == "start":
            starts.append(len(parts))
            parts += (edge, _replace_line_feeds(element.text))
            continue
        start = starts.pop()
        if element.tag in ("script", "style"):
            del parts[start:]
        if element.tag == "sup":
            parts[start:] = [_format_superscript("".join(parts[start:]).strip())]
        parts += (edge, _replace_line_feeds(element.tail))
    return [line.strip() for line in "".join(parts).split("\n") if line.strip()]


def _replace_line_feeds(text: str | None) -> str:
    return (text or "").replace("\n", " ")
