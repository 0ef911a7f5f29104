"""A source as an entry of a question bank: a new one from a text, or one whose text has changed. No I/O."""

from collections.abc import Container, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

import msgspec

from quizgen.author.ids import words_for_id
from quizgen.fields import MAX_SLUG_LENGTH
from quizgen.ids import slug_of
from quizgen.lint.words import load_language_words
from quizgen.model import Bank, Passage, Source
from quizgen.source.check import is_notes, match_passages
from quizgen.source.paragraphs import is_reporter_label
from quizgen.source.text import SourceText, TextPassage
from quizgen.source.wording import normalise_wording
from quizgen.text.han import has_han, to_simplified
from quizgen.text.languages import Text

_ID_WORDS = 4
_SAMPLE_LENGTH = 2_000
"""How many characters show which language a text is in."""


class SourceDetails(NamedTuple):
    """What a bank says about a source, apart from its passages. ``date`` is "" if the source is undated.

    ``speakers`` has the offices of speakers by their labels in the text.
    """

    title: Text
    publisher: Text
    date: str
    language: str
    speakers: Mapping[str, Text] = {}


class PassageUpdate(NamedTuple):
    """The passages of a source after its text was read again, as entries, and the full ids of those that differ.

    ``gone`` are passages that the text no longer has. They stay in the entries if facts cite them.
    """

    passages: list[dict[str, Any]]
    changed: list[str]
    added: list[str]
    gone: list[str]


def suggest_source_id(title: str, file_stem: str, used_ids: Container[str]) -> str:
    """Return an id for a new source: the first words of its title, or else of the name of its file."""
    words = load_language_words("en")
    common_words = words.words_in_list("empty") if words else frozenset()
    title_words = [word for word in words_for_id(title) if word not in common_words] or words_for_id(title)
    base = "-".join(title_words[:_ID_WORDS] or words_for_id(file_stem)) or "source"
    base = base[: MAX_SLUG_LENGTH - 4].strip("-")
    if base not in used_ids:
        return base
    return next(each for number in count(2) if (each := f"{base}-{number}") not in used_ids)


def guess_text_language(text: SourceText, bank_languages: Sequence[str]) -> str:
    """Return the tag of the language that a text is in: the one that it names, or one that its characters show."""
    if text.language:
        return text.language
    sample = "".join(passage.text for passage in text.passages)[:_SAMPLE_LENGTH]
    if has_han(sample):
        return "zh-Hans" if to_simplified(sample) == sample else "zh-Hant"
    return next((tag for tag in bank_languages if not tag.startswith("zh")), "en")


def labels_of_speakers(text: SourceText) -> list[str]:
    """Return the labels of those who answer or say something in a text, as printed. Those who only ask are left out."""
    labels = dict.fromkeys(passage.speaker for passage in text.passages)
    return [label for label in labels if label and not is_reporter_label(label)]


def find_same_source(text: SourceText, bank: Bank) -> Source | None:
    """Return the source of a bank that has at least half of its passages in a text, or ``None``."""
    shares = {
        source.id: len(match_passages(text, source).found) / len(source.passages)
        for source in bank.sources.values()
    }
    best = max(shares, key=lambda id_: shares[id_], default="")
    return bank.sources[best] if best and shares[best] >= 1 / 2 else None


def find_source_with_title(title: Text, bank: Bank) -> Source | None:
    """Return the source of a bank that has the same title in some language, or ``None``."""
    wordings = {normalise_wording(each) for each in title.values()}
    return next(
        (
            source
            for source in bank.sources.values()
            if wordings & {normalise_wording(each) for each in source.title.values()}
        ),
        None,
    )


def new_source_entry(id_: str, text: SourceText, details: SourceDetails) -> dict[str, Any]:
    """Return the entry of a new source, with the passages of its text."""
    entry: dict[str, Any] = {"id": id_, "title": dict(details.title), "publisher": dict(details.publisher)}
    if details.date:
        entry["date"] = details.date
    entry["language"] = details.language
    if is_notes(text):
        entry["basis"] = "notes"
    return entry | {
        "passages": [
            _passage_entry(passage.id, passage.digest, details.speakers.get(passage.speaker, {}))
            for passage in text.passages
        ]
    }


