"""Sources with ``basis: notes``: they are called notes wherever they are named, and are shipped and checked like texts."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.bank import check_bank
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.citation import format_citation, full_title
from quizgen.files import shipped_folder
from quizgen.formats.question_texts import source_lines
from quizgen.formats.records import make_quiz_export, quiz_record
from quizgen.model import Bank, Fact
from quizgen.paper.sheets import source_credit
from quizgen.source.check import CheckResult, check_texts
from quizgen.source.text import read_source_text
from quizgen.text.languages import LANGUAGES
from quizgen.view.sources import list_source_titles
from tests.banks import SOURCES, sample_quiz
from tests.built_in import built_in_bank
from tests.test_bank import empty_topic_file, sources_file, write

NOTES = sorted((shipped_folder("question_bank") / "notes").glob("*.txt"))
TALK = SOURCES["market-talk"]
ON_NOTES = replace(TALK, basis="notes", date="")
CALLED = {
    "en": "our notes on “A talk at the market”",
    "zh-Hans": "本题库摘记：《集市上的一席谈》",
    "zh-Hant": "本題庫摘記：《集市上的一席談》",
}
UNDATED = {"en": "undated", "zh-Hans": "未注明日期", "zh-Hant": "未註明日期"}


def checked(data: bytes, name: str, bank: Bank) -> CheckResult:
    (found,) = check_texts([(name, read_source_text(data, name))], bank)
    return found


def test_every_source_on_notes_is_shipped_with_its_notes() -> None:
    sources = built_in_bank().sources.values()
    assert {path.stem for path in NOTES} == {source.id for source in sources if source.basis == "notes"}
    assert len(NOTES) > 50


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_bank_agrees_with_its_notes(path: Path) -> None:
    bank = built_in_bank()
    found = checked(path.read_bytes(), path.name, bank)
    assert found.match
    assert found.match.source == bank.sources[path.stem]
    assert found.match.missing_passages == []
    assert [str(each) for each in found.problems] == []


def test_a_changed_character_in_notes_names_passage_and_facts() -> None:
    bank = built_in_bank()
    path = next(path for path in NOTES if path.stem == "nfc-cctv-2025")
    fact = Fact("two-cards/tapped", "two-cards", {"en": "So."}, ("nfc-cctv-2025/n2",), ("锦州",))
    data = path.read_text(encoding="utf-8").replace("锦州两起", "锦州三起").encode()
    found = checked(data, path.name, replace(bank, facts={**bank.facts, fact.id: fact}))
    (problem,) = found.problems
    assert str(problem).startswith(
        "nfc-cctv-2025.txt:10:1: the text of nfc-cctv-2025/n2, which two-cards/tapped cites, differs"
    )


@pytest.mark.parametrize("mark", ["摘记：", "Notes:"])
def test_notes_cited_as_if_they_were_the_text_are_named(mark: str) -> None:
    data = f"潮汐预报员的话\n\n港口报\n{mark}下列各条是记下的事实。\n\n1、潮水七点上来，渔船八点回港。\n".encode()
    digest = read_source_text(data, "a").passages[-1]
    source = replace(TALK, passages=(replace(TALK.passages[0], id="market-talk/n1", digest=digest.digest),))
    bank = Bank({source.id: source}, {}, {}, {})
    (problem,) = checked(data, "a.txt", bank).problems
    assert str(problem) == (
        "a.txt:4:1: these are notes on market-talk, but the bank cites the text itself; "
        "add basis: notes to the source"
    )
    bank = replace(bank, sources={source.id: replace(source, basis="notes")})
    assert checked(data, "a.txt", bank).problems == ()


def test_a_bank_with_notes_beside_it_says_so_in_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("bank")
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "talk.txt").write_text("摘记：……", encoding="utf-8")
    made = sources_file("talk")
    write(folder / "sources.yaml", made)
    write(folder / "parcels.yaml", empty_topic_file())
    document, _ = read_document(RawFile("a", (folder / "sources.yaml").read_bytes()))
    assert document
    line, column = document.line_and_column(("sources", 0, "id"))
    assert [str(each) for each in check_bank([folder]).problems] == [
        f"bank/sources.yaml:{line}:{column}: bank/notes/talk.txt has notes on this source, not its text; add basis: notes"
    ]
    made["sources"][0]["basis"] = "notes"
    write(folder / "sources.yaml", made)
    assert check_bank([folder]).problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_called_notes_wherever_the_source_is_named(language: str) -> None:
    quiz = sample_quiz(language)
    bank = replace(quiz.bank, sources={ON_NOTES.id: ON_NOTES})
    (question, *_) = make_quiz_export(replace(quiz, bank=bank)).questions
    for named in (
        format_citation(ON_NOTES, ["market-talk/q1-a1"], language),
        full_title(ON_NOTES, language),
        source_credit(bank, language),
        *list_source_titles(bank, language),
        source_lines(question)[-1],
    ):
        assert CALLED[language].replace("：", "") in named.replace("：", ""), named
    assert UNDATED[language] in full_title(ON_NOTES, language)
    short = replace(ON_NOTES, short={"en": "Market talk", "zh-Hans": "集市谈话"})
    two = replace(bank, sources={"a": short, "b": TALK})
    assert source_credit(two, "en") == "our notes on Market talk; A talk at the market"
    assert source_credit(two, "zh-Hans") == "本题库摘记：集市谈话；集市上的一席谈"


def test_many_sources_are_counted_with_notes_apart() -> None:
    def counted(texts: int, notes: int) -> tuple[str, ...]:
        sources = [TALK] * texts + [ON_NOTES] * notes
        return list_source_titles(Bank(dict(zip("abcdef", sources, strict=False)), {}, {}, {}), "en")

    assert counted(3, 0) == ("Facts from 3 published texts; each answer names its source",)
    assert counted(2, 3) == (
        "Facts from 2 published texts, and from our notes on others: 3; each answer names its source",
    )
    assert counted(0, 3) == ("Facts from our notes on published texts: 3; each answer names its source",)


def test_json_says_that_a_source_is_notes() -> None:
    quiz = sample_quiz()
    record = quiz_record(
        make_quiz_export(replace(quiz, bank=replace(quiz.bank, sources={ON_NOTES.id: ON_NOTES})))
    )
    assert {source["basis"] for each in record["questions"] for source in each["sources"]} == {"notes"}
