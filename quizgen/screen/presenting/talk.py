"""The state of a talk with a quiz, as a pure state machine: the current step, the hands counted, the time.

The caller passes in keys and the time. A talk has a title; then for each question its stem, its options, and
its right answer with the reason; and at the end the numbers to call. The guide shows the same state in
another way.
"""

import unicodedata
from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.model import Quiz
from quizgen.screen.scenes import CLICKED
from quizgen.shapes import Answer, Choose
from quizgen.view.question import NamedText, QuestionView, build_question_view

Stage: TypeAlias = Literal["title", "question", "options", "key", "end"]

MAX_DIGITS = 4
"""The number of digits of the largest count of hands."""

KEYS: Mapping[str, str] = {
    " ": "next",
    "enter": "next",
    "right": "next",
    "pagedown": "next",
    "left": "back",
    "pageup": "back",
    "up": "up",
    "down": "down",
    "backspace": "erase",
    "escape": "cancel",
    ".": "dark",
    "b": "dark",
    "x": "clear",
    "delete": "clear",
    "t": "theme",
    "?": "help",
    "f1": "help",
    "q": "leave",
    "ctrl+c": "leave",
}
"""What keys do; letters of options and digits count hands. A presenter's remote control sends pagedown and pageup, and a
full stop or ``b`` for a dark screen."""

HAND = "hand "
"""The prefix of the letter of a clicked option, which adds one hand."""

_STEPS = {"next": 1, "back": -1}
_ROWS = {"down": 1, "up": -1}


class Step(Struct, frozen=True):
    """A step of a talk: its stage, and the index of its question, or -1 if it has none."""

    stage: Stage
    index: int = -1


class TalkHost(Struct, frozen=True):
    """Who holds the talk, and its title. Empty values are left out."""

    title: str = ""
    organiser: str = ""
    contact: str = ""


class TypedCount(Struct, frozen=True):
    """A number of hands that is being typed: the index of its option, and the digits so far."""

    option: int
    digits: str = ""


class Talk(Struct, frozen=True):
    """The state of a talk. Times are in seconds on a monotonic clock.

    - ``attempt`` has no answers: every question counts as skipped, so that its right answer can be shown.
    - The talk ``started`` when its title was left.
    - ``place`` is the index of the current step, and ``furthest`` of the last one that was shown.
    - ``top`` is the first visible row, if the step is taller than the screen.
    - ``since`` is when the question appeared.
    - ``hands`` maps the index of a question to the hands counted for each option.
    """

    attempt: Attempt
    host: TalkHost
    started: float
    since: float
    place: int = 0
    furthest: int = 0
    top: int = 0
    hands: dict[int, tuple[int, ...]] = {}
    typing: TypedCount | None = None
    over: Literal["", "help", "leave"] = ""
    dark: bool = False
    left: bool = False

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self.attempt.quiz.language

    @property
    def step(self) -> Step:
        """The current step."""
        return list_steps(self.attempt.quiz)[self.place]

    @property
    def shown_questions(self) -> int:
        """The number of questions that were shown so far."""
        steps = list_steps(self.attempt.quiz)[: self.furthest + 1]
        return len({step.index for step in steps if step.index >= 0})

    @property
    def next_step(self) -> Step | None:
        """The next step, or ``None`` at the end."""
        found = list_steps(self.attempt.quiz)[self.place + 1 : self.place + 2]
        return found[0] if found else None

    @property
    def hand_counts(self) -> tuple[int, ...]:
        """The number of hands for each option of this question; empty if none were counted."""
        return self.hands.get(self.step.index, ())

    @property
    def can_count_hands(self) -> bool:
        """Whether the screen shows options for which people can raise their hands."""
        step = self.step
        if step.index < 0:
            return False
        answer = _answer_at(self, step.index)
        return isinstance(answer, Choose) and (step.stage != "question" or bool(answer.option_line_numbers))

    @property
    def option_names(self) -> tuple[str, ...]:
        """The names of the options on the screen: capital letters, or numbers of lines."""
        return list_option_names(self.question_view) if self.step.index >= 0 else ()

    @property
    def hand_keys(self) -> str:
        """The keys that begin to count hands, as the screen shows them: ``A–D``, or ``1–4`` for lines; "" if there are none."""
        return f"{self.option_names[0]}–{self.option_names[-1]}" if self.can_count_hands else ""

    @property
    def question_view(self) -> QuestionView:
        """The current question. Raises IndexError if there is none."""
        return build_question_view(self.attempt, self.step.index)

    def in_language(self, language: str) -> "Talk":
        """Return the same talk in another language."""
        return replace(self, attempt=self.attempt.in_language(language))


