"""The columns of a bank's table: cells for the fields of an entry, and the fields back from cells.

The fields come from the types of ``bank/file_types.py`` and of the kinds of questions, so a new field has a column by itself. A text has a
column for each language. A list of texts has numbered columns; other lists are in one cell.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from msgspec import inspect

from quizgen.errors import Path
from quizgen.formats.reading import join_lines
from quizgen.text.languages import LANGUAGES, locale

Form: TypeAlias = Literal["text", "wordings", "ids", "items", "reasons", "truth", "number", "word"]
"""What the cells of a field hold.

In this order: a text for each language; wordings for each language, one on each line; ids with commas between them; words, one on each
line; rules with their reasons, one on each line; yes or no; a whole number; a word.
"""


class Field(NamedTuple):
    """A field of an entry. ``parts`` are the fields of each item, if it is a list of pairs or the like.

    ``is_list`` is whether it is a list with a column for each item. ``choices`` are the words that it may be, ``pattern`` is a
    regular expression for it, or for each item of ``ids``, and ``about`` says in English what it is. A text that ``is_partial`` may
    lack languages.
    """

    name: str
    form: Form = "word"
    is_required: bool = False
    is_list: bool = False
    parts: tuple["Field", ...] = ()
    choices: tuple[str, ...] = ()
    pattern: str = ""
    about: str = ""
    is_partial: bool = False


class Column(NamedTuple):
    """What a column of a table holds: a field, or a part of its item with this number, in a language."""

    name: str
    part: str = ""
    number: int = 1
    language: str = ""


class Cell(NamedTuple):
    """The words in a cell, and the cell: ``bank.xlsx:Facts!B7``."""

    words: str
    place: str


Cells: TypeAlias = Mapping[Column, Cell]
Places: TypeAlias = dict[Path, str]
"""Where each value of an entry comes from."""


def entry_fields(type_: type) -> tuple[Field, ...]:
    """Return the fields of an entry of this type, except those that have a tab of their own, such as passages."""
    return _cached_fields(type_)


@cache
def _cached_fields(type_: Hashable) -> tuple[Field, ...]:
    info: Any = inspect.type_info(type_)
    made = (_make_field(each.encode_name, each.type, each.required) for each in info.fields)
    return tuple(field for field in made if field)


def _make_field(name: str, type_: Any, is_required: bool) -> Field | None:  # noqa: FBT001
    hints: dict[str, Any] = {}
    while isinstance(type_, inspect.Metadata):
        hints |= type_.extra_json_schema or {}
        type_ = type_.type
    reference = hints.get("$ref", "").rpartition("/")[2]
    field = Field(
        name, is_required=is_required, pattern=hints.get("pattern", ""), about=hints.get("description", "")
    )
    if isinstance(type_, inspect.VarTupleType):
        return _make_list_field(field, type_.item_type)
    if isinstance(type_, inspect.LiteralType):
        field = field._replace(choices=tuple(map(str, type_.values)))
    return field._replace(
        form=_FORMS_OF_TEXTS.get(reference) or _cell_form(type_), is_partial=reference == "partial-text"
    )


_FORMS_OF_TEXTS: Mapping[str, Form] = {"text": "text", "partial-text": "text", "words": "wordings"}
"""The forms of definitions of the schema."""


def _cell_form(type_: Any) -> Form:
    match type_:
        case inspect.DictType():
            return "reasons"
        case inspect.BoolType():
            return "truth"
        case inspect.IntType() | inspect.UnionType():
            return "number"
        case inspect.LiteralType() if isinstance(type_.values[0], int):
            return "number"
    return "word"


def _make_list_field(field: Field, item_type: Any) -> Field | None:
    item = _make_field(field.name, item_type, field.is_required)
    if isinstance(item_type, inspect.StructType):
        parts = entry_fields(item_type.cls)
        is_simple = all(part.form == "text" and not part.is_list for part in parts)
        return field._replace(is_list=True, parts=parts) if is_simple else None
    if item is None or item.form == "reasons":  # a list of lines
        return None
    if item.form == "text":
        return field._replace(form="text", is_list=True)
    has_pattern = isinstance(item_type, inspect.Metadata | inspect.LiteralType)
    return field._replace(form="ids" if has_pattern else "items", choices=item.choices, pattern=item.pattern)


# From an entry to cells


def entry_cells(
    fields: Iterable[Field], entry: Mapping[str, Any], language: str
) -> Iterator[tuple[Column, str]]:
    """Yield the cells of an entry that fits its type. ``language`` is that of "yes" and "no"."""
    for field in fields:
        if field.name not in entry:
            continue
        value, column = entry[field.name], Column(field.name)
        items = enumerate(value, 1) if field.is_list else [(1, value)]
        for number, item in items:
            at = column._replace(number=number)
            if field.parts:
                for part in field.parts:
                    yield from _value_cells(part.form, item[part.name], at._replace(part=part.name), language)
            else:
                yield from _value_cells(field.form, item, at, language)


def _value_cells(form: Form, value: Any, column: Column, language: str) -> Iterator[tuple[Column, str]]:
    match form:
        case "text":
            yield from ((column._replace(language=tag), words) for tag, words in value.items())
        case "wordings":
            yield from ((column._replace(language=tag), "\n".join(words)) for tag, words in value.items())
        case "ids":
            yield column, ", ".join(value)
        case "items":
            yield column, "\n".join(value)
        case "reasons":
            yield column, "\n".join(f"{rule}: {reason}" for rule, reason in value.items())
        case "truth":
            yield column, (locale(language).yes if value else locale(language).no)[0]
        case _:
            yield column, str(value)


# From cells to an entry


def read_entry(fields: Iterable[Field], cells: Cells) -> tuple[dict[str, Any], Places, list[Cell]]:
    """Return the entry that cells hold, where each of its values comes from, and the cells that no field takes."""
    entry: dict[str, Any] = {}
    places: Places = {}
    left = dict(cells)
    for field in fields:
        own = {
            column: left.pop(column)
            for column in cells
            if column.name == field.name and _column_fits_field(field, column)
        }
        if own and field.is_list:
            numbers = sorted({column.number for column in own})
            entry[field.name] = [
                _read_item(field, _with_number(own, number), (field.name, index), places)
                for index, number in enumerate(numbers)
            ]
        elif own:
            entry[field.name] = _read_item(field, own, (field.name,), places)
    return entry, places, list(left.values())


def _column_fits_field(field: Field, column: Column) -> bool:
    """Return whether a column with the name of a field can belong to it."""
    if field.parts:
        return any(part.name == column.part for part in field.parts)
    return not column.part and (field.is_list or column.number == 1)


def _with_number(cells: Cells, number: int) -> dict[Column, Cell]:
    return {column: cell for column, cell in cells.items() if column.number == number}


def _read_item(field: Field, cells: Cells, path: Path, places: Places) -> Any:
    """Return the value of a field or of an item of a list."""
    if not field.parts:
        return _read_value(field, cells, path, places)
    item = {}
    for part in field.parts:
        if own := {column: cell for column, cell in cells.items() if column.part == part.name}:
            item[part.name] = _read_value(part, own, (*path, part.name), places)
    places.setdefault(path, next(iter(cells.values())).place)
    return item


def _read_value(field: Field, cells: Cells, path: Path, places: Places) -> Any:
    """Return the value of cells. What does not have the form of the field stays as it is, so that a check finds it."""
    words, places[path] = next(iter(cells.values()))
    if field.form in ("text", "wordings"):
        for column, cell in cells.items():
            places[*path, column.language] = cell.place
        read = _one_line if field.form == "text" else _split_lines
        return {column.language: read(cell.words) for column, cell in cells.items()}
    return _read_words(field, words)


def _read_words(field: Field, words: str) -> Any:
    """Return the value of a single cell."""
    match field.form:
        case "ids":
            ids = (each.strip() for each in re.split(r"[\n,;，；、]", words))
            return [_normalise_choice(field, each) for each in ids if each]
        case "items":
            return _split_lines(words)
        case "reasons":
            lines = (re.split("[:：]", line, maxsplit=1) for line in _split_lines(words))
            return {rule.strip(): " ".join(reason).strip() for rule, *reason in lines}
        case "truth":
            return _read_truth(words)
        case "number":
            return int(words) if re.fullmatch("[0-9]{1,15}", words) else words
    return _normalise_choice(field, _one_line(words))


def _normalise_choice(field: Field, word: str) -> str:
    """Return one of the choices of a field that is spelt with other capitals, or else the word itself."""
    return next((choice for choice in field.choices if choice.casefold() == word.casefold()), word)


def _read_truth(text: str) -> bool | str:
    """Return whether the words mean yes, in one of the program's languages. Other words are returned as they are."""
    for yes, both in ((True, ("yes", "true", "genuine")), (False, ("no", "false", "scam"))):
        if any(text.casefold() in getattr(locale(tag), name) for tag in LANGUAGES for name in both):
            return yes
    return text


def _split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _one_line(text: str) -> str:
    return join_lines(text) if "\n" in text else text


def all_fields(types: Sequence[type]) -> tuple[Field, ...]:
    """Return the fields of several types, each once, for the columns of a table that has entries of all of them.

    A field is required if it is in each of the types.
    """
    found: dict[str, list[Field]] = {}
    for type_ in types:
        for field in entry_fields(type_):
            found.setdefault(field.name, []).append(field)
    return tuple(
        max(fields, key=lambda field: (field.form == "text", field.is_list))._replace(
            is_required=len(fields) == len(types) and all(field.is_required for field in fields)
        )
        for fields in found.values()
    )
