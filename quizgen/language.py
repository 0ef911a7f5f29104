"""Languages: which one is meant, what the interface says in it, and bank text in it.

Each language is one file, ``locales/<tag>.toml``, and :data:`LANGUAGES` are the files found. Its table
``[locale]`` says how the language is written (:class:`Locale`); every other table holds the messages of
one package, by name. What a file leaves out is said in English. A bank may be in any language: in one without
a file the interface speaks English. Words that come in another language than was asked for know it (:class:`Foreign`),
so that paper and pages can say so.

A language may be derived from another by OpenCC, as Traditional Chinese is from Simplified: then its file
holds only what the converter gets wrong.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self, SupportsIndex, TypeAlias, TypeVar

Text: TypeAlias = dict[str, str]
"""One text in several languages: language tag to text."""

FALLBACK = "en"
_FOLDER = Path(__file__).parent / "locales"
LANGUAGES = tuple(
    sorted((path.stem for path in _FOLDER.glob("*.toml")), key=lambda tag: (tag != FALLBACK, tag))
)
"""Tags of all languages, English first: one for each file in ``locales/``."""

TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""How the tag of a language is written (RFC 5646, without what is for private use)."""

_TAG = re.compile(TAG)
_TABLE = re.compile(r"^\[([\w-]+)\][ \t]*(?:#.*)?\n", re.MULTILINE)


class Locale(NamedTuple):
    """How a language is written; what its file leaves out is as in English.

    ``autonym`` is its own name for itself, ``tags`` are further tags that mean it (the longest that a tag
    begins with wins). ``base`` is the language that it is derived from with the OpenCC configuration
    ``opencc``, or "". ``sample`` is a text that an encoding must have to be fit for it. ``yes`` and ``no``
    are answers to a question, in lower case; ``true`` and ``false``, ``genuine`` and ``scam`` are what may
    be typed for the options of questions that have just these two; the letters of options and of commands go
    before them. ``aside`` is what stands in brackets
    behind something, with any blank before it. ``comma`` and ``semicolon`` part the members of a list,
    ``either`` the last two of which one is meant, ``both`` those of which all are. ``months`` and ``date`` say how a day is written.
    ``quotes`` are the four quotation marks, outer and inner. ``leading`` is the height of a line on paper
    by the size of its type, and ``heading_leading`` that of one in a heading: characters that fill their
    square want more white between lines. ``smallest`` is the size, in points, below which they are not printed.
    """

    autonym: str
    tags: tuple[str, ...]
    base: str
    opencc: str
    sample: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]
    genuine: tuple[str, ...]
    scam: tuple[str, ...]
    aside: str
    comma: str
    semicolon: str
    either: str
    both: str
    months: tuple[str, ...]
    date: str
    quotes: str
    leading: float
    heading_leading: float
    smallest: float


@dataclass(frozen=True)
class Message:
    """Something to be said, whose words are chosen once the reader's language is known.

    ``id`` is that of a message (``table.name``); ``values`` fill its ``{names}``. Values are shown as they
    are, since they are the user's own, but for messages among them, and sequences, which become lists.
    """

    id: str
    values: tuple[tuple[str, object], ...] = ()

    def said(self, language: str) -> str:
        """Say it in a language."""
        return message(language, self.id, **dict(self.values))

    def __str__(self) -> str:
        return self.said(FALLBACK)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __gt__(self, other: object) -> bool:
        return str(self) > str(other)


Said: TypeAlias = Message | str
"""What is said: a message, or its id; or words that are said as they are, in whatever language."""

_ID = re.compile(r"[a-z]+\.[a-z0-9-]+")


def as_message(said: Said, values: Mapping[str, object] = MappingProxyType({})) -> Said:
    """Make a message of an id, filled with values; give all else back."""
    return text(said, **values) if isinstance(said, str) and _ID.fullmatch(said) else said


def spoken(said: Said, language: str) -> str:
    """Say it in a language."""
    found = as_message(said)
    return found.said(language) if isinstance(found, Message) else found


def text(id_: str, /, **values: object) -> Message:
    """Make a :class:`Message`."""
    return Message(id_, tuple(values.items()))


