"""Posters, leaflets, wallet cards and sheets for the fridge set both help numbers in one size, also long ones, with their notes."""

from functools import cache

import pytest
from msgspec.structs import replace

from quizgen.model import Bank
from quizgen.paper.design import SheetDesign, SizedDesign, TextSize
from quizgen.paper.layouts.fridge import print_fridge
from quizgen.paper.layouts.leaflet import print_leaflet
from quizgen.paper.layouts.poster import print_poster
from quizgen.paper.layouts.wallet import print_wallet
from quizgen.paper.sheets import TypeSize, choose_help_numbers, fit_help_numbers
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import runs, squeezed

LONG = ("0300 123 2040", "0808 250 5050")
NOTE = "Open day and night."


def bank_with(emergency: str, advice: str, note: str = "") -> Bank:
    bank = town_bank()
    police, line = bank.help["police"], bank.help["fraud-line"]
    own_note = {"en": note} if note else {}
    changed = {
        "police": replace(police, number=emergency, note=own_note, place={}),
        "fraud-line": replace(line, number=advice, place={}),
    }
    return replace(bank, help=bank.help | changed)


@cache
def printed(sheet: str, numbers: tuple[str, str], text_size: TextSize) -> bytes:
    """Print a sheet whose numbers have a note, once for all tests that look at it."""
    job = Job(bank=bank_with(*numbers, NOTE))
    if sheet == "wallet":
        return print_wallet(job, SizedDesign(text_size=text_size)).pdf
    if sheet == "fridge":
        return print_fridge(job, SizedDesign(text_size=text_size)).pdf
    design = SheetDesign(text_size=text_size)
    return print_poster(job, design).pdf if sheet == "poster" else print_leaflet(job, design)[0]


@pytest.mark.parametrize("text_size", ["normal", "large"])
@pytest.mark.parametrize("sheet", ["poster", "leaflet", "wallet", "fridge"])
def test_long_numbers_are_of_one_size_and_one_below_the_other(sheet: str, text_size: TextSize) -> None:
    found = runs(printed(sheet, LONG, text_size))
    first, second = (
        next(run for run in found if squeezed(number) in squeezed(run.text) and run.size >= 15)
        for number in LONG
    )
    assert first.size == second.size
    assert first.left == pytest.approx(second.left, abs=0.1)
    assert first.top < second.top - 5  # millimetres


@pytest.mark.parametrize("sheet", ["poster", "leaflet", "wallet", "fridge"])
@pytest.mark.parametrize(("emergency", "advice"), [LONG, ("159", "7726")])
def test_the_note_of_each_number_is_below_it(sheet: str, emergency: str, advice: str) -> None:
    found = runs(printed(sheet, (emergency, advice), "normal"))
    own, other = (
        next(run for run in found if squeezed(words) in squeezed(run.text))
        for words in (NOTE, "When it calls, answer.")
    )
    numbers = [
        next(run for run in found if squeezed(run.text) == squeezed(number)) for number in (emergency, advice)
    ]
    for note, number in zip((own, other), numbers, strict=True):
        assert note.left == pytest.approx(number.left, abs=2)
        assert number.top < note.top < number.bottom + 4


def test_fit_help_numbers_short_ones_stand_side_by_side() -> None:
    def fit(emergency: str, advice: str) -> tuple[float, bool]:
        numbers = choose_help_numbers(bank_with(emergency, advice))
        fitted = fit_help_numbers(numbers, 34, 210, (85, 113), TypeSize(9.5, 26), "en")
        return fitted.size, fitted.is_stacked

    assert fit("999", "101") == (34, False)
    size, is_stacked = fit(*LONG)
    assert is_stacked
    assert 15 < size < 26
