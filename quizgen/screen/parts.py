"""The parts of a full screen: what there is to choose, what was chosen, right and wrong, and why. Pure."""

from collections.abc import Iterable
from string import ascii_lowercase
from typing import assert_never

from rich.cells import cell_len

from quizgen.language import LANGUAGES, Text, message
from quizgen.model import Question
from quizgen.screen import words
from quizgen.screen.draft import NOWHERE, Draft
from quizgen.screen.rows import Look, Row, Span, filled, paragraph
from quizgen.screen.session import Session
from quizgen.shapes import Answer, Choose, Fill, Match, Order

LONGEST_BAR = 24


def at_hand(session: Session) -> Question | None:
    """Give the question that the scene is about; ``None`` at the end."""
    attempt = session.attempt
    scenes = [scene for scene in (*session.back, session.scene) if scene in ("ask", "told", "look", "end")]
    match scenes[-1] if scenes else "ask":
        case "look":
            return attempt.quiz.questions[session.looked]
        case "told":
            return attempt.quiz.questions[told(session)]
        case "ask":
            return attempt.question
    return None


def told(session: Session) -> int:
    """Give the index of the answer that is told: the last, or the first that the time ran out on with it."""
    index = session.attempt.position - 1
    if session.late:
        while index and session.attempt.given[index].seconds == 0:
            index -= 1
    return index


def at_once(session: Session) -> bool:
    """Tell whether one key answers the open question, so that Enter is not needed."""
    question = session.attempt.question
    return question is not None and isinstance(question.answer, Choose) and question.answer.style != "several"


def following(language: str) -> str:
    """Give the language after this one."""
    return LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]


def hint(answer: Answer, language: str) -> str:
    """Say which keys answer this kind of question."""
    match answer:
        case Choose(style="truth"):
            return message(language, "app.hint-truth")
        case Choose(style="several"):
            return message(language, "app.hint-several")
        case Choose():
            return message(language, "app.hint-one")
        case Match():
            return message(language, "app.hint-match")
        case Order():
            return message(language, "app.hint-order")
        case Fill():
            return message(language, "app.hint-fill")
        case _:
            assert_never(answer)


# While a question is open


def choices(
    answer: Answer, draft: Draft, language: str, width: int
) -> tuple[list[Row], tuple[int, int] | None, tuple[int, int] | None]:
    """Set what there is to choose: rows, those of the cursor (first, past the last), and the caret."""
    match answer:
        case Choose(options=texts) | Order(steps=texts):
            rows: list[Row] = []
            focus = None
            for index, text in enumerate(texts):
                start = len(rows)
                rows += _option(answer, draft, index, text, language, width)
                if index == draft.cursor:
                    focus = start, len(rows)
            return rows, focus, None
        case Match():
            return (*_pairs(answer, draft, language, width), None)
        case Fill():
            rows, caret = field(draft, width)
            return rows, (0, len(rows)), caret
        case _:
            assert_never(answer)


def _option(
    answer: Choose | Order, draft: Draft, index: int, text: Text, language: str, width: int
) -> list[Row]:
    key = letter(answer, index)
    here, chosen = index == draft.cursor, index in draft.chosen
    box = ""
    if isinstance(answer, Order):
        box = f"[{draft.chosen.index(index) + 1}] " if chosen else "[ ] "
    elif answer.style == "several":
        box = "[x] " if chosen else "[ ] "
    look: Look = "cursor" if here else "text"
    lead = (
        Span("› " if here else "  ", "cursor" if here else "text", key),
        Span(f" {key} ", "picked" if chosen else "chip", key),
        Span(f" {box}", look, key),
    )
    rows = paragraph(words.shown(text, language), width, look, lead=lead, key=key)
    return [filled(row, width, look, key) for row in rows]


def _pairs(answer: Match, draft: Draft, language: str, width: int) -> tuple[list[Row], tuple[int, int]]:
    rows: list[Row] = []
    focus = 0, 0
    for index, prompt in enumerate(answer.prompts):
        key, start, here = str(index + 1), len(rows), index == draft.cursor
        choice = draft.chosen[index]
        look: Look = "cursor" if here else "text"
        lead = (
            Span("› " if here else "  ", look, key),
            Span(f"{key}. ", look, key),
            Span(
                f" {ascii_lowercase[choice] if choice != NOWHERE else '_'} ",
                "picked" if choice != NOWHERE else "chip",
                key,
            ),
            Span(" ", look, key),
        )
        set_ = paragraph(words.shown(prompt, language), width, look, lead=lead, key=key)
        rows += [filled(row, width, look, key) for row in set_]
        if here:
            focus = start, len(rows)
    rows.append(())
    for index, text in enumerate(answer.choices):
        letter, used = ascii_lowercase[index], index in draft.chosen
        tail = f" ({draft.chosen.index(index) + 1})" if used else ""
        beside = (
            Span("  ", "text", letter),
            Span(f" {letter} ", "picked" if used else "chip", letter),
            Span(" ", "text", letter),
        )
        rows += paragraph(
            words.shown(text, language) + tail, width, "dim" if used else "text", lead=beside, key=letter
        )
    # On a small screen the choices below matter as much as the line that they go with.
    return rows, (focus[0], len(rows) if focus[0] == 0 else focus[1])


def field(draft: Draft, width: int) -> tuple[list[Row], tuple[int, int]]:
    """Set the words typed, on one row that shows the end nearest to the caret."""
    before, after = (
        words.visible_typed(draft.words[: draft.cursor]),
        words.visible_typed(draft.words[draft.cursor :]),
    )
    room = width - 3
    while cell_len(before) > room - 1:
        before = before[1:]
    while cell_len(before + after) > room:
        after = after[:-1]
    under, rest = (after[:1] or " "), after[1:]
    typed = (Span("> ", "accent"), Span(before, "cursor"), Span(under, "picked"), Span(rest, "cursor"))
    return [filled(typed, width, "cursor")], (2 + cell_len(before), 0)


# The end


def bars(scores: Iterable[words.Bar], width: int) -> list[Row]:
    """Draw a bar for each topic, all from one column on, or under their titles for want of room."""
    scores = list(scores)
    column = max(cell_len(bar.title) for bar in scores) + 2
    beside = width - column - len("  100/100") >= LONGEST_BAR // 3
    cells = min(width - len("  100/100") - (column if beside else 0), LONGEST_BAR)
    rows: list[Row] = []
    for bar in scores:
        full = round(cells * bar.score.right / bar.score.total)
        drawn = (
            Span("█" * full, "full"),
            Span("░" * (cells - full), "empty"),
            Span(f"  {bar.score.right}/{bar.score.total}"),
        )
        if beside:
            rows.append((Span(bar.title + " " * (column - cell_len(bar.title))), *drawn))
        else:
            rows += [*paragraph(bar.title, width), drawn]
    return rows


def letter(answer: Answer, index: int) -> str:
    """Give the letter of an option or a step."""
    return "tf"[index] if isinstance(answer, Choose) and answer.style == "truth" else ascii_lowercase[index]
