"""A quiz as GIFT, Moodle's format of plain text: https://docs.moodle.org/en/GIFT_format.

GIFT has no question type for putting steps in order, so that these become pairs of a number and a step.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from quizgen.author.plain_question import PlainQuestion
from quizgen.export.format import Format
from quizgen.export.reading import (
    Reading,
    UnsupportedQuestionError,
    category_name,
    collect_questions,
    decode_text,
    lines_of_html,
    make_blank,
    make_choice,
    make_match,
    make_true_false,
    one_line,
    read_explanation,
    read_tags,
    with_blank,
    without_blank,
)
from quizgen.export.records import QuizExport
from quizgen.export.words import exhibit_lines, explanation, pairs_of, score_fractions, steps_of, tags_of
from quizgen.model import BLANK
from quizgen.shapes import Answer, Fill
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_SPECIAL = re.compile(r"[\\~=#{}:]")


def _escape(words: str) -> str:
    """Escape characters with a meaning in GIFT, and line feeds, since an empty line would end the question."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", words).replace("\n", "\\n")


def _pairs(question: QuestionView) -> list[tuple[str, str]]:
    steps = [(f"{place}.", step) for place, step in enumerate(steps_of(question), start=1)]
    return steps or pairs_of(question)


def _refuses(question: QuestionView) -> Iterator[Message]:
    # GIFT takes any answer with an arrow for a pair.
    sides = [side for pair in _pairs(question) for side in pair]
    if any("->" in words for words in [*question.accepted, *sides]):
        yield _("a text in it has `{mark}`, which separates answers in that format", mark="->")


def _answers(question: QuestionView) -> list[str]:
    """Write the answers, one on each line."""
    if question.form == "blank":
        # In a short answer an asterisk stands for any words.
        return [f"=%100%{_escape_start(words.replace('*', chr(92) + '*'))}" for words in question.accepted]
    if pairs := _pairs(question):
        return [f"={_escape_start(left)} -> {_escape(right)}" for left, right in pairs]
    if question.answer.allows_several:
        signs = [f"~%{share}%" for share in score_fractions(question)]
    else:
        signs = ["=" if option.right else "~" for option in question.options]
    return [sign + _escape_start(option.text) for sign, option in zip(signs, question.options, strict=True)]


def _escape_start(words: str) -> str:
    """Escape a text; begin it with [plain] if GIFT would take its beginning for a weight or a text format."""
    return ("[plain]" if words.startswith(("%", "[")) else "") + _escape(words)


