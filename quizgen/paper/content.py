"""What papers hold: questions, answers and a foot, as pieces to set, and as strips of these."""

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any

from msgspec import Struct

from quizgen.assemble import Batch
from quizgen.language import locale, localize, message
from quizgen.model import Bank, Question, Quiz, Source
from quizgen.paper.design import LOGO_PATH, Design, Measures, PageDesign, Spacing
from quizgen.paper.images import qr_code
from quizgen.paper.shapes import on_paper
from quizgen.paper.strips import Placed, Strip
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece

DIGITS = "1234567890"


class Content(Struct, frozen=True):
    """What papers have in common: ``questions`` are all that any of them holds, of which each has ``count``.

    ``labels`` are those of versions; a paper by itself has none. ``bank`` is what the questions lead to.
    """

    questions: Sequence[Question]
    count: int
    bank: Bank
    seed: int
    language: str
    labels: tuple[str, ...] = ()

    @classmethod
    def of_quiz(cls, quiz: Quiz) -> "Content":
        """Give the content of one paper."""
        return cls(quiz.questions, len(quiz.questions), quiz.bank, quiz.seed, quiz.language)

    @classmethod
    def of_batch(cls, batch: Batch) -> "Content":
        """Give the content of papers in versions."""
        return cls(batch.questions, batch.count, batch.bank, batch.seed, batch.language, batch.labels)


