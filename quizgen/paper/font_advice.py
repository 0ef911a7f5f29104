"""Advice on which font has a character, by its script (Unicode Standard Annex 24)."""

from collections.abc import Mapping

from quizgen.text.messages import Message, _, as_is

_CJK = frozenset(("hani", "hira", "kana", "hang", "bopo"))

_SCRIPTS: Mapping[str, Message] = {
    "arab": _("Arabic"),
    "armn": _("Armenian"),
    "beng": _("Bengali"),
    "bopo": _("Bopomofo"),
    "cyrl": _("Cyrillic"),
    "deva": _("Devanagari (Hindi, Marathi, Nepali)"),
    "ethi": _("Ethiopic"),
    "geor": _("Georgian"),
    "grek": _("Greek"),
    "gujr": _("Gujarati"),
    "guru": _("Gurmukhi (Punjabi)"),
    "hang": _("Korean"),
    "hani": _("Chinese characters"),
    "hebr": _("Hebrew"),
    "hira": _("Japanese"),
    "kana": _("Japanese"),
    "khmr": _("Khmer"),
    "knda": _("Kannada"),
    "laoo": _("Lao"),
    "latn": _("Latin letters with marks"),
    "mlym": _("Malayalam"),
    "mong": _("Mongolian"),
    "mymr": _("Burmese"),
    "orya": _("Odia"),
    "sinh": _("Sinhala"),
    "taml": _("Tamil"),
    "telu": _("Telugu"),
    "thai": _("Thai"),
    "tibt": _("Tibetan"),
}
"""Scripts that we have a name for, by their codes (ISO 15924) in small letters."""

_FOR_ALL = frozenset(("zyyy", "zinh"))
"""Codes of characters that many scripts use: signs, symbols, emoji."""

_NO_SCRIPT = "zzzz"
"""The code of characters without a script, such as those for private use."""

_BEYOND = 0x20000
_RAREST = 0x30000
_EMOJI = 0x1F300


def describe_font_for(character: str) -> Message | None:
    """Return the kind of font that has a character, with its package in Debian and Ubuntu; ``None`` if unknown."""
    from fontTools import unicodedata  # noqa: PLC0415  comes with WeasyPrint

    script, code = unicodedata.script(character).lower(), ord(character)
    if script == _NO_SCRIPT or code >= _RAREST:
        return None
    if script in _FOR_ALL:
        is_emoji = code >= _EMOJI
        kind = _("emoji") if is_emoji else _("signs and symbols")
        return _add_package(kind, "fonts-noto-color-emoji" if is_emoji else "fonts-symbola")
    kind = _SCRIPTS.get(script) or as_is(unicodedata.script_name(script.capitalize()))
    if script not in _CJK:
        return _add_package(kind, "fonts-noto-core")
    return _add_package(kind, "fonts-hanazono" if code >= _BEYOND else "fonts-noto-cjk")


def _add_package(kind: Message, package: str) -> Message:
    return _("{kind} (Debian, Ubuntu: apt install {package})", kind=kind, package=package)
