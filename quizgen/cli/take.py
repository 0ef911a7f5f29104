"""``quizgen take``: a quiz in the terminal, on the full screen or a line at a time."""

import time
from contextlib import closing, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from quizgen.cli.console import Replies, display, person_types, prepare_streams, set_apart
from quizgen.cli.fullscreen import Theme, run_kiosk, supports_fullscreen, take_on_screen
from quizgen.cli.keeping import AttemptRecorder, latest, offered, tell, usable_history
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
    new_seed,
    recipe_from,
    seconds_from,
)
from quizgen.cli.output import check_writable, write_files
from quizgen.errors import MisuseError, problem
from quizgen.language import message

if TYPE_CHECKING:
    from quizgen.assemble import Recipe
    from quizgen.attempt import Attempt, Rules
    from quizgen.history import History
    from quizgen.model import Bank


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
    review: Annotated[
        bool, typer.Option("--review", help="Take what is due again, by the FSRS schedule of your answers.")
    ] = False,
    feedback: Annotated[
        Literal["each", "end"] | None,
        typer.Option("--feedback", help="Tell right and wrong after each answer, or only at the end."),
    ] = None,
    question_time: Annotated[
        float | None,
        typer.Option(
            "--question-time",
            metavar="TIME",
            parser=seconds_from,
            help="Time for each question, such as 20s.",
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit", metavar="TIME", parser=seconds_from, help="Time for all questions, such as 10m."
        ),
    ] = None,
    kiosk: Annotated[
        bool,
        typer.Option(
            "--kiosk",
            help="For a kiosk: one visitor after another, without names. Ctrl-O, Ctrl-U, Ctrl-T ends it.",
        ),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="One thing a line, without colour, as a pipe or a screen reader wants."),
    ] = False,
    lines: Annotated[
        bool, typer.Option("--lines", help="A line at a time in colour, not the full screen.")
    ] = False,
    theme: Annotated[
        Theme, typer.Option("--theme", help="Colours of the full screen; Ctrl-T turns them.")
    ] = "auto",
    result: Annotated[
        Path | None, typer.Option("--result", metavar="FILE.json", help="Write the marked answers here.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Take a quiz in the terminal.

    Each answer is kept at once: q, Ctrl-C or the end of input stops, and --resume goes on.

    Time counts only while a question is shown; one whose time is up counts as skipped.
    """
    selection = (count, topic, kind, level, difficulty, question, seed, bank, written_only or None)
    ruled = (feedback, question_time, time_limit, review or None, kiosk or None)
    selected = any(option not in (None, []) for option in (*selection, *ruled))
    _refuse_what_does_not_go_together(
        resume=resume, selected=selected, kiosk=kiosk, review=review, lines=plain or lines, result=result
    )
    if result:
        check_writable(result, force=force)
    language = language_from(lang)
    prepare_streams(language)
    full = not (plain or lines) and supports_fullscreen()
    if kiosk and not full:
        raise MisuseError(
            problem("a kiosk needs the full screen of a terminal", "run it on one that has UTF-8")
        )
    from msgspec.structs import replace

    from quizgen.attempt import Rules

    request = QuizRequest(
        folders=bank,
        recipe=recipe_from(count, topic, kind, level, difficulty, question, written_only),
        seed=seed,
        rules=Rules(feedback=feedback or "each", question_seconds=question_time, quiz_seconds=time_limit),
        kiosk=kiosk,
    )
    history = usable_history(language, needed=resume or review)
    with closing(history) if history else nullcontext():
        if kiosk:
            _run_kiosk(request, AttemptRecorder(history), language, theme)
        with Replies(edited=set_apart(plain=plain)) as replies:
            screen = display(replies, plain=plain)
            kept = None
            if history and not selected:
                kept = latest(history) if resume else offered(history, language, screen, replies)
                if kept and lang:
                    kept = replace(kept, attempt=kept.attempt.in_language(language))
            if kept is None and history and review and not _narrow_to_due(request, history, language):
                return
            attempt = kept.attempt if kept else request.attempt(language)
            prepare_streams(attempt.quiz.language)
            recorder = AttemptRecorder(history, kept)
            if full:
                attempt = take_on_screen(attempt, recorder, replies, screen, theme)
            else:
                from quizgen.screen.line_mode import run

                attempt = run(attempt, screen, recorder, time.time, patient=person_types())
    if result:
        from quizgen.export.format import json_bytes
        from quizgen.export.records import attempt_record

        write_files({result: json_bytes(attempt_record(attempt))})
    if replies.signal:
        raise typer.Exit(128 + replies.signal)


class QuizRequest:
    """What quiz is wanted, and how it is to be taken; the bank is loaded once it is needed."""

    def __init__(
        self, *, folders: list[Path] | None, recipe: "Recipe", seed: int | None, rules: "Rules", kiosk: bool
    ) -> None:
        self._folders = folders
        self.recipe = recipe
        self._seed = seed
        self._rules = rules
        self._kiosk = kiosk

    @cached_property
    def bank(self) -> "Bank":
        """The bank."""
        return load_bank(self._folders)

    def attempt(self, language: str) -> "Attempt":
        """Begin an attempt at such a quiz, drawn anew unless a seed is given."""
        from quizgen.assemble import assemble
        from quizgen.attempt import Attempt

        quiz = assemble(self.bank, self.recipe, new_seed() if self._seed is None else self._seed, language)
        return Attempt(quiz=quiz, started=time.time(), rules=self._rules, kiosk=self._kiosk)


def _run_kiosk(request: QuizRequest, recorder: AttemptRecorder, language: str, theme: Theme) -> NoReturn:
    said, by = run_kiosk(request.attempt(language), recorder, request.attempt, theme)
    for line in said:
        tell(line)
    raise typer.Exit(128 + by if by else 0)


def _refuse_what_does_not_go_together(
    *, resume: bool, selected: bool, kiosk: bool, review: bool, lines: bool, result: Path | None
) -> None:
    if resume and selected:
        raise MisuseError(
            problem(
                "--resume goes on with a quiz as it was chosen",
                "leave out what chooses another; only -l may change",
            )
        )
    if kiosk and (review or lines or result):
        raise MisuseError(
            problem(
                "--kiosk takes the full screen, for whoever comes by",
                "leave out --review, --plain, --lines and --result",
            )
        )


def _narrow_to_due(request: QuizRequest, history: "History", language: str) -> bool:
    """Narrow a request to what is due now, the least known first, or say that nothing is."""
    from msgspec.structs import replace

    from quizgen.assemble import DEFAULT_COUNT, select
    from quizgen.review import schedule

    now, recipe = time.time(), request.recipe
    pool = {question.id for question in select(request.bank, recipe)}
    known = [due for due in schedule(history.reviews(), now) if due.question in pool]
    ready = [due.question for due in known if due.at <= now][: recipe.count or DEFAULT_COUNT]
    if ready:
        request.recipe = replace(recipe, count=None, questions=tuple(ready))
        return True
    typer.echo(message(language, "take.nothing-due"))
    if known:
        date = _dated(min(due.at for due in known), now)
        typer.echo(message(language, "take.due-next", date=date))
    else:
        typer.echo(message(language, "take.due-never"))
    return False


def _dated(moment: float, now: float) -> str:
    """Write the day of a moment, or day and time if that is today."""
    day, today = (time.strftime("%Y-%m-%d", time.localtime(each)) for each in (moment, now))
    return day if day != today else time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))