def list_option_names(view: QuestionView) -> tuple[str, ...]:
    """Return the names of options: numbers for lines, otherwise capital letters.

    True and false are A and B, because ``t`` is another command in a talk.
    """
    numbers = {line.option: str(line.number) for line in view.exhibit.lines} if view.exhibit else {}
    if view.exhibit and view.exhibit.numbered:
        return tuple(numbers.get(part.name, part.name) for part in view.options)
    return tuple(chr(ord("A") + place) for place in range(len(view.options)))


def list_right_answer_parts(talk: Talk, index: int) -> tuple[NamedText, ...]:
    """Return the right answer with the names on the screen: a letter, ``1B`` for a pair, ``1 B`` for a step."""
    view = build_question_view(talk.attempt, index)
    names = dict(zip((part.name for part in view.options), list_option_names(view), strict=True))
    return tuple(
        NamedText(
            f"{place} " * (view.answer_form == "order") + names.get(part.name, part.name.upper()), part.text
        )
        for place, part in enumerate(view.right_answer_parts, start=1)
    )


def _answer_at(talk: Talk, index: int) -> Answer:
    return talk.attempt.quiz.questions[index].answer


def list_steps(quiz: Quiz) -> tuple[Step, ...]:
    """List the steps of a talk. Exhibits are shown as a whole, and a blank has no options."""
    found = [Step("title")]
    for index, question in enumerate(quiz.questions):
        answer = question.answer
        listed = not answer.option_line_numbers and any(answer.text_groups())
        stages: tuple[Stage, ...] = ("question", "options", "key") if listed else ("question", "key")
        found += [Step(stage, index) for stage in stages]
    return (*found, Step("end"))


def start_talk(quiz: Quiz, host: TalkHost, now: float) -> Talk:
    """Begin a talk at its title."""
    attempt = Attempt(quiz=quiz, started=now)
    for _ in quiz.questions:
        attempt = attempt.answer(None, now)
    return Talk(attempt=attempt, host=host, started=now, since=now)


def normalise_command_key(key: str) -> str:
    """Return the command for a key; upper case and full-width characters count as the same key."""
    if len(key) != 1:
        return key
    return "." if key == "。" else unicodedata.normalize("NFKC", key).casefold()


def handle_key(talk: Talk, key: str, now: float, *, max_top: int = 0, visible_rows: int = 1) -> Talk:
    """Return the state of the talk after a key. Any key can be passed.

    ``max_top`` is the largest possible value of ``top``, and ``visible_rows`` is how many rows are
    visible.
    """
    key = normalise_command_key(key)
    if talk.over == "help" and key.startswith(CLICKED):
        talk, key = replace(talk, over="", top=0), key.removeprefix(CLICKED)
    if talk.dark:
        return replace(talk, dark=False)
    does = KEYS.get(key, "")
    if does in _ROWS and talk.over != "leave":
        return replace(talk, top=min(max(talk.top + _ROWS[does], 0), max_top))
    if talk.over:
        return _close_overlay(talk, key)
    if talk.can_count_hands and (counted := _count_hands(talk, key)) is not None:
        return counted
    return (
        _move_through_steps(_with_typed_count(talk), _STEPS[does], now, max_top, visible_rows)
        if does in _STEPS
        else _do_command(talk, does)
    )


