"""``quizgen profile``: show and change the settings that an organiser makes once for all talks."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from quizgen.cli import completion
from quizgen.cli.console import Replies, is_interactive, prepare_streams
from quizgen.cli.output import (
    keep_in_context,
    labelled_lines,
    print_json,
    print_lines,
    profile_path,
    reader_language,
    say,
    write_user_file,
)
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import read_file
from quizgen.text.languages import locale
from quizgen.text.messages import N_, _, in_brackets

if TYPE_CHECKING:
    from quizgen.cli.fullscreen import Theme
    from quizgen.paper.design import Logo
    from quizgen.profile import Profile, ProfileFile, Value

ProfileOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="FILE",
        is_eager=True,
        callback=keep_in_context,
        help=N_("A file with settings to use instead of your profile (`quizgen profile`)."),
    ),
]

ChangedProfileOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="FILE",
        is_eager=True,
        callback=keep_in_context,
        help=N_("Change the settings in this file instead of your profile."),
    ),
]

CLEAR = "-"
"""The word that removes a value."""


def read_profile(asked_path: Path | None) -> "ProfileFile":
    """Read the profile that ``--profile`` names, or else the user's own. If the user has none, return an empty profile.

    Raises QuizgenError with all problems of the profile, and MisuseError if the named file does not exist.
    """
    from quizgen.profile import ProfileFile

    path = asked_path
    if path is None:
        with suppress(QuizgenError):  # without a home folder there is no profile
            path = profile_path()
    raw = _read_profile_bytes(path) if path else None
    if raw is None:
        if asked_path:
            raise MisuseError(
                problem(
                    _("there is no such profile"),
                    _("check its name, or create it with `quizgen profile set --profile FILE`"),
                    file=str(asked_path),
                )
            )
        return ProfileFile()
    return _parse_profile_or_raise(str(path), raw)


def read_profile_logo(file: "ProfileFile") -> "Logo | None":
    """Read the logo that a profile names, if any. Raises QuizgenError if it cannot be read or is not a picture."""
    from quizgen.paper.images import MAX_BYTES

    if not file.profile.logo:
        return None
    path = Path(file.name).parent / Path(file.profile.logo).expanduser()
    try:
        return read_logo_in_child(str(path), read_file(path, MAX_BYTES, _("save it smaller")))
    except QuizgenError as error:
        what = _("cannot read the logo {name}: {reason}", name=str(path), reason=error.problems[0].what)
    raise QuizgenError(
        file.problem(
            "logo",
            what,
            _(
                "name another with `quizgen profile set logo FILE`, or clear it with `quizgen profile set logo -`"
            ),
        )
    )


def read_logo_in_child(name: str, data: bytes) -> "Logo":
    """Make a logo from the bytes of a picture, in a child process. Raises QuizgenError if it cannot be printed."""
    from quizgen.cli.child_process import run_in_child
    from quizgen.paper.images import read_logo

    return run_in_child(name, read_logo, name, data)


def read_profile_bank(file: "ProfileFile") -> list[Path]:
    """Return the folder of the question bank that a profile names, in a list, or an empty list if it names none.

    Raises QuizgenError if there is no such folder.
    """
    if not file.profile.bank:
        return []
    path = Path(file.name).parent / Path(file.profile.bank).expanduser()
    if not path.exists():
        raise QuizgenError(
            file.problem(
                "bank",
                _("there is no bank {name}", name=str(path)),
                _(
                    "name another with `quizgen profile set bank FOLDER`, or clear it with `quizgen profile set bank -`"
                ),
            )
        )
    return [path]


def show_if_no_subcommand(context: typer.Context) -> None:
    """Show the profile, if the command line names no subcommand of ``profile``."""
    if context.invoked_subcommand is None:
        show()


def show(
    profile: ProfileOption = None,
    json: Annotated[bool, typer.Option("--json", help=N_("Print JSON, for other programs."))] = False,
) -> None:
    """Print the settings of the profile."""
    file = read_profile(profile)
    if json:
        print_json(file.profile)
    elif rows := [(key, _value_as_text(value)) for key, value in file.profile.items().items() if value]:
        print_lines(labelled_lines(rows))
    else:
        say(_("The profile is empty; `quizgen profile set` fills it in step by step."))
    read_profile_logo(file)


def path(profile: ProfileOption = None) -> None:
    """Print the path of the profile, even if it does not exist yet."""
    typer.echo(str(profile or profile_path()))  # not wrapped, so that it can be copied


def set_(
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="[SETTING]",
            autocompletion=completion.complete_profile_keys,
            help=N_(
                "The setting to change: organiser, contact, logo, languages or another that `quizgen profile set` asks for."
            ),
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            autocompletion=completion.complete_profile_values,
            help=N_("The new value, or a hyphen (-) to clear the setting."),
        ),
    ] = None,
    profile: ChangedProfileOption = None,
) -> None:
    """Change one setting, or clear it if the value is -.

    Without a value, ask for it; without a key, ask for all settings.
    """
    from quizgen.profile import KEYS, explain_unknown_key

    target = profile or profile_path()
    if key is not None and key not in KEYS:
        raise MisuseError(problem(*explain_unknown_key(key)))
    if (key is None or value is None) and not is_interactive():
        raise MisuseError(
            problem(
                _("there is no terminal to ask on"),
                _("give a setting and its value: quizgen profile set SETTING VALUE"),
            )
        )
    raw = _read_profile_bytes(target) or b""
    before = _parse_profile_or_raise(str(target), raw, ignored_key=key or "")
    if key is None or value is None:
        changed = _ask_for_values(before, [key] if key else KEYS)
    else:
        changed = _set_typed_value(before, key, value)
    if (_read_profile_bytes(target) or b"") != raw:
        raise QuizgenError(
            problem(
                _("the profile was changed while you answered"),
                _("nothing was written; set it again"),
                file=str(target),
            )
        )
    _write_profile(target, changed, before)
    say(_("{file}: written", file=str(target)), err=True)


def save_language(language: str) -> None:
    """Make a language the first in the user's profile, so that it is the default."""
    _change_profile(lambda profile: profile.with_value("languages", (language, *profile.languages)))


