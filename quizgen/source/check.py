"""Which source a text is of, and a bank held against the texts of the sources that it cites (pure)."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quizgen.errors import Problem, problem
from quizgen.ids import slug_of
from quizgen.model import Bank, Fact, Source
from quizgen.source.text import SourceText, TextPassage
from quizgen.source.wording import Place, find, fold
from quizgen.text.messages import counted

_TITLE = 6
"""Characters of a title that is not just any heading."""
_NOTES = ("摘记：", "摘記：", "Notes:")
"""How the paragraph begins in which a file says that it is notes on a text, and not the text."""
_TERMS = 2
"""How many terms of a source a text must hold to be taken for it, if no passage is the same; and half of all."""


class Recognised(Struct, frozen=True):
    """The source that a text is of, and where it has which of its passages, by full id.

    ``found`` is empty where nothing but title and terms tell.
    """

    source: Source
    found: Mapping[str, Place]

    @property
    def missing(self) -> list[str]:
        """Full ids of the source's passages that the text does not have, or not letter for letter."""
        return [passage.id for passage in self.source.passages if passage.id not in self.found]


class Checked(Struct, frozen=True):
    """What came of one text: its source (``None`` if it is of none), and what is wrong."""

    name: str
    recognised: Recognised | None
    problems: tuple[Problem, ...]


def facts_citing(facts: Iterable[Fact]) -> dict[str, list[str]]:
    """Which facts cite each passage: full passage id to full fact ids, both in the bank's order."""
    citing: dict[str, list[str]] = {}
    for fact in facts:
        for passage in fact.cites:
            citing.setdefault(passage, []).append(fact.id)
    return citing


def recognise(text: SourceText, bank: Bank) -> Recognised | None:
    """Find the source that a text is of: the one of which it has most passages.

    A text that has not one passage letter for letter is known by its title or its terms, if by any.
    """
    digests = {passage.digest for passage in text.passages}
    best = max(
        bank.sources.values(),
        key=lambda source: sum(p.digest in digests for p in source.passages),
        default=None,
    )
    if best is None:
        return None
    known = passages_in(text, best)
    if not known.found:
        # Its paragraphs may be cut in another way.
        everything = {passage.digest for source in bank.sources.values() for passage in source.passages}
        there = find(text.lines, everything)
        best = max(bank.sources.values(), key=lambda source: sum(p.digest in there for p in source.passages))
        known = Recognised(best, {p.id: there[p.digest] for p in best.passages if p.digest in there})
    if not known.found:
        return _alike(text, bank)
    return known


def passages_in(text: SourceText, source: Source) -> Recognised:
    """Find a source's passages in a text, letter for letter."""
    there = {passage.digest: Place(passage.line, passage.text) for passage in text.passages}
    digests = {passage.digest for passage in source.passages}
    if digests - there.keys():
        there = find(text.lines, digests) | there
    return Recognised(
        source, {each.id: there[each.digest] for each in source.passages if each.digest in there}
    )


def _alike(text: SourceText, bank: Bank) -> Recognised | None:
    """Find the source whose title stands in a text, or else most of whose terms do."""
    words = fold(" ".join(line for _, line in text.lines))
    best: tuple[bool, float] = (False, 0)
    nearest = None
    for source in bank.sources.values():
        titled = any(len(title) >= _TITLE and title in words for title in map(fold, source.title.values()))
        cited = {passage.id for passage in source.passages}
        terms = {term for fact in bank.facts.values() if cited & {*fact.cites} for term in fact.terms}
        held = sum(fold(term) in words for term in terms)
        enough = held >= _TERMS and 2 * held >= len(terms)
        likeness = (titled, held / len(terms) if enough else 0.0)
        if likeness > best:
            best, nearest = likeness, source
    return Recognised(nearest, {}) if nearest else None


