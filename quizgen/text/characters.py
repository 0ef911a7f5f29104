"""Characters that no text may have, because they are invisible or change how other characters look."""

import re
import unicodedata

from quizgen.text.messages import Message, _

_FORBIDDEN_RANGES = (
    # The description of a range, and its characters.
    (_("a control character"), "\x00-\x08\x0b-\x1f\x7f-\x9f"),
    (_("a line separator"), "\u2028\u2029"),
    (_("a control character for writing direction"), "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    (
        _("an invisible character"),
        (
            "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
            "\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
        ),
    ),
    (_("a lone surrogate"), "\ud800-\udfff"),
    # Few ranges above U+FFFF, because the regular expression compares each character with each of these.
    (_("a private-use character"), "\ue000-\uf8ff\U000f0000-\U0010ffff"),
    (_("a noncharacter"), "\ufdd0-\ufdef\ufffe\uffff"),
)
MAX_TEXT_LENGTH = 5_000
"""The most characters in a text of a bank, about a page. Layout takes a second for a thousand characters without a space."""

FORBIDDEN_CHARACTERS = re.compile("[" + "".join(characters for _kind, characters in _FORBIDDEN_RANGES) + "]")
"""Any of these characters. Tabs and line feeds are allowed here, since a file has both between its texts."""


def describe_character(character: str) -> Message:
    """Return a message that names a character: ``U+202E (right-to-left override), a control of writing direction``."""
    kind = next(
        (kind for kind, characters in _FORBIDDEN_RANGES if re.match(f"[{characters}]", character)),
        _("a character"),
    )
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return (
        _("{code} ({name}), {kind}", code=code, name=name, kind=kind)
        if name
        else _("{code}, {kind}", code=code, name=name, kind=kind)
    )


def escape_forbidden(text: str) -> str:
    """Replace forbidden characters by their numbers, such as ``<U+202E>``, so that a message can quote the text safely."""
    return FORBIDDEN_CHARACTERS.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
