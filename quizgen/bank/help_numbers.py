"""Help numbers, such as the police's: read those of a region, and insert them into texts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import convert

from quizgen.bank.checks import (
    HELP_NAME,
    help_number_names,
    parse_declaration,
    section_entries,
    shown_address,
)
from quizgen.bank.file_types import HelpNumberEntry
from quizgen.bank.reader import Document
from quizgen.errors import MisuseError, problem
from quizgen.model import HELP_KINDS, HelpNumber
from quizgen.text.messages import _


def read_help_numbers(documents: Sequence[Document], region: str = "") -> dict[str, HelpNumber]:
    """Return the help numbers of a region by id; by default, of the first region in the files.

    If the question bank declares a region, that one is used. If it lacks the region asked for, its first one is used.
    Raises MisuseError if a question bank with several regions lacks a number that a text uses.
    """
    all_numbers = [
        convert(entry.data, HelpNumberEntry)
        for document in documents
        for entry in section_entries(document, "help")
    ]
    regions = tuple(dict.fromkeys(written.region for written in all_numbers))
    declared = [each.region for each in map(parse_declaration, documents) if each]
    region = next((each for each in (*declared, region) if each in regions), next(iter(regions), ""))
    numbers = {
        written.id: HelpNumber(
            id=written.id,
            region=region,
            number=_shown_text(written),
            purpose=written.purpose,
            cites=written.cites,
            role=written.role or "",
            note=written.note,
            place=written.place,
            kind=next(kind for kind in HELP_KINDS if getattr(written, kind)),
            link=_make_link(written),
        )
        for written in all_numbers
        if written.region == region
    }
    if len(regions) > 1:
        named = {name for document in documents for name in help_number_names(document.data)}
        if missing := tuple(sorted(named - numbers.keys())):
            raise MisuseError(
                problem(
                    _("the region {region} has no help number {names}, but texts of the bank use it"),
                    _("add them to the bank, or set another region with `quizgen profile set region REGION`"),
                    region=region,
                    names=missing,
                )
            )
    return numbers


def _shown_text(entry: HelpNumberEntry) -> str:
    """Return what people read: the number, address or name."""
    if entry.form:
        return shown_address(entry.form)
    return entry.number or entry.mail or entry.app or ""


def _make_link(entry: HelpNumberEntry) -> str:
    """Return what a web page links, or "" if there is nothing to open. A sender only sends, so nobody calls it."""
    if entry.role == "sender":
        return ""
    if entry.number:
        return f"tel:{re.sub('[^+0-9*#]', '', entry.number).replace('#', '%23')}"
    return f"mailto:{entry.mail}" if entry.mail else entry.form or ""


def insert_help_numbers(data: Any, help_numbers: Mapping[str, HelpNumber]) -> Any:
    """Replace names of help numbers in all texts, such as ``{police}``, by the numbers themselves."""
    if not help_numbers:
        return data
    if isinstance(data, str):
        return HELP_NAME.sub(lambda match: help_numbers[match[1]].number, data) if "{" in data else data
    if isinstance(data, dict):
        return {key: insert_help_numbers(part, help_numbers) for key, part in data.items()}
    return [insert_help_numbers(part, help_numbers) for part in data] if isinstance(data, list) else data