def _question(question: QuestionView) -> str:
    asked = "\n".join([*exhibit_lines(question), *([""] if question.exhibit else ()), question.stem])
    feedback = "\n".join(explanation(question))
    truth = question.answer.truth_value
    answers = "\n".join(["", *_answers(question), ""]) if truth is None else str(truth).upper()
    return (
        f"// [id:{question.id}] {' '.join(f'[tag:{tag}]' for tag in tags_of(question))}\n"
        f"::{question.id}::[plain]{_escape(asked)} {{{answers}####{_escape_start(feedback)}\n}}"
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
    """Read questions separated by empty lines; each belongs to the category above it."""

    def questions() -> Iterator[tuple[int, Callable[[], PlainQuestion | None]]]:
        topic = ""
        for start, block in _blocks(decode_text(data, name)):
            tags: list[str] = []
            lines: list[str] = []
            for row in block:
                if row.lstrip().startswith("//"):
                    tags += re.findall(r"\[tag:([^\]]+)\]", row)
                elif named := re.match(r"\s*\$CATEGORY:(.*)", row):
                    topic = category_name(named[1])
                else:
                    lines.append(row)
            if any(row.strip() for row in lines):
                line = start + block.index(lines[0])
                yield line, partial(_read_question, line, "\n".join(lines), topic, tags, language)

    return collect_questions(questions(), name)


def _blocks(content: str) -> Iterator[tuple[int, list[str]]]:
    """Divide lines into blocks at empty lines; yield each with the number of its first line."""
    block: list[str] = []
    for number, row in enumerate([*content.split("\n"), ""], start=1):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


_ESCAPED_FROM = 0xF0000  # added to characters after a backslash, so that they lose their meaning in GIFT


def _read_question(line: int, block: str, topic: str, tags: list[str], language: str) -> PlainQuestion:
    escaped = re.sub(r"\\([~=#{}:\\])", lambda match: chr(_ESCAPED_FROM + ord(match[1])), block)
    named = re.match(r"\s*::(.*?)::", escaped, re.DOTALL)
    rest = escaped[named.end() :] if named else escaped
    before, opened, after = rest.partition("{")
    inside, closed, behind = after.rpartition("}")
    if not opened or not closed or "{" in inside:
        raise UnsupportedQuestionError(_("the braces with its answers are missing or broken"))
    inside, _mark, general = inside.partition("####")
    answer, feedback = _answer(inside.strip(), language)
    asked = _read_text(before)
    if isinstance(answer, Fill):
        stem = (
            f"{asked.rstrip()} {BLANK}{_unescape(behind)}" if behind.strip() else with_blank(one_line(asked))
        )
    else:
        stem = without_blank(f"{asked.rstrip()} … {_unescape(behind)}" if behind.strip() else asked)
    return PlainQuestion(
        line=line,
        stem=one_line(stem),
        answer=answer,
        name=one_line(_unescape(named[1])) if named else "",
        topic=topic,
        **read_explanation(_read_text(general).split("\n"), feedback)._asdict(),
        **read_tags(tags),
    )


def _answer(inside: str, language: str) -> tuple[Answer, list[tuple[str, str]]]:
    """Read the text in braces: the answer, and the feedback on each of its options."""
    if not inside or inside.startswith("#"):
        raise UnsupportedQuestionError(
            _(
                "questions of the kind {kind} have no counterpart here",
                kind="numerical" if inside else "essay",
            )
        )
    if value := re.fullmatch(r"(T|F|TRUE|FALSE)\s*(?:#(.*))?", inside, re.DOTALL | re.IGNORECASE):
        is_true = value[1].upper().startswith("T")
        # GIFT writes the feedback on the wrong answer before that on the right one.
        remarks = map(_read_text, (value[2] or "").split("#"))
        return make_true_false(is_true), list(
            zip((str(not is_true).lower(), str(is_true).lower()), remarks, strict=False)
        )
    if inside[0] not in "~=":
        raise UnsupportedQuestionError(_("the braces with its answers are missing or broken"))
    parts = re.findall(r"([~=])([^~=]*)", inside)
    options, feedback = [], []
    for sign, part in parts:
        words, _mark, remark = part.partition("#")
        weight = re.match(r"\s*%(-?[\d.]{1,12})%", words)
        worth = _number(weight[1]) if weight else 100.0 * (sign == "=")
        option = words[weight.end() :] if weight else words
        options.append((option.strip(), worth))
        feedback.append((_read_text(option), _read_text(remark)))
    signs = {sign for sign, _ in parts}
    if "~" in signs:
        several = any(sign == "~" and worth > 0 for (sign, _), (_, worth) in zip(parts, options, strict=True))
        return make_choice(
            [(_read_text(words), worth) for words, worth in options], language, several=several
        ), feedback
    if all("->" in words for words, _ in options):
        sides = [words.partition("->") for words, _ in options]
        return make_match([(_read_text(left), _read_text(right)) for left, _, right in sides], language), []
    wordings = [(_read_text(_read_typed(words) if worth > 0 else words), worth) for words, worth in options]
    return make_blank(wordings, language), feedback


def _read_typed(words: str) -> str:
    """Read an answer to type. Raises UnsupportedQuestionError for an asterisk without a backslash, which stands for any words."""
    literal = chr(_ESCAPED_FROM + ord("*"))
    for backslash in ("\\", chr(_ESCAPED_FROM + ord("\\"))):
        words = words.replace(f"{backslash}*", literal)
    if "*" in words:
        raise UnsupportedQuestionError(_("its answer has an asterisk, which stands for any words"))
    return words


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise UnsupportedQuestionError(_("{asked!r} is not a number", asked=written)) from None


def _read_text(words: str) -> str:
    """Read a text, as HTML if it says so, and keep its lines."""
    form = re.match(r"\s*\[(html|plain|moodle|markdown)\]", words)
    text = _unescape(words[form.end() :] if form else words)
    return "\n".join(lines_of_html(text)) if form and form[1] == "html" else text


def _unescape(words: str) -> str:
    """Undo the escapes of characters and line feeds."""
    text = words.replace("\\n", "\n")
    return re.sub("[\U000f0000-\U000f00ff]", lambda match: chr(ord(match[0]) - _ESCAPED_FROM), text)


FORMAT = Format(name="gift", suffix=".gift", takes="quiz", write=_write, refuses=_refuses, read=_read)
