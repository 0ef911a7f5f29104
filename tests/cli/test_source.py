from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from quizgen.source.text import read_source_text
from tests.cli.program import Program
from tests.source.test_text import BODY, ENGLISH, SCRAPED, page
from tests.source.texts import NOTICE
from tests.test_bank import empty_topic_file, text, write

Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``quizgen source …`` and give its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    return partial(Program(tmp_path / "home").here, "source")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of two sources; one is the invented interview, and one fact cites two of its passages."""
    folder = tmp_path / "bank"
    folder.mkdir()
    digests = {passage.id: passage.digest for passage in read_source_text(SCRAPED.encode(), "a").passages}
    quay = source("quay", "Voices on the quay", digests) | {
        "title": text("Voices on the quay", "码头上的声音")
    }
    quay["passages"][3]["speaker"] = text("the fish market's office", "渔市管理处")
    write(folder / "sources.yaml", {"sources": [source("other", "Another", {"p1": "0" * 64}), quay]})
    topic = empty_topic_file()
    topic["facts"][0] |= {"cites": ["quay/p1", "quay/q1-a1"], "terms": ["押金", "掛斷"]}
    write(folder / "parcels.yaml", topic)
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SCRAPED, encoding="utf-8")
    return path


def source(name: str, title: str, digests: dict[str, str]) -> dict[str, Any]:
    return {
        "id": name,
        "title": text(title),
        "publisher": text("Gazette"),
        "date": "2020-03",
        "language": "zh-Hant",
        "passages": [{"id": each, "digest": digest} for each, digest in digests.items()],
    }


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_file_that_cannot_be_read_is_one_line(run: Run, bank: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0\0\1" * 20)
    for name, what in {
        "nowhere.txt": "nowhere.txt: there is no such file or folder; check the path\n",
        "bank": "bank: this is a folder; name a file\n",
        "empty": "empty: is empty; give a file that holds the text\n",
        "binary": "binary: is a binary file, not a text; save it as plain text or HTML\n",
    }.items():
        assert run(command, name, "--bank", bank) == (1, "", what)


def test_all_files_that_cannot_be_read_are_named_at_once(run: Run, bank: Path, article: Path) -> None:
    code, out, err = run("check", "no.txt", article, "bank", "--bank", bank)
    assert (code, out) == (1, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == ["no.txt", "bank"]


def test_a_text_of_no_source_is_reported(run: Run, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH.replace("Voices on", "Heard at"), encoding="utf-8")
    code, out, err = run("check", "en.txt", "--bank", bank)
    assert (code, err) == (1, "")
    assert out == (
        "en.txt: does not match any source of the bank; name the source with --source, or add it to the bank: `quizgen source show` prints its digests\n"
    )


def test_each_of_several_texts_gets_its_own_answer(
    run: Run, bank: Path, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "changed.txt").write_text(SCRAPED.replace("燈塔有幾層", "燈塔有三層"), encoding="utf-8")
    code, out, err = run("check", article.name, "notice.txt", "changed.txt", "--bank", bank)
    assert (code, err) == (1, "")
    assert [line.partition(" ")[0].partition(":")[0] for line in out.splitlines()] == [
        "article.txt",
        "notice.txt",
        "changed.txt",
    ]


def test_an_unknown_source_names_the_nearest(run: Run, bank: Path, article: Path) -> None:
    expected = "there is no source 'quai'; did you mean quay?\n"
    assert run("check", article, "--bank", bank, "--source", "quai") == (2, "", expected)


def test_a_text_of_another_source_is_reported(run: Run, bank: Path, article: Path) -> None:
    code, out, err = run("check", article.name, "--bank", bank, "--source", "other")
    assert (code, err) == (1, "")
    assert out.startswith("article.txt: has no passage of other in the wording that the bank knows; ")


def test_a_source_that_nothing_cites_is_in_order_if_it_is_whole(run: Run, bank: Path, tmp_path: Path) -> None:
    digests = {passage.id: passage.digest for passage in read_source_text(NOTICE.encode(), "a").passages}
    write(bank / "more.yaml", {"sources": [source("notice", "Notice", digests)]})
    (tmp_path / "n.txt").write_text(NOTICE.replace("越要放下", "越要拿起"), encoding="utf-8")
    assert run("check", "n.txt", "--bank", bank) == (
        0,
        "n.txt: notice, 4 of its 5 passages, no facts cite them; missing from the text or changed: n1\n",
        "",
    )


def test_check_names_what_differs_on_stdout_and_fails(run: Run, bank: Path, article: Path) -> None:
    article.write_text(SCRAPED.replace("燈塔有幾層", "燈塔有三層"), encoding="utf-8")
    code, out, err = run("check", article.name, "--bank", bank)
    assert (code, err) == (1, "")
    line = SCRAPED[: SCRAPED.index("燈塔有幾層")].count("\n") + 1
    assert out.startswith(
        f"article.txt:{line}:1: the text of quay/q1-a1, which parcels/no-fee cites, differs"
    )
    assert out.count("\n") == 1


def test_check_passes_an_article_that_is_the_same(run: Run, bank: Path, article: Path) -> None:
    code, out, err = run("check", article, "--bank", bank)
    assert (code, err) == (0, "")
    assert out == f"{article}: quay, 7 of its 7 passages, 1 fact, all terms found\n"


def test_check_takes_the_same_article_as_a_page_in_big5(run: Run, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(list(BODY.values())).encode("big5", "ignore"))
    assert run("check", "a.html", "--bank", bank)[0] == 0


def test_show_without_a_text_lists_the_sources(run: Run, bank: Path) -> None:
    code, out, err = run("show", "--bank", bank)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "other: Another",
        "    Gazette, 2020-03, 1 passage, cited by 0 facts",
        "quay: Voices on the quay",
        "    Gazette, 2020-03, 7 passages, cited by 1 fact",
    ]


def test_show_names_missing_passages_and_the_note_of_a_source(run: Run, bank: Path, article: Path) -> None:
    digests = {passage.id: passage.digest for passage in read_source_text(NOTICE.encode(), "a").passages}
    old = source("notice", "Notice", digests) | {"note": text("Practice of 2020.")}
    write(bank / "more.yaml", {"sources": [old]})
    assert "\n    Practice of 2020.\n" in run("show", "--bank", bank)[1]
    article.write_text(NOTICE.replace("越要放下", "越要拿起"), encoding="utf-8")
    _, out, _ = run("show", article, article, "--bank", bank)
    assert out.count("source: notice, Notice (4 of its 5 passages found)\nnot found: n1\n") == 2


def test_show_lists_passages_with_digests_speakers_and_facts(run: Run, bank: Path, article: Path) -> None:
    code, out, err = run("show", article.name, "--bank", bank)
    assert (code, err) == (0, "")
    head, *blocks = out.rstrip("\n").split("\n\n")
    assert head.splitlines() == [
        "article.txt: UTF-8 text, 7 passages",
        "title: 漁市攤主識破假電話 巡查員和修船師傅答記者問",
        "source: quay, Voices on the quay (7 of its 7 passages found)",
    ]
    passages = read_source_text(SCRAPED.encode(), "a").passages
    assert [block.splitlines()[0] for block in blocks] == [
        f" {number}  {passage.id}, line {passage.line}"
        + (": the fish market's office" if number == 4 else "")
        for number, passage in enumerate(passages, 1)
    ]
    assert [block.splitlines()[2] for block in blocks] == [f"    sha256 {each.digest}" for each in passages]
    assert [block.splitlines()[3] for block in blocks] == [
        f"    cited by {'parcels/no-fee' if each.id in ('p1', 'q1-a1') else 'no fact'}" for each in passages
    ]


def test_show_never_prints_a_long_passage_whole(run: Run, bank: Path, article: Path) -> None:
    _, out, _ = run("show", article, "--bank", bank)
    assert BODY["p1"][:25] in out
    assert BODY["p1"] not in out
    assert BODY["q2"].removeprefix("記者:") in out


def test_show_speaks_the_language_asked_for(run: Run, bank: Path, article: Path) -> None:
    _, out, _ = run("show", article, "--bank", bank, "--lang", "zh-Hans")
    assert "来源：quay，码头上的声音（7 个段落中找到 7 个）" in out
    assert ": 渔市管理处\n" in out


def test_show_takes_an_article_that_the_bank_does_not_know(run: Run, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH.replace("Voices on", "Heard at"), encoding="utf-8")
    code, out, err = run("show", "en.txt", "--bank", bank)
    assert (code, err) == (0, "")
    assert "source: (no source in the bank has any of these passages)\n" in out
    assert "\n 3  q1-a1, line 13: Sergeant Mary Poole\n    No. It is fear & haste;" in out
    assert out.count("cited by no fact\n") == 6
