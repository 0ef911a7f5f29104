"""Find out which source a text is, and check the text against the facts of a question bank that cite this source."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quizgen.errors import Problem, problem
from quizgen.ids import slug_of
from quizgen.model import Bank, Fact, Source
from quizgen.source.text import SourceText, TextPassage
from quizgen.source.wording import PassageOccurrence, find_passages, normalise_wording
from quizgen.text.messages import _, ngettext

_MIN_TITLE_LENGTH = 6
"""The length of the shortest title that identifies a source, in characters."""
_NOTES = ("摘记：", "摘記：", "Notes:")
"""The beginnings of a paragraph that says that the file is notes on a text, not the text itself."""
_MIN_TERMS = 2
"""How many terms identify a source if no passage matches. They must also be at least half of its terms."""


class SourceMatch(Struct, frozen=True):
    """The source that a text is, and where the source's passages are in the text.

    ``found`` maps full passage ids to places in the text. It is empty if only the title or the terms show which
    source it is.
    """

    source: Source
    found: Mapping[str, PassageOccurrence]

    @property
    def missing_passages(self) -> list[str]:
        """Full ids of the source's passages that are not in the text, or that are worded differently there."""
        return [passage.id for passage in self.source.passages if passage.id not in self.found]


class CheckResult(Struct, frozen=True):
    """The result of checking one text: its source, or ``None`` if it is unknown, and the problems."""

    name: str
    match: SourceMatch | None
    problems: tuple[Problem, ...]


def facts_by_passage(facts: Iterable[Fact]) -> dict[str, list[str]]:
    """Return the ids of the facts that cite each passage, by full passage id."""
    citing: dict[str, list[str]] = {}
    for fact in facts:
        for passage in fact.cites:
            citing.setdefault(passage, []).append(fact.id)
    return citing


def identify_source(text: SourceText, bank: Bank) -> SourceMatch | None:
    """Return the source that a text is: the one with the most passages in it. Return ``None`` if no source fits.

    If the text contains no passage word for word, its title or the terms of facts may show which source it is.
    """
    digests = {passage.digest for passage in text.passages}
    best = max(
        bank.sources.values(),
        key=lambda source: sum(p.digest in digests for p in source.passages),
        default=None,
    )
    if best is None:
        return None
    known = match_passages(text, best)
    if not known.found:
        # The text may be split into paragraphs differently.
        all_digests = {passage.digest for source in bank.sources.values() for passage in source.passages}
        occurrences = find_passages(text.lines, all_digests)
        best = max(
            bank.sources.values(), key=lambda source: sum(p.digest in occurrences for p in source.passages)
        )
        known = SourceMatch(
            best, {p.id: occurrences[p.digest] for p in best.passages if p.digest in occurrences}
        )
    if not known.found:
        return _match_by_title_or_terms(text, bank)
    return known


def match_passages(text: SourceText, source: Source) -> SourceMatch:
    """Find the passages of a source in a text, word for word."""
    occurrences = {passage.digest: PassageOccurrence(passage.line, passage.text) for passage in text.passages}
    digests = {passage.digest for passage in source.passages}
    if digests - occurrences.keys():
        occurrences = find_passages(text.lines, digests) | occurrences
    return SourceMatch(
        source, {each.id: occurrences[each.digest] for each in source.passages if each.digest in occurrences}
    )


def _match_by_title_or_terms(text: SourceText, bank: Bank) -> SourceMatch | None:
    """Return the source whose title is in the text, or else one that has at least half of its terms there.

    A term is a few words that a fact quotes from a passage.
    """
    words = normalise_wording(" ".join(line for _, line in text.lines))
    best: tuple[bool, float] = (False, 0)
    nearest = None
    for source in bank.sources.values():
        has_title = any(
            len(title) >= _MIN_TITLE_LENGTH and title in words
            for title in map(normalise_wording, source.title.values())
        )
        cited = {passage.id for passage in source.passages}
        terms = {term for fact in bank.facts.values() if cited & {*fact.cites} for term in fact.terms}
        found_terms = sum(normalise_wording(term) in words for term in terms)
        is_enough = found_terms >= _MIN_TERMS and 2 * found_terms >= len(terms)
        likeness = (has_title, found_terms / len(terms) if is_enough else 0.0)
        if likeness > best:
            best, nearest = likeness, source
    return SourceMatch(nearest, {}) if nearest else None


def check_texts(
    texts: Sequence[tuple[str, SourceText]], bank: Bank, asked_source: Source | None = None
) -> list[CheckResult]:
    """Check texts against the facts that cite their sources. Each text comes with its file's name.

    Each cited passage must be in a text of its source with the same digest, and each term must be in a passage that
    its fact cites. If a passage is altered or missing, the problem names the facts that cite it, and the terms of
    these facts are not checked. A passage that is altered in one text is a problem even if another text has it
    unaltered. If it is only missing from one text, it is not. ``asked_source`` is the source that the user says all texts
    are.
    """
    known = [
        match_passages(text, asked_source) if asked_source else identify_source(text, bank)
        for _, text in texts
    ]
    places = {
        passage: (name, place)
        for (name, _), each in reversed(list(zip(texts, known, strict=True)))
        if each
        for passage, place in each.found.items()
    }
    term_problems = _check_terms(bank.facts.values(), places)
    citing = facts_by_passage(bank.facts.values())
    reported: set[str] = set()
    checked: list[CheckResult] = []
    for (name, text), each in zip(texts, known, strict=True):
        problems: list[Problem] = []
        if each is None:
            problems.append(
                problem(
                    _("does not match any source of the bank"),
                    _(
                        "name the source with --source, or add it to the bank: `quizgen source show` prints its digests"
                    ),
                    file=name,
                )
            )
        else:
            for passage in each.missing_passages:
                if facts := citing.get(passage):
                    line = _find_altered_line(text, each, passage, bank, is_certain=passage in places)
                    if line is not None:
                        problems.append(_make_altered_problem(name, line, passage, facts))
                    elif passage not in places and passage not in reported:
                        reported.add(passage)
                        problems.append(
                            _make_missing_problem(
                                name, _lines_of_adjacent_passages(text, each, passage)[0], passage, facts
                            )
                        )
            problems += [found for found in term_problems if found.file == name]
            problems += _check_notes_are_declared(name, text, each.source)
            if not (each.found or problems):
                nothing = problem(
                    _("has no passage of {source} in the wording that the bank knows"),
                    _("`quizgen source show` lists the passages that it has"),
                    source=each.source.id,
                    file=name,
                )
                problems.append(nothing)
        checked.append(CheckResult(name, each, tuple(problems)))
    return checked


