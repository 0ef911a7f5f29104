"""Word lists and thresholds of a language: data in ``words/<tag>.toml``, for search and for the rules of item writing."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@cache
def word_lists(language: str) -> dict[str, Any]:
    """Return the data of a language; empty if it has no file."""
    path = _FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