def updated_source_entry(source: Source, passages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the entry of a source with other passages."""
    entry = {key: value for key, value in msgspec.to_builtins(source).items() if value}
    if source.basis == "text":
        del entry["basis"]
    return entry | {"passages": list(passages)}


def source_passages(source: Source) -> list[dict[str, Any]]:
    """Return the passages of a source as entries."""
    return [_passage_entry(slug_of(each.id), each.digest, each.speaker) for each in source.passages]


def update_passages(
    source: Source, text: SourceText, speakers: Mapping[str, Text], cited: Container[str]
) -> PassageUpdate:
    """Compare a source with its text as it is now.

    A passage keeps its id if its words are the same. A passage with other words takes the id of the one that stood in its
    place. ``cited`` are the full ids of passages that facts cite.
    """
    found = match_passages(text, source).found
    slugs_by_digest = {each.digest: slug_of(each.id) for each in source.passages if each.id in found}
    missing = {slug_of(each.id): each for each in source.passages if each.id not in found}
    entries: list[dict[str, Any]] = []
    changed: list[str] = []
    added: list[str] = []
    used = {slug_of(each.id) for each in source.passages}
    kept: set[str] = set()
    for passage in text.passages:
        speaker = speakers.get(passage.speaker, {})
        if slug := slugs_by_digest.get(passage.digest):
            old = _find_passage(source, slug)
            entries.append(_passage_entry(slug, old.digest, speaker or old.speaker))
        elif slug := _slug_of_changed_passage(source, passage, text, missing, slugs_by_digest):
            old = missing.pop(slug)
            entries.append(_passage_entry(slug, passage.digest, speaker or old.speaker))
            changed.append(old.id)
        else:
            slug = next(each for each in _candidate_slugs(passage.id) if each not in used)
            used.add(slug)
            entries.append(_passage_entry(slug, passage.digest, speaker))
            added.append(f"{source.id}/{slug}")
        kept.add(slug)
    if not (changed or added or missing):  # the same words, even if the text is divided in another way
        updated = {entry["id"]: entry for entry in entries}
        return PassageUpdate(
            [updated.get(entry["id"], entry) for entry in source_passages(source)], [], [], []
        )
    entries += [
        _passage_entry(slug_of(each.id), each.digest, each.speaker)
        for each in source.passages
        if slug_of(each.id) not in kept and (each.id in found or each.id in cited)
    ]
    return PassageUpdate(entries, changed, added, [each.id for each in missing.values()])


def _slug_of_changed_passage(
    source: Source,
    passage: TextPassage,
    text: SourceText,
    missing: Mapping[str, Passage],
    slugs_by_digest: Mapping[str, str],
) -> str:
    """Return the id of the missing passage that stood where another one is now, or "".

    That is the one that follows the same passage as before, or else precedes it.
    """
    names = [slug_of(each.id) for each in source.passages]
    index = text.passages.index(passage)
    for step in (-1, 1):
        beside = index + step
        if not 0 <= beside < len(text.passages):
            expected = names[0] if step < 0 else names[-1]
        elif slug := slugs_by_digest.get(text.passages[beside].digest):
            place = names.index(slug) - step
            expected = names[place] if 0 <= place < len(names) else ""
        else:
            continue
        if expected in missing:
            return expected
    return passage.id if passage.id in missing else ""


def _find_passage(source: Source, slug: str) -> Passage:
    """Return the passage of a source with an id."""
    return next(each for each in source.passages if slug_of(each.id) == slug)


def _candidate_slugs(slug: str) -> Sequence[str]:
    """Return an id and others like it: ``p1``, ``p1b``, ``p1c`` and so on."""
    letters = "bcdefghijklmnopqrstuvwxyz"
    return [
        slug,
        *(f"{slug}{letter}" for letter in letters),
        *(f"{slug}-{number}" for number in range(2, 2000)),
    ]


def _passage_entry(slug: str, digest: str, speaker: Text) -> dict[str, Any]:
    """Return the entry of a passage."""
    entry: dict[str, Any] = {"id": slug, "digest": digest}
    return entry | {"speaker": dict(speaker)} if speaker else entry
