"""``quizgen bank init``: from nothing to a first question on screen, on paper and elsewhere, in whatever language."""

import errno
import json
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
import yaml

from quizgen.bank import check_bank, read_bank
from quizgen.bank.schema import editor_schema
from quizgen.model import Declaration
from quizgen.text.languages import Text
from tests.cli.program import Done, Program
from tests.faults import failing
from tests.paper.printed import text_of
from tests.paper.structure import structure

SINGLE = {
    "id": "plants",
    "kind": "single",
    "stem": {"en": "What do plants take in?"},
    "key": {"en": "Carbon dioxide"},
    "distractors": [{"en": "Oxygen"}, {"en": "Nitrogen"}],
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def new(program: Program, entry: Mapping[str, object], **environment: str) -> Done:
    """Add a question to the bank ``my``."""
    questions = [{"level": "recall", "difficulty": 1, **entry}]
    Path("entry.json").write_text(json.dumps({"topic": "questions", "questions": questions}), "utf-8")
    return program.here("bank", "new", "--from", "entry.json", "--bank", "my", **environment)


def truth(id_: str, key: bool, **stem: str) -> dict[str, object]:  # noqa: FBT001  true or false
    """Return a question of the kind true-false."""
    return {
        "id": id_,
        "kind": "true-false",
        "stem": {tag.replace("_", "-"): text for tag, text in stem.items()},
        "key": key,
    }


def test_a_first_question_comes_on_screen_on_paper_and_into_other_programs(program: Program) -> None:
    done = program.here("bank", "init", "my", "--languages", "en", "--title", "Biology, year 7")
    assert done == Done(
        0,
        "my: created a bank in en; continue with\n  quizgen bank new single --bank my\n  quizgen take --bank my\n",
        "",
    )
    assert check_bank([Path("my")]).problems == []
    empty = program.here("take", "--bank", "my")
    assert (empty.code, empty.err) == (
        1, "the bank has no questions yet; write one with `quizgen bank new`\n"
    )  # fmt: skip
    asked = new(program, SINGLE)
    assert asked == Done(0, "questions/plants written to my/questions.yaml\n", "")
    (question,) = yaml.safe_load(Path("my/questions.yaml").read_text("utf-8"))["questions"]
    assert question["stem"] == {"en": "What do plants take in?"}
    assert {"facts", "rationale", "advice"}.isdisjoint(question)

    taken = program.here("take", "--bank", "my", "-q", "plants", "-s", "1", typed="a\n")
    assert "Source: no source given\n" in taken.out
    assert "Why:" not in taken.out
    assert "careful people" not in taken.out  # it is not about fraud
    printed = program.here("handout", "OUT.pdf", "--bank", "my")
    assert printed.code == 0
    front, behind = (text_of(Path("OUT.pdf").read_bytes(), page) for page in (0, 1))
    assert "Biology,year7" in front
    assert "nosourcegiven" in behind
    assert "passages" not in behind
    exported = program.here("export", "gift", "OUT", "--bank", "my")
    assert exported.code == 0
    assert Path("OUT").read_text("utf-8").startswith("$CATEGORY: Biology, year 7/Questions\n")
    stats = program.here("bank", "stats", "--bank", "my").out
    assert stats.endswith("1 question without a source:\n  questions/plants\n")
    assert "no fact" not in stats
    counts = json.loads(program.here("bank", "stats", "--json", "--bank", "my").out)
    assert counts["questions_without_source"] == ["questions/plants"]


@pytest.mark.parametrize(
    ("languages", "environment", "declared", "title"),
    [
        ((), {"LC_ALL": "zh_TW.UTF-8"}, ("zh-Hant",), {"zh-Hant": "小測驗"}),
        (("--languages", "fr"), {"LC_ALL": "zh_CN.UTF-8"}, ("fr",), {"fr": "小测验"}),
        (("--languages", "EN, zh-hans,pt-BR,en"), {}, ("en", "zh-Hans", "pt-BR"), {"en": "Quiz", "zh-Hans": "小测验", "pt-BR": "Quiz"}),
    ],
)  # fmt: skip
def test_a_bank_is_in_the_languages_that_it_declares(
    program: Program, languages: tuple[str, ...], environment: dict[str, str], declared: tuple[str, ...], title: Text
) -> None:  # fmt: skip
    assert program.here("bank", "init", "my", *languages, **environment).code == 0
    bank = read_bank([Path("my")])
    assert bank.declared == Declaration(declared, ("facts", "rationale"), title)
    schema = json.loads(Path("my/bank.schema.json").read_text("utf-8"))
    assert schema == editor_schema(bank.declared)
    assert schema == json.loads(program.here("bank", "schema", "--bank", "my").out)
    assert schema["$defs"]["text"]["required"] == list(declared)


def test_a_language_without_words_of_ours_has_those_of_the_reader_around_it(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "fr")
    stem, accept = {"fr": "La Terre tourne autour du ____ élevé."}, {"fr": ["Soleil", "soleil levant"]}
    blank = {"id": "la-terre-tourne-autour", "kind": "fill", "stem": stem, "accept": accept}
    assert new(program, blank).code == 0
    flat = truth("la-terre-est-plate", key=False, fr="La Terre est plate.")
    assert new(program, flat, LC_ALL="zh_CN.UTF-8").code == 0
    bank = read_bank([Path("my")])
    assert list(bank.questions) == ["questions/la-terre-tourne-autour", "questions/la-terre-est-plate"]
    taken = program.here("take", "--bank", "my", "-q", "la-terre-tourne-autour", typed="soleil\n")
    assert "✓" in taken.out
    assert taken.out.endswith("Score: 1/1\n")
    chinese = program.here(
        "take", "--bank", "my", "-q", "la-terre-est-plate", "-l", "zh-Hans", typed="错误\n"
    )
    assert "La Terre est plate." in chinese.out
    assert "1/1" in chinese.out
    record = json.loads(program.here("export", "json", "-", "--bank", "my").out)
    assert record["questions"][0]["answer"]["accept"] == ["Soleil", "soleil levant"]
    assert [question["citations"] for question in record["questions"]] == [[], []]


def test_the_language_of_a_bank_can_be_asked_for_and_is_named(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en,fr", "--title", "Sœurs")
    flat = truth("earth-flat", key=False, en="The Earth is flat.", fr="La Terre est plate.")
    assert new(program, flat).code == 0
    asked = ("take", "--bank", "my", "-q", "earth-flat")
    for lang, environment in (("fr", {}), ("FR_ca", {}), (None, {"LC_ALL": "fr_BE.UTF-8"})):
        named = () if lang is None else ("-l", lang)
        taken = program.here(*asked, *named, typed="f\n", **environment)
        assert "La Terre est plate." in taken.out
        assert taken.out.endswith("Score: 1/1\n")
    assert "The Earth is flat." in program.here(*asked, typed="f\n").out
    Path("own.toml").write_text('languages = ["fr", "zh-Hans"]\n', "utf-8")
    own = program.here(*asked, "--profile", "own.toml", typed="f\n")
    assert "La Terre est plate." in own.out
    assert "第 1 题" in program.here("take", "--profile", "own.toml", "-n", 1, typed="q\n").out
    unknown = program.here(*asked, "-l", "pt")
    assert (unknown.code, unknown.err) == (2, "no language 'pt': there are en, zh-Hans, zh-Hant, fr\n")
    assert " zh-Hant (繁體中文) or fr (Français), " in " ".join(
        program.here("take", "--bank", "my", "--help").out.split()
    )
    listed = program.here("bank", "list", "--bank", "my", "-l", "fr")
    assert "La Terre est plate." in listed.out

    assert program.here("handout", "OUT.pdf", "--bank", "my", "-l", "fr", "-s", "1").code == 0
    with pikepdf.open("OUT.pdf") as pdf:
        assert str(pdf.Root["/Lang"]) == "en"  # the words around the questions
        assert "<rdf:li>fr</rdf:li>" in pdf.Root["/Metadata"].read_bytes().decode()
    read = structure(Path("OUT.pdf").read_bytes())
    tagged = {each.text for each in read.all() if each.lang}
    assert {each.lang for each in read.all() if each.lang} == {"fr"}
    assert {"Sœurs", "LaTerreestplate."} <= tagged
    assert not tagged & {"Name", "True", "False", "Answers"}


def test_a_language_of_ours_may_be_that_of_a_country(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "en-GB", "--title", "Colours")
    assert new(program, truth("grey", key=True, en_GB="Grey is a colour.")).code == 0
    for named in ((), ("-l", "en"), ("-l", "en_gb")):
        assert program.here("export", "json", "OUT", "--force", "--bank", "my", *named).code == 0
        assert json.loads(Path("OUT").read_text("utf-8"))["language"] == "en-GB"


def test_a_language_from_the_right_is_refused_on_paper_in_one_line(program: Program) -> None:
    program.here("bank", "init", "my", "--languages", "ar", "--title", "مصر")
    assert new(program, truth("cairo", key=True, ar="القاهرة عاصمة مصر")).code == 0
    refused = program.here("handout", "OUT.pdf", "--bank", "my")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert refused.err.startswith("العربية is written from right to left, which paper cannot be set in; ")
    assert program.here("handout", "OUT.pdf", "--bank", "my", "-l", "en").err == refused.err
    assert not Path("OUT.pdf").exists()
    assert program.here("page", "OUT.html", "--bank", "my").code == 0
    assert '{"tag":"ar","name":"العربية","right":true}' in Path("OUT.html").read_text("utf-8")


def test_what_a_bank_does_not_declare_is_still_asked_for(program: Program) -> None:
    """The built-in bank, and any bank without bank.yaml, need both languages, facts and reasons. bank.yaml is checked, too."""
    program.here("bank", "init", "my", "--languages", "en")
    new(program, SINGLE)
    declaration = Path("my/bank.yaml")
    declaration.write_text("languages: [en, zh-Hans, en]\noptional: [facts, advice]\n", "utf-8")
    Path("my/more.yaml").write_text("languages: [en]\n", "utf-8")
    said = [str(each) for each in check_bank([Path("my")]).problems]
    assert "my/bank.yaml:1:26: this is in `languages` twice; remove one" in said
    assert any(each.startswith("my/bank.yaml:2:19: `advice` is not a valid optional") for each in said), said
    assert (
        "my/more.yaml:1:1: the bank’s languages are already declared in my/bank.yaml, line 1; keep one of them"
        in said
    ), said
    assert any("has no text in zh-Hans" in each for each in said), said
    declaration.unlink()
    Path("my/more.yaml").unlink()
    said = [str(each) for each in check_bank([Path("my")]).problems]
    assert any("has no `facts`" in each for each in said), said
    assert any("has no `rationale`" in each for each in said), said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("full",), 1, "full: the folder is not empty; name a folder that does not exist yet or is empty\n"),
        (("full/file",), 1, "full/file: this is not a folder; name another\n"),
        (("none/my",), 1, "none/my: its folder does not exist; create it first\n"),
        (("my", "--languages", "en, klingon"), 2, "'klingon' is not a language tag; write tags such as en, zh-Hans or pt-BR, separated by commas\n"),
    ],
)  # fmt: skip
def test_a_failed_init_leaves_no_folder(
    program: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    Path("full").mkdir()
    Path("full/file").touch()
    before = sorted(Path.cwd().rglob("*"))
    assert program.here("bank", "init", *arguments) == Done(code, "", said)
    assert sorted(Path.cwd().rglob("*")) == before


def test_a_full_disk_leaves_no_half_a_bank(program: Program) -> None:
    Path("there").mkdir()
    for folder, call in (("there", "fsync"), ("new", "rename")):
        with failing(call, errno.ENOSPC):
            done = program.here("bank", "init", folder)
        assert done.code == 1
        assert done.err.startswith(f"{folder}: cannot write the folder: no space left on device")
    assert list(Path("there").iterdir()) == []
    assert not Path("new").exists()