class Part(Struct, frozen=True):
    """Questions, or answers, at no size yet: pieces to set, and how they stand below each other.

    ``letters`` is how many letters or digits the longest answer mark has; ``head`` and ``last`` name the pieces
    that open and close the part, the last if there is any; ``gap`` is the share of the space between questions
    that stands between its strips.
    """

    title: str
    language: str
    pieces: list[Piece]
    head: PieceId
    last: PieceId | None
    letters: int
    gap: float
    has_answers: bool

    def strip(self, question: Question, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Compose one question, or its answer."""
        if self.has_answers:
            return answer_strip(question, self.language, blocks, measures)
        return question_strip(question, self.language, blocks, measures, space)


def question_part(content: Content, design: Design, more: Sequence[Piece] = ()) -> Part:
    """Make the part with the questions, and set ``more`` with it; raises MisuseError for a link that is too long for a QR code."""
    language = content.language
    pieces = [
        Piece(("header",), _header(content.count, design, language)),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in content.questions:
        shape = on_paper(question, language)
        parts = shape.stem_parts(localize(question.stem, language))
        pieces += [Piece(("stem", question.id), {"parts": parts, "hint": shape.hint()}), *shape.pieces()]
    return Part(
        title=message(language, "paper.questions"),
        language=language,
        pieces=_once([*pieces, *more, *_foot_pieces(content, design)]),
        head=("header",),
        last=None,
        letters=0,
        gap=1,
        has_answers=False,
    )


def answer_part(content: Content, design: Design) -> Part:
    """Make the part with the answers."""
    language, bank = content.language, content.bank
    passages = list(
        dict.fromkeys(
            cite
            for question in content.questions
            for fact in question.facts
            for cite in bank.facts[fact].cites
        )
    )
    passages.sort(key=[passage.id for source in bank.sources.values() for passage in source.passages].index)
    numbers = {passage: number for number, passage in enumerate(passages, 1)}
    shapes = [on_paper(question, language) for question in content.questions]
    characters = {character for shape in shapes for character in shape.mark_alphabet()}
    pieces = [
        Piece(("answers",), {"title": title_of(design, language)}),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
        *(text_piece("mark", character) for character in sorted(characters)),
    ]
    for question, shape in zip(content.questions, shapes, strict=True):
        cited = dict.fromkeys(numbers[cite] for fact in question.facts for cite in bank.facts[fact].cites)
        values = {
            "key": shape.right_answer(),
            "rationale": localize(question.rationale, language),
            "advice": localize(question.advice, language),
            "notes": sorted(cited),
        }
        pieces.append(Piece(("answer", question.id), values))
    pieces.append(Piece(("sources",), {"notes": _notes(bank, numbers, language)}))
    return Part(
        title=message(language, "paper.answers"),
        language=language,
        pieces=_once([*pieces, *_foot_pieces(content, design)]),
        head=("answers",),
        last=("sources",),
        letters=max(len(shape.mark()) for shape in shapes),
        gap=0.8,
        has_answers=True,
    )


def question_strip(
    question: Question, language: str, blocks: Blocks, measures: Measures, space: Spacing
) -> Strip:
    """Compose one question: the stem, and below it the rows of options, pairs or steps; room for its number at the left."""
    shape = on_paper(question, language)
    stem: PieceId = ("stem", question.id)
    placed = [Placed(stem, measures.number, 0)]
    y = blocks[stem].height
    gap = space.stem
    for row in shape.rows(blocks, measures):
        y += gap
        placed += [
            Placed(item.piece, round(measures.number + item.x, 2), round(y + item.y, 2), item.option)
            for item in row
        ]
        y += shape.row_height(row, blocks)
        gap = space.row
    return Strip(round(y, 2), tuple(placed))


def answer_strip(question: Question, language: str, blocks: Blocks, measures: Measures) -> Strip:
    """Compose one answer: the letters of this version, and what does not differ between versions."""
    body: PieceId = ("answer", question.id)
    placed = []
    x = measures.number
    for character in on_paper(question, language).mark():
        mark: PieceId = ("mark", character)
        placed.append(Placed(mark, x, 0))
        x = round(x + blocks[mark].width + 0.08 * measures.number, 2)
    placed.append(Placed(body, measures.number + measures.mark, 0))
    return Strip(blocks[body].height, tuple(placed))


def running(language: str, *, label: str, seed: int, page: str, pages: str) -> tuple[list[str], list[str]]:
    """Split what runs at the foot of a page into pieces, so that labels and numbers are set by the character.

    The first are those up to the label's end, if there is a label; the others are alike in all papers.
    """
    names = [*(["paper.version"] if label else []), "paper.seed", "paper.page"]
    template = BETWEEN.join(message(language, name) for name in names).replace("{seed}", str(seed))
    varying = {"label": label, "page": page, "pages": pages}
    lead: list[str] = []
    rest: list[str] = []
    for text, field, _, _ in Formatter().parse(template):
        rest += filter(None, (text, *varying.get(field or "", "")))
        if field == "label":
            lead, rest = rest, []
    return lead, rest


BETWEEN = "  ·  "


def credited_sources(bank: Bank, language: str) -> str:
    """Name the sources that facts come from, with publisher and date."""
    return locale(language).semicolon.join(_source(source, language) for source in bank.sources.values())


def _foot_pieces(content: Content, design: Design) -> list[Piece]:
    """List the pieces at the foot of every page: the credit, and the pieces of what runs on."""
    language = content.language
    contact = " · ".join(filter(None, (design.organiser if design.contact else "", design.contact)))
    footer = Piece(("footer",), {"contact": contact, "sources": credited_sources(content.bank, language)})
    letters = "".join(sorted(set("".join(content.labels))))
    texts = [
        text
        for label in ("", letters)  # a key has no label, whatever its papers have
        for part in running(language, label=label, seed=content.seed, page=DIGITS, pages=DIGITS)
        for text in part
    ]
    return [footer, *(text_piece("running", text) for text in texts)]


def title_of(design: PageDesign, language: str) -> str:
    """Return the handout's title: the user's, or ours."""
    return design.title or message(language, "paper.title")


def _header(total: int, design: Design, language: str) -> dict[str, Any]:
    return {
        "title": title_of(design, language),
        "organiser": design.organiser,
        "date": design.date,
        "logo": LOGO_PATH if design.logo else "",
        "qr": qr_code(design.link) if design.link else "",
        "link": design.link,
        "total": total,
        "large": design.text_size == "large",  # then the name has a line of its own
    }


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
    return list({piece.id: piece for piece in pieces}.values())
