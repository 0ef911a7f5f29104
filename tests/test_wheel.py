"""The wheel, installed alone into a clean environment, does what the checkout does."""

import ast
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PathDistribution, distribution, packages_distributions
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import pypdfium2
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from quizgen import __version__
from tests.built_in import built_in_bank
from tests.test_imports import trees

CHECKOUT = Path(__file__).parents[1]
Done: TypeAlias = subprocess.CompletedProcess[str]


class Installed:
    """The wheel in an environment of its own, tried from a folder that is not the checkout's.

    No network: what the wheel says it needs comes from this environment, and nothing else does.
    """

    def __init__(self, wheel: Path, home: Path) -> None:
        self.environment, self.folder = home / "environment", home / "elsewhere"
        self.folder.mkdir()
        self.variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "QUIZGEN_DATA": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
        }
        self.expect(sys.executable, "-m", "venv", "--without-pip", self.environment)
        pip = (sys.executable, "-m", "pip", "--isolated", "--python", self.environment)
        self.expect(*pip, "install", "--no-deps", "--no-index", "--no-compile", wheel)
        (site,) = self.environment.glob("lib/python*/site-packages")
        (own,) = site.glob("quizgen-*.dist-info")
        link_needs_of(PathDistribution(own), home / "needs")
        # A folder that a .pth file names is searched for modules; .pth files in it are not read.
        (site / "needs.pth").write_text(f"{home / 'needs'}\n", encoding="utf-8")

    def run(self, *command: str | Path, typed: str = "") -> Done:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.variables,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def expect(self, *command: str | Path, typed: str = "") -> str:
        """Return what the command prints; it must not fail."""
        done = self.run(*command, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def quizgen(self, *arguments: str, typed: str = "") -> str:
        return self.expect(self.environment / "bin" / "quizgen", *arguments, typed=typed)


def needs_of(found: Distribution, extras: set[str]) -> Iterator[Requirement]:
    """Yield what a distribution, with these extras, declares that it needs on this system and Python."""
    for line in found.requires or ():
        need = Requirement(line)
        if not need.marker or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield need


def link_needs_of(found: Distribution, folder: Path) -> None:
    """Link into ``folder`` the modules of all that ``found`` needs, directly or not."""
    folder.mkdir()
    waiting, seen = list(needs_of(found, set())), set[str]()
    while waiting:
        need = waiting.pop()
        if str(need) in seen:
            continue
        seen.add(str(need))
        here = distribution(need.name)
        assert need.specifier.contains(here.version, prereleases=True), f"{need}, but {here.version} is here"
        waiting += needs_of(here, need.extras)
        for top in {file.parts[0] for file in here.files or ()} - {"..", "__pycache__"}:
            if not (folder / top).exists():
                (folder / top).symlink_to(Path(str(here.locate_file(top))))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    hatchling = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out)
    subprocess.run(hatchling, cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


def files_below(folder: str) -> set[str]:
    """Name the checkout's files in ``folder``, but for Python's own caches."""
    found = (path for path in (CHECKOUT / folder).rglob("*") if path.is_file())
    return {path.relative_to(CHECKOUT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_has_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    shipped = files_below("question_bank") | files_below("templates")
    licences = {"LICENSE", *files_below("LICENSES")}
    about = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", *(f"licenses/{name}" for name in licences)}
    assert inside == (
        files_below("quizgen")
        | {f"quizgen/shipped/{name}" for name in shipped}
        | {f"quizgen-{__version__}.dist-info/{name}" for name in about}
    )
    # Named, so that a file that goes missing from the checkout is missed too.
    assert inside >= {
        "quizgen/py.typed",
        "quizgen/locales/en/language.toml",
        "quizgen/locales/zh_Hans/LC_MESSAGES/quizgen.mo",
        "quizgen/locales/zh_Hans/language.toml",
        "quizgen/shipped/question_bank/bank.schema.json",
        "quizgen/shipped/question_bank/sources.yaml",
        "quizgen/shipped/templates/handout.css",
        "quizgen/shipped/templates/fonts/OFL.txt",
        "quizgen/shipped/templates/fonts/QuizgenSans-Bold.otf",
        "quizgen/shipped/templates/fonts/QuizgenSans-Regular.otf",
        f"quizgen-{__version__}.dist-info/licenses/LICENSES/CC-BY-4.0.txt",
        f"quizgen-{__version__}.dist-info/licenses/LICENSES/OFL-1.1.txt",
    }


def test_what_it_imports_is_what_it_declares() -> None:
    """A module that only another dependency installs may be missing later."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = chain(project["dependencies"], *project["optional-dependencies"].values())
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    providers = packages_distributions()
    nodes = [node for tree in trees().values() for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    modules = {name.partition(".")[0] for name in names} - {"quizgen"} - sys.stdlib_module_names
    assert modules
    undeclared = [
        module
        for module in sorted(modules)
        if declared.isdisjoint(map(canonicalize_name, providers.get(module, ())))
    ]
    assert undeclared == []


def test_the_installed_program_uses_nothing_from_the_checkout(installed: Installed) -> None:
    code = (
        "import sys; from quizgen import files; from importlib.metadata import files as listed; "
        "print(files.__file__, files.shipped_folder('templates'), listed('quizgen')[0].locate(), *sys.path, sep='\\n')"
    )
    told = installed.expect(installed.environment / "bin" / "python", "-c", code).splitlines()
    assert [path for path in told[:3] if not Path(path).is_relative_to(installed.environment)] == []
    assert [path for path in told[3:] if path and Path(path).is_relative_to(CHECKOUT)] == []


def test_says_its_version(installed: Installed) -> None:
    assert installed.quizgen("--version") == f"quizgen {__version__}\n"


def test_the_built_in_bank_has_no_problems(installed: Installed) -> None:
    assert installed.quizgen("bank", "check").endswith(": no problems found\n")
    stats = json.loads(installed.quizgen("bank", "stats", "--json"))
    assert {each["topic"] for each in stats["topics"]} == {*built_in_bank().topics}


def test_takes_a_quiz_from_a_pipe(installed: Installed) -> None:
    begun = installed.quizgen("take", "-n", "3", "--seed", "7", "-l", "zh-Hant", typed="s\ns\n")
    assert "quizgen take --resume" in begun
    assert "0/3" in installed.quizgen("take", "--resume", typed="s\n")


def test_prints_a_handout(installed: Installed) -> None:
    installed.quizgen(
        "handout", "h.pdf", "-n", "4", "--seed", "7", "-l", "zh-Hans", "--link", "https://example.org"
    )
    with pypdfium2.PdfDocument(installed.folder / "h.pdf") as document:
        assert len(document) == 2
        assert "防范电信网络诈骗" in document[0].get_textpage().get_text_bounded()


def test_the_doctor_finds_no_problem(installed: Installed) -> None:
    told = installed.quizgen("doctor").splitlines()
    assert told
    assert [line for line in told if not line.startswith("ok ")] == []
