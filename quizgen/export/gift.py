"""A quiz as GIFT, Moodle's format of plain text: https://docs.moodle.org/en/GIFT_format.

What GIFT has no kind for goes as one it has: steps to put in order as pairs of a number and a step.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from quizgen.author.plain_question import PlainQuestion
from quizgen.export.format import Format
from quizgen.export.reading import (
    Reading,
    UntakenError,
    about,
    category_of,
    choose,
    fill,
    gathered,
    lines_of_html,
    match,
    one_line,
    text_of,
    told,
    truth,
    with_blank,
    without_blank,
)
from quizgen.export.records import QuizExport
from quizgen.export.words import exhibit_lines, explanation, pairs_of, shares, steps_of, tags_of
from quizgen.model import BLANK
from quizgen.shapes import Answer, Fill
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_SPECIAL = re.compile(r"[\\~=#{}:]")


def _written(words: str) -> str:
    """Escape what GIFT reads as its own, line feeds too, since an empty line would end the question."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", words).replace("\n", "\\n")


def _pairs(question: QuestionView) -> list[tuple[str, str]]:
    steps = [(f"{place}.", step) for place, step in enumerate(steps_of(question), start=1)]
    return steps or pairs_of(question)


def _refuses(question: QuestionView) -> Iterator[Message]:
    # An answer without a tilde that has an arrow is a pair.
    sides = [side for pair in _pairs(question) for side in pair]
    if any("->" in words for words in [*question.accepted, *sides]):
        yield _("a text in it has `{mark}`, which parts one answer from another there", mark="->")


def _answers(question: QuestionView) -> list[str]:
    """Write the answers, a line each."""
    if question.form == "blank":
        # In a short answer an asterisk stands for any words.
        return [f"=%100%{_begun(words.replace('*', chr(92) + '*'))}" for words in question.accepted]
    if pairs := _pairs(question):
        return [f"={_begun(left)} -> {_written(right)}" for left, right in pairs]
    if question.answer.allows_several:
        signs = [f"~%{share}%" for share in shares(question)]
    else:
        signs = ["=" if option.right else "~" for option in question.options]
    return [sign + _begun(option.text) for sign, option in zip(signs, question.options, strict=True)]


def _begun(words: str) -> str:
    """Escape a text whose beginning might be read as a weight or as the name of a form of text."""
    return ("[plain]" if words.startswith(("%", "[")) else "") + _written(words)


def _question(question: QuestionView) -> str:
    asked = "\n".join([*exhibit_lines(question), *([""] if question.exhibit else ()), question.stem])
    told = "\n".join(explanation(question))
    truth = question.answer.truth_value
    answers = "\n".join(["", *_answers(question), ""]) if truth is None else str(truth).upper()
    return (
        f"// [id:{question.id}] {' '.join(f'[tag:{tag}]' for tag in tags_of(question))}\n"
        f"::{question.id}::[plain]{_written(asked)} {{{answers}####{_begun(told)}\n}}"
    )


def _write(quiz: QuizExport) -> bytes:
    blocks = []
    topic = None
    for question in quiz.questions:
        if question.question.topic != topic:
            topic = question.question.topic
            names = (name.replace("/", "//") for name in (quiz.title, question.topic))
            blocks.append("$CATEGORY: " + "/".join(" ".join(name.split()) for name in names))
        blocks.append(_question(question))
    return ("\n\n".join(blocks) + "\n").encode()


def _read(data: bytes, language: str, name: str) -> Reading:
    """Read questions, which empty lines part; each stands under the category before it."""

    def found() -> Iterator[tuple[int, Callable[[], PlainQuestion | None]]]:
        topic = ""
        for start, block in _blocks(text_of(data, name)):
            tags: list[str] = []
            kept: list[str] = []
            for row in block:
                if row.lstrip().startswith("//"):
                    tags += re.findall(r"\[tag:([^\]]+)\]", row)
                elif named := re.match(r"\s*\$CATEGORY:(.*)", row):
                    topic = category_of(named[1])
                else:
                    kept.append(row)
            if any(row.strip() for row in kept):
                line = start + block.index(kept[0])
                yield line, partial(_taken, line, "\n".join(kept), topic, tags, language)

    return gathered(found(), name)


def _blocks(content: str) -> Iterator[tuple[int, list[str]]]:
    """Part lines at empty ones; give each block with the number of its first line."""
    block: list[str] = []
    for number, row in enumerate([*content.split("\n"), ""], start=1):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