def counted(id_: str, count: int, /, **values: object) -> Message:
    """Say how many there are: by the message ``id_-one`` for one, by ``id_`` for any other number."""
    return text(f"{id_}-one" if count == 1 else id_, count=count, **values)


def in_every_language(id_: str, /, **values: object) -> Text:
    """Give an interface message as a text of a bank: in each language that has it and is not derived from another."""
    said = {tag: message(tag, id_, **values) for tag in LANGUAGES if not locale(tag).base}
    return {tag: words for tag, words in said.items() if not isinstance(words, Foreign)}


def folded(text: str) -> str:
    """Reduce a text to what tells it apart from another: not width, case or spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


Words = TypeVar("Words", bound=str)


class Foreign(str):
    """Words in another language than the one that was asked for: in ``language``.

    A template marks them where they stand, and :func:`in_their_languages` makes HTML of the marks. What is made of
    them by slicing or formatting is plain words again, unless by a method that is here.
    """

    __slots__ = ("language",)

    def __new__(cls, words: str, language: str) -> Self:
        """Make them of words, and the tag of their language."""
        made = super().__new__(cls, words)
        made.language = language
        return made

    language: str

    def strip(self, characters: str | None = None, /) -> "Foreign":
        """Give them without blanks, or some characters, at their ends."""
        return Foreign(super().strip(characters), self.language)

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> "list[str]":
        """Part them, each part in their language."""
        return [Foreign(part, self.language) for part in super().split(sep, maxsplit)]

    def __html__(self) -> str:
        return _marked(self.translate(_ESCAPES), self.language)


def as_before(words: str, before: str) -> str:
    """Give words that were made of others as in the language of these."""
    return Foreign(words, before.language) if isinstance(before, Foreign) else words


def html_as_before(html: Words, before: str) -> Words:
    """Give HTML that was made of words as in the language of these."""
    return type(html)(_marked(html, before.language)) if isinstance(before, Foreign) else html


def json_words(value: object) -> str:
    """Give words of whatever language to what writes JSON, as msgspec asks for it; raises NotImplementedError for all else."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
"""As the module html has it, which takes a millisecond to load."""

_BEGIN, _TAGGED, _END = "\x01\x02\x03"  # which no text of a bank and no message holds
_PIECE = re.compile(f"<style>.*?</style>|<[^>]*>|{_BEGIN}([^{_TAGGED}]*){_TAGGED}|{_END}", re.DOTALL)
_MARK = re.compile(f"{_BEGIN}([^{_TAGGED}]*){_TAGGED}|{_END}")


def _marked(words: str, language: str) -> str:
    return f"{_BEGIN}{language}{_TAGGED}{words}{_END}"


def unmarked(html: str) -> str:
    """Take the marks of :class:`Foreign` out, for a place that cannot say a language."""
    return _MARK.sub("", html)


def in_their_languages(html: str) -> str:
    """Put what a template marked as :class:`Foreign` into elements with their languages.

    ``bdi`` is the element for words from elsewhere, which no style sheet of ours knows. What an attribute says in
    another language has the element itself say so, unless it says its language already.
    """
    return _PIECE.sub(_in_its_language, html) if _BEGIN in html else html


def _in_its_language(found: re.Match[str]) -> str:
    piece, language = found[0], found[1]
    if piece == _END:
        return "</bdi>"
    if language is not None:
        return f"<bdi{_attribute(language)}>"
    mark = _MARK.search(piece)
    if not mark:
        return piece
    plain = unmarked(piece)
    if plain.startswith("<style") or " lang=" in plain:
        return plain
    return re.sub(r"^<[\w-]+", lambda name: name[0] + _attribute(mark[1]), plain, count=1)


def _attribute(language: str) -> str:
    return f' lang="{language.translate(_ESCAPES)}"'


_FROM_THE_RIGHT = frozenset(
    (
        "ar",
        "arc",
        "azb",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "ks",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    )
)


