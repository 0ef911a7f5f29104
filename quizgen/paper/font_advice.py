"""Advice on which font has a character, by its script (Unicode Standard Annex 24)."""

from quizgen.text.messages import Message, text

_CJK = frozenset(("hani", "hira", "kana", "hang", "bopo"))

_NAMED = _CJK | {
    "arab", "armn", "beng", "cyrl", "deva", "ethi", "geor", "grek", "gujr", "guru", "hebr", "khmr", "knda", "laoo",
    "latn", "mlym", "mong", "mymr", "orya", "sinh", "taml", "telu", "thai", "tibt",
}  # fmt: skip
"""Scripts with a name in the locales, by their codes (ISO 15924) in small letters."""

_FOR_ALL = frozenset(("zyyy", "zinh"))
"""Codes of characters that many scripts use: signs, symbols, emoji."""

_NO_SCRIPT = "zzzz"
"""The code of characters without a script, such as those for private use."""

_BEYOND = 0x20000
_RAREST = 0x30000
_EMOJI = 0x1F300


def font_for(character: str) -> Message | None:
    """Return what kind of font has a character, with its package in Debian and Ubuntu; ``None`` if that is unknown."""
    from fontTools import unicodedata  # noqa: PLC0415  comes with WeasyPrint

    script, code = unicodedata.script(character).lower(), ord(character)
    if script == _NO_SCRIPT or code >= _RAREST:
        return None
    if script in _FOR_ALL:
        is_emoji = code >= _EMOJI
        kind = text("script.emoji" if is_emoji else "script.signs")
        return _packed(kind, "fonts-noto-color-emoji" if is_emoji else "fonts-symbola")
    kind = text(
        f"script.{script if script in _NAMED else 'other'}",
        script=unicodedata.script_name(script.capitalize()),
    )
    if script not in _CJK:
        return _packed(kind, "fonts-noto-core")
    return _packed(kind, "fonts-hanazono" if code >= _BEYOND else "fonts-noto-cjk")


def _packed(kind: Message, package: str) -> Message:
    return text("script.package", kind=kind, package=package)
