"""Help numbers: those of a region, and putting them into the texts that name them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import convert

from quizgen.bank.checks import HELP_NAME, entries, help_number_names
from quizgen.bank.reader import Document
from quizgen.bank.written import HelpNumberEntry
from quizgen.errors import MisuseError, nearest, problem
from quizgen.model import HelpNumber
from quizgen.text.messages import _


def read_help_numbers(documents: Sequence[Document], region: str = "") -> dict[str, HelpNumber]:
    """Return the help numbers of a region by id; by default those of the bank's first region.

    Raises MisuseError if the bank has no numbers of the region, or lacks one that texts name.
    """
    all_numbers = [
        convert(entry.data, HelpNumberEntry) for document in documents for entry in entries(document, "help")
    ]
    regions = tuple(dict.fromkeys(written.region for written in all_numbers))
    region = region or next(iter(regions), "")
    if regions and region not in regions:
        hint = nearest(region, regions) or _(
            "add them to the bank, or set another region with `quizgen profile set region REGION`"
        )
        raise MisuseError(
            problem(
                _("the bank has no help numbers for the region {region!r}, only for {regions}"),
                hint,
                region=region,
                regions=regions,
            )
        )
    numbers = {
        written.id: HelpNumber(
            id=written.id,
            region=region,
            number=written.number,
            purpose=written.purpose,
            cites=written.cites,
            role=written.role or "",
            note=written.note,
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


def insert_help_numbers(data: Any, numbers: Mapping[str, HelpNumber]) -> Any:
    """Replace the names of help numbers by the numbers in all texts of some data."""
    if not numbers:
        return data
    if isinstance(data, str):
        return HELP_NAME.sub(lambda match: numbers[match[1]].number, data) if "{" in data else data
    if isinstance(data, dict):
        return {key: insert_help_numbers(part, numbers) for key, part in data.items()}
    return [insert_help_numbers(part, numbers) for part in data] if isinstance(data, list) else data