def check(texts: Sequence[tuple[str, SourceText]], bank: Bank, asked: Source | None = None) -> list[Checked]:
    """Hold all that cites the sources of some texts, each given with its file's name, against them.

    Each cited passage stands in a text of its source with its digest, and each term, letter for letter, in
    one of the passages that its fact cites. A fact of which a passage is altered or lost is named with
    that passage, and its terms are let be: they cannot be proved. What is altered in one text is a problem
    even if another text has it; what is only lacking is not. ``asked`` is the source that all should be of.
    """
    known = [passages_in(text, asked) if asked else recognise(text, bank) for _, text in texts]
    places = {
        passage: (name, place)
        for (name, _), each in reversed(list(zip(texts, known, strict=True)))
        if each
        for passage, place in each.found.items()
    }
    strange = _strange_terms(bank.facts.values(), places)
    citing = facts_citing(bank.facts.values())
    told: set[str] = set()
    checked: list[Checked] = []
    for (name, text), each in zip(texts, known, strict=True):
        problems: list[Problem] = []
        if each is None:
            problems.append(problem("source.of-none", "source.say-which", file=name))
        else:
            for passage in each.missing:
                if facts := citing.get(passage):
                    line = _altered(text, each, passage, bank, sure=passage in places)
                    if line is not None:
                        problems.append(_differs(name, line, passage, facts))
                    elif passage not in places and passage not in told:
                        told.add(passage)
                        problems.append(_lacks(name, _gap(text, each, passage)[0], passage, facts))
            problems += [found for found in strange if found.file == name]
            problems += _notes_as_text(name, text, each.source)
            if not (each.found or problems):
                none = problem("source.no-passage", "source.see-show", source=each.source.id, file=name)
                problems.append(none)
        checked.append(Checked(name, each, tuple(problems)))
    return checked


def _notes_as_text(name: str, text: SourceText, source: Source) -> list[Problem]:
    """Say so if a text is notes, and the bank cites it as the text itself."""
    if source.basis == "notes":
        return []
    return [
        problem("source.notes-as-text", "source.say-notes", file=name, line=number, source=source.id)
        for number, line in text.lines
        if line.lstrip().startswith(_NOTES)
    ][:1]


def _strange_terms(facts: Iterable[Fact], places: Mapping[str, tuple[str, Place]]) -> list[Problem]:
    """Name each term that stands in none of the passages that its fact cites, where all of them are there."""
    problems = []
    for fact in facts:
        cited = [places[passage] for passage in fact.cites if passage in places]
        if len(cited) < len(fact.cites):
            continue
        words = [fold(place.text) for _, place in cited]
        name, place = cited[0]
        for term in fact.terms:
            if not any(fold(term) in each for each in words):
                strange = problem(
                    "source.strange-term",
                    "source.letter-for-letter",
                    fact=fact.id,
                    term=term,
                    passages=fact.cites,
                    file=name,
                    line=place.line,
                )
                problems.append(strange)
    return problems


def _altered(text: SourceText, known: Recognised, passage: str, bank: Bank, *, sure: bool) -> int | None:
    """Find the line of what stands in place of a passage that is not there letter for letter.

    It has most of the terms of the facts that cite the passage, or its number, or else stands between
    the passages before and behind it; that alone is not enough where it has to be ``sure``.
    """
    digests = {each.digest for each in known.source.passages}
    strangers = [each for each in text.passages if each.digest not in digests]
    terms = {fold(term) for fact in bank.facts.values() if passage in fact.cites for term in fact.terms}

    def likeness(stranger: TextPassage) -> tuple[int, bool]:
        words = fold(stranger.text)
        return sum(term in words for term in terms), stranger.id == slug_of(passage)

    best = max(strangers, key=likeness, default=None)
    if best and any(likeness(best)):
        return best.line
    start, end = _gap(text, known, passage)
    return next((each.line for each in strangers if not sure and start <= each.line <= end), None)


def _gap(text: SourceText, known: Recognised, passage: str) -> tuple[int, int]:
    """Give the lines of the passages before and behind one that is not there, or else of the text's ends."""
    names = [each.id for each in known.source.passages]
    index = names.index(passage)
    before = (known.found[name].line for name in names[:index] if name in known.found)
    behind = (known.found[name].line for name in names[index:] if name in known.found)
    return max(before, default=0), min(behind, default=text.lines[-1].line)


def _differs(name: str, line: int, passage: str, facts: Sequence[str]) -> Problem:
    differs = counted("source.differs", len(facts), passage=passage, facts=facts)
    return problem(differs, "source.restore", file=name, line=line)


def _lacks(name: str, line: int, passage: str, facts: Sequence[str]) -> Problem:
    lost = counted("source.lost", len(facts), passage=passage, facts=facts)
    return problem(lost, "source.would-follow" if line else "source.see-show", file=name, line=line)
