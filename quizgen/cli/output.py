"""Output of commands: lines in the user's language, tables, JSON, and files."""

import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Protocol

import click
import typer

from quizgen.cli.console import release_terminal
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import os_error_reason, read_file, write_atomically
from quizgen.text.characters import escape_forbidden
from quizgen.text.languages import LANGUAGES, find_language, language_from_environment
from quizgen.text.messages import NOTHING, Message, _, ngettext

_OPTION_KEY_PREFIX = "quizgen.asked."
"""The prefix of keys in Click's context that hold options for the whole command line."""

_REDRAW_SECONDS = 0.1  # seconds between two updates of a progress bar
_MAX_USER_FILE_BYTES = 10_000_000  # the largest of quizgen's own files that is read
PROGRESS_DELAY = 0.5
"""Seconds before a progress bar appears; shorter work needs none."""


def keep_in_context(context: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Keep the value of ``--lang`` or ``--profile`` for the rest of the command. This is a callback of Click."""
    context.meta[_OPTION_KEY_PREFIX + str(param.name)] = value
    return value


def reader_language() -> str:
    """Return the language of the user: the one that ``--lang`` names, or else the one that :func:`user_language` returns.

    Help, problems and most output are in this language. If the command line has an error, options after that
    error are not known.
    """
    context = click.get_current_context(silent=True)
    asked = context.meta if context else {}
    return find_language(asked.get(_OPTION_KEY_PREFIX + "lang") or "") or user_language(
        asked.get(_OPTION_KEY_PREFIX + "profile")
    )


def user_language(profile: Path | None = None) -> str:
    """Return the language of a user who has not chosen one: the first of the profile that the program has, or that of the system.

    A profile that cannot be read is ignored here. The command that needs it reports the problem.
    """
    with suppress(QuizgenError):
        if profile or os.path.lexists(profile_path()):
            from quizgen.cli.profile import read_profile  # slow to load, and most users have no profile

            languages = read_profile(profile).profile.languages
            if first := next((tag for tag in languages if tag in LANGUAGES), None):
                return first
    return language_from_environment(os.environ, LANGUAGES)


def user_folder(kind: Literal["cache", "config", "data"]) -> Path:
    """Return the user's folder for quizgen's cache, settings or data.

    Raises QuizgenError if the home folder is not known.
    """
    import platformdirs

    find = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[kind]
    try:
        folder = find("quizgen", appauthor=False)
    except RuntimeError:
        folder = Path("~")  # as older versions of platformdirs return it
    if not folder.is_absolute():
        raise QuizgenError(problem(_("your home folder is not known"), _("set HOME to a folder of yours")))
    return folder


def profile_path() -> Path:
    """Return the path of the user's profile. Raises QuizgenError if the home folder is not known."""
    return user_folder("config") / "profile.toml"


_MIN_LAST_COLUMN = 24
"""The least width of a table's last column; if there is less room, it moves to a line of its own."""


class Translatable(Protocol):
    """Anything that has a text in several languages, such as a message or a problem."""

    def translated(self, language: str) -> str:
        """Return the text in a language."""


def say(what: Translatable, *, err: bool = False) -> None:
    """Print a message in the user's language."""
    if isinstance(what, Message):
        what = replace(what, values=tuple((name, _escape_newlines(value)) for name, value in what.values))
    echo(what.translated(reader_language()), err=err)


MAX_PROBLEMS = 300
"""The most problems that are printed at once."""


def print_problems(problems: Sequence[Problem], omitted_count: int = 0, *, err: bool = False) -> None:
    """Print problems, one on each line, and a last line with the number of those that are left out.

    ``omitted_count`` others are not in the list.
    """
    for each in problems[:MAX_PROBLEMS]:
        say(each, err=err)
    if left := len(problems[MAX_PROBLEMS:]) + omitted_count:
        say(ngettext("and 1 more problem", "and {count} more problems", left), err=err)


def _escape_newlines(value: object) -> object:
    """Escape the newlines in a value, so that the name of a file cannot begin a new line."""
    if isinstance(value, tuple):
        return tuple(map(_escape_newlines, value))
    return str(value).replace("\n", "<U+000A>") if isinstance(value, str | Path) else value


def print_lines(lines: Iterable[str]) -> None:
    """Print each line with :func:`echo`."""
    for line in lines:
        echo(line)


_active_captures: list[tuple[int, list[str]]] = []
"""The width and the collected lines of each active :func:`capture_output`: usually none, at most one."""


@contextmanager
def capture_output(width: int) -> Iterator[list[str]]:
    """Collect the lines that are printed in the ``with`` block, wrapped to a width. They are printed too."""
    lines: list[str] = []
    _active_captures.append((width, lines))
    try:
        yield lines
    finally:
        _active_captures.pop()


def echo(lines: str, *, err: bool = False) -> None:
    """Print one or more lines, and wrap those that are wider than the terminal.

    Wrapped lines keep their indent. Paths and commands are not broken, so that they can be copied. Characters
    that are invisible or that control a terminal are replaced by their numbers.
    """
    release_terminal()
    width = terminal_width(err=err)
    for line in escape_forbidden(lines).split("\n"):
        words = line.lstrip(" ")
        if (len(line) > width or not line.isascii()) and not words.startswith("quizgen "):
            indent = line[: len(line) - len(words)]
            line = "\n".join(indent + row for row in _wrap_text(words, max(width - len(indent), 1)))  # noqa: PLW2901
        for _width, captured in _active_captures:
            captured.extend(line.split("\n"))
        typer.echo(line, err=err)


def _wrap_text(words: str, width: int) -> list[str]:
    """Return the rows of a text, wrapped to a width.

    If the text has two columns, the second is wrapped within itself.
    """
    from rich.cells import cell_len

    from quizgen.screen.wrap import wrap_text

    name, gap, text = (
        re.split(r"(?<=\S)( {2,})(?=\S)", words, maxsplit=1) if "  " in words else ("", "", words)
    )
    column = cell_len(name + gap)
    if gap and 2 * column <= width:
        first, *others = wrap_text(text, width - column)
        return [name + gap + first, *(" " * column + row for row in others)]
    parts = re.split(
        rf"((?<![!-~])/[!-~]{{{min(width, 9999)},}})", words
    )  # every second part is a path that is wider than the room
    return [
        row
        for index, part in enumerate(parts)
        for row in ([part] if index % 2 else wrap_text(part.strip(), width))
        if row
    ]


def print_json(data: Any) -> None:
    """Print data as JSON in UTF-8, even if the terminal has another encoding."""
    from msgspec.json import encode, format  # noqa: A004  its own name

    typer.echo(format(encode(data), indent=2))


def table_csv(table: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV. A cell that begins like a formula is escaped, so that spreadsheets read it as text."""
    from quizgen.formats.format import csv_bytes, escape_formula

    return csv_bytes([list(map(escape_formula, row)) for row in table])


def terminal_width(*, err: bool = False) -> int:
    """Return the width of the terminal in cells, at least 20. Output to a pipe or a file has no limit."""
    stream = sys.stderr if err else sys.stdout
    if not stream.isatty():
        return sys.maxsize
    columns = shutil.get_terminal_size().columns
    if err and not sys.stdout.isatty():
        with suppress(OSError):
            columns = os.get_terminal_size(stream.fileno()).columns
    return max(20, min([columns, *(width for width, _ in _active_captures)]))


def align_columns(rows: Sequence[Sequence[str]], *, right_align_numbers: bool = True) -> list[str]:
    """Return the lines of a table with aligned columns. A Chinese character is two cells wide."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for cell, width in zip(row, widths, strict=True):
            blanks = " " * (width - cell_len(cell))
            cells.append(blanks + cell if right_align_numbers and cell.isdigit() else cell + blanks)
        lines.append("  ".join(cells).rstrip())
    return lines


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table of at least two columns. If the terminal is too narrow, the last column is shortened.

    If the last column would become too narrow, each row takes two or three lines. In a pipe, each row is one
    full line.
    """
    from rich.cells import cell_len

    from quizgen.screen.rows import shorten_text

    width = terminal_width()
    continuation_lines = align_columns([["", *row[1:]] for row in rows])
    last_width = max((cell_len(row[-1]) for row in rows), default=0)
    removable_width = max(last_width - _MIN_LAST_COLUMN, 0)
    lines = align_columns(rows)
    if max(map(cell_len, lines), default=0) - removable_width <= width:
        print_lines(shorten_text(line, width) for line in lines)
        return
    fits = max(map(cell_len, continuation_lines)) - removable_width <= width
    for (first, *others, text_), line in zip(rows, continuation_lines, strict=True):
        if fits or cell_len("  ".join(["", *others, text_])) <= width:
            print_lines([first, shorten_text(line if fits else "  ".join(["", *others, text_]), width)])
        else:
            print_lines([first, "  ".join(["", *others]), f"  {shorten_text(text_, width - 2)}"])


def print_number_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table of numbers. Columns that do not fit are printed below, with the first column repeated."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) + 2 for column in zip(*rows, strict=True)]
    start = 1
    while start < len(widths):
        end = start + 1
        while end < len(widths) and widths[0] + sum(widths[start : end + 1]) - 2 <= terminal_width():
            end += 1
        print_lines(
            [*([""] if start > 1 else []), *align_columns([[row[0], *row[start:end]] for row in rows])]
        )
        start = end


def labelled_lines(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of labels with texts beside them, wrapped to the terminal. In a pipe, each text is one line."""
    from quizgen.screen.wrap import wrap_text

    margin = 2 + max(len(label) for label, _ in rows)
    before = ""
    for label, words in rows:
        for index, line in enumerate(wrap_text(words, max(20, terminal_width() - margin))):
            shown = label if index == 0 and (label != before or label == "fact") else ""
            yield f"{shown:{margin}}{line}"
        before = label


@contextmanager
def progress(total: float) -> Iterator[Callable[[float], None]]:
    """Show a progress bar on stderr in the ``with`` block, if stderr is a terminal.

    The value is a function that sets how much of ``total`` is done.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    share = TaskProgressColumn() if total == 1 else MofNCompleteColumn()
    bar = Progress(BarColumn(), share, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=total)
    begun = shown = time.monotonic()

    def report(done: float) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - begun > PROGRESS_DELAY and now - shown > _REDRAW_SECONDS:
            shown = now
            bar.update(task, completed=done)
            if not bar.live.is_started:
                bar.start()

    try:
        yield report
    finally:
        bar.stop()


def check_writable(*paths: Path, force: bool) -> None:
    """Raise QuizgenError if any of these files cannot be written. Call this before any work is done."""
    problems: list[Problem] = []
    for path in paths:
        try:
            obstacle = _write_problem(path, real_path(path), force=force)
            problems += [obstacle] if obstacle else []
        except QuizgenError as error:
            problems += error.problems
    if problems:
        raise QuizgenError(problems)


def write_files(files: Mapping[Path, bytes | Iterable[bytes]], *, force: bool) -> None:
    """Write files. Each is written completely or not at all, and only ``force`` replaces an existing file.

    Raises QuizgenError if a file cannot be written. If possible, that is found before any file is written;
    otherwise the error lists the files that were.
    """
    check_writable(*files, force=force)
    written: list[Problem] = []
    for path, data in files.items():
        try:
            write_atomically(path, data)
        except OSError as error:
            hint = (
                NOTHING if written else _("nothing was changed; free some disk space, or name another file")
            )
            failed = problem(
                _("cannot write the file: {reason}"), hint, reason=os_error_reason(error), file=str(path)
            )
            raise QuizgenError([failed, *written]) from error
        written.append(problem(_("this file is written"), file=str(path)))


def read_user_file(path: Path) -> bytes:
    """Read a file that :func:`write_user_file` wrote. Raises QuizgenError."""
    return read_file(path, _MAX_USER_FILE_BYTES, _("name a file"))


def write_user_file(path: Path, data: bytes) -> None:
    """Write a file that only the user can read, and make its folder if it does not exist. Raises QuizgenError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_writable(path, force=True)  # without it, an administrator could replace a device
        write_atomically(path, data, mode=0o600)
    except OSError as error:
        raise QuizgenError(
            problem(
                _("cannot write the file: {reason}"),
                _("nothing was changed; free some disk space, or name another file"),
                reason=os_error_reason(error),
                file=str(path),
            )
        ) from error


def real_path(path: Path) -> Path:
    """Return the absolute path of a file, with links resolved.

    Raises QuizgenError if the current folder no longer exists.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        raise QuizgenError(
            problem(_("its folder does not exist"), _("create it first"), file=str(path))
        ) from error


def _write_problem(path: Path, target: Path, *, force: bool) -> Problem | None:
    """Return the problem that prevents writing a file, or ``None``.

    ``path`` is as the user wrote it, ``target`` is resolved.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return creation_problem(target.parent, path)
    except OSError as error:
        return problem(
            _("cannot read it: {reason}"), _("name another"), reason=os_error_reason(error), file=str(path)
        )
    if stat.S_ISDIR(mode):
        return problem(_("this is a folder"), _("name a file"), file=str(path))
    if not stat.S_ISREG(mode):
        return problem(_("this is a device or a pipe, not a file"), _("name a file"), file=str(path))
    if not force:
        return problem(
            _("the file exists"), _("name another file, or overwrite it with --force"), file=str(path)
        )
    return creation_problem(target.parent, path)


def creation_problem(folder: Path, path: Path) -> Problem | None:
    """Return the problem that prevents creating a file in a folder, or ``None``.

    ``path`` is the file as the user wrote it.
    """
    if not folder.is_dir():
        return problem(_("its folder does not exist"), _("create it first"), file=str(path))
    if not os.access(folder, os.W_OK):
        return problem(_("its folder is write-protected"), _("name another"), file=str(path))
    return None
