import pytest

from quizgen.errors import Problem
from quizgen.model import Bank, Fact, Passage, Source
from quizgen.source.check import CheckResult, check_texts, facts_by_passage, identify_source
from quizgen.source.text import SourceText, read_source_text
from quizgen.source.wording import digest
from tests.source.test_text import BODY, SCRAPED
from tests.source.texts import LAYOUTS, SOURCES, laid_out, lines

TEXT = read_source_text(SCRAPED.encode(), "a")
SOURCE = Source(
    "quay", {}, {}, "zh-Hant", tuple(Passage(f"quay/{name}", digest(text)) for name, text in BODY.items())
)  # fmt: skip


def fact(slug: str, cites: str, *terms: str, source: str = "quay") -> Fact:
    return Fact(f"calls/{slug}", "calls", {}, tuple(f"{source}/{cite}" for cite in cites.split()), terms)


FACTS = [
    fact("deposit", "p1", "押金", "燈塔管理處"),
    fact("three-questions", "q1-a2", "三問"),
    fact("hang-up", "q1-a1 q1-a2", "掛斷", "上當"),
]


def bank_of(sources: list[Source], facts: list[Fact]) -> Bank:
    return Bank({source.id: source for source in sources}, {}, {each.id: each for each in facts}, {})


def held(text: SourceText, source: Source, facts: list[Fact]) -> tuple[Problem, ...]:
    (checked,) = check_texts([("a.txt", text)], bank_of([source], facts), source)
    return checked.problems


def altered(old: str, new: str) -> SourceText:
    assert old in SCRAPED
    return read_source_text(SCRAPED.replace(old, new).encode(), "a")


# One text


def test_a_passage_that_differs_is_named_with_its_place_and_its_facts() -> None:
    (found,) = held(altered("三問", "五問"), SOURCE, FACTS)
    assert (found.file, found.line) == ("a.txt", SCRAPED[: SCRAPED.index("三問")].count("\n") + 1)
    assert "quay/q1-a2, which calls/three-questions, calls/hang-up cite, differs" in str(found)


def test_a_passage_that_is_gone_is_named_with_its_facts() -> None:
    gone = Source("quay", {}, {}, "zh-Hant", (*SOURCE.passages, Passage("quay/q9", "0" * 64)))
    (found,) = held(TEXT, gone, [*FACTS, fact("gone", "q9", "燈塔")])
    assert found.file == "a.txt"
    assert "quay/q9, which calls/gone cites, is not in the text" in str(found)


def test_a_term_that_its_passages_lack_is_reported() -> None:
    strange = [fact("deposit", "p1", "押金", "假電話"), fact("calls", "p1 q1", "訣竅", "灯塔")]
    found = held(TEXT, SOURCE, strange)
    assert [str(each).partition("; ")[0].partition("calls/")[2] for each in found] == [
        "deposit: the term '假電話' is not in quay/p1",
        "calls: the term '灯塔' is not in quay/p1, quay/q1",
    ]
    assert {each.line for each in found} == {TEXT.passages[0].line}


def test_a_term_may_have_other_quotation_marks_and_spaces() -> None:
    assert held(TEXT, SOURCE, [fact("three", "q1-a2", "「三問」: 問誰")]) == ()


def test_all_problems_come_at_once() -> None:
    assert len(held(altered("三問", "五問"), SOURCE, [*FACTS, fact("odd", "q2", "燈塔")])) == 2


def test_a_bank_that_is_right_has_no_problem() -> None:
    assert held(TEXT, SOURCE, FACTS) == ()


def test_uncited_passages_and_other_sources_do_not_matter() -> None:
    other = Fact("calls/other", "calls", {}, ("paper/p1",), ("無",))
    assert held(altered("趕快", "快快"), SOURCE, [*FACTS, other]) == ()


