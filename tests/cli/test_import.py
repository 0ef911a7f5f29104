"""``quizgen import`` and ``bank init --from``: questions of other programs in a bank, all of them or none."""

import os
from pathlib import Path

import pytest
import yaml

from quizgen.bank import check_bank, read_bank
from quizgen.text.languages import localize
from tests.cli.program import Done, Program

GIFT = """\
$CATEGORY: $course$/top/Plants & fungi

::leaf::What do leaves take in? {=Carbon dioxide ~Oxygen#They give it off. ####They make sugar of it.}

A fungus is a plant. {F}

Write an essay. {}

It grows ____ {=up =upwards}

Half {=a ~%50%b ~c}
"""
WHY = (
    "a.gift:7:1: questions of the kind essay have no counterpart here; change it in the file, or leave such questions out with --skip\n"
    "a.gift:11:1: some of its answers count as partly right; change it in the file, or leave such questions out with --skip\n"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    Path("a.gift").write_text(GIFT, "utf-8")
    return Program(tmp_path)


@pytest.fixture
def my(program: Program) -> Path:
    program.here("bank", "init", "my", "--languages", "en")
    return Path("my")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_unsupported_questions_are_reported_or_skipped(program: Program, my: Path) -> None:
    before = contents(my)
    assert program.here("import", "gift", "a.gift", "--bank", my) == Done(1, "", WHY)
    assert contents(my) == before
    done = program.here("import", "gift", "a.gift", "--bank", my, "--skip")
    assert done == Done(
        0, "my: 3 questions imported into plants-fungi\n", "left out 2 questions that cannot be imported\n"
    )
    assert check_bank([my]).problems == []
    made = yaml.safe_load((my / "plants-fungi.yaml").read_text("utf-8"))
    assert made["title"] == {"en": "Plants & fungi"}
    assert [(each["id"], each["kind"]) for each in made["questions"]] == [
        ("leaf", "single"), ("fungus-plant", "true-false"), ("grows", "fill"),
    ]  # fmt: skip
    assert made["questions"][0]["rationale"] == {"en": "They make sugar of it. Oxygen: They give it off."}
    taken = program.here("take", "--bank", my, "-q", "fungus-plant", typed="f\n")
    assert taken.out.endswith("Score: 1/1\n")


def test_a_question_is_not_imported_twice(program: Program, my: Path) -> None:
    program.here("import", "gift", "a.gift", "--bank", my, "--skip")
    Path("b.gift").write_text(
        "::leaf:: What do leaves take in? {=Light ~Salt}\n\n::leaf:: A new one? {=Yes ~No}", "utf-8"
    )
    again = program.here("import", "gift", "b.gift", "--bank", my, "-t", "plants-fungi")
    assert again.err == "b.gift:1:1: the bank has this question already; leave it out with --skip\n"
    assert program.here("import", "gift", "b.gift", "--bank", my, "-t", "plants-fungi", "--skip").code == 0
    assert [*read_bank([my]).questions][-1] == "plants-fungi/new"  # the id that it names is taken
    assert check_bank([my]).problems == []


def test_a_bank_begins_with_a_file(program: Program) -> None:
    done = program.here("bank", "init", "new", "--from", "gift", "a.gift", "--skip", LC_ALL="zh_CN.UTF-8")
    assert done.out.startswith(
        "new：导入 3 道题，归入 plants-fungi\nnew：题库已建好，语言为 zh-Hans；接下来请运行\n"
    )
    bank = read_bank([Path("new")])
    assert bank.declared.languages == ("zh-Hans",)
    assert [*bank.topics] == ["plants-fungi"]
    refused = program.here("bank", "init", "other", "--from", "gift", "a.gift", "--languages", "en")
    assert (refused.code, refused.err) == (1, WHY)
    assert not Path("other").exists()


def test_the_first_topic_of_a_new_bank_is_called_as_the_file_calls_it(program: Program) -> None:
    Path("b.gift").write_text("$CATEGORY: Biology/The cell\n\n::questions/flat::It is flat.{F}\n", "utf-8")
    assert program.here("bank", "init", "own", "--languages", "en", "--from", "gift", "b.gift").code == 0
    assert read_bank([Path("own")]).topics["questions"].title == {"en": "The cell"}
    Path("c.gift").write_text("It is flat.{F}\n", "utf-8")
    plain = program.here("bank", "init", "other", "--languages", "en", "--from", "gift", "c.gift")
    assert plain.code == 0
    assert read_bank([Path("other")]).topics["questions"].title == {"en": "Questions"}


def test_a_topic_may_be_called_as_a_file_is_that_holds_something_else(program: Program, my: Path) -> None:
    Path("b.gift").write_text("$CATEGORY: Bank\n\nIt lends money. {T}", "utf-8")
    assert program.here("import", "gift", "b.gift", "--bank", my).code == 0
    assert program.here("bank", "init", "new", "--languages", "en", "--from", "gift", "b.gift").code == 0
    for folder in (my, Path("new")):
        assert (folder / "bank-topic.yaml").is_file()
        assert [*read_bank([folder]).questions] == ["bank/lends-money"]


def test_an_export_of_our_bank_comes_in_without_its_sources(program: Program) -> None:
    assert (
        program.here("export", "moodle", "a.xml", "-k", "single", "-n", "3", "-s", "1", "-l", "zh-Hans").code
        == 0
    )
    done = program.here("bank", "init", "new", "--languages", "zh-Hans", "--from", "moodle", "a.xml")
    assert "3 questions name their sources; these are not imported" in done.err
    ours = read_bank([Path(__file__).parents[2] / "question_bank"]).questions
    for id_, question in read_bank([Path("new")]).questions.items():
        assert (question.level, question.difficulty) == (ours[id_].level, ours[id_].difficulty)
        assert question.stem["zh-Hans"].endswith(localize(ours[id_].stem, "zh-Hans"))
        # The reasons of an exhibit's signs follow the rationale.
        rationale = localize(ours[id_].rationale, "zh-Hans")
        assert question.rationale["zh-Hans"].startswith(rationale)
        assert ours[id_].exhibit or question.rationale["zh-Hans"] == rationale
        assert question.advice.get("zh-Hans", "") == localize(ours[id_].advice, "zh-Hans")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gift", "a.gift"), 2, "questions are imported into one bank of your own; name it with --bank"),
        (("gft", "a.gift", "--bank", "my"), 2, "'gft' is not a format that can be imported; did you mean gift?"),
        (("qti", "a.gift", "--bank", "my"), 2, "'qti' is not a format that can be imported; use csv, gift, moodle, json or table"),
        (("gift", "a.gift", "--bank", "my", "-t", "x"), 2, "no topic 'x'; there are questions"),
        (("gift", "a.gift", "--bank", "bank"), 1, "bank: the texts of this bank are in en and zh-Hans"),
        (("gift", "none.gift", "--bank", "my"), 1, "none.gift: there is no such file or folder"),
        (("gift", "my", "--bank", "my"), 1, "my: this is a folder"),
        (("gift", "pipe", "--bank", "my"), 1, "pipe: this is a device or a pipe, not a file"),
        (("gift", "large", "--bank", "my"), 1, "large: this file is larger than 20 MB; export it in parts"),
        (("moodle", "a.gift", "--bank", "my"), 1, "a.gift:1:1: this cannot be read"),
        (("csv", "a.gift", "--bank", "my"), 1, "a.gift: no row names a column"),
    ],
)  # fmt: skip
def test_an_impossible_import_is_refused_in_one_line(
    program: Program, my: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    os.mkfifo("pipe")
    with Path("large").open("wb") as file:
        file.truncate(100_000_000)
    before = contents(my)
    done = program.here("import", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1
    assert contents(my) == before


def test_a_bank_that_requires_facts_refuses_an_import(program: Program, my: Path) -> None:
    (my / "bank.yaml").write_text("languages: [en]\n", "utf-8")
    done = program.here("import", "gift", "a.gift", "--bank", my, "--skip")
    assert done.err.startswith("my: every question in this bank must be based on facts")
    (my / "bank.yaml").write_text("languages: [en]\noptional: [facts]\n", "utf-8")
    done = program.here("import", "gift", "a.gift", "--bank", my, "--skip")
    assert done.out == "my: 1 question imported into plants-fungi\n"
    assert done.err == "left out 4 questions that cannot be imported\n"
    assert check_bank([my]).problems == []


def test_a_table_without_topics_goes_into_the_only_topic(program: Program, my: Path) -> None:
    Path("a.csv").write_text("question;a;b;answer;explanation\nWhat is 1 + 1?;2;3;a;=Count.\n", "utf-8-sig")
    assert (
        program.here("import", "csv", "a.csv", "--bank", my).out == "my: 1 question imported into questions\n"
    )
    (question,) = read_bank([my]).questions.values()
    assert question.rationale == {"en": "=Count."}


def test_a_category_that_can_be_no_title_keeps_its_questions_out(program: Program, my: Path) -> None:
    Path("b.gift").write_text("$CATEGORY: On\b codes\n\nWhich? {=this ~that ~none}\n", "utf-8")
    before = contents(my)
    done = program.here("import", "gift", "b.gift", "--bank", my)
    assert (done.code, done.out) == (1, "")
    assert "this text contains U+0008, a control character" in done.err
    assert contents(my) == before
