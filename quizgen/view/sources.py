"""Where the facts of a quiz come from, in words."""

from quizgen.citation import citation, facts_from, passage_name
from quizgen.ids import slug_of, topic_of
from quizgen.model import Bank, Question
from quizgen.text.languages import locale
from quizgen.text.messages import message
from quizgen.view.text import on_one_line, shown

MOST_TITLES = 2
"""So many sources are named at the beginning and the end of a quiz; of more, only the number is shown."""


def source_titles(bank: Bank, language: str, only: Question | None = None) -> tuple[str, ...]:
    """Name in full each source that a quiz rests on, or ``only`` those of one question.

    Of many sources of a quiz only the number is given, since each answer names its own.
    """
    if only is None and len(bank.sources) > MOST_TITLES:
        return (_counted(bank, language),)
    wanted = None if only is None else {source for source, _ in _cited(bank, only)}
    return tuple(
        facts_from(source, language, shown)
        for name, source in bank.sources.items()
        if wanted is None or name in wanted
    )


def _counted(bank: Bank, language: str) -> str:
    """Give the number of sources, notes apart."""
    notes = sum(source.basis == "notes" for source in bank.sources.values())
    texts = len(bank.sources) - notes
    if not notes:
        return message(language, "take.articles", count=texts)
    if not texts:
        return message(language, "take.articles-all-notes", notes=notes)
    return message(language, "take.articles-notes", texts=texts, notes=notes)


def citations(bank: Bank, question: Question, language: str) -> tuple[str, ...]:
    """Name what a question rests on, one text a source: who says it, by office, and in which passages.

    What somebody says goes without the source's title where the quiz has no other source: a title that is
    the same after every answer is noise, and :func:`source_titles` gives it at both ends of the quiz.
    A question that rests on nothing says so.
    """
    if not question.facts:
        return (message(language, "take.no-source"),)
    cited: dict[str, dict[str, list[str]]] = {}
    for source, passage_id in _cited(bank, question):
        passage = next(p for p in bank.sources[source].passages if p.id == passage_id)
        speaker = shown(passage.speaker, language)
        cited.setdefault(source, {}).setdefault(speaker, []).append(passage_id)
    return tuple(
        locale(language).semicolon.join(
            _named(bank, source, speaker, passages, language) for speaker, passages in speakers.items()
        )
        for source, speakers in cited.items()
    )


def _named(bank: Bank, source: str, speaker: str, passages: list[str], language: str) -> str:
    """Name passages of one source and one speaker ("" for the source's own voice)."""
    if speaker and len(bank.sources) == 1:
        names = [passage_name(slug_of(passage), language) for passage in passages]
        return message(language, "cite.spoken", speaker=speaker, passages=names)
    where = on_one_line(citation(bank.sources[source], passages, language))
    return message(language, "cite.spoken", speaker=speaker, passages=where) if speaker else where


def _cited(bank: Bank, question: Question) -> list[tuple[str, str]]:
    """List source and passage id of each passage behind a question, each once."""
    ids = dict.fromkeys(passage for fact in question.facts for passage in bank.facts[fact].cites)
    return [(topic_of(passage), passage) for passage in ids]