def test_a_passage_that_moved_is_still_the_same() -> None:
    moved = altered("記者:已經", "漁市裡的人都在問這個。這是為什麼呢?誰也說不清,只好再問。\n\n    記者:已經")
    assert held(moved, SOURCE, [*FACTS, fact("late", "q2-a1", "儲蓄所")]) == ()


def test_facts_citing_a_passage() -> None:
    assert facts_by_passage(FACTS) == {
        "quay/p1": ["calls/deposit"],
        "quay/q1-a2": ["calls/three-questions", "calls/hang-up"],
        "quay/q1-a1": ["calls/hang-up"],
    }


def test_a_text_belongs_to_the_source_with_most_shared_passages() -> None:
    less = Source("less", {}, {}, "zh-Hant", SOURCE.passages[:2])
    none = Source("none", {}, {}, "zh-Hant", (Passage("none/p1", "0" * 64),))
    known = identify_source(TEXT, bank_of([none, less, SOURCE], []))
    assert known
    assert known.source is SOURCE
    assert known.missing_passages == []
    assert identify_source(TEXT, bank_of([none], [])) is None
    assert identify_source(TEXT, bank_of([], [])) is None


# Texts of several sources, set in every way


def source_of(name: str) -> Source:
    text, ids = SOURCES[name]
    passages = read_source_text(text.encode(), name).passages
    assert [passage.id for passage in passages] == ids
    title = next(line for line in lines(text) if line)
    return Source(
        name, {"zh-Hans": title}, {}, "zh-Hans",
        tuple(Passage(f"{name}/{passage.id}", passage.digest) for passage in passages),
    )  # fmt: skip


FACTS_OF_ALL = [
    fact("deposit-is-small", "art2-2", "不得超过200元", source="law"),
    fact("lending-a-stall", "art3", "借给别人", source="law"),
    fact("false-lighthouse", "art10a", "冒充", source="law"),
    fact("no-hurry", "n1", "催得越紧", source="notice"),
    fact("say-no-code", "n2", "验证码", source="notice"),
    fact("never-by-phone", "p2", "都是骗子", source="notice"),
    fact("fewer-calls", "p1", "“三问”", source="report"),
    fact("ask-in-person", "p2", "当面", source="report"),
]
BANK = bank_of([source_of(name) for name in SOURCES], FACTS_OF_ALL)


def checked(text: str, layout: str = "as it is") -> CheckResult:
    (found,) = check_texts([("a.txt", read_source_text(laid_out(layout, text), "a.txt"))], BANK)
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_a_text_is_recognised_in_any_layout(name: str) -> None:
    for layout in LAYOUTS:
        found = checked(SOURCES[name][0], layout)
        assert found.problems == (), layout
        assert found.match, layout
        assert found.match.source.id == name, layout
        assert found.match.missing_passages == [], layout


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("不得超过200元", "不得超过300元", "law/art2-2, which calls/deposit-is-small cites,"),
        ("替别人占位置", "替亲人占位置", "law/art3, which calls/lending-a-stall cites,"),
        ("再到管理处问清楚", "再到灯塔处问清楚", "law/art10a, which calls/false-lighthouse cites,"),
        ("越要放下电话", "越要拿起电话", "notice/n1, which calls/no-hurry cites,"),
        ("更不要说出", "更不妨说出", "notice/n2, which calls/say-no-code cites,"),
        ("都是骗子", "多是骗子", "notice/p2, which calls/never-by-phone cites,"),
        ("少了一半，多亏", "少了三成，多亏", "report/p1, which calls/fewer-calls cites,"),
        ("先挂断，再到", "先接听，再到", "report/p2, which calls/ask-in-person cites,"),
    ],
)
def test_a_changed_passage_is_named_in_any_layout(old: str, new: str, what: str) -> None:
    name = what.partition("/")[0]
    text = SOURCES[name][0]
    assert text.count(old) == 1
    changed = text.replace(old, new)
    for layout, lay_out in LAYOUTS.items():
        data, (problem,) = lay_out(changed), checked(changed, layout).problems
        assert what in str(problem), layout
        assert problem.file == "a.txt"
        if isinstance(data, str) and not data.startswith("<"):
            assert problem.line > 0, layout


