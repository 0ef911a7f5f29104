"""Pages to look into: of a sample of all kinds, and of the built-in bank."""

import json
import re
from functools import cache
from typing import Any

from quizgen.assemble import AskedAudience, Recipe, all_questions, assemble, assemble_days
from quizgen.model import Quiz
from quizgen.page import PageContent, PageHeader, make_page_content, render_page
from quizgen.text.languages import LANGUAGES
from tests.banks import town_bank
from tests.formats.quizzes import ODD, every_kind


def sample_page(odd: str = "", head: PageHeader = PageHeader()) -> str:  # noqa: B008  frozen
    quiz = every_kind(odd=odd)
    return render_page(make_page_content(quiz.bank, [quiz], LANGUAGES), head).decode()


@cache
def drawn_page(
    count: int, quizzes: int, kind: str = "", languages: tuple[str, ...] = LANGUAGES
) -> PageContent:
    recipe = Recipe(count=count, kinds=(kind,) if kind else ())
    drawn = [assemble(town_bank(), recipe, seed, "en") for seed in range(quizzes)]
    return make_page_content(town_bank(), drawn, languages, _draw_days(recipe.kinds))


@cache
def _draw_days(kinds: tuple[str, ...]) -> list[Quiz]:
    """Draw the quizzes of the days, which do not depend on how many questions and quizzes a page has."""
    return assemble_days(town_bank(), Recipe(kinds=kinds), "en")


@cache
def whole_page(audience: AskedAudience = "all", languages: tuple[str, ...] = ("en",)) -> PageContent:
    quiz = all_questions(town_bank(), Recipe(audience=audience, count=len(town_bank().questions)), "en")
    return make_page_content(town_bank(), [quiz], languages)


def data_in(html: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return data


__all__ = ["ODD", "data_in", "drawn_page", "sample_page", "whole_page"]