_HIDDEN = 0xF0000  # where a character is set aside that has a backslash before it, and so means itself


def _taken(line: int, block: str, topic: str, tags: list[str], language: str) -> PlainQuestion:
    hidden = re.sub(r"\\([~=#{}:\\])", lambda found: chr(_HIDDEN + ord(found[1])), block)
    named = re.match(r"\s*::(.*?)::", hidden, re.DOTALL)
    rest = hidden[named.end() :] if named else hidden
    before, opened, after = rest.partition("{")
    inside, closed, behind = after.rpartition("}")
    if not opened or not closed or "{" in inside:
        raise UntakenError(_("the braces with its answers are missing or broken"))
    inside, _mark, general = inside.partition("####")
    answer, feedback = _answer(inside.strip(), language)
    asked = _plain(before)
    if isinstance(answer, Fill):
        stem = f"{asked.rstrip()} {BLANK}{_shown(behind)}" if behind.strip() else with_blank(one_line(asked))
    else:
        stem = without_blank(f"{asked.rstrip()} … {_shown(behind)}" if behind.strip() else asked)
    return PlainQuestion(
        line=line,
        stem=one_line(stem),
        answer=answer,
        name=one_line(_shown(named[1])) if named else "",
        topic=topic,
        **told(_plain(general).split("\n"), feedback)._asdict(),
        **about(tags),
    )


def _answer(inside: str, language: str) -> tuple[Answer, list[tuple[str, str]]]:
    """Read what stands in braces: the answer, and what is said of each of its parts."""
    if not inside or inside.startswith("#"):
        raise UntakenError(
            _("questions of the kind {kind} have no like here", kind="numerical" if inside else "essay")
        )
    if said := re.fullmatch(r"(T|F|TRUE|FALSE)\s*(?:#(.*))?", inside, re.DOTALL | re.IGNORECASE):
        is_true = said[1].upper().startswith("T")
        # What is said of the wrong answer stands before what is said of the right one.
        remarks = map(_plain, (said[2] or "").split("#"))
        return truth(is_true), list(
            zip((str(not is_true).lower(), str(is_true).lower()), remarks, strict=False)
        )
    if inside[0] not in "~=":
        raise UntakenError(_("the braces with its answers are missing or broken"))
    parts = re.findall(r"([~=])([^~=]*)", inside)
    options, feedback = [], []
    for sign, part in parts:
        words, _mark, remark = part.partition("#")
        weight = re.match(r"\s*%(-?[\d.]{1,12})%", words)
        worth = _number(weight[1]) if weight else 100.0 * (sign == "=")
        option = words[weight.end() :] if weight else words
        options.append((option.strip(), worth))
        feedback.append((_plain(option), _plain(remark)))
    signs = {sign for sign, _ in parts}
    if "~" in signs:
        several = any(sign == "~" and worth > 0 for (sign, _), (_, worth) in zip(parts, options, strict=True))
        return choose(
            [(_plain(words), worth) for words, worth in options], language, several=several
        ), feedback
    if all("->" in words for words, _ in options):
        sides = [words.partition("->") for words, _ in options]
        return match([(_plain(left), _plain(right)) for left, _, right in sides], language), []
    taken = [(_plain(_typed(words) if worth > 0 else words), worth) for words, worth in options]
    return fill(taken, language), feedback


def _typed(words: str) -> str:
    """Read an answer to type, in which an asterisk stands for any words unless it has a backslash before it."""
    literal = chr(_HIDDEN + ord("*"))
    for backslash in ("\\", chr(_HIDDEN + ord("\\"))):
        words = words.replace(f"{backslash}*", literal)
    if "*" in words:
        raise UntakenError(_("an asterisk in its answer stands for any words"))
    return words


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise UntakenError(_("{asked!r} is no number", asked=written)) from None


def _plain(words: str) -> str:
    """Read a text by the form that it names, with lines as they are."""
    form = re.match(r"\s*\[(html|plain|moodle|markdown)\]", words)
    shown = _shown(words[form.end() :] if form else words)
    return "\n".join(lines_of_html(shown)) if form and form[1] == "html" else shown


def _shown(words: str) -> str:
    """Give back what had a backslash before it, and line ends that are written so."""
    shown = words.replace("\\n", "\n")
    return re.sub("[\U000f0000-\U000f00ff]", lambda found: chr(ord(found[0]) - _HIDDEN), shown)


FORMAT = Format(name="gift", suffix=".gift", takes="quiz", write=_write, refuses=_refuses, read=_read)
