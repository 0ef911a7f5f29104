"""Exhibits, help numbers and enemies in a bank: what is read, and what is wrong with them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from quizgen.bank import check_bank, read_bank
from quizgen.bank.files import RawFile
from quizgen.bank.reader import read_document
from quizgen.bank.yaml_form import bank_entries
from quizgen.errors import MisuseError
from quizgen.shapes import Choose
from tests.test_bank import empty_topic_file, sources_file, text, write

Data = dict[str, Any]


def exhibit(name: str, twin: str, *, genuine: bool, words: str, **changes: Any) -> Data:
    said = text(f"Please {words} now.", f"请{words}。")
    return {
        "id": name,
        "channel": "call",
        "genuine": genuine,
        "twin": twin,
        "from": text("The bank", "银行"),
        "lines": [
            {"who": "caller", **text("A payment waits.", "有一笔款。")},
            {"who": "you", **text("Whose?", "谁的？")},
            {"who": "caller", **said},
            {"who": "caller", **text("Then it goes.", "然后放行。")},
        ],
        "signs": [{"line": 3, "words": text(words), "reason": text("So."), "facts": ["no-fee"]}]
        if "signs" not in changes
        else changes["signs"],
        **{key: value for key, value in changes.items() if key != "signs"},
    }


def sign(line: int | str, en: str, zh: str) -> Data:
    return {"line": line, "words": text(en, zh), "reason": text("So."), "facts": ["no-fee"]}


def pair(**changes: Any) -> list[Data]:
    """A genuine exhibit, and its twin; ``changes`` are made to the twin."""
    genuine = exhibit("asks", "tricks", genuine=True, words="say", signs=[sign(3, "say", "say")])
    scam = exhibit("tricks", "asks", genuine=False, words="pay", signs=[sign(3, "pay", "pay")])
    return [genuine, {key: value for key, value in (scam | changes).items() if value is not None}]


def question(name: str, kind: str = "judge", **changes: Any) -> Data:
    made = {
        "id": name,
        "kind": kind,
        "level": "apply",
        "difficulty": 1,
        "facts": ["no-fee"],
        "exhibit": "tricks",
        "rationale": text("So."),
        "advice": text("Ring {police}.", "打{police}。"),
    }
    return {key: value for key, value in (made | changes).items() if value is not None}


def help_number(name: str = "police", number: str = "110", region: str = "cn") -> Data:
    return {"region": region, "id": name, "number": number, "for": text("Help", "求助"), "cites": ["talk/q1"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    bank = Path("bank")
    bank.mkdir()
    write(bank / "sources.yaml", sources_file("talk"))
    write(bank / "help.yaml", {"help": [help_number(), help_number(number="999", region="uk")]})
    return bank


def topic(folder: Path, *questions: Data, exhibits: list[Data] | None = None) -> None:
    made = empty_topic_file()
    made["exhibits"] = pair() if exhibits is None else exhibits
    made["questions"] += questions
    write(folder / "parcels.yaml", made)


def said(folder: Path) -> list[str]:
    return [f"{found.what}; {found.hint}" for found in check_bank([folder]).problems]


def test_exhibits_become_questions(folder: Path) -> None:
    topic(folder, question("judged"), question("spotted", "spot"), question("trusted", exhibit="asks"))
    bank = read_bank([folder])
    assert [each.genuine for each in bank.exhibits.values()] == [True, False]
    assert bank.exhibits["parcels/tricks"].twin == "parcels/asks"
    judged, spotted, trusted = (
        bank.questions[f"parcels/{name}"] for name in ("judged", "spotted", "trusted")
    )
    assert isinstance(judged.answer, Choose)
    assert (judged.answer.style, judged.answer.keys) == ("verdict", (1,))
    assert trusted.answer == Choose(judged.answer.options, (0,), "verdict")
    assert isinstance(spotted.answer, Choose)
    assert [option["en"] for option in spotted.answer.options] == ["Line 1", "Line 3", "Line 4"]
    assert (spotted.answer.style, spotted.answer.keys) == ("line", (1,))
    assert judged.stem["en"] == "Genuine, or a scam?"
    assert spotted.stem["zh-Hans"] == "这是骗局。从哪一行能看出来？"


def test_texts_name_the_numbers_of_the_first_region(folder: Path) -> None:
    topic(folder, question("judged"))
    bank = read_bank([folder])
    assert bank.questions["parcels/judged"].advice == text("Ring 110.", "打110。")
    assert [(each.region, each.number) for each in bank.help.values()] == [("cn", "110")]


def test_texts_name_the_numbers_of_the_region_that_is_asked_for(folder: Path) -> None:
    topic(folder, question("judged"))
    for region, number in (("uk", "999"), ("cn", "110"), ("uk", "999")):
        bank = read_bank([folder], folder / "cache", region)
        assert bank.questions["parcels/judged"].advice["en"] == f"Ring {number}."
    assert read_bank([folder], region="u").help["police"].number == "110"
    write(folder / "help.yaml", {"help": [help_number(), help_number("bank", "1", "uk")]})
    assert read_bank([folder]).help.keys() == {"police"}
    with pytest.raises(MisuseError, match="the region uk has no help number police, but texts of the bank"):
        read_bank([folder], region="uk")
    topic(folder, question("judged", advice=None))
    assert read_bank([folder], region="uk").help.keys() == {"bank"}


def test_the_region_that_a_bank_declares_wins_over_the_one_that_is_asked_for(folder: Path) -> None:
    topic(folder, question("judged"))
    declared = {"languages": ["en", "zh-Hans"], "currency": text("yuan"), "region": "uk"}
    write(folder / "bank.yaml", declared)
    assert {read_bank([folder], region=asked).help["police"].number for asked in ("", "cn")} == {"999"}
    write(folder / "bank.yaml", declared | {"region": "ukk"})
    assert said(folder) == ["the bank has no help numbers for the region 'ukk'; did you mean uk?"]
    (folder / "help.yaml").unlink()
    topic(folder, question("judged", advice=None))
    assert said(folder) == []


def test_help_is_a_number_a_mail_address_a_form_or_an_app(folder: Path) -> None:
    ways = {
        "number": ("0300 123-2040", "0300 123-2040", "tel:03001232040"),
        "mail": ("report@phishing.gov.uk", "report@phishing.gov.uk", "mailto:report@phishing.gov.uk"),
        "form": ("https://www.example.org/report/", "example.org/report", "https://www.example.org/report/"),
        "app": ("ScamShield", "ScamShield", ""),
    }
    topic(folder, question("judged", advice=text("Tell {mail} or {form}.", "告诉{mail}或{form}。")))
    entries = [help_number(key) | {key: value} for key, (value, *_) in ways.items()]
    for entry in entries[1:]:
        del entry["number"]
    write(folder / "help.yaml", {"help": entries})
    bank = read_bank([folder])
    assert {each.kind: (each.number, each.link) for each in bank.help.values()} == {
        key: (shown, link) for key, (_, shown, link) in ways.items()
    }
    assert (
        bank.questions["parcels/judged"].advice["en"] == "Tell report@phishing.gov.uk or example.org/report."
    )
    for entry in bank_entries(bank)["help"]:
        assert {key: entry[key] for key in ways} == dict.fromkeys(ways, "") | {
            entry["id"]: ways[entry["id"]][0]
        }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": None}, "help police has no `number`; write `number`, `mail`, `form` or `app`"),
        ({"app": "Shield"}, "help police has number and app; keep one of them"),
        ({"number": None, "mail": "at home"}, "`at home` is not a mail address; write it as name@example.org"),
        ({"number": None, "form": "example"}, "`example` is not a web address; write it from https:// on, without blanks"),
        (
            {"number": None, "form": "https://example.org/" + "a" * 30},
            f"this address is too long for a sheet: example.org/{'a' * 30}; use at most 40 characters",
        ),
        ({"number": "report@example.org"}, "`report@example.org` is not a number; write digits, with blanks and hyphens between them if you like; or give it as `mail`, `form` or `app`"),
    ],
)  # fmt: skip
def test_help_that_is_none_or_two_of_these_is_reported(folder: Path, changes: Data, expected: str) -> None:
    topic(folder, question("judged"))
    entry = {key: value for key, value in (help_number() | changes).items() if value is not None}
    write(folder / "help.yaml", {"help": [entry]})
    assert said(folder) == [expected]


def test_a_place_may_lack_a_language_but_has_no_other(folder: Path) -> None:
    topic(folder, question("judged"))
    write(folder / "help.yaml", {"help": [help_number() | {"place": {"en": "on this island"}}]})
    assert read_bank([folder]).help["police"].place == {"en": "on this island"}
    write(folder / "help.yaml", {"help": [help_number() | {"place": {"english": "on this island"}}]})
    (problem,) = check_bank([folder]).problems
    assert "`english`" in str(problem.what)


def test_all_bytes_are_returned(folder: Path) -> None:
    topic(folder, question("judged", audience="work", enemies=["who-asks"]))
    given = bank_entries(read_bank([folder]))
    assert given["exhibits"][1]["lines"][2] == {"who": "caller", **text("Please pay now.", "请pay。")}
    assert given["exhibits"][1]["signs"][0]["line"] == 3
    others = {"role": "", "note": {}, "place": {}, "mail": "", "form": "", "app": ""}
    assert given["help"][0] == {**help_number(), **others}
    judged = given["questions"][1]
    assert (judged["exhibit"], judged["audience"]) == ("parcels/tricks", "work")
    assert judged["enemies"] == ["parcels/who-asks"]


def test_a_file_with_relations_gets_one_line_that_says_what_to_do(folder: Path) -> None:
    topic = empty_topic_file()
    (fact,) = topic["facts"]
    topic["facts"] = [deepcopy(fact) | {"id": id_, "relations": [{}]} for id_ in ("no-fee", "nor-tip")]
    write(folder / "a.yaml", topic)
    write(folder / "b.yaml", {"relations": [{"id": "keeping"}]})
    gone = "quizgen no longer makes questions from models and relations"
    assert said(folder) == [
        f"{gone}; remove `relations:` from every fact",
        f"{gone}; delete the models; if the file has nothing else, delete it",
    ]


@pytest.mark.parametrize(
    ("twin", "problem"),
    [
        ({"lines": []}, "`lines` has no entry; give at least 1"),
        (
            {"signs": [sign(3, "borrow", "pay")]},
            "these words are not in line 3 in en; copy them from it, letter for letter",
        ),
        (
            {"signs": [sign("from", "The bank", "pay")]},
            "these words are not in the sender in zh-Hans; copy them from it, letter for letter",
        ),
        ({"signs": [sign(5, "pay", "pay")]}, "there is no line 5; the exhibit has 4"),
        (
            {"signs": [sign("form", "pay", "pay")]},
            "`form` is not a valid line; write a line's number, or `from`",
        ),
        (
            {"channel": "sms"},
            "the twin has the channel call, but this exhibit has sms; twins may differ only in their signs",
        ),
        ({"genuine": True}, "both twins are genuine; make one twin genuine and the other a scam"),
        ({"twin": "ask"}, "there is no exhibit parcels/ask; did you mean parcels/asks?"),
        (
            {"twin": None},
            "parcels/tricks does not name this exhibit as its twin; write `twin: parcels/asks` there",
        ),
        (
            {"from": text("Ring {polise}", "银行")},
            "there is no help number {polise}; did you mean police?",
        ),
    ],
)
def test_errors_in_an_exhibit_are_reported(folder: Path, twin: Data, problem: str) -> None:
    topic(folder, exhibits=pair(**twin))
    assert problem in said(folder)


def reply(en: str, *then: tuple[str, str], lost: int | None = None) -> Data:
    """What a reader may say, and who then says what."""
    cost = {} if lost is None else {"lost": lost}
    return {"say": text(en, en), "then": [{"who": who, **text(words), **cost} for who, words in then]}


def costly(*lost: int | None, replies: list[Data] | None = None, who: str = "caller") -> list[Data]:
    """Lines that cost something, the first with replies; the third has the sign."""
    lines: list[Data] = [
        {
            "who": who if not index else "caller",
            **text("Please pay now." if index == 2 else f"Well {index}.", "请pay。"),
        }
        | ({} if cost is None else {"lost": cost})
        for index, cost in enumerate(lost)
    ]
    if replies is not None:
        lines[0]["replies"] = replies
    return lines


LEADING = [
    reply("Who is it?", ("caller", "The bank.")),
    reply("The code is 44.", ("caller", "Thanks."), lost=70),
]


def test_a_bank_says_what_it_is_about_and_explains_words(folder: Path) -> None:
    declared: Data = {
        "languages": ["en", "zh-Hans"],
        "about": text("Parcels", "包裹"),
        "glossary": [{"word": "110", "meaning": {"en": "the police there"}}],
    }
    write(folder / "bank.yaml", declared)
    topic(folder, question("judged"), exhibits=pair())
    bank = read_bank([folder])
    assert bank.declared.about == {"en": "Parcels", "zh-Hans": "包裹"}
    assert bank.declared.glossary == {"110": {"en": "the police there"}}
    write(folder / "bank.yaml", {**declared, "glossary": [{"word": "110"}]})
    assert "meaning" in str(check_bank([folder]).problems[0])


def test_an_exhibit_has_a_context_a_stake_what_it_asks_and_replies(folder: Path) -> None:
    write(
        folder / "bank.yaml",
        {"languages": ["en", "zh-Hans"], "currency": text("yuan", "元"), "money": 800, "stake": 40},
    )
    more: Data = {
        "context": text("You tapped a link.", "您点了一个链接。"),
        "stake": 900,
        "asks": ["code", "silence"],
        "lines": costly(None, 60, 900, replies=LEADING),
    }
    topic(folder, question("judged"), exhibits=pair(**more))
    bank = read_bank([folder])
    declared = bank.declared
    assert (declared.currency, declared.money, declared.stake) == ({"en": "yuan", "zh-Hans": "元"}, 800, 40)
    exhibit = bank.exhibits["parcels/tricks"]
    assert (exhibit.context["en"], exhibit.stake, exhibit.asks) == (
        "You tapped a link.",
        900,
        ("code", "silence"),
    )
    assert [line.lost for line in exhibit.lines] == [None, 60, 900]
    first, second = exhibit.lines[0].replies
    assert (first.say["en"], first.then[0].text["en"], first.then[0].lost) == (
        "Who is it?",
        "The bank.",
        None,
    )
    assert second.then[0].lost == 70
    form = bank_entries(bank)["exhibits"][1]
    assert {key: form[key] for key in more} == more
    plain = bank_entries(bank)["exhibits"][0]
    assert (plain["context"], plain["stake"], plain["asks"]) == ({}, 0, [])


@pytest.mark.parametrize(
    ("changes", "place", "problem"),
    [
        (
            {"lines": costly(None, 60, 901)},
            ("lines", 2, "lost"),
            "901 is lost by this line, but only 900 is at stake; raise the stake, or lower this amount",
        ),
        (
            {"lines": costly(60, None, 50)},
            ("lines", 2, "lost"),
            "50 is lost by this line, but 60 is already lost by an earlier line; write the total lost up to this line",
        ),
        (
            {"lines": costly(80, 80, 80, replies=LEADING)},
            ("lines", 0, "replies", 1, "then", 0, "lost"),
            "70 is lost by this line, but 80 is already lost by an earlier line; write the total lost up to this line",
        ),
        (
            {"stake": None, "lines": costly(None, 60, 70)},
            ("lines", 1, "lost"),
            "this line has a loss, but the exhibit has no stake; add `stake:` with the amount at stake, or remove this",
        ),
        ({"stake": 0}, ("stake",), "`0` is out of range; the minimum of `stake` is 1"),
        ({"asks": ["cash", "cash"]}, ("asks", 1), "this is in `asks` twice; remove one"),
        (
            {"asks": ["nothing", "cash"]},
            ("asks", 0),
            "the sender asks for nothing and for something else; remove `nothing`, or the others",
        ),
        ({"context": text(" ", "前")}, ("context", "en"), "this text is empty; fill it in, or remove it"),
        (
            {"lines": costly(None, None, None, replies=[LEADING[0], reply("No.", ("you", "Never."))])},
            ("lines", 0, "replies", 1, "then"),
            "the other side does not answer this reply; add a line in which the other side answers",
        ),
        (
            {"lines": costly(None, None, None, replies=[LEADING[0], {**LEADING[1], "then": []}])},
            ("lines", 0, "replies", 1, "then"),
            "`then` has no entry; give at least 1",
        ),
        (
            {"lines": costly(None, None, None, replies=LEADING, who="you")},
            ("lines", 0, "replies"),
            "this line is the reader’s own, so it cannot have replies; move them to the line before, which they answer",
        ),
        (
            {"lines": costly(None, None, None, replies=[LEADING[0], deepcopy(LEADING[0])])},
            ("lines", 0, "replies", 1, "say", "en"),
            "two replies of this line are the same; change one of them",
        ),
    ],
)
def test_errors_in_stakes_and_losses_are_reported_at_their_place(
    folder: Path, changes: Data, place: tuple[str | int, ...], problem: str
) -> None:
    write(folder / "bank.yaml", {"languages": ["en", "zh-Hans"], "currency": text("yuan", "元")})
    topic(folder, exhibits=pair(**{"stake": 900, **changes}))
    file = folder / "parcels.yaml"
    document, _ = read_document(RawFile(str(file), file.read_bytes()))
    assert document
    found = [each for each in check_bank([folder]).problems if f"{each.what}; {each.hint}" == problem]
    assert found, said(folder)
    assert (found[0].line, found[0].column) == document.line_and_column(("exhibits", 1, *place))


def test_a_sum_at_stake_needs_a_currency(folder: Path) -> None:
    topic(folder, exhibits=pair(stake=900))
    assert said(folder) == [
        "the bank does not name the currency; add `currency:` with its name to bank.yaml, next to `languages:`"
    ]


def test_no_question_asks_for_a_line_among_more_lines_than_letters(folder: Path) -> None:
    lines = [
        {"who": "caller", **text("Please pay now." if index == 2 else f"Well {index}.", "请pay。")}
        for index in range(9)
    ]
    topic(folder, question("spotted", "spot"), exhibits=pair(lines=lines))
    assert "tricks has more than 8 lines to choose from; use the kind `judge`" in said(folder)


def test_a_question_on_an_invalid_exhibit_is_not_reported(folder: Path) -> None:
    topic(folder, question("judged"), exhibits=pair(lines=[]))
    assert said(folder) == ["`lines` has no entry; give at least 1"]


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (
            question("judged", exhibit=None),
            "question judged has no `exhibit`; add it, for example `exhibit: exhibit-id`",
        ),
        (
            question("judged", exhibit="trick"),
            "there is no exhibit parcels/trick; did you mean parcels/tricks?",
        ),
        (
            question("judged", enemies=["who-ask"]),
            "there is no question parcels/who-ask; did you mean parcels/who-asks?",
        ),
        (question("judged", enemies=["judged"]), "this question names itself as its enemy; remove it"),
        (question("judged", audience="all"), "`all` is not a valid audience; there are everyone and work"),
        (
            question("judged", advice=text("Ring {mum}.", "打{mum}。")),
            "there is no help number {mum}; there are police",
        ),
    ],
)
def test_errors_in_a_question_on_an_exhibit_are_reported(folder: Path, asked: Data, problem: str) -> None:
    topic(folder, asked)
    assert problem in said(folder)


@pytest.mark.parametrize(
    ("signs", "problem"),
    [
        (
            [sign(3, "pay", "pay"), sign(4, "goes", "放行")],
            "the signs of tricks are not all in one line",
        ),
        ([sign("from", "bank", "银行")], "the signs of tricks are not all in one line"),
        ([sign(2, "Whose", "谁")], "the sign of tricks is in a line that the reader says"),
    ],
)
def test_a_line_to_spot_is_said_by_another_person(folder: Path, signs: list[Data], problem: str) -> None:
    topic(folder, question("spotted", "spot"), exhibits=pair(signs=signs))
    assert [each.partition(";")[0] for each in said(folder)] == [problem]


def test_places_are_named(folder: Path) -> None:
    topic(folder, exhibits=pair(twin="nobody"))
    places = [(found.file, found.line > 0, found.column > 0) for found in check_bank([folder]).problems]
    assert places == [("bank/parcels.yaml", True, True)] * 2


FACT = """topic: parcels
title: {en: Parcels, zh-Hans: 包裹}
facts:
  - id: fact
    statement: {en: "Nobody pays.", zh-Hans: 谁也不用付钱。}
    cites: [q1]
    terms: [燈]
