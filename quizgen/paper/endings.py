"""Where running text, whose lines WeasyPrint breaks, ends well; and how an address is shown."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from quizgen.paper.lines import text_width
from quizgen.text.foreign import html_as_before
from quizgen.text.han import HAN, KANA
from quizgen.text.messages import message

_HAN = f"[{HAN}{KANA}]"

_LATIN_TAIL = re.compile(r"[^\s\u2e80-\uffff]{1,14} [^\s\u2e80-\uffff]{1,12}\Z")
"""The last two words, of which a line by itself is no longer a single short word; no Chinese, which has no words."""

_HAN_TAIL = re.compile(
    rf"(?:(?<=[，。；：？！、])\w{{3,7}}|(?:(?:\d+ ?|{_HAN})[、，；：（]?){{3}})(?<=[\u2e80-\ud7a3\uf900-\uffff])[^\w\s]{{0,2}}\Z"
)
"""The last clause of Chinese, if it is short, or the last three characters, with the punctuation behind them.

No letters of a script whose words are whole: to part an Arabic or an Indic word would change its letters."""

_DIGIT_TAIL = re.compile(
    rf"(?:(?<=[，。；：？！])(?:{_HAN}{{1,5}}，{_HAN}{{1,4}}|{_HAN}{{2,6}})"
    rf"|(?:{_HAN}[，、；：（]?){{2}})[A-Za-z0-9.-]{{1,12}}[^\w\s]{{0,2}}\Z"
)
"""A short last clause with a number or name at its end, and what it hangs on (拿不准，打110。), or two characters before that."""

_WHOLE = re.compile(
    r"(--[a-z-]+(?:\u00a0\w+)?"
    r"|\b(?=[^\s\u0300-\uffff]{3,24}(?![^\s\u0300-\uffff]))[\w-]+(?:\.[\w-]+)+[\w/-]*"
    rf"|[{HAN}]?(?<![\w,.-])\d{{1,4}}(?:,\d{{3}})* ?[{HAN}])",
    re.ASCII,
)
"""What no line ends within: an option of the command line, an address of a length that a line has room for, and in Chinese a
number with what it counts (8000元), and the character before it."""

_COUNT = re.compile(r"(?<![\w.,-])\d{1,4} ?\Z", re.ASCII)
"""A number that counts what is kept in one line."""

_SHORT = 7
"""Characters of what is kept whole."""


def kept(text: str, behind: str = "") -> Markup:
    """Keep the end of a text in one line (``nobr`` in base.css), so that its last line is no single short word, nor one or two characters.

    What stands right ``behind`` it, a reference mark for one, is kept with it.
    """
    found = _LATIN_TAIL.search(text) or _HAN_TAIL.search(text) or _DIGIT_TAIL.search(text)
    plain = str(text)
    if found and len(text) > _SHORT:
        counted = _COUNT.search(plain[: found.start()])
        start = counted.start() if counted else found.start()
        made = Markup("{}<nobr>{}{}</nobr>").format(whole(plain[:start]), plain[start : found.end()], behind)
    elif len(text) > _SHORT:
        made = whole(plain) + behind
    else:
        made = Markup("<nobr>{}{}</nobr>").format(plain, behind)
    return html_as_before(made, text)


def whole(text: str) -> Markup:
    """Keep each address in a text, and each number with what it counts, in one line."""
    parts = _WHOLE.split(text)
    return Markup("").join(
        Markup("<nobr>{}</nobr>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def last_words(text: str) -> int:
    """Tell where the last two words of a text begin, or the last two characters of Chinese."""
    if re.search(_HAN, text):
        return max(0, len(text) - 2)
    return text.rfind(" ", 0, max(0, text.rfind(" "))) + 1


def link_shown(link: str) -> str:
    """Write an address as people read it out: without its scheme, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")


def link_lines(link: str, sizes: Sequence[float], width: float, language: str) -> tuple[list[str], float]:
    """Give an address as it stands in a column of this width, in points, and its size: in one line in the first size that has room.

    In the last size it may be broken, but behind a slash alone, into lines about as long as each other. Where a part is too
    wide for that, a word says what the code beside it is for.
    """
    address = link_shown(link)
    for size in sizes:
        if text_width(address) * size <= width:
            return [address], size
    size, parts = sizes[-1], re.split("(?<=/)", address)
    if max(map(text_width, parts)) * size > width:
        return [message(language, "sheet.scan")], sizes[0]
    room = width / size
    fewest = len(_filled(parts, room))
    tried = (_filled(parts, room * share / 40) for share in range(1, 41))
    return next(lines for lines in tried if len(lines) <= fewest), size


def _filled(parts: Sequence[str], room: float) -> list[str]:
    """Fill line after line with parts of an address; ``room`` is by the size of the type."""
    lines = [""]
    for part in parts:
        if not lines[-1] or text_width(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    return lines
