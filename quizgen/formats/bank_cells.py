"""What is wrong in the cells of a row of a bank's table, in the words of the table.

A check of the whole bank finds the same, but it speaks of the keys of files.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from quizgen.bank.schema_errors import PATTERNS
from quizgen.errors import Path, Problem, problem, suggest_nearest
from quizgen.fields import FULL_ID, NUMBER, REFERENCE
from quizgen.formats.bank_columns import Field, Places
from quizgen.text.messages import Message, _

Label = Callable[[str], Message]
"""Returns the head of the column of a field."""


def find_cell_problems(
    fields: Iterable[Field],
    entry: Mapping[str, Any],
    places: Places,
    label: Label,
    languages: Collection[str],
) -> Iterator[Problem]:
    """Yield a problem for each value of an entry that its field does not allow, and for each language that a text lacks."""
    for field in fields:
        if field.name not in entry:
            continue
        value, column = entry[field.name], label(field.name)
        for path, each in _values(field, value):
            place = places.get(path) or places[path[:1]]
            if found := _find_problem(field, each):
                what, hint = found
                yield problem(_("{column}: {what}", column=column, what=what), hint, file=place)
            elif field.form == "text" and not field.is_partial:
                absent = [tag for tag in languages if tag not in each]
                for tag in absent:
                    what = _("{column} has no text in {language}", column=column, language=tag)
                    yield problem(
                        what, _("fill in {column} ({language})", column=column, language=tag), file=place
                    )


def _values(field: Field, value: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the values of a field, each with its path. Lists of pairs are left to a check of the bank."""
    if field.parts:
        return
    if field.form == "ids" or (field.form == "text" and field.is_list):
        yield from (((field.name, index), each) for index, each in enumerate(value))
    else:
        yield (field.name,), value


def replace_impossible_choices(fields: Iterable[Field], entry: dict[str, Any]) -> None:
    """Replace values that are none of the choices of their field, so that the checks of a bank find what else is wrong."""
    for field in fields:
        is_one_choice = field.choices and field.form in ("word", "number")
        if field.name in entry and is_one_choice and str(entry[field.name]) not in field.choices:
            first = field.choices[0]
            entry[field.name] = int(first) if field.form == "number" else first


_SEVERAL = _("write hyphens within an id, and commas between several")
_HINTS: Mapping[str, Message] = {
    NUMBER: _(
        "write digits, with blanks and hyphens between them if you like; a mail address, a web form or an app has a column of its own"
    ),
}
"""What to do where a check of files speaks of keys, by the pattern."""


def _find_problem(field: Field, value: Any) -> tuple[Message, Message] | None:
    """Return what is wrong with a value, and what to do, or ``None``."""
    words = str(value)
    if field.form == "truth" and not isinstance(value, bool):
        return _("{words!r} is neither yes nor no", words=words), _("write yes or no")
    if field.choices and words not in field.choices:
        near = suggest_nearest(words, field.choices)
        hint = near or _("write one of {choices:either}", choices=field.choices)
        return _("{words!r} is not possible", words=words), hint
    is_number = isinstance(value, int) or (field.name == "line" and value == "from")
    if field.form == "number" and not is_number:
        return _("{words!r} is not a whole number", words=words), _("write digits alone")
    pattern = REFERENCE if field.pattern == FULL_ID else field.pattern  # an id is completed later
    if pattern and isinstance(value, str) and not re.search(pattern, value):
        form, hint = PATTERNS[pattern]
        what = _("{words!r} is not {form}", form=form, words=words)
        return what, _SEVERAL if field.form == "ids" else _HINTS.get(pattern, hint)
    return None
