"""CONTRIBUTING says how the web page shows something more: here it shows how hard a question is, in a copy."""

from pathlib import Path

import pytest

from tests.page.browser import CHROMIUM, Browser
from tests.page.pages import data_in
from tests.recipes.copied import Copy

LEGEND = """          el("legend", { class: "stem", id: "stem" }, text(question.stem)),
"""
SHOWN = """          el("p", messageLanguage(), say("page.difficulty", { level: question.difficulty })),
"""


def test_the_page_can_show_more_of_a_question(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.change(
        "quizgen/page/content.py",
        lambda code: code.replace(
            '        "way": view.hint', '        "difficulty": question.difficulty,\n        "way": view.hint'
        ).replace(
            '    "page.begin": ', '    "page.difficulty": _("Difficulty {level} of 3"),\n    "page.begin": '
        ),
    )
    copy.change("templates/page.js", lambda script: script.replace(LEGEND, LEGEND + SHOWN))

    out = tmp_path / "quiz.html"
    copy.run("page", out, "--bank", copy.bank, "-q", "parcels/customs-text")
    html = out.read_text(encoding="utf-8")
    record = data_in(html)
    assert [question["difficulty"] for question in record["questions"]] == [2]
    assert record["texts"][record["messages"]["page.difficulty"]] == "Difficulty {level} of 3"
    assert SHOWN.strip() in html
    assert copy.touched() == {"quizgen/page/content.py", "templates/page.js"}
    if CHROMIUM:
        look_at(out, tmp_path)


def look_at(page: Path, folder: Path) -> None:
    try:
        with Browser(folder / "browser") as browser:
            browser.open(page.as_uri(), 400)
            browser.look("document.querySelector('#screen .main').click()")
            assert "Difficulty 2 of 3" in str(browser.look("document.body.innerText"))
    except OSError:
        pytest.skip("the Chromium that is here does not start")
