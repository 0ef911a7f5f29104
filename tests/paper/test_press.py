"""The press has one interface. Layouts use nothing else of it."""

import ast
from functools import cache
from pathlib import Path

import quizgen
from quizgen.paper import press

PACKAGE = Path(quizgen.__file__).parent


@cache
def imports(path: Path) -> set[str]:
    """List the modules that a module imports from; read each once for all tests."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_only_the_press_uses_its_private_names() -> None:
    outside = [path for path in PACKAGE.rglob("*.py") if (PACKAGE / "paper" / "press") not in path.parents]
    reaching = {
        path.name
        for path in outside
        if any(module.startswith("quizgen.paper.press.") for module in imports(path))
    }
    assert reaching == set()


def test_only_one_module_knows_the_inside_of_weasyprint() -> None:
    knowing = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if {"weasyprint.pdf", "weasyprint.pdf.stream", "weasyprint.document", "weasyprint.draw"}
        & imports(path)
    }
    assert knowing == {"weasyprint_patches.py"}


def test_everything_that_it_offers_exists() -> None:
    assert [name for name in press.__all__ if not hasattr(press, name)] == []
