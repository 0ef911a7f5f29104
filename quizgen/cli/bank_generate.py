"""``quizgen bank generate``: show the questions that the item models of a question bank make."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizgen.cli import completion
from quizgen.cli.bank_show import exhibit_texts
from quizgen.cli.options import BankOption, JsonOption, LangOption, resolve_language
from quizgen.cli.output import echo, say
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import shipped_folder
from quizgen.text.languages import localize
from quizgen.text.messages import N_, _

if TYPE_CHECKING:
    from quizgen.bank.item_models import GeneratedQuestions
    from quizgen.generate.generation import GeneratedQuestion
    from quizgen.model import Exhibit


def generate(
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="ID",
            autocompletion=completion.complete_models,
            help=N_(
                "Only questions from the pattern (model) with this id. The ids are in the question bank (for quizgen's own, question_bank/models.yaml). For more patterns, give --model again."
            ),
        ),
    ] = None,
    json: JsonOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Show the questions that item models make, with their exhibits. No file is changed."""
    language = resolve_language(lang, bank)
    _print_generated(bank or [shipped_folder("question_bank")], model or [], language, json=json)


def _print_generated(paths: Sequence[Path], models: Sequence[str], language: str, *, json: bool) -> None:
    """Print the questions that the item models of a question bank make, with their exhibits.

    If ``models`` names some, only theirs are printed. Raises QuizgenError with the problems of the bank, and
    MisuseError for a model that does not exist.
    """
    from quizgen.bank import analyse_bank

    analysis = analyse_bank(paths)
    if analysis.findings.problems or analysis.generation is None:
        raise QuizgenError(analysis.findings.problems)
    generation = analysis.generation
    known = list_item_models(generation)
    if unknown := [name for name in models if name not in known]:
        hint = _("there are {models}", models=known) if known else _("the bank has no models")
        raise MisuseError([problem(_("there is no model {asked}", asked=name), hint) for name in unknown])
    generated = [each for each in generation.questions if not models or each.model in models]
    if json:
        _print_generated_json(generated, generation)
        return
    exhibits = {exhibit.id: exhibit for exhibit in generation.exhibits}
    for each in generated:
        for line in _question_lines(each, exhibits.get(each.question.exhibit), language):
            echo(line)
    kinds = Counter(each.question.kind for each in generated)
    say(
        _(
            "{count} questions from {models} models: {kinds}",
            count=len(generated),
            models=len({each.model for each in generated}),
            kinds=tuple(f"{count} {kind}" for kind, count in kinds.items()),
        ),
        err=True,
    )
    skipped = [each for each in generation.skipped if not models or each.model in models]
    for one in skipped:
        say(
            _(
                "left out: {model} on {relations}: {why}",
                model=one.model,
                relations=one.relations,
                why=one.why,
            ),
            err=True,
        )


def list_item_models(generation: "GeneratedQuestions") -> tuple[str, ...]:
    """Return the ids of the item models that made questions, or left some out."""
    generated, skipped = (
        (each.model for each in generation.questions),
        (each.model for each in generation.skipped),
    )
    return tuple(dict.fromkeys([*generated, *skipped]))


def _question_lines(
    generated_question: "GeneratedQuestion", exhibit: "Exhibit | None", language: str
) -> Iterator[str]:
    """Yield the lines of one generated question, and an empty line. An asterisk marks the correct options."""
    question = generated_question.question
    yield f"{question.id} ({question.kind}, {question.level}, {question.difficulty})"
    if exhibit:
        yield from (f"  | {label}: {words}" for label, words in exhibit_texts(exhibit, language))
    yield f"  {localize(question.stem, language)}"
    for sign, texts in question.answer.solution_lines():
        yield f"    {sign} {' -> '.join(localize(text, language) for text in texts)}"
    yield f"  = {localize(question.rationale, language)}"
    if question.advice:
        yield f"  > {localize(question.advice, language)}"
    yield ""


def _print_generated_json(
    generated_questions: "Sequence[GeneratedQuestion]", generation: "GeneratedQuestions"
) -> None:
    """Print generated questions as JSON, with their exhibits and with what the models left out."""
    from msgspec.json import encode, format  # noqa: A004  its own name

    from quizgen.bank.yaml_form import exhibit_entry, question_entry

    questions = [
        {**question_entry(each.question), "model": each.model, "relations": list(each.relations)}
        for each in generated_questions
    ]
    shown_exhibits = {each.question.exhibit for each in generated_questions}
    exhibits = [exhibit_entry(each) for each in generation.exhibits if each.id in shown_exhibits]
    skipped = [{**each._asdict(), "why": str(each.why)} for each in generation.skipped]
    typer.echo(format(encode({"questions": questions, "exhibits": exhibits, "left_out": skipped}), indent=2))
