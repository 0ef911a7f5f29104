"""Texts reduced to what counts when they are compared."""

import unicodedata


def folded(text: str) -> str:
    """Reduce a text to what tells it apart from another: not width, case or spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
