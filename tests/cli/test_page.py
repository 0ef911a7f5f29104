from pathlib import Path

import pytest
from PIL import Image

from tests.cli.program import Program
from tests.page.pages import data_in


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_page_has_the_quizzes_of_the_seeds_that_follow(program: Program) -> None:
    out = program.folder / "quiz.html"
    asked = ("page", out, "--bank", program.bank, "-n", 2, "-s", 7, "--quizzes", 3, "-l", "zh-TW")
    done = program.here(*asked)
    assert done.code == 0
    assert "quiz.html：共 3 份測驗，卷號從 7 起" in done.err
    first = out.read_bytes()
    data = data_in(first.decode())
    assert [each["seed"] for each in data["quizzes"]] == [7, 8, 9]
    assert data["languages"][data["language"]] == {"tag": "zh-Hant", "name": "繁體中文"}
    refused = program.here(*asked)
    assert refused.code == 1
    assert program.here(*asked, "--force").code == 0
    assert out.read_bytes() == first


def test_the_profile_heads_the_page(program: Program) -> None:
    Image.new("RGB", (2, 2)).save(program.folder / "a.png")
    profile = program.folder / "mine.toml"
    profile.write_text(
        'organiser = "River Post"\ncontact = "0123"\nlink = "https://example.org/q?a&b"\nheadline = "Hang up!"\ninvitation = "Come in"\nlogo = "a.png"\n'
    )
    out = program.folder / "quiz.html"
    done = program.here("page", out, "--bank", program.bank, "--profile", profile, "--quizzes", 1)
    assert done.code == 0
    html = out.read_text(encoding="utf-8")
    for part in (
        "<b>River Post</b>",
        '<p lang="en">0123</p>',
        '<p><a href="https://example.org/q?a&amp;b">example.org/q?a&amp;b</a></p>',
        ">Hang up!</h1>",
        '"Come in"',
        "data:image/png;base64,",
    ):
        assert part in html


def test_a_new_bank_in_one_language_without_sources(program: Program) -> None:
    own = program.folder / "own"
    assert program.here("bank", "init", own, "--languages", "zh-Hans", "--title", "四年级").code == 0
    asked = own / "questions.yaml"
    question = "  - {id: a, kind: true-false, level: recall, difficulty: 1, stem: {zh-Hans: 网络}, key: true}"
    asked.write_text(asked.read_text("utf-8").replace("questions: []", f"questions:\n{question}"), "utf-8")
    out = program.folder / "quiz.html"
    done = program.here("page", out, "--bank", own, "-l", "zh-Hans", "-s", 7)
    assert done.err.startswith(f"{out}：共 1 份测验，卷号 7，")  # all others would ask the same
    again = program.here("page", out, "--bank", own, "-l", "zh-Hans", "--quizzes", 2, "--force")
    assert again.err.startswith(f"{out}：共 2 份测验")
    data = data_in(out.read_text(encoding="utf-8"))
    assert [each["tag"] for each in data["languages"]] == ["zh-Hans", "zh-Hant"]
    assert data["texts"][data["title"]] == ["四年级", "四年級"]
    (found,) = data["questions"]
    assert (found["facts"], "why" in found, len(found["cites"])) == ([], False, 1)


def test_a_page_can_have_only_some_languages(program: Program) -> None:
    out = program.folder / "quiz.html"
    done = program.here("page", out, "--bank", program.bank, "--languages", "zh-Hant,en")
    assert done.code == 0
    assert [each["tag"] for each in data_in(out.read_text(encoding="utf-8"))["languages"]] == [
        "en",
        "zh-Hant",
    ]
    wrong = program.here("page", out, "--force", "--bank", program.bank, "--languages", "zh-Hant")
    assert (wrong.code, wrong.err[:38]) == (2, "the page opens in en, which is not one")
    assert program.here("page", out, "--force", "--bank", program.bank, "--languages", "fr").code == 2
    assert program.here("page", ".", "--force").code == 2
