"""``quizgen take``: a quiz in the terminal, a line at a time."""

import time
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli.console import Replies, display, interactive, person_types, prepare_streams, set_apart
from quizgen.cli.history import agrees, opened
from quizgen.cli.options import (
    BankOption,
    CountOption,
    DifficultyOption,
    ForceOption,
    KindOption,
    LangOption,
    LevelOption,
    QuestionOption,
    SeedOption,
    TopicOption,
    WrittenOption,
    language_from,
    load_bank,
    quiz_from,
)
from quizgen.cli.output import claim, write_files
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.language import say

if TYPE_CHECKING:
    from quizgen.attempt import Attempt
    from quizgen.history import History, Kept
    from quizgen.screen.line import Display


def take(
    count: CountOption = None,
    topic: TopicOption = None,
    kind: KindOption = None,
    level: LevelOption = None,
    difficulty: DifficultyOption = None,
    question: QuestionOption = None,
    lang: LangOption = None,
    written_only: WrittenOption = False,
    seed: SeedOption = None,
    bank: BankOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the latest unfinished quiz.")] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="One thing a line, without colour, as a pipe or a screen reader wants."),
    ] = False,
    result: Annotated[
        Path | None, typer.Option("--result", metavar="FILE.json", help="Write the marked answers here.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Take a quiz in the terminal.

    Each answer is kept at once: q, Ctrl-C or the end of input stops, and --resume goes on.
    """
    selected = any(
        option not in (None, [])
        for option in (
            count,
            topic,
            kind,
            level,
            difficulty,
            question,
            lang,
            seed,
            bank,
            written_only or None,
        )
    )
    from quizgen.attempt import Attempt
    from quizgen.screen.line import run

    if resume and selected:
        raise MisuseError(
            problem(
                "--resume goes on with a quiz as it was chosen", "leave out the other options of selection"
            )
        )
    if result:
        claim(result, force=force)
    language = language_from(lang)
    prepare_streams(language)
    history = _usable_history(language, needed=resume)
    with closing(history) if history else nullcontext(), Replies(edited=set_apart(plain=plain)) as replies:
        screen = display(replies, plain=plain)
        kept = None
        if history and resume:
            kept = _latest(history)
        elif history and interactive() and not selected:
            kept = _offered(history, language, screen, replies)
        if kept:
            number, attempt = kept.number, kept.attempt
            prepare_streams(attempt.quiz.language)
        else:
            quiz = quiz_from(
                load_bank(bank),
                language,
                count=count,
                topic=topic,
                kind=kind,
                level=level,
                difficulty=difficulty,
                question=question,
                seed=seed,
                written_only=written_only,
            )
            number, attempt = None, Attempt(quiz=quiz, started=time.time())
        attempt = run(attempt, screen, _Keeper(history, number), time.time, patient=person_types())
    if result:
        write_files({result: _as_json(attempt)})
    if replies.signal:
        raise typer.Exit(128 + replies.signal)


class _Keeper:
    """Keeps an attempt after each answer; what cannot be kept is said once, and the quiz goes on."""

    def __init__(self, history: "History | None", number: int | None) -> None:
        self._history = history
        self._number = number
        self._told = history is None

    def __call__(self, attempt: "Attempt") -> bool:
        if self._history is None:
            return False
        try:
            self._number = self._history.keep(attempt, self._number)
        except QuizgenError as error:
            if not self._told:
                _tell_unkept(error, attempt.quiz.language)
            self._told = True
            return False
        return True


def _usable_history(language: str, *, needed: bool) -> "History | None":
    """Open the history; where that fails, a quiz goes on without it unless it is ``needed``."""
    from quizgen.history import UnusableHistoryError

    try:
        return opened(language)
    except UnusableHistoryError as error:
        if needed:
            raise
        _tell_unkept(error, language)
        return None


def _tell(error: QuizgenError) -> None:
    for found in error.problems:
        typer.echo(str(found), err=True)


def _tell_unkept(error: QuizgenError, language: str) -> None:
    _tell(error)
    typer.echo(say(language, "take.unkept"), err=True)


def _latest(history: "History") -> "Kept":
    if kept := history.latest(unfinished=True):
        return kept
    raise QuizgenError(problem("there is no unfinished quiz to go on with", "begin one with `quizgen take`"))


def _offered(history: "History", language: str, screen: "Display", replies: Replies) -> "Kept | None":
    """Offer to go on with the quiz begun last if it is unfinished; ``None`` is to begin another.

    One that was left behind for another is not offered again; ``--resume`` still finds it.
    """
    from quizgen.screen.words import Line

    try:
        kept = history.latest(unfinished=False)
    except QuizgenError as error:  # from another version, perhaps; another quiz can still be taken
        _tell(error)
        return None
    if kept is None or kept.attempt.finished:
        return None
    attempt = kept.attempt
    stopped = attempt.given[-1].at if attempt.given else attempt.started
    date = time.strftime("%Y-%m-%d", time.localtime(stopped))
    numbers = {"number": attempt.position + 1, "total": attempt.total}
    screen.show([Line("head", say(language, "take.go-on", date=date, **numbers))])
    while (line := screen.ask()) is not None:
        if (agreed := agrees(line)) is not None:
            return kept if agreed else None
        screen.show([Line("note", say(language, "take.go-on-unclear"))])
    raise typer.Exit(128 + replies.signal if replies.signal else 0)


def _as_json(attempt: "Attempt") -> bytes:
    from msgspec import json

    from quizgen.cli.record import record

    return json.format(json.encode(record(attempt)), indent=2) + b"\n"
