"""A profile: who holds the talks, and how they like their pages; a small TOML file, a line a key.

What is wrong in one is said all at once, each thing with its line and column. A profile that is written out reads
back as it was.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from quizgen.assemble import AskedAudience
from quizgen.errors import Problem, nearest, problem
from quizgen.paper.design import PaperSize, TextSize
from quizgen.text.characters import UNSEEN, described
from quizgen.text.languages import LANGUAGES, language_of_tag, named_languages
from quizgen.text.messages import Said, text

Value: TypeAlias = str | tuple[str, ...]


class Profile(Struct, frozen=True, rename={"text_size": "text-size"}):
    """What is the same for all talks of an organiser. What is empty is not said.

    Fields that pages have too have the same names as there. ``logo`` is a path, from the folder of the profile;
    ``languages`` are tags, the first of which that a bank has is taken by default; ``headline`` and ``invitation`` greet visitors.
    """

    organiser: str = ""
    contact: str = ""
    logo: str = ""
    link: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    paper: PaperSize | Literal[""] = ""
    text_size: TextSize | Literal[""] = ""
    audience: AskedAudience | Literal[""] = ""
    title: str = ""
    headline: str = ""
    invitation: str = ""

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

_PLACE = r"line (\d+), column (\d+)"
"""Where a TOMLDecodeError says that something is wrong."""

_HEAD = r"""[ \t]*(\[|(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^=\s"'])+)(?:[^=\n]*=[ \t]*)?"""
"""What a statement begins with: a key and what stands before its value, or the bracket of a table."""


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
        line, *columns = _places(self.text).get(key, (0, 0, 0))
        return problem(what, hint, file=self.name, line=line, column=columns[0 if at_key else 1])


def choices(key: str) -> tuple[str, ...]:
    """List the values that a key can have; none where it takes any text."""
    if key == "languages":
        return LANGUAGES
    literals = [
        each for each in get_args(get_type_hints(Profile)[_NAMES[key]]) if get_origin(each) is Literal
    ]
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
    except tomllib.TOMLDecodeError as error:
        place = re.search(_PLACE, str(error))  # or it says that the document ends too soon
        line, column = (int(place[1]), int(place[2])) if place else _end(words)
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
    """Write a profile out: TOML, a line for each key that says something.

    In the text of the file that was there ``before``, comments, order and what has not changed stay.
    """
    lines = before.text.splitlines(keepends=True)
    values, old = profile.items(), before.profile.items()
    kept: list[str] = []
    at = 0
    for key, start, end, _ in _statements(before.text):
        kept += lines[at:start]
        if value := values.pop(key, ""):
            kept += lines[start:end] if value == old[key] else [_line(key, value)]
        at = end
    text_ = "".join([*kept, *lines[at:]])
    text_ += "\n" if text_ and not text_.endswith("\n") else ""
    return text_ + "".join(_line(key, value) for key, value in values.items() if value)


def _line(key: str, value: Value) -> str:
    return f"{key} = {_toml(value)}\n"


def _language(tag: str) -> str:
    if language := language_of_tag(tag, named_languages()):
        return language
    raise RefusedError(
        text("cli.no-language", asked=tag, languages=LANGUAGES), nearest(tag, LANGUAGES, cutoff=0.3)
    )


def _toml(value: Value) -> str:
    if isinstance(value, str):
        # Nothing else needs an escape in a basic string: a profile holds no control character.
        return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
    return f"[{', '.join(map(_toml, value))}]"


def _places(words: str) -> Mapping[str, tuple[int, int, int]]:
    """Find where each key of the first level stands in a profile that is TOML: its line, its column, its value's.

    A statement ends with the first line up to which it is TOML by itself.
    """
    places: dict[str, tuple[int, int, int]] = {}
    for key, start, _, found in _statements(words):
        places.setdefault(key, (start + 1, found.start(1) + 1, found.end() + 1))
    return places


def _statements(words: str) -> Iterator[tuple[str, int, int, re.Match[str]]]:
    """Find the statements of the first level: each one's key, the lines that it begins at and ends before, and its head."""
    lines = words.splitlines(keepends=True)
    start = 0
    for end, _ in enumerate(lines, start=1):
        try:
            keys = tomllib.loads("".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        if keys and (found := re.match(_HEAD, lines[start])):
            yield next(iter(keys)), start, end, found
            if found[1].startswith("["):
                break  # what follows belongs to the table
        start = end


def _end(words: str) -> tuple[int, int]:
    """Tell on which line and in which column a text ends, from 1."""
    return words.count("\n") + 1, len(words) - words.rfind("\n")
