"""Characters that no text may hold: those that nobody sees, or that change what others look like."""

import re
import unicodedata

from quizgen.text.messages import Message, _

_KINDS = (
    # What such a character is, and which ones are.
    (_("a control character"), "\x00-\x08\x0b-\x1f\x7f-\x9f"),
    (_("a line separator"), "\u2028\u2029"),
    (_("a control of writing direction"), "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    (
        _("an invisible character"),
        (
            "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
            "\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
        ),
    ),
    (_("a lone surrogate"), "\ud800-\udfff"),
    (_("a private-use character"), "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"),
    (
        _("a noncharacter"),
        "\ufdd0-\ufdef\ufffe\uffff"
        + "".join(
            f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
        ),
    ),
)
LONGEST_TEXT = 5_000
"""Characters of a text of a bank, which is about as many as fill a page; setting type takes a second for a thousand without a space."""

UNSEEN = re.compile("[" + "".join(characters for _kind, characters in _KINDS) + "]")
"""Any of them. A tab and a line feed are not among them, since a file has both between its texts."""


def described(character: str) -> Message:
    """Name a character: ``U+202E (right-to-left override), a control of writing direction``."""
    kind = next(
        (kind for kind, characters in _KINDS if re.match(f"[{characters}]", character)), _("a character")
    )
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return (
        _("{code} ({name}), {kind}", code=code, name=name, kind=kind)
        if name
        else _("{code}, {kind}", code=code, name=name, kind=kind)
    )


def visible(text: str) -> str:
    """Write such characters out as their numbers, so that a message can quote them and they do nothing."""
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
