"""What papers hold: questions, answers and a foot, as pieces to set, and as strips of these."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import Batch
from quizgen.citation import citation, passage_name
from quizgen.errors import MisuseError, problem
from quizgen.ids import own_id
from quizgen.model import Bank, Question, Quiz, Source
from quizgen.paper.design import FINE_PRINT, LOGO_PATH, MM, Design, Measures, PageDesign, Spacing
from quizgen.paper.endings import link_lines, link_shown
from quizgen.paper.exhibits import asked_piece, exhibit_id, exhibit_piece
from quizgen.paper.images import modules, qr_code
from quizgen.paper.lines import break_lines, is_han, text_width
from quizgen.paper.shapes import paper_shape
from quizgen.paper.strips import Placed, Strip, block_strip
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.text.languages import locale, localize
from quizgen.text.messages import message
from quizgen.view.exhibit import in_short
from quizgen.view.question import QuestionView

DIGITS = "1234567890"

PLAIN_FOOT: PieceId = ("footer", "plain")
"""The foot of pages that tell by themselves what they rest on."""

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
    views: dict[int, QuestionView] = {}

    def view(self, question: Question) -> QuestionView:
        """Describe a question in the language of the papers, once for all versions that print it alike.

        Views are known by the identity of their questions, which they hold, so that no other question gets it.
        """
        if id(question) not in self.views:
            self.views[id(question)] = QuestionView(question, self.bank, self.language)
        return self.views[id(question)]

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

    ``head`` and ``closing`` name the piece that opens the part and those that close it, or only do so if they take no
    page more; ``gap`` is the share of the space between questions that stands between its strips. ``holds`` tells what these are: questions; their answers, in a paper's own order and
    letters; or reasons, which stand apart from any paper and so name the questions and do not number them.
    """

    title: str
    language: str
    pieces: list[Piece]
    head: PieceId
    closing: tuple[PieceId, ...]
    closes_if_room: bool
    gap: float
    holds: Literal["questions", "answers", "reasons"]
    view: Callable[[Question], QuestionView]

    def at(self, measures: Measures) -> "Part":
        """Adapt what depends on the size of type: where a title is broken, how wide the columns of pairs are."""
        return replace(self, pieces=[_sized(piece, measures) for piece in self.pieces])

    def strip(self, question: Question, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Compose one question, or its answer."""
        if self.holds == "questions":
            return question_strip(self.view(question), blocks, measures, space)
        if self.holds == "answers":
            return answer_strip(self.view(question), blocks, measures)
        return block_strip(("reason", question.id), blocks)


def question_part(content: Content, design: Design, more: Sequence[Piece] = ()) -> Part:
    """Make the part with the questions, and set ``more`` with it; raises MisuseError for a link that is too long for a QR code."""
    language = content.language
    pieces = [
        Piece(("header",), _header(content, design)),
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
    ]
    for question in map(content.view, content.questions):
        if exhibit := exhibit_piece(question):
            pieces.append(exhibit)
        pieces += [_stem_piece(question), *paper_shape(question.answer).pieces(question)]
    help_pieces = (
        _help_pieces(content, in_short=True) if design.answers != "end" and not _tells_number(content) else []
    )
    return Part(
        title=message(language, "paper.questions"),
        language=language,
        pieces=_once(
            [*pieces, *help_pieces, *more, *_foot_pieces(content, design, has_credit=design.answers != "end")]
        ),
        head=("header",),
        closing=tuple(piece.id for piece in help_pieces),
        closes_if_room=True,
        gap=1,
        holds="questions",
        view=content.view,
    )


def answer_part(content: Content, design: Design) -> Part:
    """Make the part with the answers."""
    language = content.language
    questions = [(paper_shape(each.answer), each) for each in map(content.view, content.questions)]
    characters = {mark for shape, question in questions for mark in shape.possible_marks(question)}
    marks = [
        *(text_piece("number", f"{number}.") for number in range(1, content.count + 1)),
        *(text_piece("mark", character) for character in sorted(characters)),
        *(
            Piece(("right", question.id, text), {"text": text})
            for shape, question in questions
            for _, text in shape.right_lines(question)
        ),
    ]
    head = Piece(("answers",), {"title": title_of(design, language)})
    return _explained(content, design, head, marks, "answers")


def reason_part(content: Content, design: Design) -> Part:
    """Make the part that explains the questions of many papers, each by itself."""
    head = Piece(("reasons",), {"title": title_of(design, content.language)})
    return _explained(content, design, head, [], "reasons")


def _explained(
    content: Content,
    design: Design,
    head: Piece,
    marks: Sequence[Piece],
    holds: Literal["answers", "reasons"],
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
        Piece((kind, question.id), _explanation(question, numbers, holds))
        for question in map(content.view, content.questions)
    ]
    notes = _notes(bank, numbers, language) if numbers else []
    # Where nothing is cited there is no source for advice to be told from.
    closing = [*_help_pieces(content), *([Piece(("sources",), {"notes": notes})] if cited else ())]
    return Part(
        title=message(language, f"paper.{holds}"),
        language=language,
        pieces=_once([head, *marks, *pieces, *closing, *_foot_pieces(content, design, has_credit=False)]),
        head=head.id,
        closing=tuple(piece.id for piece in closing),
        closes_if_room=False,
        gap=0.8 if holds == "answers" else 2,  # reasons stand apart, since no number tells where one begins
        holds=holds,
        view=content.view,
    )


def _explanation(question: QuestionView, numbers: dict[str, int], holds: str) -> dict[str, Any]:
    """Give what stands in an answer, and in a reason, which says first of what it is.

    What it rests on is cited by numbers of notes, or where there are none, in full. ``letters`` is how many letters
    or digits stand before the right answer, which is left out where it takes lines of its own.
    """
    shape, bank, language = paper_shape(question.answer), question.bank, question.language
    is_listed = holds == "answers" and bool(shape.right_lines(question))
    cites = {cite for fact in bank.facts_behind(question.question) for cite in bank.facts[fact].cites}
    exhibit = question.explained
    return {
        "about": in_short(exhibit, language) if exhibit else question.stem,
        "key": "" if is_listed else question.right_answer,
        "letters": 0 if is_listed or holds == "reasons" else len(shape.mark(question)),
        "signs": exhibit.signs if exhibit else (),
        "rationale": question.rationale,
        "advice": question.advice,
        "notes": sorted(numbers[cite] for cite in cites) if numbers else [],
        "cited": "" if numbers and cites else _cited(cites, bank, language),
    }


def question_strip(question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
    """Compose one question: its exhibit if it has one, its stem, and below that the rows of options, pairs or steps.

    There is room for its number at the left. Boxes of what is asked briefly stand behind its stem where they have room.
    """
    x, y = measures.number, 0.0
    placed = []
    if question.exhibit:
        exhibit = exhibit_id(question)
        placed.append(Placed(exhibit, x, 0))
        y = blocks[exhibit].height + space.stem
    stem = stem_id(question)
    placed.append(Placed(stem, round(x, 2), round(y, 2)))
    below = paper_shape(question.answer).below(question, blocks, measures, space)
    behind = blocks[stem].width + 0.6 * measures.size
    if (
        question.answer.judges_exhibit
        and below.height <= blocks[stem].height
        and behind + max(item.x + blocks[item.piece].width for item in below.placed) <= measures.text
    ):
        x += behind
        height = y + blocks[stem].height
    else:
        y += blocks[stem].height + (space.stem if below.placed else 0)
        height = y + below.height
    placed += [
        Placed(item.piece, round(x + item.x, 2), round(y + item.y, 2), item.option) for item in below.placed
    ]
    return Strip(round(height, 2), tuple(placed))


def _stem_piece(question: QuestionView) -> Piece:
    id_ = stem_id(question)
    if id_[0] == "asked":
        return asked_piece(id_, question.stem)
    hint = paper_shape(question.answer).hint(question)
    return Piece(id_, {"parts": list(question.stem_parts), "hint": hint})


def stem_id(question: QuestionView) -> PieceId:
    """Name the piece with a question's stem; a brief one is the same for all exhibits of which it is asked."""
    if question.exhibit and question.answer.judges_exhibit:
        return ("asked", question.stem)
    return ("stem", question.id)


def answer_strip(question: QuestionView, blocks: Blocks, measures: Measures) -> Strip:
    """Compose one answer: the letters of this version, and what does not differ between versions.

    Where several things are right, each has its letter before it, and all stand in printed order.
    """
    shape = paper_shape(question.answer)
    placed: list[Placed] = []
    y = 0.0
    for letter, text in shape.right_lines(question):
        line: PieceId = ("right", question.id, text)
        placed += [
            Placed(("mark", letter), measures.number, round(y, 2)),
            Placed(line, measures.number, round(y, 2)),
        ]
        y += blocks[line].height
    if not placed:
        x = measures.number
        for character in shape.mark(question):
            placed.append(Placed(("mark", character), round(x, 2), 0))
            x += MARK * measures.size
    body: PieceId = ("answer", question.id)
    placed.append(Placed(body, measures.number, round(y, 2)))
    return Strip(round(y + blocks[body].height, 2), tuple(placed))


MARK = 0.66
"""Distance between letters of a right answer, by the size of their type; ``pieces.html`` keeps as much room for each."""


@cache
def running(language: str, *, seed: int, page: str, pages: str) -> list[str]:
    """Split what runs at the foot of a page into pieces, so that numbers are set by the character."""
    template = BETWEEN.join(message(language, name) for name in ("paper.seed", "paper.page"))
    return _split(template.replace("{seed}", str(seed)), page=page, pages=pages)


def tag_ids(language: str, label: str) -> list[PieceId]:
    """Name the pieces that say which version a page is of, from the left; labels are set by the character."""
    before, after = _around_label(language)
    return [("label", text) for text in (*before, *label, *after)] if label else []


@cache
def _around_label(language: str) -> tuple[list[str], list[str]]:
    before, _, after = message(language, "paper.version").partition("{label}")
    return [before] if before else [], [after] if after else []


def _split(template: str, **varying: str) -> list[str]:
    return [
        part
        for text, field, _, _ in Formatter().parse(template)
        for part in filter(None, (text, *varying.get(field or "", "")))
    ]


BETWEEN = "  ·  "


def credited_sources(bank: Bank, language: str) -> str:
    """Name the sources that facts come from: one with publisher and date, several by their short titles."""
    sources = bank.sources.values()
    if len(sources) == 1:
        named = [source_in_full(source, language) for source in sources]
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
        numbers & {part.text for part in (*question.prompts, *question.options)}
        or question.right_answer in numbers
        for question in map(content.view, content.questions)
    )


