"""Make exhibits from exhibit models: pairs of twins, one genuine and one a scam, that differ in their signs. Pure.

An exhibit model is an item model in the sense of Gierl and Haladyna (2013): a text with slots. A *combination* has one
value for each slot, and makes one pair.
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
from quizgen.generate.template import render
from quizgen.model import Ask, Channel, Exhibit, Line, Sign, Speaker
from quizgen.text.languages import FALLBACK, Text, localize
from quizgen.text.messages import _
from quizgen.text.normalise import normalise

MAX_COMBINATIONS = 20_000
"""A model with more combinations is refused, since all are sorted by their digests."""

Combination: TypeAlias = Mapping[str, Text]
"""One value for each slot, by the name of the slot."""


class Template(NamedTuple):
    """A text with slots, in each language, and its path in the entry of the model."""

    path: Path
    texts: Mapping[str, str]


class SignTemplate(NamedTuple):
    """A sign with slots. ``line`` counts from 1, and is 0 for the sender. ``facts`` are full ids."""

    line: int
    words: Template
    reason: Template
    facts: tuple[str, ...]


class LineTemplate(NamedTuple):
    """A line with slots: who says it, and what a reader who complies has lost by then."""

    who: Speaker
    words: Template
    lost: int | None = None


class Side(NamedTuple):
    """The part of a model for its genuine exhibits, or for its scams. ``facts`` are full ids."""

    sender: Template
    lines: tuple[LineTemplate, ...]
    signs: tuple[SignTemplate, ...]
    facts: tuple[str, ...]
    rationale: Template
    advice: Template | None
    context: Template | None = None
    stake: int = 0
    asks: tuple[Ask, ...] = ()

    def exhibit_templates(self) -> Iterator[Template]:
        """Yield the templates of the exhibit itself."""
        if self.context:
            yield self.context
        yield self.sender
        yield from (line.words for line in self.lines)

    def templates(self) -> Iterator[Template]:
        """Yield all templates."""
        yield from self.exhibit_templates()
        for sign in self.signs:
            yield from (sign.words, sign.reason)
        yield self.rationale
        if self.advice:
            yield self.advice


class ExhibitModel(NamedTuple):
    """A model of exhibits. ``size`` is how many pairs it makes; ``slots`` has the values of each slot."""

    id: str
    topic: str
    channel: Channel
    size: int
    difficulty: int
    slots: Mapping[str, tuple[Text, ...]]
    genuine: Side
    scam: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides, the genuine one first."""
        return self.genuine, self.scam


class GeneratedExhibit(NamedTuple):
    """An exhibit that a model made, with the facts (full ids), rationale and advice of a question on it."""

    exhibit: Exhibit
    model: ExhibitModel
    facts: tuple[str, ...]
    rationale: Text
    advice: Text


def generate_exhibits(model: ExhibitModel) -> list[GeneratedExhibit]:
    """Make the exhibits of a model, pair after pair. Its templates must be free of errors.

    The digests of the combinations decide which are made (consistent hashing). So a new value in a slot replaces few
    exhibits, and the others keep their ids and texts. No two exhibits have the same text in any language. Raises
    ModelError if the slots make fewer pairs than the model asks for.
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
    for digest_, combination in _combinations_by_digest(model):
        pair = _make_pair(model, digest_, combination)
        texts = {text for each in pair for text in _comparable_texts(each.exhibit)}
        if len(texts) < len(pair) * len(pair[0].exhibit.sender):
            raise ModelError(
                ("lines",),
                _("the genuine exhibit and the scam are the same"),
                _("write the line that decides twice, under `genuine:` and `scam:`"),
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
    """List all combinations with their digests, sorted by digest.

    A digest is made from the English texts (or those of the bank's first language), so that values may change places,
    and their translations may change.
    """
    names = sorted(model.slots)
    combinations = []
    for values in product(*(model.slots[name] for name in names)):
        combination = dict(zip(names, values, strict=True))
        parts = (f"{name}={normalise(localize(value, FALLBACK))}" for name, value in combination.items())
        combinations.append((digest(model.id, *parts), combination))
    return sorted(combinations, key=lambda each: each[0])


def _make_pair(model: ExhibitModel, digest_: str, combination: Combination) -> list[GeneratedExhibit]:
    """Make two twins, whose ids end in a and b. The digest decides which is genuine, so that ids do not give it away."""
    prefix = f"{model.topic}/{model.id}-{digest_[:8]}"
    sides = [(True, model.genuine), (False, model.scam)]
    if int(digest("first", model.id, digest_), 16) % 2:
        sides.reverse()
    fill = partial(_fill, combination=combination)
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
            stake=side.stake,
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


def _fill(template: Template, combination: Combination) -> Text:
    return {tag: _fill_in_language(template, tag, combination) for tag in template.texts}


def _fill_in_language(template: Template, tag: str, combination: Combination) -> str:
    values = {name: value[tag] for name, value in combination.items()}
    try:
        text = render(template.texts[tag], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((*template.path, tag), what, _("fix it")) from error
    if not text:
        raise ModelError(
            (*template.path, tag),
            _("this template gives an empty text"),
            _("make it give text in every case"),
        )
    return text


def _check_sign_words(exhibit: Exhibit, side: Side) -> None:
    """Raise ModelError if the words of a sign are not in its line."""
    for sign, template in zip(exhibit.signs, side.signs, strict=True):
        where = exhibit.lines[sign.line - 1].text if sign.line else exhibit.sender
        for tag, words in sign.words.items():
            if words not in where[tag]:
                what = _("“{words}” is not in “{line}”", words=words, line=where[tag])
                raise ModelError(
                    (*template.words.path, tag), what, _("copy the words from the line, slots and all")
                )


def _comparable_texts(exhibit: Exhibit) -> Iterator[tuple[str, ...]]:
    """Yield the texts of an exhibit in each language, normalised for comparison."""
    for tag in exhibit.sender:
        yield (
            tag,
            *(normalise(each[tag]) for each in (exhibit.sender, *(line.text for line in exhibit.lines))),
        )
