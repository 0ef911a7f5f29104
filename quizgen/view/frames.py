"""Frames of exhibits: what people see around the words of a call, a message or a letter.

Paper, the screen and the web page draw each frame from its entry in ``FRAMES``, each in its own way.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.model import Channel
from quizgen.text.messages import Message, _, as_is

Border: TypeAlias = Literal["none", "panel", "screen", "sheet", "window", "double"]
"""What is around an exhibit: nothing, a panel, the screen of a phone, a sheet of paper, a window, or two lines."""

Said: TypeAlias = Literal["bubbles", "speakers", "text"]
"""How the words stand: in bubbles at both sides, beside the names of the speakers, or as a text."""

Part: TypeAlias = Literal[
    "middle",  # the sender stands in the middle
    "time",  # a line that says "Today"
    "avatar",  # a disc with the sender's initial
    "handset",
    "duration",
    "buttons",  # the two round buttons of a call
    "letterhead",
    "salutation",  # the words with which the text begins have a line of their own
    "signature",
    "seal",
    "at-sign",
    "addressee",  # a line that says "To: you"
    "status-bar",
    "back-arrow",
    "pin",
]


class Frame(Struct, frozen=True):
    """The frame of a channel: what the exhibit is ("A text message from:"), and the parts that are drawn.

    The parts are the same whether an exhibit is genuine or a scam, so they tell nothing.
    """

    label: Message
    border: Border
    said: Said
    parts: tuple[Part, ...]


FRAMES: dict[Channel, Frame] = {
    "sms": Frame(_("A text message from:"), "none", "bubbles", ("middle", "time")),
    "chat": Frame(_("A chat message from:"), "none", "bubbles", ("avatar",)),
    "call": Frame(_("A phone call from:"), "panel", "speakers", ("handset", "duration", "buttons")),
    "email": Frame(_("An e-mail from:"), "window", "text", ("at-sign", "addressee")),
    "letter": Frame(
        _("A letter from:"), "sheet", "text", ("middle", "letterhead", "salutation", "signature", "seal")
    ),
    "notice": Frame(_("A notice:"), "double", "text", ("middle", "pin")),
    "app": Frame(_("A page of an app:"), "screen", "text", ("status-bar", "back-arrow")),
}

WORDS: dict[Part, Message] = {"time": _("Today"), "duration": as_is("00:42"), "addressee": _("To: you")}
"""The words of the parts that have some."""


def frame_words(frame: Frame, language: str) -> dict[str, str]:
    """Return the words of a frame's parts."""
    return {part: WORDS[part].translated(language) for part in frame.parts if part in WORDS}


def initial_of(sender: str) -> str:
    """Return the first letter, digit or Chinese character of a sender, for an avatar; "" if there is none."""
    return next((character.upper() for character in sender if character.isalnum()), "")
