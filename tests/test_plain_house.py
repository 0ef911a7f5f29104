"""quizgen uses no private names of its libraries, no signal timers, and reads the command line in one place.

A test reads the sources and runs nothing. Of an object it cannot know the class; so it allows a name with an underscore
where quizgen defines that name itself, in whatever module.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_REACH_BELOW = {"quizgen/paper/weasyprint_patches.py", "quizgen/screen/driver.py"}
"""Each says in its docstring which private names of another project it uses, and why."""

ENTRY_POINT = "quizgen/cli/__init__.py"

OF_NAMED_TUPLES = {"_asdict", "_fields", "_make", "_replace"}
"""Public, and with an underscore so that no field can have the same name."""

TIMERS_AND_HOOKS = {"signal.SIGALRM", "signal.alarm", "signal.setitimer", "os._exit", "sys.unraisablehook"}

BY_NAME = {"getattr", "setattr", "hasattr", "delattr", "import_module", "__import__"}

SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "quizgen").rglob("*.py"))
}


@cache
def nodes_of(source: str) -> list[ast.AST]:
    """List the nodes of a source, which is parsed once for all tests."""
    return list(ast.walk(ast.parse(source)))


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def private_names_of_ours(sources: dict[str, str]) -> set[str]:
    """Collect the names with an underscore that these sources define, be it as a function, a field or a variable."""
    names = set()
    for source in sources.values():
        for node in nodes_of(source):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
                names.add(node.attr)
    return {name for name in names if is_private(name)}


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def private_names_of_others(source: str, ours: set[str]) -> Iterator[str]:
    """List each use of a private name that is not quizgen's, with its line."""
    for node in nodes_of(source):
        names = []
        if isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("quizgen"):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Attribute):
            names = [] if node.attr in ours | OF_NAMED_TUPLES else [node.attr]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in BY_NAME:
            texts = [word.value for word in node.args if isinstance(word, ast.Constant)]
            parts = [part for text in texts if isinstance(text, str) for part in text.split(".")]
            names = [part for part in parts if part not in ours | OF_NAMED_TUPLES]
        else:
            continue
        yield from (f"line {node.lineno}: {name}" for name in names if is_private(name))
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"#.*\bSLF001\b", line):
            yield f"line {number}: SLF001"


def names_used(source: str) -> Iterator[tuple[int, str]]:
    """List attributes and imported names, in full, each with its line."""
    for node in nodes_of(source):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def our_private_names() -> set[str]:
    return private_names_of_ours(
        {file: text for file, text in SOURCES.items() if file not in MAY_REACH_BELOW}
    )


def test_no_private_name_of_another_project_is_used_where_it_may_not_be() -> None:
    found = {
        file: used
        for file, source in SOURCES.items()
        if (used := list(private_names_of_others(source, our_private_names())))
    }
    assert found.keys() >= MAY_REACH_BELOW  # they still use some
    assert {file: used for file, used in found.items() if file not in MAY_REACH_BELOW} == {}


def test_no_signal_timer_no_hook_and_no_end_without_cleaning_up() -> None:
    found = [
        f"{file}, line {line}: {name}"
        for file, source in SOURCES.items()
        for line, name in names_used(source)
        if name in TIMERS_AND_HOOKS
    ]
    assert found == []


def test_only_the_entry_point_reads_the_words_of_the_command_line() -> None:
    words = {"sys.argv", "sys.orig_argv"}
    readers = {
        file for file, source in SOURCES.items() if any(name in words for _, name in names_used(source))
    }
    assert readers == {ENTRY_POINT}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import typer._click", ["line 1: _click"]),
        ("from typer._click import core", ["line 1: _click"]),
        ("from click import _compat", ["line 1: _compat"]),
        ("import click\nclick.core._check()", ["line 2: _check"]),
        ("import click\ngetattr(click, '_compat')", ["line 2: _compat"]),
        ("import_module('typer._click')", ["line 1: _click"]),
        ("self._driver", ["line 1: _driver"]),
        ("made._own, found._replace(), made.__class__", []),
        ("made.x  # noqa: SLF001  why not", ["line 1: SLF001"]),
    ],
)
def test_every_pattern_finds_its_example(source: str, found: list[str]) -> None:
    assert list(private_names_of_others(source, {"_own"})) == found


def test_each_dependency_is_imported_and_says_why_it_is_there() -> None:
    imported = {
        module.split(".")[0].lower()
        for source in SOURCES.values()
        for node in nodes_of(source)
        for module in modules_imported(node)
    }
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r"^(?:dependencies|mark) = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert len(listed) == 2
    entries = re.findall(r'^    "([a-z0-9-]+)[^"]*",(.*)$', "".join(listed), re.MULTILINE)
    assert entries
    assert [name for name, reason in entries if not re.match(r" *# \w", reason)] == []
    named = {MODULES.get(name, name.replace("-", "_")) for name, _ in entries if name not in USED_BY_OTHERS}
    assert imported - set(sys.stdlib_module_names) == named | {"quizgen"}


MODULES = {
    "pyyaml": "yaml",
    "python-docx": "docx",
    "pillow": "pil",
    "opencv-python-headless": "cv2",
    "zxing-cpp": "zxingcpp",
}
"""Packages whose module has another name."""

USED_BY_OTHERS = {"lxml-html-clean"}
"""Packages that only other packages import."""


def modules_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
