"""An exhibit beside its twin, line by line: what a genuine contact and a scam that looks like it have in common."""

from difflib import SequenceMatcher
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.model import Bank
from quizgen.view.exhibit import ExhibitLine, ExhibitView, build_exhibit_view, join_runs


class TwinLines(Struct, frozen=True):
    """A line of an exhibit, and the line of its twin at the same place. One of them can be ``None``."""

    own: ExhibitLine | None
    twin: ExhibitLine | None
    differ: bool


class TwinView(Struct, frozen=True):
    """An exhibit and its twin, both with marks on their telltale words.

    ``genuine`` says whether the exhibit itself is genuine; its twin is the opposite. ``senders_differ`` says
    whether they come from different senders.
    """

    own: ExhibitView
    twin: ExhibitView
    genuine: bool
    senders_differ: bool
    lines: tuple[TwinLines, ...]


def build_twin_view(attempt: Attempt, index: int) -> TwinView | None:
    """Describe the exhibit of question ``index`` beside its twin; ``None`` if it has no twin."""
    question, quiz = attempt.quiz.questions[index], attempt.quiz
    exhibit = quiz.bank.exhibits.get(question.exhibit)
    banks: list[Bank] = [quiz.bank, *([attempt.repeat_quiz.bank] if attempt.repeat_quiz else [])]
    bank = next((bank for bank in banks if exhibit and exhibit.twin in bank.exhibits), None)
    if exhibit is None or bank is None:
        return None
    own = build_exhibit_view(quiz.bank, question, quiz.language, show_signs=True)
    twin = build_exhibit_view(bank, replace(question, exhibit=exhibit.twin), quiz.language, show_signs=True)
    if own is None or twin is None:
        return None
    return TwinView(
        own, twin, exhibit.genuine, join_runs(own.sender) != join_runs(twin.sender), _align_lines(own, twin)
    )


def _align_lines(own: ExhibitView, twin: ExhibitView) -> tuple[TwinLines, ...]:
    """Pair the lines of two exhibits that are almost the same."""
    texts = [[(line.who, join_runs(line.words)) for line in view.lines] for view in (own, twin)]
    found = []
    for change, first, last, twin_first, twin_last in SequenceMatcher(
        a=texts[0], b=texts[1], autojunk=False
    ).get_opcodes():
        pairs = zip_longest(own.lines[first:last], twin.lines[twin_first:twin_last])
        found += [TwinLines(mine, other, change != "equal") for mine, other in pairs]
    return tuple(found)