def from_the_right(tag: str) -> bool:
    """Tell whether a language is written from right to left, in the script that its tag names or that is usual for it."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004  RFC 5646
    return script in ("arab", "hebr", "syrc", "thaa", "nkoo") if script else language in _FROM_THE_RIGHT


def readable(written: Sequence[str]) -> tuple[str, ...]:
    """List the languages that texts written in these can be read in: with those derived from them, and ours first."""
    ours = [tag for tag in LANGUAGES if tag in written or locale(tag).base in written]
    return tuple(dict.fromkeys((*ours, *written)))


def languages_with(own: Sequence[str]) -> tuple[str, ...]:
    """List the languages that may be asked for with a bank in its ``own``: ours, and these."""
    return tuple(dict.fromkeys((*LANGUAGES, *own)))


def language_of_tag(tag: str, among: Sequence[str] = LANGUAGES) -> str | None:
    """Find which language ``among`` these a tag such as ``zh_TW.UTF-8`` or ``ZH-hans`` means; ``None`` if it is none of them.

    A tag that is longer means the language that it begins with, and one that is shorter the first that begins so.
    """
    plain = tag.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = {language.lower(): language for language in among}
    parts = plain.split("-")
    beginnings = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if found := next((known[each] for each in beginnings if each in known), None):
        return found
    further = {
        each.lower(): language
        for language in among
        for each in (locale(language).tags if language in LANGUAGES else ())
    }
    if found := next((further[each] for each in beginnings if each in further), None):
        return found
    return next((known[each] for each in known if plain and each.startswith(f"{plain}-")), None)


def language_of_locale(environment: Mapping[str, str], among: Sequence[str] = LANGUAGES) -> str:
    """Return the language of the locale, if it is ``among`` these, or else English, or the first of them.

    The locale is read as POSIX does: LC_ALL, then LC_MESSAGES, then LANG, the first one set.
    """
    tag = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return language_of_tag(tag, among) or (FALLBACK if FALLBACK in among else among[0])


def is_text(value: object) -> bool:
    """Tell whether plain data is a text of a bank, or a list of words for each language: whether its keys are tags."""
    return isinstance(value, Mapping) and bool(value) and all(map(_TAG.fullmatch, value))


def localize(text: Mapping[str, str], language: str) -> str:
    """Give a text of a bank in a language; English, or whatever there is, where that language is missing.

    An empty text (a question without advice) reads as "".
    """
    if language in text:
        return text[language]
    if language != FALLBACK and (base := locale(language).base) in text:
        return derived(text[base], language)
    other = FALLBACK if text.get(FALLBACK) else next(iter(text), "")
    return Foreign(text[other], other) if other else ""


def language_of(text: Mapping[str, str], language: str) -> str:
    """Tell in which language :func:`localize` gives a text: the one that is asked for, if it has it."""
    if language in text or (language != FALLBACK and locale(language).base in text) or not text:
        return language
    return FALLBACK if FALLBACK in text else next(iter(text))


def aside(notes: Sequence[str], language: str) -> str:
    """Set notes in the brackets of a language."""
    if not notes:
        return ""
    joined = locale(language).comma.join(notes)
    return locale(language).aside.format(joined)


def message(language: str, id_: str, /, **values: object) -> str:
    """Give an interface message, such as ``message("en", "take.score", right=7, total=10)``.

    Where the language lacks it, it is English, and :class:`Foreign`. A message on one thing (``…-one``) that is not
    said apart is said as of many. Raises KeyError for a message or a value that there is not, which a test finds
    before any user does.
    """
    table, _, name = id_.partition(".")
    own, plural = messages(language, table), name.removesuffix("-one")
    words = own.get(name) or own.get(plural)
    if not words:
        if language == FALLBACK:
            raise KeyError(id_)
        return Foreign(message(FALLBACK, id_, **values), FALLBACK)
    if not values:
        return words
    return words.format_map({key: _shown(value, language) for key, value in values.items()})


@cache
def interface_language(tag: str) -> str:
    """Tell in which of our languages the program speaks where a bank's is this one: in ``en`` for ``en-GB``, and for ``fr``."""
    return language_of_tag(tag) or FALLBACK


