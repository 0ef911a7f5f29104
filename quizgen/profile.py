"""A profile: who holds the talks, and how they like their pages; a small TOML file, a line a key.

What is wrong in one is said all at once, each thing with its line and column. A profile that is written out reads
back as it was.
"""

import re
import tomllib
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from quizgen.assemble import AskedAudience
from quizgen.errors import Problem, nearest, problem
from quizgen.text.characters import UNSEEN, described
from quizgen.text.languages import LANGUAGES, language_of_tag, named_languages
from quizgen.text.messages import Said, text

Value: TypeAlias = str | tuple[str, ...]


class Profile(Struct, frozen=True, rename={"text_size": "text-size"}):
    """What is the same for all talks of an organiser. What is empty is not said.

    Fields that pages have too have the same names as there. ``logo`` is a path, from the folder of the profile;
    ``languages`` are tags, the first of which that a bank has is taken by default; ``headline`` and
    ``invitation`` greet visitors; ``theme`` is the colours of the full screen.
    """

    organiser: str = ""
    contact: str = ""
    logo: str = ""
    link: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    paper: Literal["", "A4", "Letter", "A5"] = ""
    text_size: Literal["", "normal", "large"] = ""
    audience: AskedAudience | Literal[""] = ""
    title: str = ""
    headline: str = ""
    invitation: str = ""
    theme: Literal["", "dark", "light"] = ""

    def items(self) -> dict[str, Value]:
        """Give the value of each key, as the file spells the keys."""
        return {key: getattr(self, name) for key, name in _NAMES.items()}

    def with_value(self, key: str, value: Value) -> "Profile":
        """Give a profile with another value; an empty one takes the key out."""
        return Profile(**{_NAMES[each]: known for each, known in (self.items() | {key: value}).items()})  # type: ignore[arg-type]


_NAMES = {field.encode_name: field.name for field in fields(Profile)}

KEYS = tuple(_NAMES)

MOST_BYTES = 20_000
"""Of a profile; one that is larger is something else."""

LINK_SCHEMES = ("https", "http", "tel", "mailto")
"""Schemes that a link may have: what a reader's telephone or browser opens without running or reading a file."""


class RefusedError(Exception):
    """A value that a key does not take: why, and what to do."""

    def __init__(self, what: Said, hint: Said) -> None:
        self.what, self.hint = what, hint


class ProfileFile(NamedTuple):
    """A profile with the text of the file that it stands in, by which a problem finds its place."""

    profile: Profile = Profile()
    name: str = ""
    text: str = ""

    def problem(self, key: str, what: Said, hint: Said = "", *, at_key: bool = False) -> Problem:
        """Say what is wrong with the value of a key, or with the key itself."""
        line, key_column, value_column = _places(self.text).get(key, (0, 0, 0))
        column = key_column if at_key else value_column
        return problem(what, hint, file=self.name, line=line, column=column)


def choices(key: str) -> tuple[str, ...]:
    """List the values that a key can have; none where it takes any text."""
    if key == "languages":
        return LANGUAGES
    hint = get_type_hints(Profile)[_NAMES[key]]
    literals = [each for each in (hint, *get_args(hint)) if get_origin(each) is Literal]
    return tuple(value for each in literals for value in get_args(each) if value)


def take(key: str, value: object) -> Value:
    """Take a value for a key, as a profile has it; raises RefusedError for one that it cannot have.

    Texts become a single line.
    """
    if key == "languages":
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise RefusedError("profile.not-list", "profile.write-list")
        return tuple(dict.fromkeys(map(_language, value)))
    if not isinstance(value, str):
        raise RefusedError(text("profile.not-text", key=key), "profile.write-text")
    if found := UNSEEN.search(value):
        raise RefusedError(text("print.holds", option=key, character=described(found[0])), "print.take-out")
    value = " ".join(value.split())
    if key == "link":
        refuse_link(key, value)
    if value and (known := choices(key)):
        folded = {choice.casefold(): choice for choice in known}
        if value.casefold() not in folded:
            raise RefusedError(
                text("profile.not-choice", key=key, asked=value), text("profile.choose", choices=known)
            )
        return folded[value.casefold()]
    return value


def take_words(key: str, words: str) -> Value:
    """Take a value as somebody types it: languages with commas or blanks between. Raises as ``take`` does."""
    return take(
        key, [each for each in re.split(r"[\s,，、]+", words) if each] if key == "languages" else words
    )


