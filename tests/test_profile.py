"""A profile's file: read, written, and everything that is wrong in it."""

import tomllib
from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from quizgen.paper.design import PaperSize, TextSize
from quizgen.paper.layouts import all_layouts
from quizgen.profile import (
    KEYS,
    InvalidValueError,
    Profile,
    Value,
    parse_colour,
    parse_profile,
    parse_typed_value,
    parse_value,
    possible_values,
    to_toml,
)
from quizgen.text.characters import FORBIDDEN_CHARACTERS
from quizgen.text.languages import LANGUAGES


def problems(words: str | bytes) -> list[str]:
    raw = words.encode() if isinstance(words, str) else words
    return sorted(str(found).removeprefix("p:") for found in parse_profile("p", raw)[1].values())


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    seen = (
        st.text()
        .filter(lambda words: not FORBIDDEN_CHARACTERS.search(words))
        .map(lambda words: " ".join(words.split()))
    )
    languages: st.SearchStrategy[Value] = st.lists(st.sampled_from(LANGUAGES), unique=True).map(tuple)
    profile = Profile()
    for key in KEYS:
        known = ("#123a6b",) if key == "colour" else possible_values(key)
        values = languages if key == "languages" else st.sampled_from(("", *known)) if known else seen
        profile = profile.with_value(key, draw(values))
    return profile


@settings(max_examples=50)
@given(profiles())
def test_a_saved_profile_is_toml_and_reads_back(profile: Profile) -> None:
    file, wrong = parse_profile("p", to_toml(profile).encode())
    assert (file.profile, wrong) == (profile, {})
    assert tomllib.loads(to_toml(profile)).keys() <= set(KEYS)


def test_an_empty_file_is_a_profile_without_anything() -> None:
    assert (
        parse_profile("p", b"")[0].profile
        == parse_profile("p", b"\xef\xbb\xbf# nothing\r\n")[0].profile
        == Profile()
    )


def test_values_are_read_as_people_write_them() -> None:
    words = (
        'organiser = " River  Street "\nlanguages = ["zh-tw", "EN", "en_GB"]\npaper = "a4"\naudience = ""\r\n'
    )
    file, wrong = parse_profile("p", words.encode())
    assert not wrong
    assert file.profile == Profile(organiser="River Street", languages=("zh-Hant", "en"), paper="A4")
    assert parse_typed_value("languages", "zh-Hans，en, zh-Hant") == ("zh-Hans", "en", "zh-Hant")
    assert parse_typed_value("languages", "fr_FR zh") == ("fr", "zh-Hans")  # of a bank of one's own


def test_every_problem_is_reported_at_its_place() -> None:
    words = '# mine\norganizer = "x"\npaper = "A3"\ntitle = """\npaper = 3\n"""\n  link  =  7\nlanguages = ["xx"]\n"text-size" = "huge"\ncontact = "a\\u202eb"\n[x]\nlogo = 3\n'
    assert problems(words) == [
        "10:11: contact holds U+202E (right-to-left override), a control character for writing direction; leave it out",
        f"11:1: a profile has no key 'x'; its keys are {', '.join(KEYS)}",
        "2:1: a profile has no key 'organizer'; did you mean organiser?",
        "3:9: paper cannot be 'A3'; choose A4, Letter or A5",
        "7:12: link must be a text; write it between quotation marks",
        "8:13: no language 'xx': there are en, zh-Hans, zh-Hant",
        "9:15: text-size cannot be 'huge'; choose normal or large",
    ]
    assert problems('languages = "en"\n') == [
        '1:13: languages must be a list of texts; write it as ["zh-Hans", "en"]'
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'organiser = "a\n', "1:15: this is not TOML"),
        (b'link = "a"\nlink = "b"\n', "2:11: this is not TOML, or a key is given twice"),
        (b'title = """a\n', "2:1: this is not TOML"),
        (b'link = "a"\ntitle = "\xb4\xf2\xbf\xaa"\n', "2:10: byte 0xb4 is not UTF-8; save the file as UTF-8"),
        ("# 河\n".encode() + b"\xff", "2:1: byte 0xff is not UTF-8"),
        (b"\xff\xfeo\x00", "1:1: byte 0xff is not UTF-8"),
        (b"\x00", "1:1: this is not TOML"),
        (b'title = "x"\nn = ' + b"9" * 4400, "2:5: this is not TOML"),  # more digits than Python reads
        (b"x = " + b"[" * 15_000, "1:15005: this is not TOML"),
    ],
)
def test_errors_in_a_profile_are_reported_at_their_place(raw: bytes, said: str) -> None:
    (found,) = problems(raw)
    assert found.startswith(said)


def test_tables_that_are_nested_very_deep_are_reported() -> None:
    _file, found = parse_profile("p", b"[" + b".".join([b"a"] * 5_000) + b"]\n")
    assert str(found["a"]).startswith("p: a profile has no key 'a'")


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_content_fits(raw: bytes) -> None:
    file, _ = parse_profile("p", raw)
    assert parse_profile("p", to_toml(file.profile).encode())[0].profile == file.profile


@pytest.mark.parametrize(
    ("key", "value"), [("paper", 4), ("languages", [1]), ("organiser", ["a"]), ("logo", None)]
)
def test_a_value_of_the_wrong_type_is_refused(key: str, value: object) -> None:
    with pytest.raises(InvalidValueError):
        parse_value(key, value)


def test_its_fields_are_called_as_those_of_pages() -> None:
    own = {field.name for field in fields(Profile)}
    of_pages = {field.name for layout in all_layouts().values() for field in fields(layout.design)}
    assert own - of_pages <= {
        "region", "languages", "audience", "headline", "invitation", "theme", "bank"
    }  # fmt: skip


def test_its_sizes_are_those_of_pages() -> None:
    assert (possible_values("paper"), possible_values("text-size")) == (
        get_args(PaperSize),
        get_args(TextSize),
    )


@pytest.mark.parametrize("link", ["javascript:app.alert(1)", "file:///etc/passwd", " Data:text/html,x"])
def test_a_link_that_runs_or_opens_something_is_refused(link: str) -> None:
    assert problems(f'link = "{link}"')[0].startswith("1:8: link cannot begin with ")


@pytest.mark.parametrize(
    "link",
    ["https://example.org", "HTTP://x", "tel:96110", "mailto:a@example.org", "example.org:8080/a", "x"],
)
def test_other_links_are_accepted(link: str) -> None:
    assert problems(f'link = "{link}"') == []


def test_a_colour_is_dark_enough_to_read() -> None:
    assert [parse_colour("colour", text) for text in ("", "#123A6B", "123a6b")] == ["", "#123a6b", "#123a6b"]
    assert parse_colour("colour", "595959") == "#595959"  # 7.0 : 1, the lightest grey
    for text, said in (
        ("5a5a5a", "colour 5a5a5a is too light to read on white: the contrast is 6.9"),
        ("ffcc00", "colour ffcc00 is too light to read on white: the contrast is 1.5"),
        ("blue", "colour cannot be 'blue'"),
        ("#12345", "colour cannot be '#12345'"),
        ("#fff</style>", "colour cannot be"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            parse_value("colour", text)
        assert said in str(refused.value.what)


@given(st.integers(0x595A59, 0xFFFFFF))
def test_a_colour_that_is_suggested_is_accepted(number: int) -> None:
    with suppress(InvalidValueError):
        parse_colour("colour", f"{number:06x}")
        return
    with pytest.raises(InvalidValueError) as refused:
        parse_colour("colour", f"{number:06x}")
    assert parse_colour("colour", str(refused.value.hint)[-6:])