@cache
def messages(language: str, table: str) -> Mapping[str, str]:
    """Give the messages of one table by name: what the language's file has, and what is derived.

    A language without a file that is one of ours as another country has it, as ``en-GB`` is, has the same.
    """
    if language not in LANGUAGES and (ours := language_of_tag(language)):
        return messages(ours, table)
    own: dict[str, str] = _table(language, table)
    base = locale(language).base
    if not base:
        return own
    return {name: derived(words, language) for name, words in messages(base, table).items()} | own


def message_tables() -> tuple[str, ...]:
    """Name the tables of messages, as the English file has them."""
    return tuple(name for name in _tables(FALLBACK) if name not in ("locale", "words", "autonyms"))


@cache
def locale(language: str) -> Locale:
    """Say how a language is written; one without a file has its own name alone, and is else as English."""
    own = _table(language, "locale")
    if not own and (ours := language_of_tag(language)):
        return locale(ours)
    if not own:
        own = {"autonym": _table(FALLBACK, "autonyms").get(language.partition("-")[0], language)}
    base = own.get("base", "")
    inherited: dict[str, Any] = locale(base)._asdict() if base else _table(FALLBACK, "locale")
    form: dict[str, Any] = {**inherited, "base": "", "tags": (), **own}
    for name, value in form.items():
        form[name] = tuple(value) if isinstance(value, list) else value
    return Locale(**form)


@cache
def named_languages() -> tuple[str, ...]:
    """List the languages that we know by name: ours, and those that a bank may be in."""
    return languages_with(tuple(_table(FALLBACK, "autonyms")))


def derived(words: str, language: str) -> str:
    """Write text of a language's base in that language: its characters, its words, its quotation marks.

    Words in the table ``[words]`` of the language's file are as that says, whatever OpenCC makes of them.
    """
    own, given, kept = locale(language), _table(language, "words"), _given_words(language)
    convert = _converter(own.opencc).convert
    pieces = kept.split(words) if kept else [words]
    converted = "".join(given.get(piece) or str(convert(piece)) for piece in pieces)
    return converted.translate(str.maketrans(locale(own.base).quotes, own.quotes))


def within_quotes(words: str, language: str) -> str:
    """Write words as they stand between quotation marks: their own outer ones are inner ones there."""
    quotes = locale(language).quotes
    return words.translate(str.maketrans(quotes[:2], quotes[2:]))


@cache
def _given_words(language: str) -> re.Pattern[str] | None:
    """Find the words of the base whose form the language's file gives, the longest first."""
    listed = sorted(_table(language, "words"), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, listed))})") if listed else None


class _List:
    """Members of a list, shown as ``{names}`` (a, b, c), ``{names:either}`` (a, b or c) or ``{names:both}`` (a, b and c)."""

    def __init__(self, members: Sequence[str], form: Locale) -> None:
        self._members, self._form = members, form

    def __format__(self, how: str) -> str:
        *others, last = self._members or [""]
        if not (how and others):
            return self._form.comma.join(self._members)
        before, joint = self._form.comma.join(others), getattr(self._form, how)
        if joint == joint.strip() and before[-1:].isascii() and last[:1].isascii():
            joint = f" {joint} "  # as Chinese is set between Latin letters
        return f"{before}{joint}{last}"


def _shown(value: object, language: str) -> object:
    """Prepare a value for a message: messages are said, sequences become lists, all else stays."""
    if hasattr(value, "said"):  # a message, or a problem
        return value.said(language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _List([str(_shown(each, language)) for each in value], locale(language))
    return value


@cache
def _table(language: str, name: str) -> dict[str, Any]:
    """Read one table of a language's file; a command needs only a few of them."""
    return tomllib.loads(_tables(language).get(name, ""))


@cache
def _tables(language: str) -> Mapping[str, str]:
    """Cut a language's file at its table headers, unread; one that has no file has no table."""
    if language not in LANGUAGES:
        return {}
    parts = _TABLE.split((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def _converter(configuration: str) -> Any:
    import opencc  # noqa: PLC0415  slow to load, and only a derived language needs it

    return opencc.OpenCC(configuration)
