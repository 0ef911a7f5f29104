"""Posters, leaflets and wallet cards say where their numbers work, in the languages whose readers may be elsewhere."""

from functools import cache

import pytest
from msgspec.structs import replace

from quizgen.paper.design import SheetDesign, SizedDesign, TextSize
from quizgen.paper.layouts.leaflet import print_leaflet
from quizgen.paper.layouts.poster import print_poster
from quizgen.paper.layouts.wallet import print_wallet
from quizgen.paper.sheets import choose_help_numbers
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import runs, squeezed, text_of

CAPTIONS = {"en": "Numbers in mainland China", "zh-Hant": "中國大陸電話", "zh-Hans": ""}


@cache
def poster(text_size: TextSize) -> bytes:
    """Print a poster, once for all tests that look at it."""
    return print_poster(Job(), SheetDesign(text_size=text_size)).pdf


@pytest.mark.parametrize("language", CAPTIONS)
def test_choose_help_numbers_one_place_have_one_caption(language: str) -> None:
    bank = town_bank()
    assert choose_help_numbers(bank).place_caption(language) == CAPTIONS[language]
    assert choose_help_numbers(bank).place_caption("fr") == ""
    police = replace(bank.help["police"], place={})
    assert (
        choose_help_numbers(replace(bank, help=bank.help | {"police": police})).place_caption(language) == ""
    )
    assert choose_help_numbers(replace(bank, help={})).place_caption(language) == ""


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_sheets_print_it_once_for_each_pair_of_numbers(text_size: TextSize) -> None:
    caption = squeezed(CAPTIONS["en"])
    assert text_of(poster(text_size)).count(caption) == 1
    leaflet, _ = print_leaflet(Job(), SheetDesign(text_size=text_size))
    assert text_of(leaflet).count(squeezed("Who to call in mainland China")) == 1
    assert text_of(print_wallet(Job(), SizedDesign(text_size=text_size)).pdf).count(caption) == 10
    assert "mainland" not in text_of(print_wallet(Job("zh-Hans"), SizedDesign(text_size=text_size)).pdf)


@pytest.mark.parametrize("text_size", ["normal", "large"])
def test_on_a_poster_it_stands_between_the_numbers_and_the_edge_of_their_frame(text_size: TextSize) -> None:
    found = runs(poster(text_size))
    (caption,) = (run for run in found if "mainland" in run.text)
    number = next(run for run in found if run.text.strip() == "110" and run.size > 40)
    assert caption.size >= 16
    assert number.bottom - caption.top < 6  # the line of a digit has white below it
    frame = {"normal": 200.5 + 40, "large": 183 + 37}[text_size]
    assert caption.bottom < frame
