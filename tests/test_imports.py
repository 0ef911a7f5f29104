"""The direction of imports, the purity of all but the command line, and its quick start."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "quizgen"

# A module imports only what stands before it.
ORDER = (
    "text", "errors", "files", "templates", "registry", "permutations", "ids", "shapes", "fields", "model", "citation", "source", "kinds", "bank", "lint", "assemble",
    "attempt", "game", "detection", "history", "review", "analysis", "author", "view", "screen", "marks", "paper", "formats", "page", "profile", "cli", "__main__",
)  # fmt: skip

# The clock, chance, the environment and the streams, which only the command line may touch.
OUTSIDE = {
    "print", "input", "open", "typer", "time.time", "time.time_ns", "datetime.now", "datetime.datetime.now", "date.today",
    "datetime.date.today", "os.environ", "os.getenv", "sys.argv", "sys.exit", "sys.stdin", "sys.stdout",
    "sys.stderr", "random.random", "random.choice", "random.shuffle", "random.sample", "random.randint",
    "random.randrange", "random.seed", "secrets", "uuid.uuid1", "uuid.uuid4",
}  # fmt: skip

EXCEPTIONS = {("paper/weasyprint_setup.py", "os.environ")}
"""WeasyPrint is imported in a changed environment, which is as before when the import is done."""

SLOW = (
    "cv2", "jinja2", "jsonschema_rs", "numpy", "opencc", "pikepdf", "fsrs", "pypinyin", "rapidfuzz", "rich", "segno", "snowballstemmer", "sqlite3", "textual",
    "trafilatura", "weasyprint", "yaml",
)  # fmt: skip

FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def trees() -> dict[str, ast.Module]:
    """Parse each module of the program, once for all tests."""
    return {file: ast.parse(path.read_text(encoding="utf-8")) for file, path in FILES.items()}


def part(name: str) -> str:
    """`quizgen.bank.reader` and `bank/reader.py` are of the part `bank`."""
    return name.removeprefix("quizgen.").split(".")[0].split("/")[0]


def parts_imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            names = [node.module or ""]
            if node.module == "quizgen":
                names = [f"quizgen.{alias.name}" for alias in node.names if not alias.name.startswith("__")]
        else:
            continue
        yield from ((node.lineno, part(name)) for name in names if name.startswith("quizgen."))


def names_used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_the_architecture_page_has_every_part_in_this_order() -> None:
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [part for part in ORDER if part != "__main__"]


def test_a_run_without_options_shows_something() -> None:
    assert "cli/__init__.py" in FILES


def test_imports_go_one_way() -> None:
    wrong = []
    for file, tree in trees().items():
        if file == "__init__.py":
            continue
        allowed = ORDER[: ORDER.index(part(file.removesuffix(".py"))) + 1]
        wrong += [
            f"{file}:{line}: imports {name}" for line, name in parts_imported(tree) if name not in allowed
        ]
    assert wrong == []


def test_only_the_command_line_uses_clock_streams_and_files() -> None:
    wrong = [
        f"{file}:{line}: uses {name}"
        for file, tree in trees().items()
        if not file.startswith(("cli/", "__main__"))
        for line, name in names_used(tree)
        if name in OUTSIDE and (file, name) not in EXCEPTIONS
    ]
    assert wrong == []


def test_the_command_line_starts_without_slow_imports() -> None:
    code = (
        f"import sys, quizgen.cli; quizgen.cli.application(); print(*sorted(set(sys.modules) & {set(SLOW)}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_quiz_on_the_full_screen_does_not_load_the_home_page() -> None:
    code = "import sys, quizgen.cli.take, quizgen.screen.app; print(*(each for each in sys.modules if '.home' in each))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_command_imports_nothing_that_only_others_need(tmp_path: Path) -> None:
    idle: tuple[str, ...] = (
        "quizgen.cli.doctor",
        "quizgen.lint",
        "quizgen.formats.anki",
    )
    idle += ("quizgen.paper.layouts.poster",)
    code = (
        "import sys; from quizgen.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(*sorted(set(sys.modules) & {set(idle)}), 'done', file=sys.stderr)"
    )
    environment = {"HOME": str(tmp_path), "QUIZGEN_DATA": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    handout = [
        "handout",
        str(tmp_path / "handout.pdf"),
        "-n",
        "1",
        "--versions",
        "2",
        "--answers",
        "separate",
    ]
    for words in (["take", "-n", "1"], ["--help"], ["bank", "list", "--help"], handout):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            env=environment,
            input="s\n",
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr.splitlines()[-1] == "done"
