"""Where the facts of a quiz come from, in words."""

from quizgen.ids import topic_of
from quizgen.language import locale, message
from quizgen.model import Bank, Question
from quizgen.view.text import shown


def source_titles(bank: Bank, language: str, only: Question | None = None) -> tuple[str, ...]:
    """Name in full each source that a quiz rests on, or ``only`` those of one question."""
    wanted = None if only is None else {source for source, _ in _cited(bank, only)}
    return tuple(
        message(
            language,
            "take.article",
            title=shown(source.title, language),
            publisher=shown(source.publisher, language),
            date=source.date,
        )
        for name, source in bank.sources.items()
        if wanted is None or name in wanted
    )


def citations(bank: Bank, question: Question, language: str) -> tuple[str, ...]:
    """Name what a question rests on, one text a source: who says it, by office, and in which passages.

    The source's title is added only where the quiz has several to tell apart; a title that is the same
    after every answer is noise, and :func:`source_titles` gives it at both ends of the quiz.
    """
    cited: dict[str, dict[str, list[str]]] = {}
    for source, passage_id in _cited(bank, question):
        passage = next(p for p in bank.sources[source].passages if p.id == passage_id)
        speaker = shown(passage.speaker, language) or message(language, "take.own-voice")
        slug = passage_id.removeprefix(f"{source}/")
        cited.setdefault(source, {}).setdefault(speaker, []).append(slug)
    speakers = {source: _speakers(several, language) for source, several in cited.items()}
    if len(bank.sources) == 1:
        return tuple(speakers.values())
    return tuple(
        message(language, "take.source-of", voices=named, title=shown(bank.sources[source].title, language))
        for source, named in speakers.items()
    )


def _cited(bank: Bank, question: Question) -> list[tuple[str, str]]:
    """List source and passage id of each passage behind a question, each once."""
    ids = dict.fromkeys(passage for fact in question.facts for passage in bank.facts[fact].cites)
    return [(topic_of(passage), passage) for passage in ids]


def _speakers(passages: dict[str, list[str]], language: str) -> str:
    """Name who says it, by office, and in which passages."""
    return locale(language).semicolon.join(
        message(
            language,
            "take.voice" if len(slugs) == 1 else "take.voice-often",
            speaker=speaker,
            passages=locale(language).comma.join(slugs),
        )
        for speaker, slugs in passages.items()
    )
