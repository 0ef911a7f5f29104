"""Random inputs: files with changed bytes, and generated texts. Each is made from a random number generator of its own."""

import io
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

ODD_TEXTS = (
    "", " ", "\x00", "\x1b]0;x\x07", "\u202e", "\ufeff", "\ud7ff", "é" * 50, "a\u0301" * 400, "𠮷", "👩‍👩‍👧", "\t", "\r", "\x85", "\f", "\v", "&#12", "&#x1f;", "\ufffe",
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
    """Generate a badly nested page of HTML."""
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
    """Generate a drawing in SVG, with references to itself and invalid values."""

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
    """Generate lines typed at a quiz: answers, commands, and others."""
    lines = ("a", "b", "a c", "t", "f", "1a 2b 3c", "c a b", "s", "q", "b", "", "?", "x" * 20_000, *ODD_TEXTS)
    return "".join(chance.choice(lines) + "\n" for _ in range(chance.randrange(1, 12)))


def repacked(raw: bytes, chance: random.Random) -> bytes:
    """Change the parts of a zip file, and now and then the zip file itself, where a checksum would notice most changes."""
    if chance.random() < 0.2:
        return mutated(raw, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(packed, "w") as after:
        sheet = max(before.infolist(), key=lambda part: part.file_size)
        for part in before.infolist():
            content = before.read(part)
            after.writestr(part.filename, mutated(content, chance) if part == sheet else content)
    return packed.getvalue()


def document(schema: Mapping[str, Any], chance: random.Random) -> Any:
    """Generate a file of a bank from its schema, mostly a valid one."""
    kinds = ["TopicFile", *(name for name in schema["$defs"] if name.endswith("File"))]
    return _grown(schema["$defs"][chance.choice(kinds)], schema["$defs"], chance, 0)


def _grown(  # noqa: PLR0911  a return for each sort of rule
    rule: Mapping[str, Any], known: Mapping[str, Any], chance: random.Random, deep: int
) -> Any:
    if "$ref" in rule:
        return _grown(known[rule["$ref"].rpartition("/")[2]], known, chance, deep)
    if kinds := rule.get("allOf"):
        return _grown(chance.choice(kinds)["then"], known, chance, deep)
    if choices := rule.get("oneOf") or rule.get("anyOf"):
        return _grown(chance.choice(choices), known, chance, deep)
    if "enum" in rule or "const" in rule:
        return chance.choice(rule.get("enum") or [rule["const"]])
    if chance.random() < 0.02:  # now and then what nobody wants there
        return chance.choice((None, [], {}, 7, 1e308, True, *ODD_TEXTS))
    type_ = rule.get("type", "object" if "properties" in rule else "string")
    match chance.choice(type_) if isinstance(type_, list) else type_:
        case "object":
            return {
                name: _grown(each, known, chance, deep + 1)
                for name, each in rule.get("properties", {}).items()
                if chance.random() < (0.97 if name in rule.get("required", ()) else 0.4)
            }
        case "array":
            least = rule.get("minItems", 0)
            count = min(chance.randrange(least, least + 3), rule.get("maxItems", 9)) if deep < 9 else 0
            return [_grown(rule.get("items", {}), known, chance, deep + 1) for _ in range(count)]
        case "integer" | "number":
            return chance.choice((0, 1, 2, 3, -1, 10**9))
        case "boolean":
            return chance.random() < 0.5
        case _:
            return chance.choice(SLUGS if "pattern" in rule else (*PLAIN_TEXTS, *ODD_TEXTS))


SLUGS = (
    "a",
    "b",
    "parcels",
    "callers",
    "parcels/signs",
    "market-talk/q1-a1",
    "cn",
    "police",
    "A",
    "a--b",
    "110",
    "x" * 61,
)
PLAIN_TEXTS = (
    "Which of these is a sign?",
    "Police never ask for a code.",
    "哪一项是骗局？",
    "Ring {police} now.",
    "It costs ____ yuan.",
    "Haste",
)
