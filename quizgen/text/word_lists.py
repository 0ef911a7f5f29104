"""Word lists and thresholds of a language, for search and for the lint rules. They are data in ``words/<tag>.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@cache
def load_word_lists(language: str) -> dict[str, Any]:
    """Return the word lists and thresholds of a language; empty if it has no file."""
    path = _FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
