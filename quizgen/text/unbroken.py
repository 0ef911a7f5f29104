"""Find what must stay on one line: addresses, options, telephone numbers, numbers with their units, and short line ends."""

import re

from quizgen.text.han import HAN, KANA

_HAN = f"[{HAN}{KANA}]"

_UNBROKEN = re.compile(
    # "--seed 7": an option of the command line and its value, with a blank between them that does not break
    r"(--[a-z-]+(?:\u00a0\w+)?"
    # "call-stop.example", "example.org/anti-fraud": an address of a length that a line has room for
    r"|\b(?=[^\s\u0300-\uffff]{3,24}(?![^\s\u0300-\uffff]))[\w-]+(?:\.[\w-]+)+[\w/-]*"
    # "0300 123 2040", "1-877-382-4357": a telephone number in groups
    r"|(?<![\w.,/-])\d{1,5}(?:[ -]\d{2,5}){1,3}(?![\w/-])"
    # "止10,000元", "（2022年）": in Chinese a number with what it counts, the character before it, and its brackets
    rf"|[{HAN}（]?(?<![\w,.-])\d{{1,4}}(?:,\d{{3}})* ?[{HAN}]）?)",
    re.ASCII,
)

_ENDINGS = (
    # "your card.": the last two words, since a line of a single short word looks left over; no Chinese, which has no words
    re.compile(r"[^\s\u2e80-\uffff]{1,14} [^\s\u2e80-\uffff]{1,12}\Z"),
    # "还是骗局？": the last clause of Chinese, if it is short; "的电话。", "表（20 行）。": else its last three characters, numbers or
    # Latin words ("App里看。"), with the punctuation behind them. Only scripts whose letters stand apart: to part an Arabic or Indic word would change its letters.
    re.compile(
        rf"(?:(?<=[，。；：？！、])\w{{3,7}}|(?:(?:\d+ ?|[A-Za-z]{{1,8}}|{_HAN})[、，；：（]?){{3}})(?<=[\u2e80-\ud7a3\uf900-\uffff])[^\w\s]{{0,2}}\Z"
    ),
    # "拿不准，打96110。": a short last clause with a number or name at its end, and what it follows from; "官方App。": else two
    # characters before the number or name
    re.compile(
        rf"(?:(?<=[，。；：？！])(?:{_HAN}{{1,5}}，{_HAN}{{1,4}}|{_HAN}{{2,6}})"
        rf"|(?:{_HAN}[，、；：（]?){{2}})[A-Za-z0-9.-]{{1,12}}[^\w\s]{{0,2}}\Z"
    ),
)

# "8 张卡片。": a number that counts what an ending begins with
_COUNT = re.compile(r"(?<![\w.,-])\d{1,4} ?\Z", re.ASCII)

_SHORT_TEXT = 7
"""A text of at most this many characters stays on one line."""


def split_unbroken_parts(text: str) -> list[str]:
    """Split a text into parts. Every second part must stay on one line.

    Such a part is an address, an option of the command line, a telephone number, or in Chinese a number with its unit.
    """
    return _UNBROKEN.split(text)


def start_of_unbroken_end(text: str) -> int:
    """Return the index from which the end of a text must stay on one line.

    This prevents a last line of one short word or of two Chinese characters. If nothing must stay together, the
    index is the length of the text.
    """
    text = str(text)
    if len(text) <= _SHORT_TEXT:
        return 0
    match = next(filter(None, (form.search(text) for form in _ENDINGS)), None)
    if not match:
        return len(text)
    number_match = _COUNT.search(text[: match.start()])
    start = number_match.start() if number_match else match.start()
    return len(text[:start].rstrip("（“《"))


def start_of_last_words(text: str) -> int:
    """Return the index at which the last two words of a text begin, or the last two characters in Chinese."""
    if re.search(_HAN, text):
        return max(0, len(text) - 2)
    return text.rfind(" ", 0, max(0, text.rfind(" "))) + 1
