"""Make exhibits from exhibit models: pairs of one genuine exhibit and one scam, which differ in a few telltale words.

An exhibit is a call, a message or a letter that a question shows. An exhibit model is a template for exhibits: its
texts have slots, and each slot has a list of values. A *combination* has one value for each slot and makes one pair.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias

from jinja2 import TemplateError

from quizgen.errors import Path
from quizgen.generate.item_model import ModelError
from quizgen.generate.siblings import digest
from quizgen.generate.template import render_template
from quizgen.model import Ask, Channel, Exhibit, Line, Sign, Speaker
from quizgen.text.languages import FALLBACK, Text, localize
from quizgen.text.messages import _
from quizgen.text.normalise import normalise

MAX_COMBINATIONS = 20_000
"""A model with more combinations is refused, since all are sorted by their digests."""


class SlotValue(NamedTuple):
    """What may stand in a slot, and the sum at stake in exhibits with this value: 0 if it does not say."""

    text: Text
    stake: int = 0


Combination: TypeAlias = Mapping[str, SlotValue]
"""One value for each slot, by the name of the slot."""


class TextTemplate(NamedTuple):
    """A text with slots, in each language, and its path in the model's entry in the question bank."""

    path: Path
    texts: Mapping[str, str]


class SignTemplate(NamedTuple):
    """A sign (telltale words in an exhibit, and the reason why they tell) with slots.

    ``line`` is the number of the exhibit line with these words, from 1, or 0 for the sender. ``facts`` are full ids.
    """

    line: int
    words: TextTemplate
    reason: TextTemplate
    facts: tuple[str, ...]


class LineTemplate(NamedTuple):
    """An exhibit line with slots, who says it, and how much money a reader who complies has lost by then."""

    who: Speaker
    words: TextTemplate
    lost: int | None = None


class ExhibitTemplate(NamedTuple):
    """The templates for the genuine exhibits of a model, or for its scams. ``facts`` are full ids."""

    sender: TextTemplate
    lines: tuple[LineTemplate, ...]
    signs: tuple[SignTemplate, ...]
    facts: tuple[str, ...]
    rationale: TextTemplate
    advice: TextTemplate | None
    context: TextTemplate | None = None
    stake: int = 0
    asks: tuple[Ask, ...] = ()

    def shown_templates(self) -> Iterator[TextTemplate]:
        """Yield the templates of the texts that the exhibit shows: its context, its sender and its lines."""
        if self.context:
            yield self.context
        yield self.sender
        yield from (line.words for line in self.lines)

    def all_templates(self) -> Iterator[TextTemplate]:
        """Yield all templates, also those of the signs, the rationale and the advice."""
        yield from self.shown_templates()
        for sign in self.signs:
            yield from (sign.words, sign.reason)
        yield self.rationale
        if self.advice:
            yield self.advice


class ExhibitModel(NamedTuple):
    """A model of exhibits. ``size`` is the number of pairs that it makes; ``slots`` has the values of each slot."""

    id: str
    topic: str
    channel: Channel
    size: int
    difficulty: int
    slots: Mapping[str, tuple[SlotValue, ...]]
    genuine: ExhibitTemplate
    scam: ExhibitTemplate

    @property
    def exhibit_templates(self) -> tuple[ExhibitTemplate, ExhibitTemplate]:
        """The templates of the genuine exhibits, then those of the scams."""
        return self.genuine, self.scam


class GeneratedExhibit(NamedTuple):
    """An exhibit made by a model, with the facts (full ids), rationale and advice for a question on it."""

    exhibit: Exhibit
    model: ExhibitModel
    facts: tuple[str, ...]
    rationale: Text
    advice: Text


def generate_exhibits(model: ExhibitModel) -> list[GeneratedExhibit]:
    """Make the exhibits of a model, pair after pair. The templates must have been checked for errors.

    The digests of the combinations decide which pairs are made (consistent hashing). If an author adds a value to a
    slot, few exhibits are replaced, and the others keep their ids and texts. No two exhibits have the same text in any
    language.

    Raises ModelError if the slots make fewer pairs than ``model.size``.
    """
    count = prod(map(len, model.slots.values()))
    if count > MAX_COMBINATIONS:
        what = _(
            "the slots have {count} combinations; the maximum is {most}",
            count=count,
            most=MAX_COMBINATIONS,
        )
        raise ModelError(("slots",), what, _("remove a slot or some values"))
    exhibits: list[GeneratedExhibit] = []
    seen: set[tuple[str, ...]] = set()
    for combination_digest, combination in _combinations_by_digest(model):
        pair = _make_pair(model, combination_digest, combination)
        texts = {text for each in pair for text in _comparable_texts(each.exhibit)}
        if len(texts) < len(pair) * len(pair[0].exhibit.sender):
            raise ModelError(
                ("lines",),
                _("the genuine exhibit and the scam are the same"),
                _("write the line with the sign twice, under `genuine:` and `scam:`"),
            )
        if seen & texts:
            continue
        seen |= texts
        exhibits += pair
        if len(exhibits) == 2 * model.size:
            return exhibits
    what = _(
        "you asked for {size} pairs, but the slots make only {made} different ones",
        size=model.size,
        made=len(exhibits) // 2,
    )
    raise ModelError(("slots",), what, _("give the slots more values, or ask for fewer pairs"))


