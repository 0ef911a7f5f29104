"""Inputs that strangers or chance might make, each from a generator of numbers of its own: bytes changed, and texts grown."""

import random
import re
from collections.abc import Sequence

ODD_TEXTS = (
    "", " ", "\x00", "\x1b]0;x\x07", "\u202e", "\ufeff", "\ud7ff", "é" * 50, "a\u0301" * 400, "𠮷", "👩‍👩‍👧", "\t", "\r", "\x85",
    "w" * 3000, "9" * 400, "1e999", "-0", "nan", "~", "null", "{{ x }}", "{% for a in b %}", "{police}", "{nobody}", "[b]", "</p>",
    "&#0;", "'", '"', "\\", "#", ": ", "- ", "*a", "&a", "!!python/object:os.system", "%s", "一" + "亿" * 60, "=1+1", "../../x",
)  # fmt: skip
"""Texts that somebody's program once broke on."""

SVG_TAGS = (
    "g",
    "path",
    "rect",
    "use",
    "image",
    "text",
    "mask",
    "clipPath",
    "marker",
    "linearGradient",
    "stop",
    "pattern",
    "filter",
    "svg",
)
SVG_ATTRIBUTES = {
    "id": ("a", "b", "c"),
    "href": ("#a", "#b", "#c", "x.png", "file:///etc/passwd", "http://example.org/x"),
    "d": ("M0 0h9v9z", "M x", "", "M0 0" + "l1 1" * 500, "M1e400 0"),
    "fill": ("url(#a)", "red", "none", "odd"),
    "mask": ("url(#a)", "url(#b)"),
    "clip-path": ("url(#a)", "url(#c)"),
    "marker-end": ("url(#a)", "url(#b)"),
    "stroke": ("red", "url(#b)"),
    "stroke-width": ("thin", "1", "-1", "1e99"),
    "opacity": ("x", ".5", "-3"),
    "transform": ("rotate(x)", "scale(0)", "translate(1 2)", "matrix(1 2)"),
    "width": ("9", "100%", "-9", "1e9", "0"),
    "height": ("9", "100%", "0"),
    "spreadMethod": ("pad", "repeat", "odd"),
    "offset": ("0", "1", "2", "x"),
}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Change a few places of a file: bytes, whole lines, or odd texts in the place of words."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        raw = chance.choice((_bytes_changed, _lines_changed, _word_changed, _word_changed))(raw, chance)
    return raw


def _bytes_changed(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.randbytes(chance.choice((0, 1, 1, 4))) + raw[at + chance.choice((0, 1, 3)) :]


def _lines_changed(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    first, second = (chance.randrange(len(lines)) for _ in range(2))
    match chance.randrange(4):
        case 0:
            lines[first], lines[second] = lines[second], lines[first]
        case 1:
            del lines[first]
        case 2:
            lines.insert(first, lines[second])
        case _:
            lines[first] = b"  " * chance.choice((1, 1, 200)) + lines[first]
    return b"\n".join(lines)


def _word_changed(raw: bytes, chance: random.Random) -> bytes:
    words = list(re.finditer(rb"[^\s:{}\[\],]+", raw))
    if not words:
        return raw
    word = chance.choice(words)
    return raw[: word.start()] + chance.choice(ODD_TEXTS).encode() + raw[word.end() :]


def page(chance: random.Random) -> bytes:
    """Grow a page of HTML, as badly nested as they come."""
    tags = (
        "p",
        "div",
        "table",
        "td",
        "ul",
        "li",
        "h1",
        "script",
        "style",
        "title",
        "ruby",
        "rt",
        "article",
        "br",
        "svg",
        "template",
    )
    parts = ["<html><body>" if chance.random() < 0.8 else ""]
    for _ in range(chance.randrange(1, 60)):
        tag = chance.choice(tags)
        attribute = (
            f' {chance.choice(("id", "class", "a" * 40))}="{chance.choice(ODD_TEXTS)}"'
            if chance.random() < 0.3
            else ""
        )
        text = chance.choice(
            (
                "Police never ask for a code, neither by telephone nor by text.",
                "警方不会索要验证码。",
                *ODD_TEXTS,
            )
        )
        parts += [f"<{tag}{attribute}>", text, f"</{tag}>" if chance.random() < 0.7 else ""]
    return "".join(parts).encode(chance.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "replace")


def drawing(chance: random.Random) -> bytes:
    """Grow a drawing in SVG, with references to itself and values that are none."""

    def element(depth: int) -> str:
        tag = chance.choice(SVG_TAGS)
        names = chance.sample(sorted(SVG_ATTRIBUTES), chance.randrange(6))
        attributes = "".join(f' {name}="{chance.choice(SVG_ATTRIBUTES[name])}"' for name in names)
        inside = "".join(element(depth + 1) for _ in range(chance.randrange(4))) if depth < 4 else ""
        return f"<{tag}{attributes}>{inside}</{tag}>"

    head = chance.choice(
        ("", '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="gb2312"?>')
    )
    size = chance.choice(
        ('width="40" height="40"', 'viewBox="0 0 9 9"', 'width="0"', 'width="x" height="1e9"')
    )
    grown = "".join(element(0) for _ in range(chance.randrange(1, 6)))
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" {size}>{grown}</svg>'.encode()


def words(chance: random.Random, known: Sequence[str]) -> list[str]:
    """Put a command line together, of words that are known and of others."""
    return [
        chance.choice(known) if chance.random() < 0.7 else chance.choice(ODD_TEXTS).replace("\x00", "")
        for _ in range(chance.randrange(1, 7))
    ]


def replies(chance: random.Random) -> str:
    """Type at a quiz: answers, commands, and what is neither."""
    lines = ("a", "b", "a c", "t", "f", "1a 2b 3c", "c a b", "s", "q", "b", "", "?", "x" * 20_000, *ODD_TEXTS)
    return "".join(chance.choice(lines) + "\n" for _ in range(chance.randrange(1, 12)))