def _foot_pieces(content: Content, design: Design, *, has_credit: bool) -> list[Piece]:
    """List the pieces at the foot of every page, and at its head where it is of a version.

    They are whom to turn to, the sources where the part itself does not name them, and the pieces of what runs on.
    """
    language = content.language
    contact = tuple(filter(None, (design.organiser if design.contact else "", design.contact)))
    sources = ""
    if has_credit and design.text_size == "large" and design.answers == "separate":
        sources = message(
            language, "paper.credit-elsewhere"
        )  # where all of them would take a third of the page
    elif has_credit:
        sources = message(language, "paper.credit", sources=credited_sources(_cited_by(content), language))
    letters = "".join(sorted(set("".join(content.labels))))
    texts = running(language, seed=content.seed, page=DIGITS, pages=DIGITS)
    return [
        Piece(("footer",), {"contact": contact, "sources": sources, "language": language}),
        Piece(PLAIN_FOOT, {"contact": contact, "sources": "", "language": language}),
        *(text_piece("running", text) for text in texts),
        *(text_piece(*id_) for id_ in tag_ids(language, letters)),
    ]


def _cited_by(content: Content) -> Bank:
    """Give the bank with the sources that the questions rest on, or with all where they rest on none."""
    bank = content.bank
    facts = {fact for question in content.questions for fact in bank.facts_behind(question)}
    cited = {cite.partition("/")[0] for fact in facts for cite in bank.facts[fact].cites}
    return replace(
        bank, sources={name: bank.sources[name] for name in bank.sources if name in cited or not cited}
    )


