"""What a person chose in a quiz, kept for the next: the language in their profile, colours beside the history."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from quizgen.cli.history import history_path
from quizgen.cli.output import read_own, say, write_own
from quizgen.errors import QuizgenError
from quizgen.text.languages import LANGUAGES

if TYPE_CHECKING:
    from quizgen.cli.fullscreen import Theme


class Settings(Struct, frozen=True, omit_defaults=True):
    """``theme`` is dark or light, "" not chosen; ``language``, a tag, is of a file from before it went to the profile."""

    language: str = ""
    theme: Literal["", "dark", "light"] = ""

    def theme_for(self, asked: "Theme") -> "Theme":
        """Give the colours of a quiz: those asked for, or else those kept."""
        return self.theme if asked == "auto" and self.theme else asked


def read_settings() -> Settings:
    """Read what was kept; nothing, where there is no such file or it cannot be read."""
    with suppress(OSError, QuizgenError, ValueError):  # of JSON and of UTF-8
        kept = msgspec.json.decode(read_own(_path()), type=Settings)
        if kept.language in ("", *LANGUAGES):
            return kept
    return Settings()


def keep_theme(theme: Literal["", "dark", "light"]) -> None:
    """Keep the colours that were chosen, if any were."""
    before = read_settings()
    if theme:
        _keep(before, Settings(before.language, theme))


def forget_language() -> None:
    """Let go of a language from an older file, since the profile has been told which."""
    before = read_settings()
    _keep(before, Settings(theme=before.theme))


def _keep(before: Settings, settings: Settings) -> None:
    """Write what has changed; where that fails, it is said, and the next quiz begins as this one did."""
    if settings != before:
        try:
            write_own(_path(), msgspec.json.encode(settings) + b"\n")
        except QuizgenError as error:
            for each in error.problems:
                say(each, err=True)


def _path() -> Path:
    return history_path().with_name("settings.json")
