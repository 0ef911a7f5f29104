"""The entries of a package are found in its modules. If two modules use the same name, it is refused."""

import sys
from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.registry import collect_entries


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "colours"]:
        del sys.modules[name]
    folder = tmp_path / "colours"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "warm.py").write_text("COLOUR = ['red', 'orange']")
    (folder / "cold.py").write_text("COLOUR = 'blue'")
    (folder / "helper.py").write_text("")
    return folder


def found(package: Path) -> dict[str, str]:
    return collect_entries("colours", [str(package)], "COLOUR", str)


def test_entries_are_in_the_order_of_their_modules(package: Path) -> None:
    assert list(found(package)) == ["blue", "red", "orange"]


@pytest.mark.parametrize(
    ("module", "first"),
    [("odd", "colours.cold"), ("warm", "colours.warm")],
    ids=["two modules", "one module"],
)
def test_a_second_entry_of_a_name_is_refused(package: Path, module: str, first: str) -> None:
    text = "COLOUR = ['blue']" if module == "odd" else "COLOUR = ['red', 'red']"
    (package / f"{module}.py").write_text(text)
    name = text.partition("'")[2].partition("'")[0]
    with pytest.raises(QuizgenError) as error:
        found(package)
    assert str(error.value) == (
        f"COLOUR: {first} and colours.{module} both have the name {name}; give one of them another name"
    )
