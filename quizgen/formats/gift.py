"""Export and import a quiz as GIFT, a text format of Moodle: https://docs.moodle.org/en/GIFT_format.

GIFT cannot ask for an order of steps. Such a question becomes one that matches numbers and steps.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from quizgen.author.imported_question import ImportedQuestion
from quizgen.formats.format import Format
from quizgen.formats.question_texts import (
    exhibit_lines,
    explanation_lines,
    matching_pairs,
    option_scores,
    ordered_steps,
    question_tags,
)
from quizgen.formats.reading import (
    ReadResult,
    UnsupportedQuestionError,
    collect_questions,
    decode_text,
    html_to_lines,
    insert_blank_sign,
    join_lines,
    make_blank,
    make_choice,
    make_match,
    make_true_false,
    read_explanation,
    read_tags,
    read_topic,
    remove_blanks,
)
from quizgen.formats.records import QuizExport
from quizgen.model import BLANK
from quizgen.shapes import Answer, Fill
from quizgen.text.messages import Message, _
from quizgen.view.question import QuestionView

_SPECIAL = re.compile(r"[\\~=#{}:]")


def _escape(text: str) -> str:
    """Escape characters that have a meaning in GIFT, and line feeds, since an empty line would end the question."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text).replace("\n", "\\n")


def _pairs_or_numbered_steps(question: QuestionView) -> list[tuple[str, str]]:
    steps = [(f"{place}.", step) for place, step in enumerate(ordered_steps(question), start=1)]
    return steps or matching_pairs(question)


def _refusal_reasons(question: QuestionView) -> Iterator[Message]:
    # GIFT takes any answer with an arrow for a pair.
    sides = [side for pair in _pairs_or_numbered_steps(question) for side in pair]
    if any("->" in words for words in [*question.accepted_wordings, *sides]):
        yield _("a text in it has `{mark}`, which separates answers in that format", mark="->")


def _answer_lines(question: QuestionView) -> list[str]:
    """Return a line for each answer."""
    if question.answer_form == "blank":
        # In a short answer an asterisk stands for any words.
        return [
            f"=%100%{_escape_at_start(words.replace('*', chr(92) + '*'))}"
            for words in question.accepted_wordings
        ]
    if pairs := _pairs_or_numbered_steps(question):
        return [f"={_escape_at_start(left)} -> {_escape(right)}" for left, right in pairs]
    if question.answer.allows_several_options:
        signs = [f"~%{share}%" for share in option_scores(question)]
    else:
        signs = ["=" if option.right else "~" for option in question.options]
    return [
        sign + _escape_at_start(option.text) for sign, option in zip(signs, question.options, strict=True)
    ]


def _escape_at_start(text: str) -> str:
    """Escape a text at the start of an answer or a feedback.

    It gets the prefix ``[plain]`` if GIFT would take its first characters for a weight or a text format.
    """
    return ("[plain]" if text.startswith(("%", "[")) else "") + _escape(text)


def _format_question(question: QuestionView) -> str:
    asked = "\n".join([*exhibit_lines(question), *([""] if question.exhibit else ()), question.stem])
    feedback = "\n".join(explanation_lines(question))
    truth = question.answer.truth_value
    answers = "\n".join(["", *_answer_lines(question), ""]) if truth is None else str(truth).upper()
    return (
        f"// [id:{question.id}] {' '.join(f'[tag:{tag}]' for tag in question_tags(question))}\n"
        f"::{question.id}::[plain]{_escape(asked)} {{{answers}####{_escape_at_start(feedback)}\n}}"
    )


def _quiz_to_gift(quiz: QuizExport) -> bytes:
    blocks = []
    category: tuple[str, ...] = ()
    for question in quiz.questions:
        if quiz.category(question) != category:
            category = quiz.category(question)
            names = (name.replace("/", "//") for name in category)
            blocks.append("$CATEGORY: " + "/".join(" ".join(name.split()) for name in names))
        blocks.append(_format_question(question))
    return ("\n\n".join(blocks) + "\n").encode()


def _read_gift_file(data: bytes, language: str, file_name: str) -> ReadResult:
    """Read questions, which empty lines separate. A question belongs to the category named last."""

    def questions() -> Iterator[tuple[int, Callable[[], ImportedQuestion | None]]]:
        category = ""
        for start, block in _split_into_blocks(decode_text(data, file_name)):
            tags: list[str] = []
            lines: list[str] = []
            for row in block:
                if row.lstrip().startswith("//"):
                    tags += re.findall(r"\[tag:([^\]]+)\]", row)
                elif named := re.match(r"\s*\$CATEGORY:(.*)", row):
                    category = named[1].strip()
                else:
                    lines.append(row)
            if any(row.strip() for row in lines):
                line = start + block.index(lines[0])
                yield line, partial(_read_question, line, "\n".join(lines), category, tags, language)

    return collect_questions(questions(), file_name)


def _split_into_blocks(content: str) -> Iterator[tuple[int, list[str]]]:
    """Split a text at empty lines; yield the lines of each block, with the number of the first."""
    block: list[str] = []
    for number, row in enumerate([*content.split("\n"), ""], start=1):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


