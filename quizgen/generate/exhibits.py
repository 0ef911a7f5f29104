"""Exhibit models -> exhibits: pairs of twins, one genuine and one a scam, that differ in their signs. Pure.

An exhibit model is an item model in the sense of Gierl and Haladyna (2013): a skeleton with slots. A
*combination* takes one value for each slot, and makes one pair.
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
"""More than this are not looked through for those that are made."""

Combination: TypeAlias = Mapping[str, Text]
"""One value for each slot, by its name."""


class Template(NamedTuple):
    """A text with slots, in each language, and where it stands in the model's entry."""

    path: Path
    texts: Mapping[str, str]


class SignTemplate(NamedTuple):
    """A sign with slots. ``line`` counts from 1, and is 0 for the sender; facts are full ids."""

    line: int
    words: Template
    reason: Template
    facts: tuple[str, ...]


class LineTemplate(NamedTuple):
    """A line with slots: who says it, and what a reader who goes along has lost by it."""

    who: Speaker
    words: Template
    lost: int | None = None


class Side(NamedTuple):
    """What a model says where it makes a genuine exhibit, or a scam. ``facts`` are full ids."""

    sender: Template
    lines: tuple[LineTemplate, ...]
    signs: tuple[SignTemplate, ...]
    facts: tuple[str, ...]
    rationale: Template
    advice: Template | None
    context: Template | None = None
    stake: int = 0
    asks: tuple[Ask, ...] = ()

    def shown(self) -> Iterator[Template]:
        """Templates of the exhibit itself, as a person meets it."""
        if self.context:
            yield self.context
        yield self.sender
        yield from (line.words for line in self.lines)

    def templates(self) -> Iterator[Template]:
        """Every template."""
        yield from self.shown()
        for sign in self.signs:
            yield from (sign.words, sign.reason)
        yield self.rationale
        if self.advice:
            yield self.advice


class ExhibitModel(NamedTuple):
    """A skeleton of exhibits. ``size`` is how many pairs it makes; a slot has a text for each of its values."""

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
    """An exhibit that a model made, with what a question on it says: full ids of facts, why, and what to do."""

    exhibit: Exhibit
    model: ExhibitModel
    facts: tuple[str, ...]
    rationale: Text
    advice: Text


def generate_exhibits(model: ExhibitModel) -> list[GeneratedExhibit]:
    """Make the exhibits of a model, a pair after the other; its templates must have no fault.

    Which combinations are made follows from their digests alone (consistent hashing): a value more in a
    slot takes the place of few, and an exhibit that stays keeps its id and its texts. Two exhibits that
    read alike in one language are never made. Raises ModelError, where fewer pairs come of the slots
    than the model is to make.
    """
    count = prod(map(len, model.slots.values()))
    if count > MAX_COMBINATIONS:
        what = _(
            "the slots have {count} combinations, and {most} can be looked through",
            count=count,
            most=MAX_COMBINATIONS,
        )
        raise ModelError(("slots",), what, _("take out a slot, or some values"))
    made: list[GeneratedExhibit] = []
    seen: set[tuple[str, ...]] = set()
    for name, combination in _by_digest(model):
        pair = _pair(model, name, combination)
        texts = {reading for each in pair for reading in _readings(each.exhibit)}
        if len(texts) < len(pair) * len(pair[0].exhibit.sender):
            raise ModelError(
                ("lines",),
                _("the genuine exhibit and the scam read the same"),
                _("write the line that decides twice, under `genuine:` and `scam:`"),
            )
        if seen & texts:
            continue
        seen |= texts
        made += pair
        if len(made) == 2 * model.size:
            return made
    what = _(
        "{size} pairs are asked for, and the slots make {made} that do not read alike",
        size=model.size,
        made=len(made) // 2,
    )
    raise ModelError(("slots",), what, _("give slots more values, or ask for fewer"))


def _by_digest(model: ExhibitModel) -> list[tuple[str, Combination]]:
    """List combinations, each with its digest, in the order of these.

    The digest knows a value by its English text (or that of the bank's first language), so that values may be moved about, and put better in
    other languages.
    """
    names = sorted(model.slots)
    found = []
    for values in product(*(model.slots[name] for name in names)):
        combination = dict(zip(names, values, strict=True))
        told = (f"{name}={normalise(localize(value, FALLBACK))}" for name, value in combination.items())
        found.append((digest(model.id, *told), combination))
    return sorted(found, key=lambda each: each[0])


def _pair(model: ExhibitModel, name: str, combination: Combination) -> list[GeneratedExhibit]:
    """Make two twins, as a and b; which of them is genuine follows from the digest too, and is not told by it."""
    begin = f"{model.topic}/{model.id}-{name[:8]}"
    sides = [(True, model.genuine), (False, model.scam)]
    if int(digest("first", model.id, name), 16) % 2:
        sides.reverse()
    filled = partial(_filled, combination=combination)
    pair = []
    for (genuine, side), own, twin in zip(sides, "ab", "ba", strict=True):
        exhibit = Exhibit(
            id=f"{begin}-{own}",
            topic=model.topic,
            channel=model.channel,
            genuine=genuine,
            sender=filled(side.sender),
            lines=tuple(Line(line.who, filled(line.words), line.lost) for line in side.lines),
            signs=tuple(
                Sign(sign.line, filled(sign.words), filled(sign.reason), sign.facts) for sign in side.signs
            ),
            twin=f"{begin}-{twin}",
            generated=True,
            context=filled(side.context) if side.context else {},
            stake=side.stake,
            asks=side.asks,
        )
        _check_words(exhibit, side)
        facts = (*side.facts, *(fact for sign in side.signs for fact in sign.facts))
        advice = filled(side.advice) if side.advice else {}
        made = GeneratedExhibit(exhibit, model, tuple(dict.fromkeys(facts)), filled(side.rationale), advice)
        pair.append(made)
    return pair


def _filled(template: Template, combination: Combination) -> Text:
    return {tag: _filled_in(template, tag, combination) for tag in template.texts}


def _filled_in(template: Template, tag: str, combination: Combination) -> str:
    values = {name: value[tag] for name, value in combination.items()}
    try:
        made = render(template.texts[tag], values)
    except (TemplateError, TypeError, AttributeError) as error:
        what = _("this template cannot be filled: {reason}", reason=str(error))
        raise ModelError((*template.path, tag), what, _("mend it")) from error
    if not made:
        raise ModelError(
            (*template.path, tag), _("this template makes an empty text"), _("say something in every case")
        )
    return made


def _check_words(exhibit: Exhibit, side: Side) -> None:
    """See that the words of signs stand in their lines."""
    for sign, template in zip(exhibit.signs, side.signs, strict=True):
        where = exhibit.lines[sign.line - 1].text if sign.line else exhibit.sender
        for tag, words in sign.words.items():
            if words not in where[tag]:
                what = _("“{words}” does not stand in “{line}”", words=words, line=where[tag])
                raise ModelError(
                    (*template.words.path, tag), what, _("copy the words from the line, slots and all")
                )


def _readings(exhibit: Exhibit) -> Iterator[tuple[str, ...]]:
    """Give what a person reads of an exhibit in each language."""
    for tag in exhibit.sender:
        yield (
            tag,
            *(normalise(each[tag]) for each in (exhibit.sender, *(line.text for line in exhibit.lines))),
        )