def title_of(design: PageDesign, language: str) -> str:
    """Return the handout's title: the user's, or ours."""
    return design.title or message(language, "paper.title")


def _header(content: Content, design: Design) -> dict[str, Any]:
    language = content.language
    title = title_of(design, language)
    texts = (title, design.organiser, design.contact, design.date)
    if sum(map(len, texts)) > LONGEST_HEAD:
        raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))
    return {
        "title": title,
        "lines": [title],
        "rows": [],
        "scale": 1,
        "organiser": design.organiser,
        "date": design.date,
        "logo": LOGO_PATH if design.logo else "",
        "aspect": design.logo.aspect if design.logo else 0,
        "logo_size": LOGO,
        "is_spread": False,  # whether the date stands below the organiser
        "qr": qr_code(design.link) if design.link else "",
        "quiet": 4 / modules(design.link) if design.link else 0,
        "href": design.link,
        "link": [link_shown(design.link)] if design.link else [],
        "link_size": 0,
        "total": content.count,
        "ticks": any(
            paper_shape(question.answer).is_ticked_once(question)
            for question in map(content.view, content.questions)
        ),
        "labelled": bool(content.labels),
        "large": design.text_size == "large",  # then the name has a line of its own
        "language": language,
    }


def _sized(piece: Piece, wide: Measures) -> Piece:
    values = piece.values
    match piece.id[0]:
        case "header":
            main = width = wide.width - ((1 + values["quiet"]) * 25 * MM + 2 if values["qr"] else 0)
            tallest, widest = LARGE_LOGO if values["large"] else LOGO
            if values["logo"]:
                width -= (min(tallest * values["aspect"], widest) + 0.9) * wide.size
            is_spread = (
                text_width(" · ".join((values["organiser"], values["date"])), bold=True) * wide.size > width
            )
            lines, scale = title_lines(values["title"], wide.size, width, values["language"])
            return Piece(
                piece.id,
                {
                    **values,
                    "main": round(main, 2),
                    "headline": round(width, 2),
                    "logo_size": (tallest, widest),
                    "is_spread": is_spread,
                    **_sized_link(values, wide, main),
                    "lines": lines,
                    "scale": scale,
                    "rows": _person_rows(
                        values["language"], values["total"], wide.size, main, large=values["large"]
                    ),
                },
            )
        case "footer" if values["contact"]:
            whole = " · ".join(values["contact"])
            room = FOOT * wide.width / (CONTACT * wide.small)
            if text_width(whole, bold=True, han=is_han(values["language"])) < room:
                return Piece(piece.id, {**values, "contact": (whole,)})
        case "prompt" | "choice":
            return Piece(piece.id, {**values, "width": values["pairs"].width(piece.id[0], wide)})
    return piece


