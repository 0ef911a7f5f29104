"""What is read of a command line is what Typer alone would read, and what it refuses, it refuses in the same words."""

import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.exceptions import TyperException
from typer.main import get_command

from quizgen.cli import application
from quizgen.cli.option_values import read_plainly
from quizgen.errors import QuizgenError


def parameters(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for param in command.get_params(typer.Context(command)):
        yield f"{path} {param.name}", param
    for name, below in getattr(command, "commands", {}).items():
        yield from parameters(below, f"{path} {name}")


PLAIN, OWN = get_command(application()), get_command(application())
read_plainly(PLAIN)


def pairs() -> dict[str, tuple[Any, Any]]:
    """Give a parameter of each sort, as it is read here, and as Typer reads it."""
    found, seen = {}, []
    for (name, plain), (_, own) in zip(parameters(PLAIN), parameters(OWN), strict=True):
        own._runtime_param = None  # what a command makes when it is used is made to be read plainly
        kind, info = own.type_descriptor.annotation, own.type_descriptor.parameter_info
        sort = (kind, info.parser, info.min, info.max, info.case_sensitive, own.multiple, own.nargs)
        if not own.callback and sort not in seen:  # one with a callback may end the program
            seen.append(sort)
            found[name.strip()] = plain, own
    return found


PAIRS = pairs()

WORDS = st.one_of(
    st.sampled_from(
        ["", "0", "1", "-1", "+1", "007", "1_000", "1.5", "1e3", "١", "99999", "9" * 30, "5s", "2m", "each", "EACH", "end",
         "auto", "dark", "work", "everyone", "/", "/etc/shadow", "-", ".", "no/such", "a\0b", "\udcff", "en", "zh-Hans"]
    ),
    st.text(string.printable, max_size=8),
)  # fmt: skip


def outcome(param: Any, value: Any) -> tuple[str, object]:
    context = typer.Context(OWN)
    try:
        found = param.process_value(context, value)
    except (TyperException, QuizgenError, ValueError) as error:
        return type(error).__name__, getattr(error, "message", str(error))
    return type(found).__name__, found


def test_all_sorts_of_parameters_are_here() -> None:
    assert {str, int, Path, list[str]} <= {own.type_descriptor.annotation for _, own in PAIRS.values()}


@settings(max_examples=25)
@given(st.data())
@pytest.mark.parametrize("name", PAIRS)
def test_values_are_read_as_typer_reads_them(name: str, data: Any) -> None:
    plain, own = PAIRS[name]
    size = own.nargs if own.nargs > 1 else None
    several = own.multiple or own.nargs == -1
    value = data.draw(st.lists(WORDS, min_size=size or 0, max_size=size or 3) if several or size else WORDS)
    for each in (value, None):
        assert outcome(plain, each) == outcome(own, each)


@pytest.mark.parametrize(
    "words", [["-n", "0"], ["-n", "x"], ["--feedback", "never"], ["--question-time", "10"]]
)
def test_what_is_refused_is_refused_by_typer(words: list[str]) -> None:
    said = []
    for command in (PLAIN, OWN):
        with pytest.raises((TyperException, QuizgenError)) as refused:
            command(["take", *words], prog_name="quizgen", standalone_mode=False)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.write_text("")
    monkeypatch.setattr("os.access", lambda *_: False)
    plain, own = next(pair for pair in PAIRS.values() if pair[1].type_descriptor.annotation == list[Path])
    assert outcome(plain, [str(closed)]) == outcome(own, [str(closed)])
    assert outcome(plain, [str(closed)])[0] == "BadParameter"
