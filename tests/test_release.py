"""``scripts/release``: which files it makes, without making them."""

import subprocess
from importlib.metadata import version
from pathlib import Path

from quizgen.text.languages import LANGUAGES

SCRIPT = Path(__file__).parents[1] / "scripts" / "release"


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", str(SCRIPT), *options], capture_output=True, text=True, check=False)


def test_a_release_has_the_wheel_and_kits_and_a_page_in_each_language() -> None:
    names = run("--list").stdout.split()
    expected = [f"dist/quizgen-{version('quizgen')}-py3-none-any.whl"]
    for language in LANGUAGES:
        expected += [
            f"dist/kit-{language}.zip",
            f"dist/kit-{language}-large.zip",
            f"dist/quiz-{language}.html",
        ]
    assert sorted(names) == sorted(expected)


def test_another_option_is_refused_and_makes_nothing() -> None:
    done = run("--upload")
    assert (done.returncode, done.stderr) == (2, "release: it takes --list or nothing\n")
