"""``quizgen present``: show a quiz to a room, and the guide for the speaker, which follows through a file."""

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
from quizgen.cli.profile import theme_for
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import reason, write_atomically
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.screen.presenting.talk import Talk

T = TypeVar("T")

_FILE = "present.json"


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
                "Colours of the screen: dark, light, or those that suit your terminal (auto). t switches them."
            ),
        ),
    ] = "auto",
) -> None:
    """Hold a quiz before a room, on a projector: questions in large letters, hands counted, answers by key.

    With --guide, in a second terminal, the speaker sees the key, the reason, and what comes next.
    """
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
    theme = theme_for(theme)
    prepare_streams(selection.language)
    replies = Replies()
    if guide:
        _show_guide(selection, theme, replies)
    else:
        _present(selection, theme, replies)
    if replies.signal:
        raise typer.Exit(128 + replies.signal)


def _present(selection: Selection, theme: Theme, replies: Replies) -> None:
    """Run a talk, then print the command that prints the same questions."""
    quiz, profile = selection.quiz(), selection.own.profile
    colour = has_colour()
    from quizgen.screen.presenting.app import RoomApp, RoomServices
    from quizgen.screen.presenting.talk import Host, begin

    host = Host(profile.title, profile.organiser, profile.contact)
    with SharedTalk() as shared:
        talk = begin(quiz, host, time.monotonic())
        services = RoomServices(now=time.monotonic, share=shared.put)
        run_app(RoomApp(talk, services, light=is_light(theme), colour=colour), replies)
    if shared.failure:
        say(_("the guide could not follow: {reason}", reason=reason(shared.failure)), err=True)
    questions = ngettext("{count} question", "{count} questions", len(quiz.questions))
    say(
        _(
            "Presented {questions}, seed {seed}. The same questions on paper:\n  {command}",
            questions=questions,
            seed=quiz.seed,
            command=_handout_command(selection, quiz.seed),
        )
    )


def _show_guide(selection: Selection, theme: Theme, replies: Replies) -> None:
    """Follow the talk that runs on this machine."""
    colour = has_colour()
    from quizgen.screen.presenting.app import GuideApp, GuideServices

    services = GuideServices(now=time.monotonic, follow=talk_reader())
    own = selection.lang is not None
    run_app(GuideApp(selection.language, services, own=own, light=is_light(theme), colour=colour), replies)


class _Record(Struct, Generic[T], frozen=True):
    """The content of the file: the process of the talk, and the talk."""

    pid: int
    talk: T


class SharedTalk:
    """The file through which a guide follows a talk. Only the user can read it; it is removed at the end of the context.

    ``failure`` is the error if it could not be written; the talk goes on without it.
    """

    def __init__(self) -> None:
        self.failure: OSError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        with suppress(OSError, QuizgenError, ValueError):  # ValueError: not JSON, or not UTF-8
            path = _path()
            if _read(path).pid == os.getpid():  # otherwise another talk has started since
                path.unlink()

    def put(self, talk: "Talk") -> None:
        """Write the state of a talk, whole or not at all."""
        try:
            path = _path()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, msgspec.json.encode(_Record(os.getpid(), talk)), mode=0o600)
        except QuizgenError:
            pass  # the home folder is not known
        except OSError as error:
            self.failure = error


def talk_reader() -> Callable[[], "Talk | None"]:
    """Return a function that reads the talk that runs, if any. It reads the file only after a change.

    After an error, it reads the file again.
    """
    seen: tuple[int, int] = (0, 0)
    record: _Record[Talk] | None = None

    def follow() -> "Talk | None":
        nonlocal seen, record
        try:
            path = _path()
            about = path.stat()
            if (about.st_ino, about.st_mtime_ns) != seen:
                seen, record = (about.st_ino, about.st_mtime_ns), None
                record = _read(path)
            return record.talk if record and _is_running(record.pid) else None
        except ValueError:
            return None
        except (OSError, QuizgenError):
            seen = 0, 0
            return None

    return follow


def _read(path: Path) -> "_Record[Talk]":
    """Read the process and the talk; raises ValueError for a file of another version."""
    from quizgen.screen.presenting.talk import Talk

    return msgspec.json.decode(read_user_file(path), type=_Record[Talk])


def _is_running(pid: int) -> bool:
    """Return whether a process exists."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _path() -> Path:
    return user_folder("cache") / _FILE


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
