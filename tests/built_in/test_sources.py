"""The texts that the built-in bank cites."""

from pathlib import Path

import pytest

from quizgen.source.check import check_texts
from quizgen.source.text import read_source_text
from tests.built_in import built_in_bank

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SHARED.exists(), reason="the sources' texts are not part of the project")
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "big5", "big5hkscs", "utf-16"])
def test_the_real_article_is_the_one_that_the_bank_cites(codec: str) -> None:
    text = read_source_text((SHARED / "article.txt").read_text(encoding="utf-8").encode(codec, "ignore"), "a")
    bank = built_in_bank()
    source = bank.sources["police-interview-2021"]
    assert " ".join(each.id for each in text.passages) == "p1 p2 q1 q1-a1 q1-a2 q2 q2-a1 q2-a2 q3 q3-a1 q3-a2"
    assert [passage.digest for passage in text.passages] == [each.digest for each in source.passages]
    (found,) = check_texts([("a", text)], bank)
    assert found.problems == ()


LAWS_AMONG_NOTES = {
    "anti-money-laundering-law": "anti-money-laundering-law-excerpt-2024",
    "court-online-rules-2021": "court-electronic-service-rules",
    "online-crime-interpretation-2019": "bangxin-interpretation-2019-excerpt",
}
"""Files of laws that stand in the folder of the notes, by source."""


@pytest.mark.skipif(not SHARED.exists(), reason="the sources' texts are not part of the project")
def test_the_real_texts_are_those_that_the_bank_cites() -> None:
    bank = built_in_bank()
    files = {file.stem.removesuffix("-excerpt"): file for file in (SHARED / "sources").glob("*.txt")}
    files |= {source: SHARED / "notes" / f"{name}.txt" for source, name in LAWS_AMONG_NOTES.items()}
    texts = {source: read_source_text(file.read_bytes(), file.name) for source, file in files.items()}
    published = {name for name, source in bank.sources.items() if source.basis == "text"}
    assert {*texts} == published - {"police-interview-2021"}
    for name, text in texts.items():
        cited = bank.sources[name].passages
        if name in LAWS_AMONG_NOTES:  # numbered as in the law; the file leaves articles out
            assert {each.digest for each in cited} <= {passage.digest for passage in text.passages}
        else:
            assert [f"{name}/{passage.id}" for passage in text.passages] == [passage.id for passage in cited]
    assert not any(each.problems for each in check_texts([*texts.items()], bank))
