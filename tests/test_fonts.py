"""The shipped fonts: what they cover, what they are called, and that they can set Traditional forms."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from quizgen.files import shipped_folder
from quizgen.text.autospace import SPACE

FONTS = shipped_folder("templates") / "fonts"
WEIGHTS = ("Regular", "Bold")


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    """The script that made the fonts, which says what they are to cover."""
    path = Path(__file__).parents[1] / "scripts" / "make_fonts.py"
    spec = importlib.util.spec_from_file_location("make_fonts", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=WEIGHTS)
def font(request: pytest.FixtureRequest) -> Iterator[Any]:
    with TTFont(FONTS / f"QuizgenSans-{request.param}.otf", lazy=True) as font:
        yield font


def listed() -> set[str]:
    return set((FONTS / "coverage.txt").read_text(encoding="utf-8")) - {"\n"}


def test_the_character_sets_are_complete(recipe: ModuleType) -> None:
    simplified, common = recipe.gb2312_hanzi(), recipe.big5_common_hanzi()
    assert (len(simplified), len(common)) == (6763, 5401)
    assert {"啊", "齄"} <= simplified
    assert {"一", "籲"} <= common
    assert {"過", "裡", "裏"} <= recipe.traditional_of({"过", "里"}) | common | recipe.traditional_of(
        simplified
    )


def test_every_hanzi_and_sign_is_covered(font: Any, recipe: ModuleType) -> None:
    assert recipe.wanted_characters() - {chr(code) for code in font.getBestCmap()} == set()


def test_fonts_cover_characters_of_names() -> None:
    """Characters that people are called by and that GB 2312 and Big5's first level lack."""
    assert set("喆堃珺玥珣琤瑄昇犇邨祤姵叡翊") <= listed()


def test_the_coverage_file_matches_the_fonts(font: Any) -> None:
    assert listed() == {chr(code) for code in font.getBestCmap()}


def test_the_signs_of_a_handout_are_listed() -> None:
    assert set("□☐✓✗○●→①⑳–—…‘’“”·×÷°№€£¥，。？：；（）《》「」") <= listed()


def test_each_font_is_ours_by_name_and_keeps_its_licence(font: Any) -> None:
    names = font["name"]
    assert names.getDebugName(1) == "Quizgen Sans"
    assert names.getDebugName(6) in {f"QuizgenSans-{weight}" for weight in WEIGHTS}
    assert "Adobe" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_each_font_is_small(weight: str) -> None:
    assert (FONTS / f"QuizgenSans-{weight}.otf").stat().st_size < 6_000_000


def test_traditional_text_uses_traditional_glyphs(font: Any) -> None:
    gsub, cmap = font["GSUB"].table, font.getBestCmap()
    (hani,) = (each.Script for each in gsub.ScriptList.ScriptRecord if each.ScriptTag == "hani")
    (traditional,) = (each.LangSys for each in hani.LangSysRecord if each.LangSysTag == "ZHT ")
    features = [gsub.FeatureList.FeatureRecord[index] for index in traditional.FeatureIndex]
    (local,) = (each.Feature for each in features if each.FeatureTag == "locl")
    changed: set[str] = set()
    for index in local.LookupListIndex:
        for table in gsub.LookupList.Lookup[index].SubTable:
            changed |= set(getattr(table, "ExtSubTable", table).mapping)
    assert {char for char in "骨，。" if cmap[ord(char)] in changed} == set("骨，。")


def test_a_blank_is_the_space_between_han_and_western_text(font: Any) -> None:
    width, _ = font["hmtx"][font.getBestCmap()[ord(" ")]]
    assert width / font["head"].unitsPerEm == pytest.approx(SPACE, abs=0.005)


def test_the_licence_stands_beside_the_fonts() -> None:
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert text.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
