"""``quizgen take``: take a quiz in the terminal, on the full screen or line by line."""

import dataclasses
import time
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from quizgen.cli.console import TERMINAL, Replies, choose_display, is_keyboard_input, prepare_streams
from quizgen.cli.days import (
    best_of_today,
    daily_done_lines,
    daily_share_line,
    due_questions,
    list_due_questions,
    local_today,
    make_final_lines,
    select_daily_questions,
    visitor_rank_lines,
    warn_about_future_answers,
)
from quizgen.cli.fullscreen import Theme, choose_on_screen, run_kiosk, supports_fullscreen, take_on_screen
from quizgen.cli.options import ForceOption, Selection, parse_duration, with_selection
from quizgen.cli.output import check_writable, print_lines, write_files
from quizgen.cli.profile import resolve_theme
from quizgen.cli.recording import (
    AttemptRecorder,
    latest_unfinished_attempt,
    offer_to_resume,
    open_history_or_none,
)
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.text.messages import N_, _

if TYPE_CHECKING:
    from quizgen.attempt import Attempt, Rules
    from quizgen.history import History, StoredAttempt
    from quizgen.profile import Profile


@with_selection
def take(
    selection: Selection,
    resume: Annotated[
        bool, typer.Option("--resume", help=N_("Continue the latest quiz that you have not finished."))
    ] = False,
    review: Annotated[
        bool,
        typer.Option("--review", help=N_("Repeat questions that you are about to forget.")),
    ] = False,
    daily: Annotated[
        bool,
        typer.Option(
            "--daily",
            help=N_("The five questions of today, the same for everybody, once a day."),
        ),
    ] = False,
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help=N_("Ask each question once; missed questions do not come back a few questions later."),
        ),
    ] = False,
    unfold: Annotated[
        bool,
        typer.Option(
            "--unfold",
            help=N_(
                "Show calls and messages one line at a time, as a game: stop a scam as soon as you recognise it, before it costs you money."
            ),
        ),
    ] = False,
    feedback: Annotated[
        Literal["each", "end"] | None,
        typer.Option(
            "--feedback",
            help=N_("When to say what was right: after each answer (each), or only at the end (end)."),
        ),
    ] = None,
    question_time: Annotated[
        float | None,
        typer.Option(
            "--question-time",
            metavar="TIME",
            parser=parse_duration,
            help=N_("Time for each question, such as 20s (20 seconds)."),
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            metavar="TIME",
            parser=parse_duration,
            help=N_("Time for all questions together, such as 10m (10 minutes)."),
        ),
    ] = None,
    kiosk: Annotated[
        bool,
        typer.Option(
            "--kiosk",
            help=N_(
                "Run at a stall, for one visitor after another, without names. To end it, press Ctrl-O, Ctrl-U and Ctrl-T, one after the other."
            ),
        ),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain", help=N_("Plain lines without colour, for screen readers and for other programs.")
        ),
    ] = False,
    lines: Annotated[
        bool,
        typer.Option("--lines", help=N_("Lines in colour, one below the other, instead of the full screen.")),
    ] = False,
    theme: Annotated[
        Theme,
        typer.Option(
            "--theme",
            help=N_(
                "Colours of the full screen: dark, light, or those that suit your terminal (auto). Press Ctrl-T to change them."
            ),
        ),
    ] = "auto",
    result: Annotated[
        Path | None,
        typer.Option(
            "--result",
            metavar="FILE.json",
            help=N_(
                "Also save your answers, and which of them are right, in this file (JSON, for other programs)."
            ),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Take a quiz in the terminal. Every answer is saved at once, and ``--resume`` continues an unfinished quiz."""
    rule_options = (
        feedback,
        question_time,
        time_limit,
        *(option_name or None for option_name in (review, daily, once, unfold, kiosk)),
    )
    selected = not selection.is_default or any(option is not None for option in rule_options)
    _refuse_conflicts(
        resume=resume,
        has_selection=selected,
        kiosk=kiosk,
        has_personal_option=review or daily or plain or lines or bool(result),
        has_review_and_daily=review and daily,
    )
    if result:
        check_writable(result, force=force)
    theme = resolve_theme(theme)
    prepare_streams(language := selection.language)
    full = not (plain or lines) and supports_fullscreen()
    if kiosk and not full:
        raise MisuseError(
            problem(_("a kiosk needs a terminal with a full screen"), _("use a terminal with UTF-8"))
        )
    waits_for_person = is_keyboard_input()
    today = local_today() if daily else None
    rules = _make_rules(
        feedback,
        question_time,
        time_limit,
        asks_again=waits_for_person and not (kiosk or once),
        unfold=unfold or daily,
        daily=today.isoformat() if today else "",
        review=review,
    )
    asked, selection = selection, _select_questions(selection, today, only_exhibits=unfold and not review)

    history = open_history_or_none(language, is_needed=resume or review)
    with closing(history) if history else nullcontext():
        is_drawn = selection.seed is None and not (kiosk or resume)
        begin = partial(_begin_attempt, selection, rules, history=history if is_drawn else None, kiosk=kiosk)
        if kiosk:
            _run_kiosk(begin, history, language, theme, selection.profile_file.profile)
        replies = Replies()
        screen = choose_display(replies, plain=plain)
        stored = None
        if history and today:
            stored = _daily_attempt_to_continue(history, today, language)
        elif history and not selected:
            choose = partial(choose_on_screen, replies=replies, theme=theme) if full else None
            stored = (
                latest_unfinished_attempt(history)
                if resume
                else offer_to_resume(history, language, screen, replies, choose)
            )
        questions = _ids_to_review(selection, history, language) if review else ()
        attempt = stored.attempt if stored else begin(language, questions)
        if selection.lang:
            attempt = attempt.in_language(language)
        prepare_streams(attempt.quiz.language)
        final_lines = (
            partial(make_final_lines, history, on_full_screen=full, folders=selection.bank)
            if history and waits_for_person
            else None
        )
        if full:
            begin_another = partial(
                _begin_another_attempt, asked, attempt.rules, history=history, review=review
            )
            attempt = _take_on_full_screen(
                attempt,
                stored,
                history,
                partial(
                    take_on_screen, replies=replies, screen=screen, theme=theme, make_final_lines=final_lines
                ),
                None if result else begin_another,
            )
        else:
            from quizgen.screen.line_mode import take_quiz

            recorder = AttemptRecorder(history, stored)
            attempt = take_quiz(
                attempt,
                screen,
                save_attempt=recorder,
                now=time.time,
                clock=time.monotonic,
                asks_again_if_unclear=waits_for_person,
                waits_for_enter=waits_for_person and not plain,
                make_final_lines=final_lines,
                best_result=_best_earlier_result(attempt, history),
            )
            recorder.close(attempt)
            recorder.end(attempt.quiz.language)
            _print_share_line(history, attempt)
    if result:
        _write_result(result, attempt, force=force)
    if replies.signal:
        raise typer.Exit(128 + replies.signal)


def _take_on_full_screen(
    attempt: "Attempt",
    stored_attempt: "StoredAttempt | None",
    history: "History | None",
    take_quiz: "Callable[..., tuple[Attempt, bool]]",
    begin_another_quiz: "Callable[[str], Attempt] | None",
) -> "Attempt":
    """Take a quiz on the full screen, and others of its sort while the person asks for another; return the last.

    ``take_quiz`` is a function that shows a quiz; it returns the attempt, and whether the person wants another quiz.
    Without ``begin_another_quiz``, none is offered.
    """
    recorder = AttemptRecorder(history, stored_attempt)
    while True:
        attempt, wants_another = take_quiz(
            attempt,
            recorder,
            best_result=_best_earlier_result(attempt, history),
            offers_another=begin_another_quiz is not None,
        )
        _print_share_line(history, attempt)
        if not (begin_another_quiz and wants_another):
            return attempt
        attempt, recorder = begin_another_quiz(attempt.quiz.language), AttemptRecorder(history)


def _write_result(path: Path, attempt: "Attempt", *, force: bool) -> None:
    """Write the answers of an attempt and its score into a file."""
    from quizgen.formats.format import json_bytes
    from quizgen.formats.records import attempt_record

    write_files({path: json_bytes(attempt_record(attempt))}, force=force)


def _best_earlier_result(attempt: "Attempt", history: "History | None") -> int | None:
    """Return the most that was kept in earlier games of the same length.

    It is ``None`` if there were none, and after the questions of a day, which each have their own sums at stake.
    """
    rules = attempt.rules
    if history is None or rules.daily or not rules.unfold:
        return None
    from quizgen.game import start_money

    with suppress(QuizgenError):  # the problem is reported when an answer is saved
        return history.load_most_money_kept(start_money(attempt.quiz.bank), attempt.total)
    return None


def _make_rules(
    feedback: Literal["each", "end"] | None,
    question_time: float | None,
    time_limit: float | None,
    *,
    asks_again: bool,
    unfold: bool,
    daily: str,
    review: bool,
) -> "Rules":
    """Return the rules of the quiz that these options ask for.

    In an exam, which has feedback at the end or a time limit, missed questions are not repeated.
    """
    from quizgen.attempt import Rules

    is_ordinary = feedback in (None, "each") and question_time is None and time_limit is None
    return Rules(
        feedback=feedback or "each",
        question_seconds=question_time,
        quiz_seconds=time_limit,
        repeat=asks_again and is_ordinary,
        unfold=unfold,
        daily=daily,
        review=review,
    )


def _select_questions(selection: Selection, today: date | None, *, only_exhibits: bool) -> Selection:
    """Select the questions of ``today``, or only those whose exhibit can be shown line by line.

    Kinds or questions that are given are left as they are.
    """
    if today:
        return select_daily_questions(selection, today)
    if not only_exhibits or selection.kind or selection.question:
        return selection
    from quizgen.kinds import EXHIBIT_KINDS

    return dataclasses.replace(selection, kind=list(EXHIBIT_KINDS))


def _begin_attempt(
    selection: Selection,
    rules: "Rules",
    language: str,
    questions: Sequence[str] = (),
    *,
    history: "History | None",
    kiosk: bool,
) -> "Attempt":
    """Begin an attempt at a quiz of exactly these questions, or at a drawn quiz if ``questions`` is empty.

    A drawn quiz prefers questions that the ``history`` does not have.
    """
    from quizgen.assemble import draw_repeats
    from quizgen.attempt import Attempt

    seen_questions = {each.question for each in history.load_past_answers()} if history else frozenset[str]()
    last_seed = history.load_latest_seed() if history else None
    quiz = selection.quiz(language, questions, seen_questions, last_seed)
    repeat_quiz = draw_repeats(selection.loaded_bank, quiz)
    return Attempt(quiz=quiz, started=time.time(), rules=rules, kiosk=kiosk, repeat_quiz=repeat_quiz)


def _begin_another_attempt(
    selection: Selection, rules: "Rules", language: str, *, history: "History | None", review: bool
) -> "Attempt":
    """Begin an attempt at another quiz of the same sort.

    After a review, it has the questions that are due now. If there are none, and after the questions of a day, it is an
    ordinary quiz.
    """
    from msgspec import structs

    selection = dataclasses.replace(selection, seed=None, question=None)
    due = list_due_questions(selection, history) if history and review else []
    rules = structs.replace(rules, review=bool(due))
    if rules.daily:
        rules = structs.replace(rules, daily="", unfold=False)
    selection = _select_questions(selection, None, only_exhibits=rules.unfold and not due)
    return _begin_attempt(selection, rules, language, due, history=history, kiosk=False)


def _ids_to_review(selection: Selection, history: "History | None", language: str) -> list[str]:
    """Return the ids of the questions that are due for review. If there are none, exit."""
    ids = due_questions(selection, history, language) if history else []
    if not ids:
        raise typer.Exit
    return ids


def _daily_attempt_to_continue(history: "History", today: date, language: str) -> "StoredAttempt | None":
    """Return the attempt at today's questions, if it was begun. If it is finished, say so and exit."""
    warn_about_future_answers(history, today, language)
    stored = history.load_daily_attempt(today)
    if stored and stored.attempt.finished_at is not None:
        print_lines(daily_done_lines(history, stored.attempt, language))
        raise typer.Exit
    return stored


def _print_share_line(history: "History | None", attempt: "Attempt") -> None:
    """After the questions of a day, print a line to copy, unless the home page comes back."""
    if attempt.rules.daily and attempt.finished_at is not None and not TERMINAL.has_home:
        print_lines([daily_share_line(history, attempt, attempt.quiz.language)])


def _run_kiosk(
    begin_attempt: "Callable[[str], Attempt]",
    history: "History | None",
    language: str,
    theme: Theme,
    profile: "Profile",
) -> NoReturn:
    """Run quizzes for visitors at a stall, then exit."""
    make_rank_lines = partial(visitor_rank_lines, history) if history else None
    list_best = partial(best_of_today, history) if history else None
    ended_by = run_kiosk(
        begin_attempt(language),
        AttemptRecorder(history),
        begin_attempt,
        theme,
        profile,
        make_rank_lines,
        list_best,
    )
    raise typer.Exit(128 + ended_by if ended_by else 0)


def _refuse_conflicts(
    *, resume: bool, has_selection: bool, kiosk: bool, has_personal_option: bool, has_review_and_daily: bool
) -> None:
    """Raise MisuseError for options that cannot be used together."""
    if resume and has_selection:
        raise MisuseError(
            problem(
                _("--resume continues a quiz with the options it was started with"),
                _("leave out the other options; only -l may be given"),
            )
        )
    if kiosk and has_personal_option:
        raise MisuseError(
            problem(
                _("--kiosk cannot be used with these options"),
                _("leave out --review, --daily, --plain, --lines and --result"),
            )
        )
    if has_review_and_daily:
        raise MisuseError(
            problem(
                _("--review and --daily cannot be used together"),
                _("choose one; --review asks what is due, --daily the five questions of today"),
            )
        )
