"""``quizgen source add``: a new source, a text that has changed, and texts that cannot be added."""

import io
from base64 import b64encode
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from quizgen.bank import check_bank, read_bank
from quizgen.model import Source
from tests.cli.program import Program
from tests.cli.test_terminal import Person

PARAGRAPHS = (
    "The harbour library opens on Monday, and it shows how to tell a false call from a genuine one.",
    "A genuine bank never asks for the code on your card, and it does not mind if you hang up first.",
    "Whoever is unsure may ring the desk of the library, which answers from nine to five on weekdays.",
    "The number of the caller proves nothing, because anybody can make another number appear there.",
)
ABOUT = ("--title", "A morning at the library", "--publisher", "Harbour Gazette")
ID = "morning-library"
TOPIC = """\
topic: calls
title: {en: Calls}
facts:
  - id: no-code
    statement: {en: A bank does not ask for the code.}
    cites: [morning-library/p2]
    terms: [the code on your card]
questions: []
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "bank.yaml").write_text("languages: [en]\noptional: [facts]\n", encoding="utf-8")
    return folder


def article(folder: Path, *paragraphs: str, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_text("\n\n".join(paragraphs or PARAGRAPHS) + "\n", encoding="utf-8")
    return path


def only_source(bank: Path) -> Source:
    (source,) = read_bank([bank]).sources.values()
    return source


def test_a_text_becomes_a_source_that_checks(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    done = program.here("source", "add", "article.txt", "--bank", bank, *ABOUT, "--date", "2026-05")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{ID}: 4 passages written to own/sources.yaml\n"
    source = only_source(bank)
    assert (source.id, source.title, source.date, source.language) == (ID, {"en": ABOUT[1]}, "2026-05", "en")
    assert [each.id for each in source.passages] == [f"{ID}/p{number}" for number in range(1, 5)]
    done = program.here("source", "check", "article.txt", "--bank", bank)
    assert done.code == 0


def test_a_page_says_itself_who_published_it_and_when(program: Program, bank: Path, tmp_path: Path) -> None:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en-GB"><head><title>A morning at the library</title>'
        '<meta property="og:site_name" content="Harbour Gazette">'
        '<meta property="article:published_time" content="2026-05-17T08:00:00Z"></head>'
        f"<body><article><h1>A morning at the library</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    done = program.here("source", "add", "page.html", "--bank", bank)
    assert done.code == 0, done.err
    source = only_source(bank)
    assert source.title == {"en": "A morning at the library"}
    assert source.publisher == {"en": "Harbour Gazette"}
    assert (source.date, source.language) == ("2026-05-17", "en-GB")


def test_what_is_not_known_is_named_and_nothing_is_written(
    program: Program, bank: Path, tmp_path: Path
) -> None:
    article(tmp_path)
    done = program.here("source", "add", "article.txt", "--bank", bank)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "article.txt: the title of this text is not known; give it with --title\n"
        "article.txt: the publisher of this text is not known; give it with --publisher\n"
    )
    assert not (bank / "sources.yaml").exists()


def test_an_unchanged_text_leaves_the_file_as_it_is(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    program.here("source", "add", "article.txt", "--bank", bank, *ABOUT)
    file = bank / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# the end\n", encoding="utf-8")
    before = file.read_bytes()
    done = program.here("source", "add", "article.txt", "--bank", bank)
    assert (done.code, done.out) == (0, f"{ID}: the bank has this text already (article.txt)\n")
    assert file.read_bytes() == before


def test_a_changed_passage_keeps_its_id_and_names_the_facts_that_cite_it(
    program: Program, bank: Path, tmp_path: Path
) -> None:
    article(tmp_path)
    program.here("source", "add", "article.txt", "--bank", bank, *ABOUT)
    (bank / "calls.yaml").write_text(TOPIC, encoding="utf-8")
    before = only_source(bank)
    changed = PARAGRAPHS[1].replace("the code on your card", "your card number")
    article(tmp_path, "The morning was a success, as the library says, and it is held again in May.",
            PARAGRAPHS[0], changed, *PARAGRAPHS[2:])  # fmt: skip
    done = program.here("source", "add", "article.txt", "--bank", bank)
    assert (done.code, done.err) == (0, "")
    updated, altered, terms = done.out.splitlines()
    assert updated == f"{ID} is updated: 1 changed, 1 new, 0 gone"
    assert altered == f"{ID}/p2 has other words now; check the fact that cites it: calls/no-code"
    assert terms.startswith(
        f"article.txt:5:1: calls/no-code: the term 'the code on your card' is not in {ID}/p2; "
    )
    after = {each.id: each.digest for each in only_source(bank).passages}
    assert list(after) == [f"{ID}/{slug}" for slug in ("p1b", "p1", "p2", "p3", "p4")]
    for passage in before.passages:
        assert (after[passage.id] == passage.digest) == (passage.id != f"{ID}/p2")


def test_a_passage_that_is_gone_stays_while_a_fact_cites_it(
    program: Program, bank: Path, tmp_path: Path
) -> None:
    article(tmp_path)
    program.here("source", "add", "article.txt", "--bank", bank, *ABOUT)
    (bank / "calls.yaml").write_text(TOPIC, encoding="utf-8")
    article(tmp_path, PARAGRAPHS[0], PARAGRAPHS[2])
    done = program.here("source", "add", "article.txt", "--bank", bank)
    assert done.out.splitlines() == [
        f"{ID} is updated: 0 changed, 0 new, 2 gone",
        f"{ID}/p2 is not in the text any more, but a fact cites it: calls/no-code; cite another passage there",
    ]
    assert [each.id for each in only_source(bank).passages] == [f"{ID}/{slug}" for slug in ("p1", "p3", "p2")]
    assert check_bank([bank]).problems == []


def test_two_texts_with_one_title_are_refused(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    program.here("source", "add", "article.txt", "--bank", bank, *ABOUT)
    article(tmp_path, *(each.replace("library", "museum").replace("bank", "shop").replace("caller", "guest")
                        for each in reversed(PARAGRAPHS[:2])), name="other.txt")  # fmt: skip
    before = (bank / "sources.yaml").read_bytes()
    done = program.here("source", "add", "other.txt", "--bank", bank, *ABOUT)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(
        f"other.txt: the bank has another text with the title 'A morning at the library': {ID}; give this one"
    )
    assert (bank / "sources.yaml").read_bytes() == before


def test_a_folder_is_added_with_all_its_texts(program: Program, bank: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, word in (("a.txt", "library"), ("b.md", "museum")):
        article(texts, f"What the {word} says about calls",
                *(each.replace("library", word).replace("number", f"{word} number").replace("bank", f"{word} bank")
                  for each in PARAGRAPHS), name=name)  # fmt: skip
    (texts / "picture.png").write_bytes(b"\x89PNG")
    done = program.here("source", "add", texts, "--bank", bank, "--publisher", "Harbour Gazette")
    assert (done.code, done.err) == (0, "")
    titles = [source.title["en"] for source in read_bank([bank]).sources.values()]
    assert titles == ["What the library says about calls", "What the museum says about calls"]


def test_if_one_text_fails_nothing_is_written(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    (tmp_path / "empty.txt").touch()
    done = program.here("source", "add", "article.txt", "empty.txt", "--bank", bank, "--publisher", "Gazette")
    assert (done.code, done.err) == (1, "empty.txt: is empty; give a file that holds the text\n")
    assert not (bank / "sources.yaml").exists()


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--date", "May 2026", "'May 2026' is no date; write it as 2021, 2021-05 or 2021-05-17"),
        ("--id", "My text", "'My text' is no id; write small letters, digits and hyphens"),
        ("--speaker", "Mary", "'Mary' does not name a speaker and a job; write NAME=JOB"),
        ("--lang", "english!", "'english!' is no tag of a language; write en or zh-Hans, for example"),
    ],
)
def test_an_option_that_is_not_valid_is_refused(
    program: Program, bank: Path, tmp_path: Path, option: str, value: str, message: str
) -> None:
    article(tmp_path)
    done = program.here("source", "add", "article.txt", "--bank", bank, *ABOUT, option, value)
    assert (done.code, done.out, done.err) == (2, "", f"{message}\n")


CONVERSATION = (
    "Q: What does a genuine bank ask when it rings somebody about a payment?",
    "Mary Poole: It asks whether the payment is yours, and it does not ask for any code.",
    "Q: And who should ring the library when a call seems strange to them?",
    "Mary Poole: Anybody may ring us, because we answer on all weekdays from nine to five.",
)


def test_speakers_are_named_by_their_office(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path, *CONVERSATION)
    done = program.here(
        "source", "add", "article.txt", "--bank", bank, *ABOUT, "--speaker", "Mary Poole=a librarian"
    )
    assert done.code == 0, done.err
    speakers = {each.id: each.speaker for each in only_source(bank).passages}
    assert speakers[f"{ID}/q1-a1"] == {"en": "a librarian"}
    assert speakers[f"{ID}/q1"] == {}


def test_speakers_are_named_when_the_bank_has_the_text_already(
    program: Program, bank: Path, tmp_path: Path
) -> None:
    article(tmp_path, *CONVERSATION)
    add = ("source", "add", "article.txt", "--bank", bank)
    assert program.here(*add, *ABOUT).code == 0
    done = program.here(*add, "--speaker", "Mary Poole=a librarian")
    assert done.code == 0, done.err
    assert "the bank has this text already" not in done.out + done.err
    assert {each.id: each.speaker for each in only_source(bank).passages}[f"{ID}/q1-a1"] == {
        "en": "a librarian"
    }
    assert "the bank has this text already" in "".join(program.here(*add)[1:])


def test_a_speaker_who_opens_no_passage_is_reported(program: Program, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text('"Hang up," said Sergeant Reed.\n', encoding="utf-8")
    done = program.here(
        "source", "add", "article.txt", "--bank", bank, *ABOUT, "--speaker", "Sergeant Reed=a police officer"
    )
    assert done.code == 0
    assert "Sergeant Reed opens no passage (as “Sergeant Reed:” would)" in done.err
    assert "Mary Poole" not in (bank / "sources.yaml").read_text(encoding="utf-8")


def test_on_a_terminal_enter_takes_what_is_in_brackets(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path, "What the library says about calls", *PARAGRAPHS)
    person = Person(program, "source", "add", "article.txt", "--bank", bank, folder=tmp_path)
    assert "Title [What the library says about calls]" in person.types("")
    assert "Publisher, such as a newspaper or an office\n" in person.types("")
    assert "this needs an answer; press Ctrl-C to leave" in person.types("Harbour Gazette")
    assert "(Enter for none)" in person.types("")
    assert "Language of the text [en]" in person.types("")
    code, shown = person.stays()
    assert (code, shown.splitlines()[-1]) == (
        0,
        "library-says-calls: 4 passages written to own/sources.yaml",
    )
    assert only_source(bank).publisher == {"en": "Harbour Gazette"}


def test_on_a_terminal_a_speaker_may_have_no_office(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path, *CONVERSATION)
    person = Person(
        program, "source", "add", "article.txt", "--bank", bank, *ABOUT, "--date", "2026", "--lang", "en",
        folder=tmp_path
    )  # fmt: skip
    assert "Who speaks as 'Mary Poole': the job, never a name (Enter for none)" in person.types("")
    code, shown = person.stays()
    assert (code, shown.splitlines()[-1]) == (0, f"{ID}: 4 passages written to own/sources.yaml")
    assert [each.speaker for each in only_source(bank).passages] == [{}] * 4


def test_leaving_writes_nothing(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    person = Person(program, "source", "add", "article.txt", "--bank", bank, folder=tmp_path)
    person.waits()
    person.terminal.sendintr()
    code, shown = person.stays()
    assert (code, shown.splitlines()[-1]) == (130, "nothing is written")
    assert not (bank / "sources.yaml").exists()


def test_two_nearly_equal_texts_of_a_folder_are_refused(program: Program, bank: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    article(texts, ABOUT[1], *PARAGRAPHS, name="a.txt")
    article(
        texts,
        ABOUT[1],
        *PARAGRAPHS[:-1],
        "The caller wanted the code, and got none of it at all that day.",
        name="b.txt",
    )
    done = program.here("source", "add", texts, "--bank", bank, "--publisher", "Harbour Gazette")
    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == f"{texts / 'a.txt'} and {texts / 'b.txt'} are nearly the same text; add only one of them\n"
    )
    assert not (bank / "sources.yaml").exists()


def test_a_title_that_is_replaced_is_named(program: Program, bank: Path, tmp_path: Path) -> None:
    article(tmp_path)
    program.here("source", "add", "article.txt", "--bank", bank, *ABOUT)
    new = ("--title", "Another title", "--publisher", "Hill Gazette")
    done = program.here("source", "add", "article.txt", "--bank", bank, *new)
    assert done.out.splitlines()[1:] == [
        f"{ID}: the title is now Another title; it was A morning at the library",
        f"{ID}: the publisher is now Hill Gazette; it was Harbour Gazette",
    ]


def test_a_scanned_page_between_others_is_named(program: Program, bank: Path, tmp_path: Path) -> None:
    scan = io.BytesIO()
    Image.new("L", (40, 40), 128).save(scan, "PNG")
    picture = f'<img src="data:image/png;base64,{b64encode(scan.getvalue()).decode()}">'
    pages = [f"<p>{PARAGRAPHS[0]}</p>", picture, "", f"<p>{PARAGRAPHS[1]}</p>"]
    style = "<style>div + div { break-before: page }</style>"
    HTML(string=style + "".join(f"<div>{page}</div>" for page in pages)).write_pdf(tmp_path / "a.pdf")
    done = program.here("source", "add", "a.pdf", "--bank", bank, *ABOUT)
    assert (done.code, done.err) == (
        0, "a.pdf: page 2 is a picture, so its text is missing; add the text by hand if you need it\n"
    )  # fmt: skip


def test_a_document_with_a_password_says_so(program: Program, bank: Path, tmp_path: Path) -> None:
    HTML(string=f"<p>{PARAGRAPHS[0]}</p>").write_pdf(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    done = program.here("source", "add", "b.pdf", "--bank", bank, *ABOUT)
    said = "b.pdf: has a password; open it with its password, and save it again without one\n"
    assert (done.code, done.err) == (1, said)
