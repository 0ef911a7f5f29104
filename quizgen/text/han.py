"""Chinese characters: which ones they are, and how one script is turned into another."""

from functools import cache
from typing import Any


@cache
def converter(configuration: str) -> Any:
    """Return OpenCC's converter with one of its configurations, such as ``t2s``.

    It is made once, since it takes its time to load.
    """
    import opencc  # noqa: PLC0415  slow to load, and few commands need it

    return opencc.OpenCC(configuration)


def simplified(text: str) -> str:
    """Write a text in Simplified characters."""
    return str(converter("t2s").convert(text))