def _add_hand(talk: Talk, letter: str) -> Talk:
    """Add one hand to the option with that letter, as a click does."""
    place = ord(letter) - ord("a")
    talk = _with_typed_count(talk)
    hands = talk.hand_counts[place] if talk.hand_counts else 0
    return _with_count(talk, place, min(hands + 1, 10**MAX_DIGITS - 1))


def _do_command(talk: Talk, command: str) -> Talk:
    """Handle a key that does not change the step."""
    match command:
        case "clear":
            kept = {index: counts for index, counts in talk.hands.items() if index != talk.step.index}
            talk = replace(talk, hands=kept, typing=None)
        case "erase" if talk.typing:
            talk = replace(talk, typing=replace(talk.typing, digits=talk.typing.digits[:-1]))
        case "cancel":
            talk = replace(talk, typing=None)
        case "dark":
            talk = replace(_with_typed_count(talk), dark=True)
        case "help":
            talk = replace(_with_typed_count(talk), over=command, top=0)
        case "leave":
            talk = replace(_with_typed_count(talk), over=command)
    return talk


def _close_overlay(talk: Talk, key: str) -> Talk:
    """Close the overlay. If it asks whether to end the talk, end it if the key says yes."""
    if talk.over == "leave":
        return replace(talk, left=True) if key in ("y", "q", "ctrl+c") else replace(talk, over="")
    return replace(talk, over="leave" if key in ("q", "ctrl+c") else "", top=0)


def _count_hands(talk: Talk, key: str) -> Talk | None:
    """Handle the letter of an option, the digits of its number of hands, Enter and Space; ``None`` for any other key."""
    if key.startswith(HAND):
        return _add_hand(talk, key.removeprefix(HAND))
    typing = talk.typing
    if typing and key == "enter":
        return _with_typed_count(talk)
    if (
        typing and key == " "
    ):  # people type "a 12 b 7" with spaces; the next step would show the right answer too early
        return _with_typed_count(talk) if typing.digits else talk
    if typing and key.isascii() and key.isdigit():
        digits = (typing.digits + key).lstrip("0") or "0"
        return replace(talk, typing=replace(typing, digits=digits)) if len(digits) <= MAX_DIGITS else talk
    names = talk.option_names
    letters = [chr(ord("a") + place) for place in range(len(names))]
    for known in (letters, list(names)):
        if key in known:
            return replace(_with_typed_count(talk), typing=TypedCount(known.index(key)))
    return None


def _with_typed_count(talk: Talk) -> Talk:
    """Store the number of hands that is being typed, if there is one."""
    typing, talk = talk.typing, replace(talk, typing=None)
    if not typing or not typing.digits:
        return talk
    return _with_count(talk, typing.option, int(typing.digits))


def _with_count(talk: Talk, option: int, count: int) -> Talk:
    counts = list(talk.hand_counts or (0,) * len(talk.option_names))
    counts[option] = count
    return replace(talk, hands=talk.hands | {talk.step.index: tuple(counts)})


def _move_through_steps(talk: Talk, step_count: int, now: float, max_top: int, visible_rows: int) -> Talk:
    """Go forward or back: first through a step that is taller than the screen, then to another step."""
    top = min(max(talk.top + step_count * max(visible_rows - 2, 1), 0), max_top)
    if top != talk.top:
        return replace(talk, top=top)
    place = min(max(talk.place + step_count, 0), len(list_steps(talk.attempt.quiz)) - 1)
    started = now if not talk.place and place else talk.started  # time before the talk does not count
    moved = replace(talk, place=place, furthest=max(place, talk.furthest), top=0, started=started)
    return moved if moved.step.index == talk.step.index else replace(moved, since=now)
