"""What readers of formats have in common: from bytes to texts of one line, and from these to questions.

Files come from strangers: whatever is in one, it is data, and reading it takes no more than its size warrants.
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
"""A file larger than this is not read. Ten thousand questions take 12 MB in Moodle's XML, and less in others."""

MOST_FOUND = 10_000
"""More questions than this, or more rows of a table, are not read: no bank is that large."""

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_XML_ADVICE = re.compile(", (?:line|use|see) ")
"""Where the parser goes on with what only a programmer could do."""

_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_BLANKS = re.compile(r"_{2,}|\.{5,}|…{2,}|［\s*］|（\s*）")
_MARKED = re.compile("_{3,}")
_FULL = 99.9  # per cent that the keys have together, which share it in thirds perhaps


class Refused(NamedTuple):
    """A question that cannot be taken: its line and why."""

    line: int
    why: Message


class Reading(NamedTuple):
    """What a file holds: questions, those that no bank could hold, and what else is in it that nobody reads."""

    questions: list[PlainQuestion]
    refused: list[Refused]
    unread: tuple[Message, ...] = ()


class UntakenError(Exception):
    """What a bank cannot hold, and why."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


def text_of(data: bytes, name: str) -> str:
    """Decode a file; raises QuizgenError for one that is empty, no text or damaged."""
    return decode(data, name, MAX_BYTES)[0].replace("\r\n", "\n").replace("\r", "\n")


def xml_of(data: bytes, name: str) -> Any:
    """Parse XML, without a DTD, so that nothing in it grows or leads elsewhere; raises QuizgenError."""
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
                    _("it brings a document type with it, which nothing needs and which could be a trap"),
                    _("export it anew from where it comes from"),
                    file=name,
                )
            ) from None
        what = _("this cannot be read: {what}", what=_XML_ADVICE.split(error.msg)[0].lower())
        raise QuizgenError(
            problem(
                what,
                _("export it anew from where it comes from"),
                file=name,
                line=line,
                column=max(1, column),
            )
        ) from None
    except (ValueError, LookupError) as error:
        raise QuizgenError(
            problem(
                _("this cannot be read: {what}"),
                _("export it anew from where it comes from"),
                what=str(error),
                file=name,
            )
        ) from None
    if root is None or root.getroottree().docinfo.doctype:
        raise QuizgenError(
            problem(
                _("it brings a document type with it, which nothing needs and which could be a trap"),
                _("export it anew from where it comes from"),
                file=name,
            )
        )
    return root


def gathered(found: Iterable[tuple[int, Callable[[], PlainQuestion | None]]], name: str) -> Reading:
    """Make questions of what was found, each by a function that gives none for what is no question.

    Raises QuizgenError where there is none at all, or too much.
    """
    questions: list[PlainQuestion] = []
    refused: list[Refused] = []
    for count, (line, make) in enumerate(found):
        if count >= MOST_FOUND:
            raise QuizgenError(
                problem(
                    _("it has more than {most} questions"),
                    _("export it in parts"),
                    most=MOST_FOUND,
                    file=name,
                )
            )
        try:
            made = make()
        except UntakenError as error:
            refused.append(Refused(line, error.why))
        else:
            if made and (longest := _longest(made)) > MAX_TEXT_LENGTH:
                refused.append(
                    Refused(
                        line,
                        _(
                            "a text in it has {count} characters, and {most} are the most",
                            count=longest,
                            most=MAX_TEXT_LENGTH,
                        ),
                    )
                )
            elif made:
                questions.append(made)
    if not questions and not refused:
        raise QuizgenError(
            problem(
                _("no question is found in it"), _("see that it is of the format that you named"), file=name
            )
        )
    return Reading(questions, refused)


def _longest(question: PlainQuestion) -> int:
    """Count the characters of its longest text."""
    parts = msgspec.to_builtins(question.answer)
    listed: list[Any] = [question.stem, question.rationale, question.advice, *parts.values()]
    longest = 0
    while listed:
        part = listed.pop()
        if isinstance(part, str):
            longest = max(longest, len(part))
        elif isinstance(part, dict | list | tuple):
            listed += part.values() if isinstance(part, dict) else part
    return longest


def one_line(words: str) -> str:
    """Give a text as one line: line ends become blanks, where the script has these."""
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in words.splitlines())):
        joined += line if not joined or _HAN.match(joined[-1]) else f" {line}"
    return joined


def choose(options: Sequence[tuple[str, float]], language: str, *, several: bool) -> Choose:
    """Make a choice of options, each with its worth in per cent; raises UntakenError where the keys are not worth alike."""
    keys = tuple(index for index, (_, worth) in enumerate(options) if worth > 0)
    worths = {round(worth, 1) for _, worth in options if worth > 0}
    if not keys:
        raise UntakenError(_("it has no right answer"))
    if len(worths) > 1 or (len(keys) == 1 and worths.pop() < _FULL):
        raise UntakenError(_("some of its answers are half right"))
    if not several and len(keys) > 1:
        raise UntakenError(_("it takes one right answer, and here are {count}", count=len(keys)))
    texts = tuple({language: one_line(words)} for words, _ in options)
    return Choose(texts, keys, "several" if several else "one")


def truth(true: bool) -> Choose:  # noqa: FBT001  it is what is answered
    """Make a true-false."""
    from quizgen.kinds.true_false import truth_choice  # noqa: PLC0415  only its options are wanted

    return truth_choice(true)


def are_truth(options: Sequence[str]) -> bool:
    """Tell whether options are true and false, in this order, as some language of ours has them."""
    if len(options) != len(truth(true=True).options):
        return False
    letters = (normalise(option, only_letters_and_digits=True) for option in options)
    return [truth(true=True).parse(each) for each in letters] == [(0,), (1,)]


def match(pairs: Sequence[tuple[str, str]], language: str) -> Match | Order:
    """Make a match of pairs, "" going with what nothing takes; or an order, where the left sides number steps."""
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


def fill(wordings: Iterable[tuple[str, float]], language: str) -> Fill:
    """Make a blank of wordings, each with its worth in per cent; raises UntakenError where one is half right."""
    listed = [(one_line(words), worth) for words, worth in wordings if worth > 0]
    if not listed:
        raise UntakenError(_("it has no right answer"))
    if any(worth < _FULL for _, worth in listed):
        raise UntakenError(_("some of its answers are half right"))
    return Fill({language: tuple(words for words, _ in listed)})


def with_blank(stem: str) -> str:
    """Give the stem of a question to fill with its one blank as ours have it, at its end where it has none."""
    if _MARKED.findall(stem) == [BLANK]:
        return stem
    marked = _BLANKS.sub(BLANK, stem)
    if BLANK in marked:
        return marked
    return f"{stem}{'' if _HAN.match(stem[-1:]) else ' '}{BLANK}"


def without_blank(stem: str) -> str:
    """Give the stem of any other question, whose blank is three dots: it is not to be typed into."""
    return _MARKED.sub("…", stem)


class Told(NamedTuple):
    """What is told after an answer."""

    rationale: str
    advice: str
    sourced: bool


def told(lines: Iterable[str], more: Iterable[tuple[str, str]] = ()) -> Told:
    """Tell reason, advice and sources apart, as our exports write them; ``more`` are options with what is said of each."""
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
    for option, words in more:
        said = one_line(words)
        name = "" if option.strip() == "*" else one_line(option)  # which is whatever else is typed
        if said and said not in rationale:
            rationale.append(
                labelled(f"{name}{'：' if _HAN.match(said[-1]) else ':'}", said) if name else said
            )
    return Told(one_line("\n".join(rationale)), advice, sourced)


def _label_of(line: str, label: Message) -> str:
    return next((words for tag in LANGUAGES if line.startswith(words := label.translated(tag))), "")


def category_of(path: str) -> str:
    """Give the last name of a category's path, in which two slashes are one in a name."""
    names = path.replace("//", "\0").split("/")
    return one_line(names[-1].replace("\0", "/"))