def is_notes(text: SourceText) -> bool:
    """Return whether a text says that it is notes on another text."""
    return _find_line_that_declares_notes(text) is not None


def _find_line_that_declares_notes(text: SourceText) -> int | None:
    """Return the number of the line by which a text declares itself to be notes on another text, or ``None``."""
    return next((number for number, line in text.lines if line.lstrip().startswith(_NOTES)), None)


def _check_notes_are_declared(name: str, text: SourceText, source: Source) -> list[Problem]:
    """Return a problem if a text is notes about a source, but the question bank does not say so."""
    number = _find_line_that_declares_notes(text)
    if source.basis == "notes" or number is None:
        return []
    return [
        problem(
            _("these are notes on {source}, but the bank cites the text itself"),
            _("add basis: notes to the source"),
            file=name,
            line=number,
            source=source.id,
        )
    ]


def find_missing_terms(name: str, text: SourceText, source: Source, bank: Bank) -> list[Problem]:
    """Return a problem for each term that a fact quotes from this source and that the text does not contain.

    ``name`` is the file of the text.
    """
    found = match_passages(text, source).found
    return _check_terms(bank.facts.values(), {passage: (name, place) for passage, place in found.items()})


def _check_terms(facts: Iterable[Fact], places: Mapping[str, tuple[str, PassageOccurrence]]) -> list[Problem]:
    """Return a problem for each term that is in none of the passages that its fact cites.

    A fact is skipped if not all of its passages were found.
    """
    problems = []
    for fact in facts:
        cited = [places[passage] for passage in fact.cites if passage in places]
        if len(cited) < len(fact.cites):
            continue
        words = [normalise_wording(place.text) for _, place in cited]
        name, place = cited[0]
        for term in fact.terms:
            if not any(normalise_wording(term) in each for each in words):
                missing = problem(
                    _("{fact}: the term {term!r} is not in {passages}"),
                    _("copy the term letter for letter, or cite the passage that has it"),
                    fact=fact.id,
                    term=term,
                    passages=fact.cites,
                    file=name,
                    line=place.line,
                )
                problems.append(missing)
    return problems


def _find_altered_line(
    text: SourceText, match: SourceMatch, passage_id: str, bank: Bank, *, is_certain: bool
) -> int | None:
    """Return the line of the text that has an altered version of a passage, or ``None``.

    This is the passage with the most terms of the facts that cite the original, or with the same number. Otherwise,
    unless ``is_certain`` is true, it is an unknown passage between the neighbours of the original.
    """
    digests = {each.digest for each in match.source.passages}
    unmatched = [each for each in text.passages if each.digest not in digests]
    terms = {
        normalise_wording(term)
        for fact in bank.facts.values()
        if passage_id in fact.cites
        for term in fact.terms
    }

    def likeness(candidate: TextPassage) -> tuple[int, bool]:
        words = normalise_wording(candidate.text)
        return sum(term in words for term in terms), candidate.id == slug_of(passage_id)

    best = max(unmatched, key=likeness, default=None)
    if best and any(likeness(best)):
        return best.line
    start, end = _lines_of_adjacent_passages(text, match, passage_id)
    return next((each.line for each in unmatched if not is_certain and start <= each.line <= end), None)


def _lines_of_adjacent_passages(text: SourceText, match: SourceMatch, passage_id: str) -> tuple[int, int]:
    """Return the lines of the passages before and after a missing one, or the first and last line of the text."""
    names = [each.id for each in match.source.passages]
    index = names.index(passage_id)
    before = (match.found[name].line for name in names[:index] if name in match.found)
    after = (match.found[name].line for name in names[index:] if name in match.found)
    return max(before, default=0), min(after, default=text.lines[-1].line)


def _make_altered_problem(name: str, line: int, passage: str, facts: Sequence[str]) -> Problem:
    """Return a problem that says which facts cite an altered passage."""
    differs = ngettext(
        "the text of {passage}, which {facts} cites, differs from the one that the bank was written from",
        "the text of {passage}, which {facts} cite, differs from the one that the bank was written from",
        len(facts),
        passage=passage,
        facts=facts,
    )
    return problem(
        differs,
        _("restore the text, or check these facts against it and write its new digest into the bank"),
        file=name,
        line=line,
    )


def _make_missing_problem(name: str, line: int, passage: str, facts: Sequence[str]) -> Problem:
    """Return a problem that says which facts cite a missing passage."""
    lost = ngettext(
        "{passage}, which {facts} cites, is not in the text",
        "{passage}, which {facts} cite, is not in the text",
        len(facts),
        passage=passage,
        facts=facts,
    )
    return problem(
        lost,
        _("it would come after the passage that starts here; `quizgen source show` lists the passages")
        if line
        else _("`quizgen source show` lists the passages that it has"),
        file=name,
        line=line,
    )
