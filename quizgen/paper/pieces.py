"""What of a quiz has to be set in type: every piece once, however many versions print it."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, assert_never

from msgspec import Struct

from quizgen.language import locale, localize, message
from quizgen.model import BLANK, Bank, Question, Source
from quizgen.paper.design import LOGO_PATH, Design
from quizgen.shapes import Answer, Choose, Fill, Match, Order

Key: TypeAlias = tuple[str, ...]
"""Names a piece: its kind, then whatever tells it from others of that kind."""


class Piece(Struct, frozen=True):
    """A piece of the page: ``key[0]`` is the macro in ``pieces.html`` that draws it from ``values``."""

    key: Key
    values: dict[str, Any]


def text_piece(kind: str, text: str, *owner: str) -> Piece:
    """Make a piece that is nothing but text."""
    return Piece((kind, *owner, text), {"text": text})


def question_pieces(
    questions: Sequence[Question], count: int, design: Design, language: str, qr: str
) -> list[Piece]:
    """List the pieces of the question pages, for papers that have ``count`` of these questions each."""
    pieces = [
        Piece(("header",), _header(count, design, language, qr)),
        *(text_piece("number", f"{number}.") for number in range(1, count + 1)),
    ]
    for question in questions:
        pieces += [_stem(question, language), *_option_pieces(question, language)]
    return _once(pieces)


def answer_pieces(
    questions: Sequence[Question], count: int, bank: Bank, design: Design, language: str
) -> list[Piece]:
    """List the pieces of the answer pages, for papers that have ``count`` of these questions each."""
    passages = list(
        dict.fromkeys(
            cite for question in questions for fact in question.facts for cite in bank.facts[fact].cites
        )
    )
    passages.sort(key=[passage.id for source in bank.sources.values() for passage in source.passages].index)
    numbers = {passage: number for number, passage in enumerate(passages, 1)}
    pieces = [
        Piece(("answers",), {"title": title_of(design, language)}),
        *(text_piece("number", f"{number}.") for number in range(1, count + 1)),
        *(
            text_piece("mark", character)
            for character in sorted({c for q in questions for c in mark_alphabet(q)})
        ),
    ]
    for question in questions:
        cited = dict.fromkeys(numbers[cite] for fact in question.facts for cite in bank.facts[fact].cites)
        values = {
            "key": right_answer(question, language),
            "rationale": localize(question.rationale, language),
            "advice": localize(question.advice, language),
            "notes": sorted(cited),
        }
        pieces.append(Piece(("answer", question.id), values))
    pieces.append(Piece(("sources",), {"notes": _notes(bank, numbers, language)}))
    return _once(pieces)


def running_pieces(
    labels: Iterable[str], seed: int, bank: Bank, design: Design, language: str
) -> list[Piece]:
    """List the pieces at the foot of every page: the credit, and the fragments of what runs on."""
    sources = [_source(source, language) for source in bank.sources.values()]
    contact = " · ".join(filter(None, (design.organiser if design.contact else "", design.contact)))
    footer = Piece(("footer",), {"contact": contact, "sources": locale(language).semicolon.join(sources)})
    letters = "".join(sorted(set("".join(labels))))
    texts = [
        text
        for label in ("", letters)  # a key has no label, whatever its papers have
        for part in running(language, label=label, seed=seed, page=1234567890, pages=1234567890)
        for text in part
    ]
    return _once([footer, *(text_piece("running", text) for text in texts)])


def title_of(design: Design, language: str) -> str:
    """Return the handout's title: the user's, or ours."""
    return design.title or message(language, "paper.title")


def right_answer(question: Question, language: str) -> str:
    """Spell out the right answer, in words that do not depend on the printed order."""
    answer = question.answer
    match answer:
        case Choose(options=options, keys=keys):
            return locale(language).semicolon.join(
                localize(options[key], language) for key in sorted(keys, key=lambda k: options[k]["en"])
            )
        case Match(prompts=prompts, choices=choices, key=key):
            pairs = (
                f"{localize(prompt, language)} → {localize(choices[choice], language)}"
                for prompt, choice in sorted(zip(prompts, key, strict=True), key=lambda pair: pair[0]["en"])
            )
            return locale(language).semicolon.join(pairs)
        case Order(steps=steps, key=key):
            return " → ".join(localize(steps[index], language) for index in key)
        case Fill(accept=accept):
            return localize({tag: words[0] for tag, words in accept.items()}, language)
        case _:
            assert_never(answer)


def mark_of(question: Question) -> str:
    """Return the letters or digits that a right paper shows, from the top: ``B``, ``AC``, ``BADC``, ``2413``.

    Empty where the boxes have no letters (true or false) or there are no boxes (a blank).
    """
    answer = question.answer
    match answer:
        case Choose(style="truth") | Fill():
            return ""
        case Choose(keys=keys):
            return "".join(letter(key) for key in keys)
        case Match(key=key):
            return "".join(letter(choice) for choice in key)
        case Order(steps=steps, key=key):
            return "".join(str(key.index(step) + 1) for step in range(len(steps)))
        case _:
            assert_never(answer)


def mark_alphabet(question: Question) -> str:
    """Return every character that some version's mark of this question may have."""
    answer = question.answer
    match answer:
        case Choose(style="truth") | Fill():
            return ""
        case Choose(options=options) | Match(choices=options):
            return "".join(letter(index) for index in range(len(options)))
        case Order(steps=steps):
            return "".join(str(index + 1) for index in range(len(steps)))
        case _:
            assert_never(answer)