def about(tags: Iterable[str]) -> dict[str, Any]:
    """Read what our exports say of a question in tags: its kind, level, difficulty and audience."""
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


def _raised(words: str) -> str:
    """Write an exponent so that it stays one on a line: 10³, x^n; of anything else, such as 1st, the words."""
    if words in _POWERS:
        return _POWERS[words]
    return f"^{words}" if re.fullmatch(r"[+−-]?\d+|[a-zA-Z]", words) else words


_POWERS = {"1": "¹", "2": "²", "3": "³"}  # those that every font has


_SEVERAL_LANGUAGES = re.compile(r"""class=["'][^"'>]*\bmultilang\b|\{mlang\s""", re.IGNORECASE)
"""How Moodle, and a plugin of it, mark texts that stand in several languages, of which it shows one."""

_BLOCKS = frozenset(
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
_NO_TEXT = frozenset(("audio", "canvas", "embed", "iframe", "img", "math", "object", "svg", "video"))


@cache
def _html_parser() -> Any:
    """Make the parser once: a file has tens of thousands of texts."""
    from lxml.etree import HTMLParser  # noqa: PLC0415  slow to load

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def lines_of_html(words: str) -> list[str]:
    """Give the text of HTML, a line for each block; raises UntakenError for a picture and the like, and for several languages."""
    if _SEVERAL_LANGUAGES.search(words):
        raise UntakenError(_("its texts are in several languages at once"))
    if "<" not in words and "&" not in words:
        return [words]
    from lxml.etree import fromstring, iterwalk  # noqa: PLC0415  slow to load

    body = fromstring(f"<html><body>{words}".encode(), _html_parser())[-1]
    parts: list[str] = []
    begun: list[int] = []
    for event, element in iterwalk(body, ("start", "end")):
        if element.tag in _NO_TEXT:
            raise UntakenError(_("it has a picture or the like (<{tag}>)", tag=element.tag))
        edge = "\n" if element.tag in _BLOCKS else ""
        if event == "start":
            begun.append(len(parts))
            parts += (edge, _in_a_row(element.text))
            continue
        start = begun.pop()
        if element.tag in ("script", "style"):
            del parts[start:]
        if element.tag == "sup":
            parts[start:] = [_raised("".join(parts[start:]).strip())]
        parts += (edge, _in_a_row(element.tail))
    return [line.strip() for line in "".join(parts).split("\n") if line.strip()]


def _in_a_row(text: str | None) -> str:
    return (text or "").replace("\n", " ")
