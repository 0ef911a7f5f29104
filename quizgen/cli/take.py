"""``quizgen take``: a quiz in the terminal, on the full screen or a line at a time."""

import time
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from quizgen.cli.console import Replies, display, person_types, prepare_streams, set_apart
from quizgen.cli.fullscreen import Theme, run_kiosk, supports_fullscreen, take_on_screen
from quizgen.cli.keeping import AttemptRecorder, latest, offered, tell, usable_history
from quizgen.cli.options import ForceOption, Selection, seconds_from, with_selection
from quizgen.cli.output import check_writable, write_files
from quizgen.errors import MisuseError, problem
from quizgen.language import message

if TYPE_CHECKING:
    from quizgen.attempt import Attempt, Rules
    from quizgen.history import History


@with_selection
def take(
    selection: Selection,
    resume: Annotated[bool, typer.Option("--resume")] = False,
    review: Annotated[bool, typer.Option("--review")] = False,
    feedback: Annotated[Literal["each", "end"] | None, typer.Option("--feedback")] = None,
    question_time: Annotated[
        float | None, typer.Option("--question-time", metavar="TIME", parser=seconds_from)
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="TIME", parser=seconds_from)
    ] = None,
    kiosk: Annotated[bool, typer.Option("--kiosk")] = False,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    lines: Annotated[bool, typer.Option("--lines")] = False,
    theme: Annotated[Theme, typer.Option("--theme")] = "auto",
    result: Annotated[Path | None, typer.Option("--result", metavar="FILE.json")] = None,
    force: ForceOption = False,
) -> None:
    """Take a quiz in the terminal.

    Each answer is kept at once: q, Ctrl-C or the end of input stops, and --resume goes on.

    Time counts only while a question is shown; one whose time is up counts as skipped.
    """
    ruled = (feedback, question_time, time_limit, review or None, kiosk or None)
    selected = not selection.is_default or any(option is not None for option in ruled)
    _refuse_what_does_not_go_together(
        resume=resume, selected=selected, kiosk=kiosk, review=review, lines=plain or lines, result=result
    )
    if result:
        check_writable(result, force=force)
    language = selection.language
    prepare_streams(language)
    full = not (plain or lines) and supports_fullscreen()
    if kiosk and not full:
        raise MisuseError(problem("take.kiosk-screen", "take.kiosk-utf8"))
    from msgspec.structs import replace

    from quizgen.attempt import Rules

    rules = Rules(feedback=feedback or "each", question_seconds=question_time, quiz_seconds=time_limit)
    request = QuizRequest(selection, rules, kiosk=kiosk)
    history = usable_history(language, needed=resume or review)
    with closing(history) if history else nullcontext():
        if kiosk:
            _run_kiosk(request, AttemptRecorder(history), language, theme)
        with Replies(edited=set_apart(plain=plain)) as replies:
            screen = display(replies, plain=plain)
            kept = None
            if history and not selected:
                kept = latest(history) if resume else offered(history, language, screen, replies)
                if kept and selection.lang:
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
    """What quiz is wanted, and how it is to be taken."""

    def __init__(self, selection: Selection, rules: "Rules", *, kiosk: bool) -> None:
        self.selection = selection
        self.due: list[str] = []
        """The very questions, where those are wanted that are due."""

        self._rules = rules
        self._kiosk = kiosk

    def attempt(self, language: str) -> "Attempt":
        """Begin an attempt at such a quiz, drawn anew unless a seed is given."""
        from quizgen.attempt import Attempt

        quiz = self.selection.quiz(language, self.due)
        return Attempt(quiz=quiz, started=time.time(), rules=self._rules, kiosk=self._kiosk)


def _run_kiosk(request: QuizRequest, recorder: AttemptRecorder, language: str, theme: Theme) -> NoReturn:
    profile = request.selection.own.profile
    said, by = run_kiosk(request.attempt(language), recorder, request.attempt, theme, profile)
    for line in said:
        tell(line)
    raise typer.Exit(128 + by if by else 0)


def _refuse_what_does_not_go_together(
    *, resume: bool, selected: bool, kiosk: bool, review: bool, lines: bool, result: Path | None
) -> None:
    if resume and selected:
        raise MisuseError(problem("take.as-chosen", "take.only-language"))
    if kiosk and (review or lines or result):
        raise MisuseError(problem("take.kiosk-alone", "take.leave-out"))


def _narrow_to_due(request: QuizRequest, history: "History", language: str) -> bool:
    """Narrow a request to what is due now, the least known first, or say that nothing is."""
    from quizgen.assemble import DEFAULT_COUNT, select
    from quizgen.review import schedule

    now, selection = time.time(), request.selection
    pool = {question.id for question in select(selection.loaded, selection.recipe)}
    known = [due for due in schedule(history.reviews(), now) if due.question in pool]
    ready = [due.question for due in known if due.at <= now][: selection.count or DEFAULT_COUNT]
    if ready:
        request.due = ready
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
