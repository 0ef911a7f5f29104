"""``quizgen present``: show a quiz to an audience.

The guide for the speaker runs in a second terminal and follows it through a file.
"""

import os
import shlex
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Generic, Self, TypeVar

import msgspec
import typer
from msgspec import Struct

from quizgen.cli.console import Replies, prepare_streams
from quizgen.cli.fullscreen import Theme, has_colour, is_light, run_app, supports_fullscreen
from quizgen.cli.options import Selection, with_selection
from quizgen.cli.output import read_user_file, say, user_folder
from quizgen.cli.profile import resolve_theme
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import os_error_reason, write_atomically
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.screen.presenting.talk import Talk

T = TypeVar("T")

_FILE_NAME = "present.json"


@with_selection
def present(
    selection: Selection,
    guide: Annotated[
        bool,
        typer.Option(
            "--guide",
            help=N_("Show the speaker’s guide to the talk that runs in another terminal on this computer."),
        ),
    ] = False,
    theme: Annotated[
        Theme,
        typer.Option(
            "--theme",
            help=N_(
                "Colours of the screen: dark, light, or those that suit your terminal (auto). Press t to change them."
            ),
        ),
    ] = "auto",
) -> None:
    """Present a quiz on a projector. With ``--guide``, show the guide for the speaker of the talk that is running."""
    if not supports_fullscreen():
        raise MisuseError(
            problem(_("presenting needs a terminal with a full screen"), _("use a terminal with UTF-8"))
        )
    if guide and not selection.is_default:
        raise MisuseError(
            problem(
                _("--guide follows the running talk, so it takes no other choices"),
                _("leave out all options except --lang and --theme"),
            )
        )
    theme = resolve_theme(theme)
    prepare_streams(selection.language)
    replies = Replies()
    if guide:
        _run_guide(selection, theme, replies)
    else:
        _run_talk(selection, theme, replies)
    if replies.signal:
        raise typer.Exit(128 + replies.signal)


def _run_talk(selection: Selection, theme: Theme, replies: Replies) -> None:
    """Run a talk, then print the command that prints the same questions."""
    quiz, profile = selection.quiz(), selection.profile_file.profile
    colour = has_colour()
    from quizgen.screen.presenting.app import RoomApp, RoomServices
    from quizgen.screen.presenting.talk import TalkHost, start_talk

    host = TalkHost(profile.title, profile.organiser, profile.contact)
    with TalkFile() as shared:
        talk = start_talk(quiz, host, time.monotonic())
        services = RoomServices(now=time.monotonic, share=shared.write)
        app = RoomApp(talk, services, light=is_light(theme), colour=colour)
        run_app(app, replies)
    if shared.failure:
        say(_("the guide could not follow: {reason}", reason=os_error_reason(shared.failure)), err=True)
    shown, total = app.talk.shown_questions, len(quiz.questions)
    if shown < total:
        say(
            _(
                "Presented {shown} of {total} questions, seed {seed}. All of them on paper:\n  {command}",
                shown=shown,
                total=total,
                seed=quiz.seed,
                command=_handout_command(selection, quiz.seed),
            )
        )
        return
    say(
        _(
            "Presented {questions}, seed {seed}. The same questions on paper:\n  {command}",
            questions=ngettext("{count} question", "{count} questions", total),
            seed=quiz.seed,
            command=_handout_command(selection, quiz.seed),
        )
    )


def _run_guide(selection: Selection, theme: Theme, replies: Replies) -> None:
    """Show the guide to the talk that is running on this computer."""
    colour = has_colour()
    from quizgen.screen.presenting.app import GuideApp, GuideServices

    services = GuideServices(now=time.monotonic, follow=make_talk_reader())
    has_own_language = selection.lang is not None
    run_app(
        GuideApp(
            selection.language,
            services,
            has_own_language=has_own_language,
            light=is_light(theme),
            colour=colour,
        ),
        replies,
    )


class _RunningTalk(Struct, Generic[T], frozen=True):
    """The content of the file through which the guide follows a talk: the id of its process, and the talk."""

    pid: int
    talk: T


class TalkFile:
    """The file through which a guide follows a talk. Only the user can read it.

    It is a context manager; at its end, the file is removed. ``failure`` is the error if the file could not be
    written. The talk goes on without it.
    """

    def __init__(self) -> None:
        """Make an object for the file. The file is written by :meth:`write`."""
        self.failure: OSError | None = None

    def __enter__(self) -> Self:
        """Return this object."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Remove the file, unless another talk has written it since."""
        with suppress(OSError, QuizgenError, ValueError):  # ValueError: not JSON, or not UTF-8
            path = _talk_file_path()
            if _read_running_talk(path).pid == os.getpid():  # otherwise another talk has started since
                path.unlink()

    def write(self, talk: "Talk") -> None:
        """Write the current state of a talk. If that fails, set ``failure``."""
        try:
            path = _talk_file_path()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, msgspec.json.encode(_RunningTalk(os.getpid(), talk)), mode=0o600)
        except QuizgenError:
            pass  # the home folder is not known
        except OSError as error:
            self.failure = error


def make_talk_reader() -> Callable[[], "Talk | None"]:
    """Return a function that returns the running talk, or ``None`` if there is none.

    The function reads the file again only if it has changed, or after an error.
    """
    last_state: tuple[int, int] = (0, 0)
    running_talk: _RunningTalk[Talk] | None = None

    def read_talk() -> "Talk | None":
        nonlocal last_state, running_talk
        try:
            path = _talk_file_path()
            file_status = path.stat()
            if (file_status.st_ino, file_status.st_mtime_ns) != last_state:
                last_state, running_talk = (file_status.st_ino, file_status.st_mtime_ns), None
                running_talk = _read_running_talk(path)
            return running_talk.talk if running_talk and _is_running(running_talk.pid) else None
        except ValueError:
            return None
        except (OSError, QuizgenError):
            last_state = 0, 0
            return None

    return read_talk


def _read_running_talk(path: Path) -> "_RunningTalk[Talk]":
    """Read the file. Raises ValueError if another version of the program wrote it."""
    from quizgen.screen.presenting.talk import Talk

    return msgspec.json.decode(read_user_file(path), type=_RunningTalk[Talk])


def _is_running(pid: int) -> bool:
    """Return whether there is a process with this id."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _talk_file_path() -> Path:
    """Return the path of the file through which the guide follows a talk."""
    return user_folder("cache") / _FILE_NAME


def _handout_command(selection: Selection, seed: int) -> str:
    """Return the command that prints a handout with the same questions."""
    words = ["quizgen", "handout", "talk.pdf", "--seed", str(seed)]
    for each in fields(selection):
        value = getattr(selection, each.name)
        option = f"--{each.name.replace('_', '-')}"
        if each.name == "seed" or value is None or value is False or value == []:
            continue
        if value is True:
            words.append(option)
        else:
            words += [
                w for one in (value if isinstance(value, list) else [value]) for w in (option, str(one))
            ]
    return shlex.join(words)
