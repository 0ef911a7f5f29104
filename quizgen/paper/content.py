"""What papers hold: questions, answers and a foot, as pieces to set, and as strips of these."""

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Batch
from quizgen.citation import citation, passage_name
from quizgen.errors import MisuseError, problem
from quizgen.ids import own_id
from quizgen.language import locale, localize, message
from quizgen.model import Bank, Question, Quiz, Source
from quizgen.paper.design import LOGO_PATH, Design, Measures, PageDesign, Spacing
from quizgen.paper.exhibits import asked_piece, exhibit_id, exhibit_piece, explained, in_short
from quizgen.paper.images import qr_code
from quizgen.paper.shapes import on_paper
from quizgen.paper.strips import Placed, Strip, block_strip
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece

DIGITS = "1234567890"

LONGEST_HEAD = 1_000
"""Characters of all that stands at the head of a page: no page has room for more, and to set them would take seconds."""


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

    ``letters`` is how many letters or digits the longest answer mark has; ``head`` and ``closing`` name the piece
    that opens the part and those that close it, or only do so if they take no page more; ``gap`` is the share of the space between questions that
    stands between its strips. ``holds`` tells what these are: questions; their answers, in a paper's own order and
    letters; or reasons, which stand apart from any paper and so name the questions and do not number them.
    """

    title: str
    language: str
    pieces: list[Piece]
    head: PieceId
    closing: tuple[PieceId, ...]
    closes_if_room: bool
    letters: int
    gap: float
    holds: Literal["questions", "answers", "reasons"]

    def strip(self, question: Question, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Compose one question, or its answer."""
        if self.holds == "questions":
            return question_strip(question, self.language, blocks, measures, space)
        if self.holds == "answers":
            return answer_strip(question, self.language, blocks, measures)
        return block_strip(("reason", question.id), blocks)