def _sized_link(values: Mapping[str, Any], wide: Measures, width: float) -> dict[str, Any]:
    """Break the link in a head of this width: beside the directions, or in large type below them."""
    if not values["href"]:
        return {}
    if not values["large"]:
        directions = message(values["language"], "paper.directions") if values["ticks"] else ""
        taken = text_width(directions, han=is_han(values["language"])) * wide.size
        width = max(LINK * width, width - taken - 2 * wide.caption)
    smallest = FINE_PRINT["large" if values["large"] else "normal"]
    sizes = [size / 2 for size in range(int(2 * wide.caption), int(2 * smallest) - 1, -1)]
    lines, size = link_lines(values["href"], sizes, width, values["language"])
    return {"link": lines, "link_size": size}


LINK = 0.4
"""Share of a head's width that a link may have beside directions of more than a line."""


def _person_rows(
    language: str, total: int, size: float, width: float, *, large: bool
) -> list[list[tuple[str, float]]]:
    """Give what a person fills in, row by row: labels, and how long the line behind each is, in points.

    Dates and scores have as much room as they take, and the name has the rest; in large type it has a row of its own.
    """
    labels = [message(language, f"paper.{name}") for name in ("name", "date", "score")]
    ends = text_width(f"/ {total}", han=is_han(language)) + 0.4

    def row(shown: Sequence[str], lines: Sequence[float], behind: float) -> list[tuple[str, float]]:
        taken = sum(text_width(label, han=is_han(language)) + 0.4 for label in shown) + len(lines) + behind
        first = width / size - taken - sum(lines)
        return [
            (label, round(line * size - 0.1, 2)) for label, line in zip(shown, (first, *lines), strict=True)
        ]

    if large:
        return [row(labels[:1], (), 0), row(labels[1:], (SCORE,), ends)]
    return [row(labels, (DATE, SCORE), ends)]


FOOT, CONTACT = 0.74, 1.2
"""Share of a page's width for what stands at the left of its foot, and the size of whom to turn to, as in the style sheet."""

DATE, SCORE = 6.5, 3.0
"""How long the lines for a date and a score are, by the size of the type."""


def title_lines(title: str, size: float, width: float, language: str) -> tuple[list[str], float]:
    """Break a title into lines of like length, in type of H1 times ``size`` points, or four fifths of that to have fewer lines."""
    han = is_han(language)

    def lines(scale: float) -> list[str]:
        return break_lines(title, H1 * scale * size, width, bold=True, even=True, han=han)

    whole = lines(1)
    for scale in (0.95, 0.9, 0.85, 0.8):
        if len(whole) > 1 and len(smaller := lines(scale)) < len(whole):
            return smaller, scale
    return whole, 1


H1 = 1.9
"""Size of a title by the size of the type, as in the style sheets."""

LOGO, LARGE_LOGO = (4.2, 9.0), (3.0, 6.0)
"""The most that a logo may be high and wide, by the size of the type: large type has the room for words."""


def source_in_full(source: Source, language: str) -> str:
    """Name a source with its publisher and date."""
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
        return [
            _note_on(source, numbers, language)
            for source in bank.sources.values()
            if any(passage.id in numbers for passage in source.passages)
        ]
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
    """Cite passages in full, in the order of the sources; say so where there are none."""
    if not cites:
        return message(language, "take.no-source")
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
    named = localize(source.short or source.title, language)
    return message(language, "paper.note", speaker=named, passages=listed)


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    return list({piece.id: piece for piece in pieces}.values())
