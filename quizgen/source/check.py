"""A bank held against the article that it cites (pure)."""

from collections.abc import Iterable

from quizgen.errors import Problem, problem
from quizgen.ids import own_id
from quizgen.language import counted
from quizgen.model import Fact, Source
from quizgen.source.article import Article, ArticlePassage


def facts_citing(facts: Iterable[Fact]) -> dict[str, list[str]]:
    """Which facts cite each passage: full passage id to full fact ids, both in the bank's order."""
    citing: dict[str, list[str]] = {}
    for fact in facts:
        for passage in fact.cites:
            citing.setdefault(passage, []).append(fact.id)
    return citing


def likeliest(article: Article, sources: Iterable[Source]) -> Source | None:
    """Return the source of which the article has the most passages, or ``None`` if it has none of any."""
    digests = {passage.digest for passage in article.passages}

    def shared(source: Source) -> int:
        return sum(passage.digest in digests for passage in source.passages)

    best = max(sources, key=shared, default=None)
    return best if best and shared(best) else None


def check(article: Article, source: Source, facts: Iterable[Fact], name: str) -> list[Problem]:
    """Hold the facts that cite a source against the article in the file called ``name``.

    Each cited passage is there with its digest, and each term stands, letter for letter, in one of the
    passages that its fact cites. A fact of which a passage is altered or lost is named with that
    passage, and its terms are let be: they cannot be proved.
    """
    mine = [fact for fact in facts if any(passage.startswith(source.id + "/") for passage in fact.cites)]
    citing = facts_citing(mine)
    by_digest = {passage.digest: passage for passage in article.passages}
    problems: list[Problem] = []
    found: dict[str, ArticlePassage] = {}
    for passage in source.passages:
        if passage.digest in by_digest:
            found[passage.id] = by_digest[passage.digest]
        elif passage.id in citing:
            problems.append(_lost(article, passage.id, citing[passage.id], name))
    for fact in mine:
        cited = [found[passage] for passage in fact.cites if passage in found]
        if len(cited) == len(fact.cites):
            problems.extend(_strangers(fact, cited, name))
    return problems


def _lost(article: Article, full_id: str, facts: list[str], name: str) -> Problem:
    """Say that a passage is not there, or that another text stands in its place."""
    local = own_id(full_id)
    for passage in article.passages:
        if passage.id == local:
            differs = counted("source.differs", len(facts), passage=full_id, facts=facts)
            return problem(differs, "source.restore", file=name, line=passage.line)
    lost = counted("source.lost", len(facts), passage=full_id, facts=facts)
    return problem(lost, "source.see-show", file=name)


def _strangers(fact: Fact, cited: list[ArticlePassage], name: str) -> Iterable[Problem]:
    """Name each term of a fact that stands in none of the passages that it cites."""
    for term in fact.terms:
        if not any(term in passage.text for passage in cited):
            yield problem(
                "source.strange-term",
                "source.letter-for-letter",
                fact=fact.id,
                term=term,
                passages=fact.cites,
                file=name,
                line=cited[0].line,
            )
