"""``quizgen bank generate``: what item models make of a bank, for people and for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.language import localize
from quizgen.shapes import Answer, Choose, Fill, Match, Order

if TYPE_CHECKING:
    from quizgen.bank.items import Grown
    from quizgen.generate import Made


def show_generated(places: Sequence[Path], models: Sequence[str], language: str, *, json: bool) -> None:
    """Print the questions that the models of a bank make (only these ``models``, if there are any).

    Raises QuizgenError with the bank's problems, and MisuseError for a model that there is not.
    """
    from quizgen.bank import survey

    surveyed = survey(places)
    if surveyed.findings.problems or surveyed.grown is None:
        raise QuizgenError(surveyed.findings.problems)
    grown = surveyed.grown
    known = dict.fromkeys([*(each.model for each in grown.made), *(each.model for each in grown.left)])
    if unknown := [name for name in models if name not in known]:
        listed = f"there are {', '.join(known)}" if known else "the bank has none"
        raise MisuseError([problem(f"no item model {name!r}", listed) for name in unknown])
    made = [each for each in grown.made if not models or each.model in models]
    if json:
        _print_json(made, grown)
        return
    for each in made:
        for line in _lines(each, language):
            typer.echo(line)
    kinds = Counter(each.question.kind for each in made)
    listed = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    typer.echo(
        f"{len(made)} questions of {len({each.model for each in made})} item models: {listed}", err=True
    )
    left = [each for each in grown.left if not models or each.model in models]
    for one in left:
        typer.echo(f"left out: {one.model} on {', '.join(one.relations)}: {one.why}", err=True)


def _lines(made: "Made", language: str) -> Iterator[str]:
    """Give a question in full, its right answers marked with an asterisk, and a blank line."""
    question = made.question
    yield f"{question.id} ({question.kind}, {question.level}, {question.difficulty})"
    yield f"  {localize(question.stem, language)}"
    yield from (f"    {line}" for line in _answers(question.answer, language))
    yield f"  = {localize(question.rationale, language)}"
    if question.advice:
        yield f"  > {localize(question.advice, language)}"
    yield ""


def _answers(answer: Answer, language: str) -> Iterator[str]:
    match answer:
        case Choose(options=options, keys=keys):
            for index, option in enumerate(options):
                yield f"{'*' if index in keys else '-'} {localize(option, language)}"
        case Match(prompts=prompts, choices=choices, key=key):
            for prompt, index in zip(prompts, key, strict=True):
                yield f"* {localize(prompt, language)} -> {localize(choices[index], language)}"
        case Order(steps=steps):
            for number, step in enumerate(steps, start=1):
                yield f"{number}. {localize(step, language)}"
        case Fill():
            raise AssertionError  # no model makes one


def _print_json(made: "Sequence[Made]", grown: "Grown") -> None:
    from msgspec.json import encode, format  # noqa: A004  its own name

    from quizgen.bank import authored

    questions = [
        {**authored(each.question), "model": each.model, "relations": list(each.relations)} for each in made
    ]
    left = [each._asdict() for each in grown.left]
    typer.echo(format(encode({"questions": questions, "left_out": left}), indent=2))
