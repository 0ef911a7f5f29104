from msgspec.structs import replace

from quizgen.model import Bank, Fact, Passage, Source
from quizgen.view.sources import format_citations
from tests.banks import FACTS, QUESTIONS, SOURCES

LAW = Source(
    "law",
    {"en": "Law of the quay", "zh-Hans": "渔市办法"},
    {"en": "Council", "zh-Hans": "议事会"},
    "zh-Hans",
    tuple(Passage(f"law/{slug}", "0" * 64) for slug in ("art3", "art3-2", "art10a")),
    {"en": "Quay law", "zh-Hans": "《渔市办法》"},
    date="2019",
)
RULE = Fact("parcels/rule", "parcels", {"en": "A rule."}, ("law/art3", "law/art10a"), ("渔市",))
QUESTION = next(question for question in QUESTIONS.values() if len(question.facts) == 1)


def bank_of(*sources: Source) -> Bank:
    return Bank({each.id: each for each in sources}, {}, FACTS | {RULE.id: RULE}, {})


def test_a_law_is_cited_in_one_short_line() -> None:
    question = replace(QUESTION, facts=(RULE.id,))
    assert format_citations(bank_of(LAW), question, "en") == ("Quay law, Art. 3, Art. 10-1",)
    assert format_citations(bank_of(LAW), question, "zh-Hans") == ("《渔市办法》第三条、第十条之一",)


def test_several_sources_have_a_line_each() -> None:
    question = replace(QUESTION, facts=(*QUESTION.facts, RULE.id))
    spoken, law = format_citations(bank_of(LAW, *SOURCES.values()), question, "en")
    assert law == "Quay law, Art. 3, Art. 10-1"
    assert "“A talk at the market”, answer" in spoken