def save_theme(theme: Literal["", "dark", "light"]) -> None:
    """Save the colours that the user chose on the full screen, if any, in the user's profile."""
    if theme:
        _change_profile(lambda profile: profile.with_value("theme", theme))


def resolve_theme(asked_theme: "Theme") -> "Theme":
    """Return the colours of the full screen.

    If the option says "auto", they come from the user's profile, if it names some.
    """
    with suppress(QuizgenError):  # a command that needs the profile reports its problems
        return (read_profile(None).profile.theme or asked_theme) if asked_theme == "auto" else asked_theme
    return asked_theme


def _change_profile(change_values: Callable[["Profile"], "Profile"]) -> None:
    """Change the user's profile with a function. If that fails, print why."""
    try:
        path = profile_path()
        before = _parse_profile_or_raise(str(path), _read_profile_bytes(path) or b"")
        _write_profile(path, change_values(before.profile), before)
    except QuizgenError as error:
        for each in error.problems:
            say(each, err=True)


def _set_typed_value(file: "ProfileFile", key: str, typed_text: str) -> "Profile":
    """Return the profile with a value that the user typed. Raises MisuseError if the value is not valid."""
    from quizgen.profile import InvalidValueError, parse_typed_value

    if typed_text.strip() == CLEAR:
        return file.profile.with_value(key, "")
    try:
        parsed = parse_typed_value(key, typed_text)
    except InvalidValueError as refused:
        raise MisuseError(problem(refused.what, refused.hint)) from refused
    if key not in ("logo", "bank") or not parsed:
        return file.profile.with_value(key, parsed)
    # A typed path is relative to the current folder, one in the profile to the profile's folder.
    try:
        path, folder = Path(os.path.abspath(str(parsed))), Path(os.path.abspath(Path(file.name).parent))  # noqa: PTH100  links stay
    except OSError as error:  # the current folder was deleted
        raise MisuseError(
            problem(_("its folder does not exist"), _("create it first"), file=str(parsed))
        ) from error
    changed = file.profile.with_value(
        key, str(path.relative_to(folder) if path.is_relative_to(folder) else path)
    )
    if key == "bank":
        _check_is_bank(path, typed_text)
        return changed
    try:
        read_profile_logo(file._replace(profile=changed, text=""))
    except QuizgenError as error:
        first = error.problems[0]
        raise MisuseError(problem(first.what, _("use a PNG, JPEG, GIF, WebP or SVG file"))) from error
    return changed