"""

QUESTION = """questions:
  - id: judged
    kind: judge
    level: apply
    difficulty: 1
    facts: [fact]
    exhibit: bill
    rationale: {en: "It is free.", zh-Hans: 不收钱。}
"""


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        (
            QUESTION.replace("exhibit: bill", 'context: {en: "The phone rings:", zh-Hans: 电话响了：}'),
            [
                "9:5: question judged has no `exhibit`; add it, for example `exhibit: exhibit-id`",
                (
                    "14:5: unknown key `context` in question judged; the keys are id, draft, kind, lesson, audience, level, difficulty, "
                    "facts, exhibit, enemies, stem, short, rationale, advice and waive"
                ),
            ],
        ),
        (
            "exhibits:\n  - id: bill\n    channel: call\n    genuine: false\n"
            '    context: {en: "The phone rings:", zh-Hans: 电话响了：}\n' + QUESTION,
            [
                "9:5: exhibit bill has no `from`; add it, for example `from: {en: …, zh-Hans: …}`",
                "9:5: exhibit bill has no `lines`; add it, for example `lines: [{who: sender, en: …, zh-Hans: …}]`",
                "9:5: exhibit bill has no `signs`; add it, for example `signs: [{line: 1, words: {en: …, zh-Hans: …}, reason: {en: …, zh-Hans: …}, facts: [fact-id]}]`",
            ],
        ),
        (
            'exhibits:\n  - id: bill\n    channel: call\n    genuine: false\n    from: {en: "", zh-Hans: 灯塔}\n'
            '    lines:\n      - {en: "Pay.", zh-Hans: 付钱。}\n    signs: []\n' + QUESTION,
            [
                "12:16: this text is empty; fill it in, or remove it",
                "14:9: entry 1 of `lines` has no `who`; add it, for example `who: sender`",
                "15:12: `signs` has no entry; give at least 1",
            ],
        ),
    ],
)
def test_a_context_alone_and_a_frame_without_its_parts_are_reported_at_their_place(
    folder: Path, entries: str, problems: list[str]
) -> None:
    (folder / "parcels.yaml").write_text(FACT + entries, encoding="utf-8")
    assert list(map(str, check_bank([folder]).problems)) == [f"bank/parcels.yaml:{each}" for each in problems]