def letter(index: int) -> str:
    """Return the letter of an option: 0 is A."""
    return chr(ord("A") + index)


def _header(total: int, design: Design, language: str, qr: str) -> dict[str, Any]:
    return {
        "title": title_of(design, language),
        "organiser": design.organiser,
        "date": design.date,
        "logo": LOGO_PATH if design.logo else "",
        "qr": qr,
        "link": design.link,
        "total": total,
        "large": design.text_size == "large",  # then the name has a line of its own
    }


def _stem(question: Question, language: str) -> Piece:
    stem = localize(question.stem, language)
    parts = stem.split(BLANK) if isinstance(question.answer, Fill) else [stem]
    return Piece(("stem", question.id), {"parts": parts, "hint": _hint(question.answer, language)})


def _hint(answer: Answer, language: str) -> str:
    match answer:
        case Choose(style="several"):
            return message(language, "paper.several")
        case Match():
            return message(language, "paper.match")
        case Order():
            return message(language, "paper.order")
        case Choose() | Fill():
            return ""
        case _:
            assert_never(answer)


def _option_pieces(question: Question, language: str) -> list[Piece]:
    answer = question.answer
    match answer:
        case Choose(options=options, style=style):
            ticks = [text_piece("tick", tick_text(index, style)) for index in range(len(options))]
            return ticks + [
                text_piece("option", localize(option, language), question.id) for option in options
            ]
        case Match(prompts=prompts, choices=choices):
            return [
                Piece(("slot",), {}),
                *(text_piece("letter", letter(index)) for index in range(len(choices))),
                *(text_piece("prompt", localize(prompt, language), question.id) for prompt in prompts),
                *(text_piece("choice", localize(choice, language), question.id) for choice in choices),
            ]
        case Order(steps=steps):
            return [
                Piece(("slot",), {}),
                *(text_piece("option", localize(step, language), question.id) for step in steps),
            ]
        case Fill():
            return []
        case _:
            assert_never(answer)


def running(language: str, *, label: str, seed: int, page: int, pages: int) -> tuple[list[str], list[str]]:
    """Split what runs at the foot of a page into fragments, so that labels and numbers are set by the character.

    The first are those up to the label's end, if there is a label; the others are alike in all papers.
    """
    parts = [message(language, "paper.version", label=_apart(label) + _END)] if label else []
    parts += [
        message(language, "paper.seed", seed=str(seed)),
        message(language, "paper.page", page=_apart(str(page)), pages=_apart(str(pages))),
    ]
    lead, _, rest = BETWEEN.join(parts).rpartition(_END)
    return list(filter(None, lead.split("\0"))), list(filter(None, rest.split("\0")))


_END = "\1"
BETWEEN = "  ·  "


def _apart(value: str) -> str:
    return "\0" + "\0".join(value) + "\0"


def tick_text(index: int, style: str) -> str:
    """Return what stands beside the box of an option: its letter, or nothing beside true and false."""
    return "" if style == "truth" else letter(index)


def _source(source: Source, language: str) -> str:
    return message(
        language,
        "paper.source",
        title=localize(source.title, language),
        publisher=localize(source.publisher, language),
        date=source.date,
    )


def _notes(bank: Bank, numbers: dict[str, int], language: str) -> list[str]:
    """Tell who said what the answers rest on: a note a speaker, with the numbers that the answers refer by."""
    speakers: dict[str, list[str]] = {}
    for source in bank.sources.values():
        for passage in source.passages:
            if passage.id in numbers:
                named = localize(passage.speaker, language) or message(language, "paper.article")
                speaker = named[:1].upper() + named[1:]  # it begins a sentence
                speakers.setdefault(speaker, []).append(
                    message(
                        language,
                        "paper.passage",
                        number=numbers[passage.id],
                        passage=passage.id.partition("/")[2],
                    )
                )
    return [
        message(language, "paper.note", speaker=speaker, passages=locale(language).semicolon.join(passages))
        for speaker, passages in speakers.items()
    ]


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.key: piece for piece in pieces}.values())