_ESCAPED_FROM = 0xF0000  # added to characters after a backslash, so that they lose their meaning in GIFT


def _read_question(
    line_number: int, block: str, category: str, tags: list[str], language: str
) -> ImportedQuestion:
    escaped = re.sub(r"\\([~=#{}:\\])", lambda match: chr(_ESCAPED_FROM + ord(match[1])), block)
    named = re.match(r"\s*::(.*?)::", escaped, re.DOTALL)
    rest = escaped[named.end() :] if named else escaped
    before, opened, after = rest.partition("{")
    inside, closed, behind = after.rpartition("}")
    if not opened or not closed or "{" in inside:
        raise UnsupportedQuestionError(_("the braces with its answers are missing or broken"))
    inside, _mark, general = inside.partition("####")
    answer, feedback = _read_answer(inside.strip(), language)
    asked = _read_text(before)
    if isinstance(answer, Fill):
        stem = (
            f"{asked.rstrip()} {BLANK}{_unescape(behind)}"
            if behind.strip()
            else insert_blank_sign(join_lines(asked))
        )
    else:
        stem = remove_blanks(f"{asked.rstrip()} … {_unescape(behind)}" if behind.strip() else asked)
    name = join_lines(_unescape(named[1])) if named else ""
    return ImportedQuestion(
        line=line_number,
        stem=join_lines(stem),
        answer=answer,
        name=name,
        topic=read_topic(category, name, tags),
        **read_explanation(_read_text(general).split("\n"), feedback)._asdict(),
        **read_tags(tags),
    )


def _read_answer(text_in_braces: str, language: str) -> tuple[Answer, list[tuple[str, str]]]:
    """Read the text between the braces: return the answer, and the feedback on each option."""
    if not text_in_braces or text_in_braces.startswith("#"):
        raise UnsupportedQuestionError(
            _(
                "questions of the kind {kind} have no counterpart here",
                kind="numerical" if text_in_braces else "essay",
            )
        )
    if value := re.fullmatch(r"(T|F|TRUE|FALSE)\s*(?:#(.*))?", text_in_braces, re.DOTALL | re.IGNORECASE):
        is_true = value[1].upper().startswith("T")
        # GIFT writes the feedback on the wrong answer before that on the right one.
        remarks = map(_read_text, (value[2] or "").split("#"))
        return make_true_false(is_true), list(
            zip((str(not is_true).lower(), str(is_true).lower()), remarks, strict=False)
        )
    if text_in_braces[0] not in "~=":
        raise UnsupportedQuestionError(_("the braces with its answers are missing or broken"))
    parts = re.findall(r"([~=])([^~=]*)", text_in_braces)
    options, feedback = [], []
    for sign, part in parts:
        words, _mark, remark = part.partition("#")
        weight = re.match(r"\s*%(-?[\d.]{1,12})%", words)
        worth = _parse_number(weight[1]) if weight else 100.0 * (sign == "=")
        option = words[weight.end() :] if weight else words
        options.append((option.strip(), worth))
        feedback.append((_read_text(option), _read_text(remark)))
    signs = {sign for sign, _ in parts}
    if "~" in signs:
        several = any(sign == "~" and worth > 0 for (sign, _), (_, worth) in zip(parts, options, strict=True))
        return make_choice(
            [(_read_text(words), worth) for words, worth in options], language, allows_several=several
        ), feedback
    if all("->" in words for words, _ in options):
        sides = [words.partition("->") for words, _ in options]
        return make_match([(_read_text(left), _read_text(right)) for left, _, right in sides], language), []
    wordings = [
        (_read_text(_read_accepted_answer(words) if worth > 0 else words), worth) for words, worth in options
    ]
    return make_blank(wordings, language), feedback


def _read_accepted_answer(text: str) -> str:
    """Read an answer that people type.

    Raises UnsupportedQuestionError for an asterisk without a backslash, which stands for any words.
    """
    literal = chr(_ESCAPED_FROM + ord("*"))
    for backslash in ("\\", chr(_ESCAPED_FROM + ord("\\"))):
        text = text.replace(f"{backslash}*", literal)
    if "*" in text:
        raise UnsupportedQuestionError(_("its answer has an asterisk, which stands for any words"))
    return text


def _parse_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UnsupportedQuestionError(_("{asked!r} is not a number", asked=text)) from None


def _read_text(words: str) -> str:
    """Read a text with its lines, as HTML if it has the prefix ``[html]``."""
    form = re.match(r"\s*\[(html|plain|moodle|markdown)\]", words)
    text = _unescape(words[form.end() :] if form else words)
    return "\n".join(html_to_lines(text)) if form and form[1] == "html" else text


def _unescape(words: str) -> str:
    """Replace escapes by the characters and line feeds that they stand for."""
    text = words.replace("\\n", "\n")
    return re.sub("[\U000f0000-\U000f00ff]", lambda match: chr(ord(match[0]) - _ESCAPED_FROM), text)


FORMAT = Format(
    name="gift",
    suffix=".gift",
    subject="quiz",
    meaning=_("text for Moodle"),
    write=_quiz_to_gift,
    refusal_reasons=_refusal_reasons,
    read=_read_gift_file,
)
