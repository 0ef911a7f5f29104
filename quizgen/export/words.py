"""What formats say of a question's record: what is asked, in lines of text or as HTML, and why the key is right."""

from collections.abc import Iterable, Sequence
from html import escape
from string import ascii_lowercase
from typing import Any

from quizgen.text.languages import locale, within_quotes
from quizgen.text.messages import message

QuestionRecord = dict[str, Any]
"""One of the ``questions`` of a quiz's record (:mod:`quizgen.export.records`)."""


def below_stem(question: QuestionRecord) -> list[str]:
    """List what stands below the stem and goes by letter: options, choices or steps; nothing of a blank."""
    answer = question["answer"]
    return list(answer.get("options") or answer.get("choices") or answer.get("steps") or ())


def exhibit_lines(question: QuestionRecord) -> list[str]:
    """Tell what is shown above the stem: what it is and from whom, then line by line; nothing where there is none.

    Lines have their numbers where one of them is asked for.
    """
    exhibit = question["exhibit"]
    if exhibit is None:
        return []
    lines = [
        (f"{number}. " if exhibit["numbered"] else "") + labelled(line["who"], line["text"])
        for number, line in enumerate(exhibit["lines"], start=1)
    ]
    return [labelled(exhibit["label"], exhibit["sender"]), *lines]


def in_a_line(question: QuestionRecord, language: str) -> str:
    """Say in one line what is shown and asked: each line of an exhibit in quotation marks, then the stem."""
    exhibit = question["exhibit"]
    if exhibit is None:
        return str(question["stem"])
    quotes = locale(language).quotes
    said = [
        (f"{number}. " if exhibit["numbered"] else "")
        + labelled(line["who"], f"{quotes[0]}{within_quotes(line['text'], language)}{quotes[1]}")
        for number, line in enumerate(exhibit["lines"], start=1)
    ]
    return " ".join([labelled(exhibit["label"], exhibit["sender"]), *said, question["stem"]])


def reasons(question: QuestionRecord, language: str) -> list[str]:
    """Say why the key is right: the rationale, and the words of the exhibit that decide with their reasons."""
    exhibit = question["exhibit"] or {"signs": ()}
    signs = [
        labelled(
            message(language, "exhibit.words", words=within_quotes(sign["words"], language)), sign["reason"]
        )
        for sign in exhibit["signs"]
    ]
    return [*filter(None, [question["rationale"]]), *signs]


def advice(question: QuestionRecord, language: str) -> list[str]:
    """Say what to do, if anything is said, and that it is our advice."""
    said = question["advice"]
    return [labelled(message(language, "take.advice"), said)] if said else []


def source_lines(question: QuestionRecord, language: str) -> list[str]:
    """Name the passages that a question rests on, and the texts that these stand in."""
    cited = locale(language).semicolon.join(question["citations"])
    texts = {
        source["title"]: message(
            language,
            "take.article",
            title=source["title"],
            publisher=source["publisher"],
            date=source["date"],
        )
        for source in question["sources"]
    }
    return [labelled(message(language, "take.source"), cited), *texts.values()] if cited else []


def explanation(question: QuestionRecord, language: str) -> list[str]:
    """Say all that is told after an answer: why, what to do, and whose word it is."""
    return [*reasons(question, language), *advice(question, language), *source_lines(question, language)]


def labelled(label: str, words: str) -> str:
    """Put a label ("Source:") before words; behind a full-width colon no blank is wanted."""
    return f"{label}{' ' if label[-1:].isascii() and label else ''}{words}"


def texts_of(question: QuestionRecord, language: str) -> list[str]:
    """List all texts that a question goes out with: what is asked, what there is to choose from, and why."""
    answer = question["answer"]
    return [
        *exhibit_lines(question),
        question["stem"],
        *below_stem(question),
        *answer.get("prompts", ()),
        *answer.get("accept", ()),
        *explanation(question, language),
    ]


def as_html(words: str) -> str:
    """Write a text as HTML, which is well-formed XML too."""
    return escape(words, quote=False).replace("\n", "<br/>")


def paragraphs(lines: Iterable[str]) -> str:
    """Write texts as paragraphs of HTML."""
    return "".join(f"<p>{as_html(line)}</p>" for line in lines)


def exhibit_html(question: QuestionRecord) -> str:
    """Write what is shown above the stem as a quotation in HTML; "" where there is nothing."""
    lines = exhibit_lines(question)
    return f"<blockquote>{paragraphs(lines)}</blockquote>" if lines else ""


def asked_html(question: QuestionRecord) -> str:
    """Write what is shown and asked as HTML."""
    return exhibit_html(question) + paragraphs([question["stem"]])


def share(index: int, keys: Sequence[int]) -> str:
    """Write what to tick an option is worth where several may be right, in per cent as Moodle knows them.

    The keys share the whole, and a wrong option costs it.
    """
    return f"{100 / len(keys):.5f}".rstrip("0").rstrip(".") if index in keys else "-100"


def key_choices(question: QuestionRecord) -> list[str]:
    """List, in the key's order, what it consists of: keys among options, choices for the prompts, steps first to last."""
    answer, texts = question["answer"], below_stem(question)
    return [texts[index] for index in answer.get("keys") or answer.get("key") or ()]


def letters_of(question: QuestionRecord) -> str:
    """Write the key by letters, those of options counting from a; of a blank, its best words."""
    answer = question["answer"]
    if answer["type"] == "fill":
        return str(question["key"])
    letters = [ascii_lowercase[index] for index in answer.get("keys") or answer["key"]]
    if answer["type"] == "match":
        letters = [f"{place}{letter}" for place, letter in enumerate(letters, start=1)]
    return " ".join(letters)


def pairs_of(question: QuestionRecord) -> list[tuple[str, str]]:
    """List the pairs of a match, and behind "" each choice that no prompt takes; nothing of another shape."""
    answer = question["answer"]
    if answer["type"] != "match":
        return []
    untaken = [choice for index, choice in enumerate(answer["choices"]) if index not in answer["key"]]
    taken = zip(answer["prompts"], key_choices(question), strict=True)
    return [*taken, *(("", choice) for choice in untaken)]


def truth_of(question: QuestionRecord) -> bool | None:
    """Tell whether the stem, a statement, is true; ``None`` where it is none."""
    answer = question["answer"]
    return answer["keys"] == [0] if answer.get("style") == "truth" else None


def tags_of(question: QuestionRecord) -> tuple[str, ...]:
    """List the words that a question is found by: language, topic, kind, level, difficulty and audience."""
    difficulty = f"difficulty-{question['difficulty']}"
    return (
        question["language"],
        question["topic"],
        question["kind"],
        question["level"],
        difficulty,
        question["audience"],
    )
