"""Characters that no text may hold: those that nobody sees, or that change what others look like."""

import re
import unicodedata

_KINDS = (
    # What such a character is, and which ones are.
    ("a control character", "\x00-\x08\x0b-\x1f\x7f-\x9f"),
    ("a line separator", "\u2028\u2029"),
    ("a control of writing direction", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    (
        "an invisible character",
        (
            "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
            "\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
        ),
    ),
    ("a lone surrogate", "\ud800-\udfff"),
    ("a private-use character", "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"),
    (
        "a noncharacter",
        "\ufdd0-\ufdef\ufffe\uffff"
        + "".join(
            f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
        ),
    ),
)
_PATTERNS = tuple((kind, re.compile(f"[{characters}]")) for kind, characters in _KINDS)

UNSEEN = re.compile("[" + "".join(characters for _, characters in _KINDS) + "]")
"""Any of them. A tab and a line feed are not among them, since a file has both between its texts."""


def described(character: str) -> str:
    """Name a character: ``U+202E (right-to-left override), a control of writing direction``."""
    kind = next((kind for kind, pattern in _PATTERNS if pattern.match(character)), "a character")
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "") + f", {kind}"


def visible(text: str) -> str:
    """Write such characters out as their numbers, so that a message can quote them and they do nothing."""
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