def unknown_key(key: str) -> tuple[Said, Said]:
    """Say that there is no such key, and which may have been meant."""
    return text("profile.no-key", key=key), nearest(key, KEYS) or text("profile.keys", keys=KEYS)


def parse(name: str, raw: bytes) -> tuple[ProfileFile, dict[str, Problem]]:
    """Read a profile that is called ``name``, and everything that is wrong in it, by key.

    What cannot be read at all has the key "". What is wrong is left out of the profile.
    """
    try:
        words = raw.decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(words)
    except UnicodeDecodeError as error:
        line, column = _end(raw[: error.start].decode("utf-8", "replace"))
        what = text("profile.not-utf8", byte=f"0x{raw[error.start]:02x}")
        found = problem(what, "profile.save-utf8", file=name, line=line, column=column)
        return ProfileFile(name=name), {"": found}
    except (ValueError, RecursionError) as error:
        line, column = _place_of(error, words)
        found = problem("profile.not-toml", "profile.write-line", file=name, line=line, column=column)
        return ProfileFile(name=name), {"": found}
    taken: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    file = ProfileFile(name=name, text=words)
    for key, value in data.items():
        if key not in _NAMES:
            problems[key] = file.problem(key, *unknown_key(key), at_key=True)
            continue
        try:
            taken[_NAMES[key]] = take(key, value)
        except RefusedError as refused:
            problems[key] = file.problem(key, refused.what, refused.hint)
    return file._replace(profile=Profile(**taken)), problems


def written(profile: Profile, before: ProfileFile = ProfileFile()) -> str:  # noqa: B008  frozen
    """Write a profile as TOML, a line for each key that has a value.

    In the text of the file that was there ``before``, comments, order and what has not changed stay.
    """
    import tomlkit  # noqa: PLC0415  reading, which every command does, takes tomllib alone

    document = tomlkit.parse(before.text)
    old = before.profile.items()
    for key, value in profile.items().items():
        if not value:
            document.pop(key, None)
        elif value != old[key]:
            document[key] = value if isinstance(value, str) else list(value)
    return tomlkit.dumps(document)


def refuse_link(key: str, link: str) -> None:
    """Raise RefusedError for a link that runs or opens something on the reader's machine; no scheme at all will do."""
    scheme, colon, _ = link.strip().partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+-]*", scheme) and scheme.lower() not in LINK_SCHEMES:
        raise RefusedError(
            text("profile.bad-link", key=key, scheme=scheme),
            text("profile.link-schemes", schemes=LINK_SCHEMES),
        )


def _language(tag: str) -> str:
    if language := language_of_tag(tag, named_languages()):
        return language
    raise RefusedError(
        text("cli.no-language", asked=tag, languages=LANGUAGES), nearest(tag, LANGUAGES, cutoff=0.3)
    )


def _places(words: str) -> dict[str, tuple[int, int, int]]:
    """Find the line of each key of the first level, the column of the key and that of its value.

    tomlkit keeps all that stands in a file, so that lines can be counted entry by entry. What follows the first table
    belongs to it.
    """
    import tomlkit  # noqa: PLC0415  needed only to say what is wrong
    from tomlkit.items import AoT, Table  # noqa: PLC0415

    places: dict[str, tuple[int, int, int]] = {}
    line = 1
    for key, item in tomlkit.parse(words).body:
        if key is None:
            line += item.as_string().count("\n")
            continue
        indent = len(item.trivia.indent)
        head = indent + len(key.as_string()) + len(key.sep)
        places[key.key] = line, indent + 1, head + 1
        if isinstance(item, AoT | Table):
            break
        line += (item.as_string() + item.trivia.trail).count("\n")
    return places


def _place_of(error: ValueError | RecursionError, words: str) -> tuple[int, int]:
    """Tell the line and column where a text is no TOML."""
    if place := re.search(r"line (\d+), column (\d+)", str(error)):
        return int(place[1]), int(place[2])
    if not isinstance(error, tomllib.TOMLDecodeError) and (number := re.search(r"[0-9_]{1000,}", words)):
        line, column = _end(words[: number.start()])  # a number with more digits than Python reads
        return line, column
    return _end(words)


def _end(words: str) -> tuple[int, int]:
    """Tell on which line and in which column a text ends, from 1."""
    return words.count("\n") + 1, len(words) - words.rfind("\n")
