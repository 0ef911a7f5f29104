"""What a full screen shows of an answer once it is given: right and wrong, each part with its sign, and why. Pure."""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import assert_never

from quizgen.attempt import Attempt
from quizgen.language import locale, message
from quizgen.model import Question
from quizgen.screen import telling, words
from quizgen.screen.parts import letter
from quizgen.screen.rows import Look, Row, Span, paragraph
from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response

_SIGNED: dict[str, Look] = {"✓": "right", "✗": "wrong"}


def verdict(
    answer: Answer, response: Response, language: str, width: int, *, late: bool = False
) -> list[Row]:
    """Tell right or wrong by sign and word, not by colour alone."""
    result = answer.mark(response)
    some = sum(result.parts) if isinstance(answer, Match | Order) else 0
    sign, text = "✗", message(language, "app.wrong")
    look: Look = "wrong"
    if result.right:
        sign, look, text = "✓", "right", message(language, "app.right")
    elif response is None:
        sign, look, text = "–", "warn", message(language, "app.late" if late else "app.skipped")
    elif some:
        text = message(language, "app.partly", right=some, total=len(result.parts))
    return paragraph(text, width, look, lead=(Span(f"{sign} ", look),))


def reasons(attempt: Attempt, question: Question, width: int, *, article: bool = True) -> list[Row]:
    """Say why, what to do, and where it comes from: by office and, if wanted, article and date."""
    rows: list[Row] = []
    articles = telling.articles(telling.cited(attempt.quiz.bank, question), attempt.quiz.language)
    for line in (*telling.reasons(attempt, question), *(articles if article else ())):
        look: Look = "dim" if line.role in ("source", "hint") else "text"
        rows += paragraph(line.whole, width, look, label=line.label)
    return rows


def given(answer: Answer, response: Response, language: str, width: int) -> list[Row]:
    """Repeat an answer in full without a word on whether it is right."""
    if response is None:
        return paragraph(message(language, "app.skipped"), width, "warn")
    if isinstance(response, str):
        return _labelled("app.mine-is", words.visible(response), language, width)
    rows: list[Row] = [(Span(message(language, "app.mine-is"), "dim"),)]
    for place, index in enumerate(response):
        match answer:
            case Choose(options=texts):
                name, text = letter(answer, index), words.shown(texts[index], language)
            case Match(prompts=prompts, choices=choices):
                left, right = words.shown(prompts[place], language), words.shown(choices[index], language)
                name = f"{place + 1}{ascii_lowercase[index]}"
                text = message(language, "take.pair", left=left, right=right)
            case Order(steps=steps):
                name = f"{place + 1}{ascii_lowercase[index]}"
                text = words.shown(steps[index], language)
            case Fill():
                continue  # its response is words
            case _:
                assert_never(answer)
        rows += paragraph(text, width, "text", lead=(Span(f"  {name}) "),))
    return rows


def marked(
    answer: Answer, response: Response, language: str, width: int, *, brief: bool = False
) -> list[Row]:
    """Set an answer beside the right one, each part with its sign; ``brief`` leaves out what is neither."""
    match answer:
        case Choose():
            return _marked_options(answer, response, language, width, brief=brief)
        case Match():
            return _marked_pairs(answer, response, language, width)
        case Order():
            return _marked_steps(answer, response, language, width)
        case Fill():
            rows = _labelled("app.key-is", words.visible(answer.write_solution(language)), language, width)
            if isinstance(response, str):
                rows += _labelled("app.mine-is", words.visible(response), language, width)
            return rows
        case _:
            assert_never(answer)


def _marked_options(
    answer: Choose, response: Response, language: str, width: int, *, brief: bool
) -> list[Row]:
    mine = response if isinstance(response, tuple) else ()
    rows: list[Row] = []
    for index, text in enumerate(answer.options):
        key, chosen = index in answer.keys, index in mine
        if brief and not key and not chosen:
            continue
        sign = "✓" if key else "✗" if chosen else " "
        notes = [message(language, name) for name, told in (("app.key", key), ("app.mine", chosen)) if told]
        rows += _signed(sign, letter(answer, index), words.shown(text, language), notes, language, width)
    return rows


def _marked_pairs(answer: Match, response: Response, language: str, width: int) -> list[Row]:
    rows: list[Row] = []
    for row, choice in enumerate(answer.key):
        left, right = (words.shown(text, language) for text in (answer.prompts[row], answer.choices[choice]))
        mine = response[row] if isinstance(response, tuple) and row < len(response) else choice
        pair = message(language, "take.pair", left=left, right=right)
        rows += _placed(row, choice, mine, pair, response, language, width)
    return rows


def _marked_steps(answer: Order, response: Response, language: str, width: int) -> list[Row]:
    rows: list[Row] = []
    for place, step in enumerate(answer.key):
        mine = response[place] if isinstance(response, tuple) and place < len(response) else step
        rows += _placed(
            place, step, mine, words.shown(answer.steps[step], language), response, language, width
        )
    return rows


def _placed(
    place: int, key: int, mine: int, text: str, response: Response, language: str, width: int
) -> list[Row]:
    """Set one part of a right answer, with what was said in its place."""
    right = isinstance(response, tuple) and mine == key
    sign = "✓" if right else "✗" if response is not None else " "
    notes = [f"{message(language, 'app.mine')} {ascii_lowercase[mine]}"] if mine != key else []
    name = f"{place + 1}{ascii_lowercase[key]}"
    return _signed(sign, name, text, notes, language, width)


def _signed(sign: str, name: str, text: str, notes: Sequence[str], language: str, width: int) -> list[Row]:
    form = locale(language)
    aside = form.aside.format(form.comma.join(notes)) if notes else ""
    look = _SIGNED.get(sign, "dim")
    return paragraph(f"{text}{aside}", width, look, lead=(Span(f"{sign} ", look), Span(f"{name}) ", look)))


def _labelled(name: str, text: str, language: str, width: int) -> list[Row]:
    label = message(language, name)
    space = "" if label.endswith("：") else " "
    return paragraph(f"{label}{space}{text}", width, "text", label=label)
