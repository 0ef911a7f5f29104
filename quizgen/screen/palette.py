"""The colours of the full screen: for dark and light backgrounds, and without colours. Needs Rich."""

from rich.style import Style

from quizgen.screen.rows import Look

DARK: dict[Look, str] = {
    "text": "#e4e6eb on #15181e",
    "strong": "bold #ffffff on #15181e",
    "heading": "#a3abb8 on #15181e",
    "dim": "#a3abb8 on #15181e",
    "accent": "bold #7cc4ff on #15181e",
    "head": "bold #ffffff on #26436b",
    "chip": "#ffffff on #39424f",
    "picked": "bold #10233a on #8fd0ff",
    "cursor": "#ffffff on #2b3442",
    "right": "bold #86e0a0 on #15181e",
    "wrong": "bold #ff9c94 on #15181e",
    "sign": "bold underline #ffd479 on #15181e",
    "warn": "bold #ffd479 on #15181e",
    "full": "#7cc4ff on #15181e",
    "empty": "#4a5361 on #15181e",
    "key": "bold #ffffff on #39424f",
    "foot": "#c3c9d3 on #1f242c",
}
LIGHT: dict[Look, str] = {
    "text": "#22262d on #fbfbf8",
    "strong": "bold #000000 on #fbfbf8",
    "heading": "#555d69 on #fbfbf8",
    "dim": "#555d69 on #fbfbf8",
    "accent": "bold #0b5cad on #fbfbf8",
    "head": "bold #ffffff on #1f4f8f",
    "chip": "#15181e on #dfe3ea",
    "picked": "bold #ffffff on #0b5cad",
    "cursor": "#000000 on #e3edf9",
    "right": "bold #14692f on #fbfbf8",
    "wrong": "bold #a8201a on #fbfbf8",
    "sign": "bold underline #7a4d00 on #fbfbf8",
    "warn": "bold #7a4d00 on #fbfbf8",
    "full": "#0b5cad on #fbfbf8",
    "empty": "#b4bac4 on #fbfbf8",
    "key": "bold #15181e on #d3d9e2",
    "foot": "#3b424d on #eceef1",
}
NONE: dict[Look, str] = {
    "strong": "bold",
    "accent": "bold",
    "head": "reverse",
    "chip": "reverse",
    "picked": "bold reverse",
    "cursor": "bold",
    "right": "bold",
    "wrong": "bold",
    "sign": "bold underline",
    "warn": "bold",
    "key": "reverse",
}

TERMINAL: dict[Look, str] = {
    "strong": "bold",
    "heading": "bold",
    "accent": "bold cyan",
    "dim": "dim",
    "right": "bold green",
    "wrong": "bold red",
    "warn": "bold yellow",
    "full": "green",
    "empty": "dim",
}
"""The palette of line mode, with the terminal's own colours."""

ROOM_DARK: dict[Look, str] = DARK | {
    "text": DARK["strong"],
    "dim": "#e4e6eb on #15181e",
    "heading": "#e4e6eb on #15181e",
    "empty": "#a3abb8 on #15181e",
}
ROOM_LIGHT: dict[Look, str] = LIGHT | {
    "text": LIGHT["strong"],
    "dim": "#22262d on #fbfbf8",
    "heading": "#22262d on #fbfbf8",
    "empty": "#555d69 on #fbfbf8",
}
"""Palettes for projectors, which wash out pale colours: bold, and nothing pale."""


def build_styles(palette: dict[Look, str]) -> dict[str, Style]:
    """Return a Rich style for each look of text.

    A look without a colour in the palette has the terminal's own colours.
    """
    return {look: Style.parse(palette.get(look, "none")) for look in DARK}
