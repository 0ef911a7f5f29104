"""The sources of a quiz and of its answers, in words."""

from quizgen.citation import citation, passage_name, source_sentence
from quizgen.ids import slug_of, topic_of
from quizgen.model import Bank, Question
from quizgen.text.languages import locale
from quizgen.text.messages import _
from quizgen.view.text import display_text, on_one_line

MAX_TITLES = 2
"""The largest number of sources to name at the beginning and the end of a quiz. If there are more, only their number is shown."""


def source_titles(bank: Bank, language: str, only: Question | None = None) -> tuple[str, ...]:
    """Return the full title of each source of a quiz, or of ``only`` one question.

    If a quiz has many sources, return only their number, because each answer names its own.
    """
    if only is None and len(bank.sources) > MAX_TITLES:
        return (_source_count(bank, language),)
    wanted = None if only is None else {source for source, _ in _cited(bank, only)}
    return tuple(
        source_sentence(source, language, display_text)
        for name, source in bank.sources.items()
        if wanted is None or name in wanted
    )


def _source_count(bank: Bank, language: str) -> str:
    """Return the number of sources, with notes counted separately."""
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


def citations(bank: Bank, question: Question, language: str) -> tuple[str, ...]:
    """Return the passages behind a question, one text for each source, with the offices of speakers.

    If a quiz has only one source, passages with a speaker go without the title, because a title that is the same after every
    answer is noise; :func:`source_titles` shows it at the beginning and the end. If nothing supports a question, say so.
    """
    if not question.facts:
        return (_("no source given").translated(language),)
    cited: dict[str, dict[str, list[str]]] = {}
    for source, passage_id in _cited(bank, question):
        passage = next(p for p in bank.sources[source].passages if p.id == passage_id)
        speaker = display_text(passage.speaker, language)
        cited.setdefault(source, {}).setdefault(speaker, []).append(passage_id)
    return tuple(
        locale(language).semicolon.join(
            _citation_by_speaker(bank, source, speaker, passages, language)
            for speaker, passages in speakers.items()
        )
        for source, speakers in cited.items()
    )


def _citation_by_speaker(bank: Bank, source: str, speaker: str, passages: list[str], language: str) -> str:
    """Return a citation of passages of one source and one speaker ("" for the source itself)."""
    if speaker and len(bank.sources) == 1:
        names = [passage_name(slug_of(passage), language) for passage in passages]
        return _("{speaker}, {passages}", speaker=speaker, passages=names).translated(language)
    where = on_one_line(citation(bank.sources[source], passages, language))
    return (
        _("{speaker}, {passages}", speaker=speaker, passages=where).translated(language) if speaker else where
    )


def _cited(bank: Bank, question: Question) -> list[tuple[str, str]]:
    """List the source id and passage id of each passage behind a question, each once."""
    ids = dict.fromkeys(passage for fact in question.facts for passage in bank.facts[fact].cites)
    return [(topic_of(passage), passage) for passage in ids]
