"""The sources of a quiz and of its answers, as texts to display."""

from quizgen.citation import format_citation, passage_name, source_sentence
from quizgen.ids import slug_of, topic_of
from quizgen.model import Bank, Question
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.text import localize_for_display, make_single_line

MAX_TITLES = 2
"""The largest number of sources to name at the beginning and the end of a quiz. If there are more, only their number is shown."""


def list_source_titles(bank: Bank, language: str, question: Question | None = None) -> tuple[str, ...]:
    """Return the full title of each source of a question bank, or only of the sources behind one question.

    If there are many sources, return only a sentence with their number, because each answer names its
    own.
    """
    if question is None and len(bank.sources) > MAX_TITLES:
        return (_describe_source_count(bank, language),)
    wanted = None if question is None else {source for source, _ in _cited_passages(bank, question)}
    return tuple(
        source_sentence(source, language, localize_for_display)
        for name, source in bank.sources.items()
        if wanted is None or name in wanted
    )


def _describe_source_count(bank: Bank, language: str) -> str:
    """Return a sentence with the number of sources; sources that are notes are counted separately."""
    notes = sum(source.basis == "notes" for source in bank.sources.values())
    texts = len(bank.sources) - notes
    if not notes:
        return _("Facts from {count} published texts; each answer names its source", count=texts).translated(
            language
        )
    if not texts:
        return _(
            "Facts from our notes on published texts: {notes}; each answer names its source", notes=notes
        ).translated(language)
    return _(
        "Facts from {texts} published texts, and from our notes on others: {notes}; each answer names its source",
        texts=texts,
        notes=notes,
    ).translated(language)


def format_citations(bank: Bank, question: Question, language: str) -> tuple[str, ...]:
    """Return the passages that a question rests on, one text for each source, with the offices of the speakers.

    If a quiz has only one source, passages with a speaker have no title, because the same title after
    every answer is noise; :func:`list_source_titles` shows it at the beginning and at the end. If no
    passage supports the question, the text says so.
    """
    if not question.facts:
        return (_("no source given").translated(language),)
    cited: dict[str, dict[str, list[str]]] = {}
    for source, passage_id in _cited_passages(bank, question):
        passage = next(p for p in bank.sources[source].passages if p.id == passage_id)
        speaker = localize_for_display(passage.speaker, language)
        cited.setdefault(source, {}).setdefault(speaker, []).append(passage_id)
    return tuple(
        locale(language).semicolon.join(
            _format_citation(bank, source, speaker, passages, language)
            for speaker, passages in speakers.items()
        )
        for source, speakers in cited.items()
    )


def _format_citation(bank: Bank, source: str, speaker: str, passages: list[str], language: str) -> str:
    """Return a citation of passages of one source that one speaker said; ``speaker`` is "" if the source names none."""
    if speaker and len(bank.sources) == 1:
        names = [passage_name(slug_of(passage), language) for passage in passages]
        return _("{speaker}, {passages}", speaker=speaker, passages=names).translated(language)
    where = make_single_line(format_citation(bank.sources[source], passages, language))
    return (
        _("{speaker}, {passages}", speaker=speaker, passages=where).translated(language) if speaker else where
    )


def _cited_passages(bank: Bank, question: Question) -> list[tuple[str, str]]:
    """Return the ids of source and passage for each passage that a question rests on, without duplicates."""
    ids = dict.fromkeys(passage for fact in question.facts for passage in bank.facts[fact].cites)
    return [(topic_of(passage), passage) for passage in ids]