def _combinations_by_digest(model: ExhibitModel) -> list[tuple[str, Combination]]:
    """Return all combinations, each after its digest, sorted by digest.

    Only the English texts (or those of the question bank's first language) go into a digest. So it stays the same when
    an author reorders the values or edits translations.
    """
    names = sorted(model.slots)
    combinations = []
    for values in product(*(model.slots[name] for name in names)):
        combination = dict(zip(names, values, strict=True))
        parts = (f"{name}={normalise(localize(value.text, FALLBACK))}" for name, value in combination.items())
        combinations.append((digest(model.id, *parts), combination))
    return sorted(combinations, key=lambda each: each[0])


def _make_pair(
    model: ExhibitModel, combination_digest: str, combination: Combination
) -> list[GeneratedExhibit]:
    """Make a genuine exhibit and a scam whose ids differ in the last letter, a or b.

    The digest decides which of the two is genuine, so that the letter does not tell.
    """
    prefix = f"{model.topic}/{model.id}-{combination_digest[:8]}"
    sides = [(True, model.genuine), (False, model.scam)]
    if int(digest("first", model.id, combination_digest), 16) % 2:
        sides.reverse()
    fill = partial(_fill_text, combination=combination)
    pair = []
    for (genuine, side), own, twin in zip(sides, "ab", "ba", strict=True):
        exhibit = Exhibit(
            id=f"{prefix}-{own}",
            topic=model.topic,
            channel=model.channel,
            genuine=genuine,
            sender=fill(side.sender),
            lines=tuple(Line(line.who, fill(line.words), line.lost) for line in side.lines),
            signs=tuple(
                Sign(sign.line, fill(sign.words), fill(sign.reason), sign.facts) for sign in side.signs
            ),
            twin=f"{prefix}-{twin}",
            generated=True,
            context=fill(side.context) if side.context else {},
            stake=max(value.stake for value in combination.values()) or side.stake,
            asks=side.asks,
        )
        _check_sign_words(exhibit, side)
        facts = (*side.facts, *(fact for sign in side.signs for fact in sign.facts))
        advice = fill(side.advice) if side.advice else {}
        generated = GeneratedExhibit(
            exhibit, model, tuple(dict.fromkeys(facts)), fill(side.rationale), advice
        )
        pair.append(generated)
    return pair


def _fill_text(template: TextTemplate, combination: Combination) -> Text:
    return {tag: _fill_text_in_language(template, tag, combination) for tag in template.texts}


def _fill_text_in_language(template: TextTemplate, language: str, combination: Combination) -> str:
    values = {name: value.text[language] for name, value in combination.items()}
    try:
        text = render_template(template.texts[language], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((*template.path, language), what, _("fix it")) from error
    if not text:
        raise ModelError(
            (*template.path, language),
            _("this template gives an empty text"),
            _("make it give text in every case"),
        )
    return text


def _check_sign_words(exhibit: Exhibit, side: ExhibitTemplate) -> None:
    """Raise ModelError if the words of a sign do not occur in its exhibit line."""
    for sign, template in zip(exhibit.signs, side.signs, strict=True):
        where = exhibit.lines[sign.line - 1].text if sign.line else exhibit.sender
        for tag, words in sign.words.items():
            if words not in where[tag]:
                what = _("“{words}” is not in “{line}”", words=words, line=where[tag])
                raise ModelError(
                    (*template.words.path, tag), what, _("copy the words from the line, slots and all")
                )


def _comparable_texts(exhibit: Exhibit) -> Iterator[tuple[str, ...]]:
    """Yield, for each language, the texts of an exhibit, normalised for comparison."""
    for tag in exhibit.sender:
        yield (
            tag,
            *(normalise(each[tag]) for each in (exhibit.sender, *(line.text for line in exhibit.lines))),
        )