@pytest.mark.parametrize("end", ["。", "；", "："])
def test_another_full_stop_is_a_change(end: str) -> None:
    text = SOURCES["notice"][0].replace("越要放下电话。", f"越要放下电话{end}假。")
    assert "notice/n1" in str(checked(text).problems)


# Texts that are not whole, not known, or not alone


def test_an_excerpt_matches_if_it_has_the_cited_passages() -> None:
    text = SOURCES["law"][0]
    found = checked(text.replace("第一条 为了维护渔市的秩序，保护摊主和买主，制定本办法。\n", ""))
    assert found.problems == ()
    assert found.match
    assert found.match.missing_passages == ["law/art1"]


def test_an_excerpt_without_the_cited_passages_does_not_match() -> None:
    text = SOURCES["law"][0]
    (problem,) = checked(text.replace("\n押金不得超过200元。\n", "")).problems
    assert "law/art2-2, which calls/deposit-is-small cites, is not in the text" in str(problem)


def test_a_source_may_come_in_parts() -> None:
    half = lines(SOURCES["law"][0])
    parts = [("a.txt", "\n\n".join(half[:7])), ("b.txt", "\n\n".join(half[7:]))]
    found = check_texts([(name, read_source_text(text.encode(), name)) for name, text in parts], BANK)
    assert [each.problems for each in found] == [(), ()]
    assert [each.match.source.id for each in found if each.match] == ["law", "law"]
    assert (
        len(check_texts([(parts[0][0], read_source_text(parts[0][1].encode(), "a"))], BANK)[0].problems) == 2
    )


def test_a_change_in_one_of_two_copies_is_a_problem() -> None:
    text = SOURCES["notice"][0]
    copies = [("a.txt", text), ("b.txt", text.replace("都是骗子", "多是骗子"))]
    right, wrong = check_texts([(name, read_source_text(copy.encode(), name)) for name, copy in copies], BANK)
    assert right.problems == ()
    assert [problem.file for problem in wrong.problems] == ["b.txt"]


def test_several_texts_are_each_compared_with_their_source() -> None:
    texts = [(name, read_source_text(text.encode(), name)) for name, (text, _) in reversed(SOURCES.items())]
    found = check_texts(texts, BANK)
    assert [each.match.source.id for each in found if each.match] == [*reversed(SOURCES)]
    assert not any(each.problems for each in found)


def test_a_text_of_no_source_is_reported() -> None:
    (problem,) = checked("燈塔今天夜里不亮了。巡查员说，明天一早就去修，修好了再通知大家。").problems
    assert "does not match any source of the bank" in str(problem)


@pytest.mark.parametrize("titled", [True, False])
def test_a_text_with_all_passages_changed_is_found_by_title_or_terms(titled: bool) -> None:  # noqa: FBT001
    text = SOURCES["report"][0].replace("昨天", "今天").replace("巡查员", "巡视员")
    text = text if titled else text.replace("渔市假电话少了一半", "新闻")
    found = checked(text)
    assert found.match
    assert found.match.source.id == "report"
    assert [str(each).partition(":")[0] for each in found.problems] == ["a.txt", "a.txt"]
    assert "report/p1" in str(found.problems[0])
    assert "report/p2" in str(found.problems[1])


def test_a_changed_text_without_citations_matches_only_by_title() -> None:
    bank = Bank(BANK.sources, {}, {}, {})
    text = read_source_text(
        SOURCES["report"][0].replace("昨天", "今天").replace("巡查员", "巡视员").encode(), "a"
    )
    (found,) = check_texts([("a", text)], bank)
    assert "has no passage of report in the wording that the bank knows" in str(found.problems[0])
