"""What a person chose in a quiz, kept for the next: language and colours, in a small file beside the history."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from quizgen.cli.history import history_path
from quizgen.cli.output import write_files
from quizgen.errors import QuizgenError
from quizgen.language import LANGUAGES

if TYPE_CHECKING:
    from quizgen.cli.fullscreen import Theme
    from quizgen.cli.options import Selection


class Settings(Struct, frozen=True, omit_defaults=True):
    """``language`` is a tag, ``theme`` dark or light; "" is not chosen."""

    language: str = ""
    theme: Literal["", "dark", "light"] = ""

    def language_for(self, selection: "Selection") -> str:
        """Give the language of a quiz: that asked for, or else the profile's, or the one kept, or the locale's."""
        chosen = selection.lang or selection.own.profile.languages
        return selection.language if chosen else self.language or selection.language

    def theme_for(self, asked: "Theme") -> "Theme":
        """Give the colours of a quiz: those asked for, or else those kept."""
        return self.theme if asked == "auto" and self.theme else asked


def read_settings() -> Settings:
    """Read what was kept; nothing, where there is no such file or it cannot be read."""
    with suppress(OSError, QuizgenError, msgspec.MsgspecError):
        kept = msgspec.json.decode(_path().read_bytes(), type=Settings)
        if kept.language in ("", *LANGUAGES):
            return kept
    return Settings()


def keep_settings(*, language: str = "", theme: Literal["", "dark", "light"] = "") -> None:
    """Keep what was chosen; where that fails, the next quiz begins as this one did."""
    before = read_settings()
    settings = Settings(language or before.language, theme or before.theme)
    if settings != before:
        with suppress(QuizgenError, OSError):
            write_files({_path(): msgspec.json.encode(settings) + b"\n"})


def _path() -> Path:
    return history_path().with_name("settings.json")