def _check_is_bank(path: Path, typed_text: str) -> None:
    """Raise MisuseError if there is no question bank at a path. A bank with problems counts, too."""
    from quizgen.bank import read_declaration

    try:
        read_declaration([path])
    except QuizgenError as error:
        first = error.problems[0]
        raise MisuseError(problem(first.what, first.hint, file=typed_text)) from error


def _ask_for_values(file: "ProfileFile", keys: "tuple[str, ...] | list[str]") -> "Profile":
    """Ask for values one by one, and return the changed profile.

    Enter keeps a value; an invalid value is asked for again.
    """
    from quizgen.profile import MEANINGS, NAMES, possible_values

    prepare_streams("zh-Hans")
    language = reader_language()
    print_lines(
        [
            _(
                "Type a value for each. Enter keeps the current value, {clear} clears it, Ctrl-C cancels everything.",
                clear=CLEAR,
            ).translated(language)
        ]
    )
    replies = Replies()
    for key in keys:
        name = NAMES[key].translated(language)
        shown = name if name == key else name + in_brackets([key], language)
        print_lines(["", f"{shown}: {MEANINGS[key].translated(language)}"])
        if allowed_values := possible_values(key):
            print_lines([f"  {locale(language).comma.join(allowed_values)}"])
        if current_value := file.profile.items()[key]:
            print_lines(["  " + _("now: {value}", value=_value_as_text(current_value)).translated(language)])
        while (line := replies()) is not None and line.strip():
            try:
                file = file._replace(profile=_set_typed_value(file, key, line))
            except MisuseError as error:
                print_lines([found.translated(language) for found in error.problems])
            else:
                break
        if line is None:
            say(_("nothing is written"), err=True)
            raise typer.Exit(128 + replies.signal if replies.signal else 1)
    return file.profile


def _read_profile_bytes(path: Path) -> bytes | None:
    """Return the bytes of a profile, or ``None`` if the file does not exist.

    Raises QuizgenError if it cannot be read.
    """
    from quizgen.profile import MAX_BYTES

    return (
        read_file(
            path,
            MAX_BYTES,
            _("rename it to make room for the profile, or name another profile with --profile"),
            _("rename it to make room for the profile, or name another profile with --profile"),
        )
        if os.path.lexists(path)
        else None
    )


def _parse_profile_or_raise(name: str, raw: bytes, *, ignored_key: str = "") -> "ProfileFile":
    """Parse a profile.

    Raises QuizgenError with all its problems, except those of ``ignored_key``, whose value is about to change.
    """
    from quizgen.profile import parse_profile

    file, problems = parse_profile(name, raw)
    if ignored_key:
        problems.pop(ignored_key, None)
    if problems:
        raise QuizgenError(sorted(problems.values()))
    return file


def _write_profile(path: Path, profile: "Profile", earlier_file: "ProfileFile") -> None:
    """Write a profile to its file, with the comments and the order that the file had before."""
    from quizgen.profile import to_toml

    write_user_file(path, to_toml(profile, earlier_file).encode())


def _value_as_text(value: "Value") -> str:
    """Return a value of the profile as one line of text."""
    return value if isinstance(value, str) else " ".join(value)
