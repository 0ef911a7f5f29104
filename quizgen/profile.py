"""A profile: who holds the talks, and their settings. It is a small TOML file with one line for each key.

All problems of a profile are reported at once, each with its line and column.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from quizgen.assemble import AskedAudience
from quizgen.errors import Problem, problem, suggest_nearest
from quizgen.text.characters import FORBIDDEN_CHARACTERS, describe_character
from quizgen.text.languages import LANGUAGES, find_language, languages_with_known_names
from quizgen.text.messages import NOTHING, Message, _, pgettext

Value: TypeAlias = str | tuple[str, ...]


class Profile(Struct, frozen=True, rename={"text_size": "text-size"}):
    """The settings of an organiser, which are the same for all talks. An empty value means that there is no setting.

    ``logo`` and ``bank``, a question bank, are paths relative to the folder of the profile. The first of ``languages`` that a question bank
    has is the default. ``headline`` and ``invitation`` are texts for visitors at a stall. ``theme`` is the
    colours of the full screen. Fields that page designs have too have the same names as there.
    """

    organiser: str = ""
    contact: str = ""
    logo: str = ""
    link: str = ""
    colour: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    paper: Literal["", "A4", "Letter", "A5"] = ""
    text_size: Literal["", "normal", "large"] = ""
    audience: AskedAudience | Literal[""] = ""
    title: str = ""
    headline: str = ""
    invitation: str = ""
    theme: Literal["", "dark", "light"] = ""
    bank: str = ""

    def items(self) -> dict[str, Value]:
        """Return the value of each key. The keys are spelled as in the file."""
        return {key: getattr(self, name) for key, name in _FIELD_BY_KEY.items()}

    def with_value(self, key: str, value: Value) -> "Profile":
        """Return the profile with one value changed. An empty value removes the key."""
        values = self.items() | {key: value}
        return Profile(**{_FIELD_BY_KEY[each]: values[each] for each in values})  # type: ignore[arg-type]


_FIELD_BY_KEY = {field.encode_name: field.name for field in fields(Profile)}

KEYS = tuple(_FIELD_BY_KEY)

MAX_BYTES = 20_000
"""The largest size of a profile; a larger file is something else."""

LINK_SCHEMES = ("https", "http", "tel", "mailto")
"""Schemes that a link may have: those that no phone or browser answers by running or reading a file."""


class InvalidValueError(Exception):
    """A value is not allowed for its key. ``what`` says what is wrong, and ``hint`` what to do."""

    def __init__(self, what: Message, hint: Message) -> None:
        """Make an error with what is wrong and what to do."""
        self.what, self.hint = what, hint


class ProfileFile(NamedTuple):
    """A profile with the name and the text of its file, so that problems can name a line."""

    profile: Profile = Profile()
    name: str = ""
    text: str = ""

    def problem(self, key: str, what: Message, hint: Message = NOTHING, *, at_key: bool = False) -> Problem:
        """Return a problem at the value of a key; with ``at_key``, at the key itself."""
        line, key_column, value_column = _key_positions(self.text).get(key, (0, 0, 0))
        column = key_column if at_key else value_column
        return problem(what, hint, file=self.name, line=line, column=column)


NAMES: Mapping[str, Message] = {
    "organiser": pgettext("setting", "organiser"),
    "contact": pgettext("setting", "contact"),
    "logo": pgettext("setting", "logo"),
    "link": pgettext("setting", "link"),
    "colour": pgettext("setting", "colour"),
    "region": pgettext("setting", "region"),
    "languages": pgettext("setting", "languages"),
    "paper": pgettext("setting", "paper"),
    "text-size": pgettext("setting", "text-size"),
    "audience": pgettext("setting", "audience"),
    "title": pgettext("setting", "title"),
    "headline": pgettext("setting", "headline"),
    "invitation": pgettext("setting", "invitation"),
    "theme": pgettext("setting", "theme"),
    "bank": pgettext("setting", "bank"),
}
"""The name of each key for people. In English, it is the key."""

MEANINGS: Mapping[str, Message] = {
    "organiser": _("who holds the talk"),
    "contact": _("who to call, shown at the foot of every page"),
    "logo": _("a picture: PNG, JPEG, GIF, WebP or SVG"),
    "link": _("an address to print as a QR code"),
    "colour": _("one dark colour for rules and numerals on paper, such as 123a6b"),
    "region": _("the region of the numbers to call, such as cn"),
    "languages": _("your languages, separated by spaces; the first is the default"),
    "paper": _("the size of the paper"),
    "text-size": _("large for older readers"),
    "audience": _("who the questions are for"),
    "title": _("the title of papers, instead of the built-in one"),
    "headline": _("what your stall is about, in large letters"),
    "invitation": _("a line that makes people stop at your stall"),
    "theme": _("the colours of the full screen"),
    "bank": _("the folder of your own question bank, instead of the built-in one"),
}
"""What each key is for."""


def possible_values(key: str) -> tuple[str, ...]:
    """Return the values that a key can have, or an empty tuple if it takes any text."""
    if key == "languages":
        return LANGUAGES
    hint = get_type_hints(Profile)[_FIELD_BY_KEY[key]]
    literals = [each for each in (hint, *get_args(hint)) if get_origin(each) is Literal]
    return tuple(value for each in literals for value in get_args(each) if value)


def parse_value(key: str, value: object) -> Value:
    """Return a value from a file in the form that a profile has. A text becomes a single line.

    Raises InvalidValueError for a value that the key cannot have.
    """
    if key == "languages":
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise InvalidValueError(
                _("languages must be a list of texts"), _('write it as ["zh-Hans", "en"]')
            )
        return tuple(dict.fromkeys(map(_parse_language, value)))
    if not isinstance(value, str):
        raise InvalidValueError(_("{key} must be a text", key=key), _("write it between quotation marks"))
    if found := FORBIDDEN_CHARACTERS.search(value):
        raise InvalidValueError(
            _("{option} holds {character}", option=key, character=describe_character(found[0])),
            _("leave it out"),
        )
    value = " ".join(value.split())
    if key == "link":
        check_link(key, value)
    if key == "colour":
        return parse_colour(key, value)
    if value and (known := possible_values(key)):
        known_by_folded = {choice.casefold(): choice for choice in known}
        if value.casefold() not in known_by_folded:
            raise InvalidValueError(
                _("{key} cannot be {asked!r}", key=key, asked=value),
                pgettext("setting", "choose {choices:either}", choices=known),
            )
        return known_by_folded[value.casefold()]
    return value


def parse_typed_value(key: str, typed_text: str) -> Value:
    """Return a value that the user typed in the form that a profile has.

    Several languages have commas or spaces between them.

    Raises as ``parse_value`` does.
    """
    return parse_value(
        key,
        [each for each in re.split(r"[\s,，、]+", typed_text) if each] if key == "languages" else typed_text,
    )


def explain_unknown_key(key: str) -> tuple[Message, Message]:
    """Return a message that a key does not exist, and a hint with the key that was probably meant."""
    return _("a profile has no key {key!r}", key=key), suggest_nearest(key, KEYS) or _(
        "its keys are {keys}", keys=KEYS
    )


def parse_profile(name: str, raw: bytes) -> tuple[ProfileFile, dict[str, Problem]]:
    """Parse a profile. Return it with its problems, by key.

    A problem with the whole file has the key "". Values with problems are left out of the profile. ``name`` is
    the name of the file, for problems.
    """
    try:
        content = raw.decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(content)
    except UnicodeDecodeError as error:
        line, column = _last_line_and_column(raw[: error.start].decode("utf-8", "replace"))
        what = _("byte {byte} is not UTF-8", byte=f"0x{raw[error.start]:02x}")
        found = problem(what, _("save the file as UTF-8"), file=name, line=line, column=column)
        return ProfileFile(name=name), {"": found}
    except (ValueError, RecursionError) as error:
        line, column = _error_position(error, content)
        found = problem(
            _("this is not TOML, or a key is given twice"),
            _('write a line for each key, such as organiser = "River Street Police Post"'),
            file=name,
            line=line,
            column=column,
        )
        return ProfileFile(name=name), {"": found}
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    file = ProfileFile(name=name, text=content)
    for key, value in data.items():
        if key not in _FIELD_BY_KEY:
            problems[key] = file.problem(key, *explain_unknown_key(key), at_key=True)
            continue
        try:
            values[_FIELD_BY_KEY[key]] = parse_value(key, value)
        except InvalidValueError as error:
            problems[key] = file.problem(key, error.what, error.hint)
    return file._replace(profile=Profile(**values)), problems


def to_toml(profile: Profile, earlier_file: ProfileFile = ProfileFile()) -> str:  # noqa: B008  frozen
    """Return a profile as TOML, with a line for each key that has a value.

    From an earlier file, comments, order and unchanged values are kept.
    """
    import tomlkit  # noqa: PLC0415  reading, which every command does, takes tomllib alone

    document = tomlkit.parse(earlier_file.text)
    old = earlier_file.profile.items()
    for key, value in profile.items().items():
        if not value:
            document.pop(key, None)
        elif value != old[key]:
            document[key] = value if isinstance(value, str) else list(value)
    return tomlkit.dumps(document)


def check_link(key: str, link: str) -> None:
    """Raise InvalidValueError for a link that would run or open something on the computer of the reader.

    A link needs no scheme.
    """
    scheme, colon, _rest = link.strip().partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+-]*", scheme) and scheme.lower() not in LINK_SCHEMES:
        raise InvalidValueError(
            _("{key} cannot begin with {scheme}:", key=key, scheme=scheme),
            _("an address may begin with {schemes:either}", schemes=LINK_SCHEMES),
        )


MIN_CONTRAST = 7.0
"""The least contrast of a colour on white, the ratio that the W3C recommends for text (WCAG 2, level AAA)."""


_LINEAR_UP_TO = 10
"""The largest part of a colour, from 0 to 255, that is in proportion to its light."""


def parse_colour(key: str, text: str) -> str:
    """Return a colour as ``#123a6b``; it may be typed without ``#``. "" stays "".

    Raises InvalidValueError for a text that is no colour, and for a colour that is too light to read on white.
    """
    if not text:
        return ""
    digits = text.removeprefix("#").lower()
    if not re.fullmatch("[0-9a-f]{6}", digits):
        raise InvalidValueError(
            _("{key} cannot be {asked!r}", key=key, asked=text),
            _("write six digits from 0 to f, such as 123a6b, a dark blue"),
        )
    parts = [int(digits[start : start + 2], 16) for start in (0, 2, 4)]
    if _contrast_on_white(parts) < MIN_CONTRAST:
        shades = ([part * share // 100 for part in parts] for share in range(99, -1, -1))
        darker = next(shade for shade in shades if _contrast_on_white(shade) >= MIN_CONTRAST)
        raise InvalidValueError(
            _(
                "{key} {asked} is too light to read on white: the contrast is {contrast}, and must be 7 at least",
                key=key,
                asked=digits,
                contrast=f"{_contrast_on_white(parts):.1f}",
            ),
            _("take a darker one, such as {darker}", darker="".join(f"{part:02x}" for part in darker)),
        )
    return f"#{digits}"


def _contrast_on_white(parts: Sequence[int]) -> float:
    """Return the contrast on white of a colour, given its red, green and blue from 0 to 255 (WCAG 2)."""
    linear = [
        part / 255 / 12.92 if part <= _LINEAR_UP_TO else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    luminance: float = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def _parse_language(tag: str) -> str:
    """Return the language that a tag names. Raises InvalidValueError if it is not known."""
    if language := find_language(tag, languages_with_known_names()):
        return language
    raise InvalidValueError(
        _("no language {asked!r}: there are {languages}", asked=tag, languages=LANGUAGES),
        suggest_nearest(tag, LANGUAGES, cutoff=0.3),
    )


def _key_positions(content: str) -> dict[str, tuple[int, int, int]]:
    """Return the line of each key at the top of the file, the column of the key, and the column of its value.

    tomlkit keeps everything in a file, so lines can be counted entry by entry. After the first table, every key
    belongs to a table, so the search ends there. A file that tomlkit finds too deep has no positions.
    """
    import tomlkit  # noqa: PLC0415  needed only to say what is wrong
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415
    from tomlkit.items import AoT, Table  # noqa: PLC0415

    places: dict[str, tuple[int, int, int]] = {}
    line = 1
    try:
        document = tomlkit.parse(content)
    except (TOMLKitError, RecursionError):
        return places
    for key, item in document.body:
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


def _error_position(error: ValueError | RecursionError, content: str) -> tuple[int, int]:
    """Return the line and column at which a text is not valid TOML."""
    if place := re.search(r"line (\d+), column (\d+)", str(error)):
        return int(place[1]), int(place[2])
    if not isinstance(error, tomllib.TOMLDecodeError) and (number := re.search(r"[0-9_]{1000,}", content)):
        line, column = _last_line_and_column(
            content[: number.start()]
        )  # a number with more digits than Python reads
        return line, column
    return _last_line_and_column(content)


def _last_line_and_column(content: str) -> tuple[int, int]:
    """Return the line and column, from 1, at which a text ends."""
    return content.count("\n") + 1, len(content) - content.rfind("\n")