def question_part(content: Content, design: Design, more: Sequence[Piece] = ()) -> Part:
    """Make the part with the questions, and set ``more`` with it; raises MisuseError for a link that is too long for a QR code."""
    language = content.language
    pieces = [
        Piece(("header",), _header(content.count, design, language)),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in content.questions:
        shape = on_paper(question, language)
        if question.exhibit:
            pieces.append(exhibit_piece(question, content.bank, language))
        pieces += [_stem_piece(question, language), *shape.pieces()]
    help_pieces = (
        _help_pieces(content, in_short=True) if design.answers != "end" and not _tells_number(content) else []
    )
    return Part(
        title=message(language, "paper.questions"),
        language=language,
        pieces=_once([*pieces, *help_pieces, *more, *_foot_pieces(content, design)]),
        head=("header",),
        closing=tuple(piece.id for piece in help_pieces),
        closes_if_room=True,
        letters=0,
        gap=1,
        holds="questions",
    )


def answer_part(content: Content, design: Design) -> Part:
    """Make the part with the answers."""
    language = content.language
    shapes = [on_paper(question, language) for question in content.questions]
    characters = {character for shape in shapes for character in shape.mark_alphabet()}
    marks = [
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
        *(text_piece("mark", character) for character in sorted(characters)),
    ]
    head = Piece(("answers",), {"title": title_of(design, language)})
    return _explained(content, design, head, marks, "answers", max(len(shape.mark()) for shape in shapes))


def reason_part(content: Content, design: Design) -> Part:
    """Make the part that explains the questions of many papers, each by itself."""
    head = Piece(("reasons",), {"title": title_of(design, content.language)})
    return _explained(content, design, head, [], "reasons", letters=0)


def _explained(
    content: Content,
    design: Design,
    head: Piece,
    marks: Sequence[Piece],
    holds: Literal["answers", "reasons"],
    letters: int,
) -> Part:
    """Make a part of what explains questions: why, what to do, whom to ring, and where that comes from."""
    language, bank = content.language, content.bank
    cited = {
        cite
        for question in content.questions
        for fact in bank.facts_behind(question)
        for cite in bank.facts[fact].cites
    }
    passages = [passage.id for source in bank.sources.values() for passage in source.passages]
    numbers = {passage: number for number, passage in enumerate(filter(cited.__contains__, passages), 1)}
    if holds == "answers" and len(content.questions) > content.count:
        # One list for all papers, each with questions of its own, would fill most of a page.
        numbers = {}
    kind = "answer" if holds == "answers" else "reason"
    pieces = [
        Piece((kind, question.id), _explanation(question, bank, numbers, language))
        for question in content.questions
    ]
    notes = _notes(bank, numbers, language) if numbers else []
    closing = [*_help_pieces(content), Piece(("sources",), {"notes": notes})]
    return Part(
        title=message(language, f"paper.{holds}"),
        language=language,
        pieces=_once([head, *marks, *pieces, *closing, *_foot_pieces(content, design)]),
        head=head.id,
        closing=tuple(piece.id for piece in closing),
        closes_if_room=False,
        letters=letters,
        gap=0.8,
        holds=holds,
    )


def _explanation(question: Question, bank: Bank, numbers: dict[str, int], language: str) -> dict[str, Any]:
    """Give what stands in an answer, and in a reason, which says first of what it is.

    What it rests on is cited by numbers of notes, or where there are none, in full.
    """
    cites = {cite for fact in bank.facts_behind(question) for cite in bank.facts[fact].cites}
    exhibit = explained(question, bank, language) if question.exhibit else None
    return {
        "about": in_short(exhibit, language) if exhibit else localize(question.stem, language),
        "key": on_paper(question, language).right_answer(),
        "signs": exhibit.signs if exhibit else (),
        "rationale": localize(question.rationale, language),
        "advice": localize(question.advice, language),
        "notes": sorted(numbers[cite] for cite in cites) if numbers else [],
        "cited": "" if numbers else _cited(cites, bank, language),
    }


def question_strip(
    question: Question, language: str, blocks: Blocks, measures: Measures, space: Spacing
) -> Strip:
    """Compose one question: its exhibit if it has one, its stem, and below that the rows of options, pairs or steps.

    There is room for its number at the left. What asks briefly of an exhibit stands beside it where there is room.
    """
    shape = on_paper(question, language)
    x, y, height = measures.number, 0.0, 0.0
    placed = []
    if question.exhibit:
        exhibit = exhibit_id(question)
        placed.append(Placed(exhibit, x, 0))
        height = blocks[exhibit].height
        if shape.is_brief and measures.has_aside:
            x = measures.column - measures.aside
        else:
            y = height + space.stem
        if shape.is_brief:
            measures = replace(measures, text=measures.aside)
    stem = stem_id(question, language)
    placed.append(Placed(stem, round(x, 2), round(y, 2)))
    y += blocks[stem].height
    gap = space.stem
    for row in shape.rows(blocks, measures):
        y += gap
        placed += [
            Placed(item.piece, round(x + item.x, 2), round(y + item.y, 2), item.option) for item in row
        ]
        y += shape.row_height(row, blocks)
        gap = space.row
    return Strip(round(max(y, height), 2), tuple(placed))


def _stem_piece(question: Question, language: str) -> Piece:
    id_, stem = stem_id(question, language), localize(question.stem, language)
    if id_[0] == "asked":
        return asked_piece(id_, stem)
    shape = on_paper(question, language)
    return Piece(id_, {"parts": shape.stem_parts(stem), "hint": shape.hint()})


def stem_id(question: Question, language: str) -> PieceId:
    """Name the piece with a question's stem; a brief one is the same for all exhibits of which it is asked."""
    if question.exhibit and on_paper(question, language).is_brief:
        return ("asked", localize(question.stem, language))
    return ("stem", question.id)


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
    """Name the sources that facts come from: one with publisher and date, several by their short titles."""
    sources = bank.sources.values()
    if len(sources) == 1:
        named = [_source(source, language) for source in sources]
    else:
        named = [localize(source.short or source.title, language) for source in sources]
    return locale(language).semicolon.join(named)


def _help_pieces(content: Content, *, in_short: bool = False) -> list[Piece]:
    """Make the piece with the help numbers, if there are any: a line each, or ``in_short`` one behind the other."""
    numbers = [
        {"number": each.number, "purpose": localize(each.purpose, content.language)}
        for each in content.bank.help.values()
    ]
    return [Piece(("help",), {"numbers": numbers, "in_short": in_short})] if numbers else []


def _tells_number(content: Content) -> bool:
    """Tell whether help numbers beside the questions would tell the answer to one of these."""
    numbers = {each.number for each in content.bank.help.values()}
    return any(
        numbers & {localize(text, content.language) for group in question.answer.groups() for text in group}
        or on_paper(question, content.language).right_answer() in numbers
        for question in content.questions
    )


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
    texts = (title_of(design, language), design.organiser, design.contact, design.date)
    if sum(map(len, texts)) > LONGEST_HEAD:
        raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))
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
    """Tell what the answers rest on: a note a source, or a speaker of the only one, with the numbers that answers refer by."""
    if len(bank.sources) > 1:
        return [_note_on(source, numbers, language) for source in bank.sources.values()]
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


def _cited(cites: set[str], bank: Bank, language: str) -> str:
    """Cite passages in full, in the order of the sources."""
    listed = [
        citation(source, passages, language)
        for source in bank.sources.values()
        if (passages := [passage.id for passage in source.passages if passage.id in cites])
    ]
    return locale(language).semicolon.join(listed)


def _note_on(source: Source, numbers: dict[str, int], language: str) -> str:
    passages = [
        message(
            language,
            "paper.cited",
            number=numbers[passage.id],
            passage=passage_name(own_id(passage.id), language),
        )
        for passage in source.passages
        if passage.id in numbers
    ]
    listed = locale(language).semicolon.join(passages)
    named = (localize(source.short or source.title, language), localize(source.publisher, language))
    return message(language, "paper.note", speaker=locale(language).comma.join(named), passages=listed)


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.id: piece for piece in pieces}.values())
