"""What every paper that people take home says: whom to call, what to say on the telephone, and what to do."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from quizgen.model import Bank, Statement
from quizgen.paper.design import PageDesign
from quizgen.paper.lines import is_chinese, text_width
from quizgen.paper.sheets import (
    TypeSize,
    choose_help_numbers,
    fit_help_notes,
    fit_help_numbers,
    fit_organiser_lines,
)
from quizgen.text.languages import localize, localize_with_language

LeftOut: TypeAlias = Literal["notes", "verbs"]
"""What a small sheet has no room for: the notes below numbers, or what the verbs mean."""

MAX_VERBS = 3
"""How many verbs a sheet has."""

NUMBER_SIZE = 3.5
"""The size of the numbers to call, in ems."""

_NUMBERS_SPLIT = 0.44
"""The share of the width for the emergency number, if the advice number is beside it."""

_PADDING = 0.7
"""White within the frame of the numbers, in ems."""

_MIN_VERB_EMS = 11.0
"""The smallest width of a column for a verb, in ems. In less, the verbs stand one below the other."""


def verb_statements(bank: Bank) -> list[Statement]:
    """Return the statements of a bank with its verbs, such as "Stop", "Check" and "Call"; every sheet has the same."""
    return bank.statements_with_role("verb")[:MAX_VERBS]


def verb_heads(bank: Bank, language: str) -> list[str]:
    """Return the verbs of a bank."""
    return [localize(each.head, language) for each in verb_statements(bank)]


def sentence_to_say(bank: Bank, language: str) -> tuple[str, str]:
    """Return what to say to a caller, and the language that it is in; both are "" if the bank has no such sentence."""
    said = bank.statements_with_role("say")
    return localize_with_language(said[0].text, language) if said else ("", "")


def take_home_values(
    bank: Bank,
    design: PageDesign,
    width: float,
    size: float,
    language: str,
    *,
    left_out: Sequence[LeftOut] = (),
) -> dict[str, Any]:
    """Return the values with which ``take-home.html`` fills a width, in points, in type of ``size`` points.

    ``left_out`` names what has no room.
    """
    numbers = choose_help_numbers(bank)
    room = width - 2 * _PADDING * size
    columns = _NUMBERS_SPLIT * room - size, (1 - _NUMBERS_SPLIT) * room
    row = TypeSize(size, 0.8 * NUMBER_SIZE * size)
    number_type = fit_help_numbers(numbers, NUMBER_SIZE * size, room, columns, row, language)
    note_columns = (room - number_type.label_width,) * 2 if number_type.is_stacked else columns
    notes = fit_help_notes(numbers, (size, 0.75 * size), note_columns, language)
    if "notes" in left_out:
        notes = None, None
    place = "" if "notes" in left_out else numbers.place_caption(language)
    has_room_for_place = text_width(place, han=is_chinese(language)) * size <= columns[0]
    sentence, sentence_language = sentence_to_say(bank, language)
    verbs = [
        (
            localize(each.head, language),
            *localize_with_language({} if "verbs" in left_out else each.text, language),
        )
        for each in verb_statements(bank)
    ]
    return {
        "width": width,
        "size": size,
        "padding": _PADDING,
        "sentence": sentence,
        "sentence_language": sentence_language,
        "numbers": numbers,
        "number_type": number_type,
        "notes": notes,
        "split": _NUMBERS_SPLIT * room,
        "place": place,
        "place_is_beside": len(numbers.all_numbers) > 1
        and not (number_type.is_stacked or notes[0])
        and has_room_for_place,
        "verbs": verbs,
        "verb_width": max(
            (text_width(head, bold=True, han=is_chinese(language)) for head, _text, _language in verbs),
            default=0,
        ),
        "verbs_are_stacked": width / MAX_VERBS < _MIN_VERB_EMS * size,
        "organiser_lines": fit_organiser_lines(design, size, width, language, max_lines=2),
    }
