"""Help numbers: those of a region, and how they come into the texts that name them."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import convert

from quizgen.bank.checks import HELP_NAME, entries, help_named
from quizgen.bank.reader import Document
from quizgen.bank.written import WrittenHelp
from quizgen.errors import MisuseError, nearest, problem
from quizgen.model import HelpNumber
from quizgen.text.messages import _


def help_numbers(documents: Sequence[Document], region: str = "") -> dict[str, HelpNumber]:
    """Give the help numbers of a region by id; of the first that is named, where none is asked for.

    Raises MisuseError for a region that a bank with help numbers lacks, or that has none for a name that texts use.
    """
    found = [
        convert(entry.data, WrittenHelp) for document in documents for entry in entries(document, "help")
    ]
    regions = tuple(dict.fromkeys(written.region for written in found))
    region = region or next(iter(regions), "")
    if regions and region not in regions:
        hint = nearest(region, regions) or _(
            "add them to the bank, or set another with `quizgen profile set region REGION`"
        )
        raise MisuseError(
            problem(
                _("the bank has no help numbers of the region {region!r}, only of {regions}"),
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
        for written in found
        if written.region == region
    }
    if len(regions) > 1:
        named = {name for document in documents for name in help_named(document.data)}
        if lacking := tuple(sorted(named - numbers.keys())):
            raise MisuseError(
                problem(
                    _("the region {region} has no help number {names}, which texts of the bank name"),
                    _("add them to the bank, or set another with `quizgen profile set region REGION`"),
                    region=region,
                    names=lacking,
                )
            )
    return numbers


def with_numbers(value: Any, numbers: Mapping[str, HelpNumber]) -> Any:
    """Put help numbers into all texts of some data, in place of their names."""
    if not numbers:
        return value
    if isinstance(value, str):
        return HELP_NAME.sub(lambda found: numbers[found[1]].number, value) if "{" in value else value
    if isinstance(value, dict):
        return {key: with_numbers(part, numbers) for key, part in value.items()}
    return [with_numbers(part, numbers) for part in value] if isinstance(value, list) else value
