"""The leaflet, read back as it is folded."""

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from pypdfium2 import raw

from quizgen.paper.design import MM, PaperSize, SheetDesign, TextSize
from quizgen.paper.layouts.leaflet import print_leaflet
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.layouts.test_poster import LINK, LOGO
from tests.paper.printed import Run, apart, links_of, qr_code_of, runs, sizes, squeezed

FULL = SheetDesign(
    organiser="Harbour Community Police Post", contact="0123 4567", date="1 May", link=LINK, logo=LOGO
)
FOLDS: dict[PaperSize, list[tuple[float, ...]]] = {
    "A4": [(97, 197, 297), (100, 200, 297)],
    "Letter": [(91.4, 185.4, 279.4), (94, 188, 279.4)],
}


def by_panel(found: list[Run], paper: PaperSize) -> dict[tuple[int, int], list[Run]]:
    """Put what is printed to its panel, by page and place; each stands 8 mm within its edges, so nothing crosses a fold."""
    panels: dict[tuple[int, int], list[Run]] = {}
    for run in found:
        edges = (0, *FOLDS[paper][run.page])
        place = next(index for index, edge in enumerate(edges[1:]) if run.left < edge)
        assert edges[place] + 7.8 <= run.left
        assert run.right <= edges[place + 1] - 7.8
        panels.setdefault((run.page, place), []).append(run)
    return panels


def ticks(pdf: bytes, page: int) -> set[float]:
    """Where short lines stand upright at the edges, in millimetres from the left."""
    bounds = [
        each.get_bounds()
        for each in pdfium.PdfDocument(pdf)[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
    ]
    return {
        round((left + right) / 2 / MM, 1)
        for left, bottom, right, top in bounds
        if right - left < 2 and (top - bottom) / MM == pytest.approx(6, abs=0.2)
    }


@pytest.mark.parametrize(
    ("language", "paper", "text_size"), [("en", "A4", "normal"), ("zh-Hant", "Letter", "large")]
)
def test_each_panel_has_its_own_texts(language: str, paper: PaperSize, text_size: TextSize) -> None:
    design = replace(FULL, paper=paper, text_size=text_size)
    pdf, quiz = print_leaflet(Job(language, seed=10), design)
    width, height = (297, 210) if paper == "A4" else (279.4, 215.9)
    assert sizes(pdf) == [(width, height)] * 2
    found = runs(pdf)
    panels = by_panel(found, paper)
    said = {panel: squeezed("".join(run.text for run in those)) for panel, those in panels.items()}
    assert len(said) == 6
    assert min(run.size for run in found) >= (16 if text_size == "large" else 8)
    assert max(run.bottom for run in found) <= height - 9.5
    assert min(run.top for run in found) >= 9.5

    assert [each for each in apart(pdf) if each[1] < 0.2] == []
    assert apart(pdf) or language == "en"

    scenes = quiz.questions
    assert len(scenes) == (4 if text_size == "normal" else 2)
    assert [
        each.id for each in scenes if squeezed(localize(each.rationale, language)) not in said[0, 0]
    ] == []
    for question in scenes:
        if question.exhibit:
            exhibit = town_bank().exhibits[question.exhibit]
            parts = [localize(line.text, language) for line in exhibit.lines]
        else:
            parts = [localize(question.stem, language)]
        inside = said[1, 0] if question.exhibit else said[1, 1]
        assert [part for part in parts if squeezed(part) not in inside] == []
    sides = [town_bank().exhibits[question.exhibit].genuine for question in scenes if question.exhibit]
    assert sorted(sides) == [False, True] if text_size == "normal" else len(sides) == 1

    steps = [
        localize(each.short, language) for each in town_bank().statements_with_role("step") if each.short
    ]
    assert len(steps) == 4
    assert [step for step in steps if squeezed(step) not in said[1, 2]] == []
    assert {run.size for run in panels[1, 2] if run.text.strip() == "110"} == {30}
    assert (
        min(run.size for run in panels[0, 1] if run.text.strip() in ("110", "96110")) > 39
    )  # as wide as its half allows
    back = [
        _("My bank").translated(language),
        _("My family").translated(language),
        "0123 4567",
        "example.org/talks",
    ]
    assert [part for part in back if squeezed(part) not in said[0, 1]] == []
    cover = [_("Is it genuine,\nor a scam?").translated(language), "Harbour Community Police Post", "1 May"]
    assert [part for part in cover if squeezed(part) not in said[0, 2]] == []
    assert qr_code_of(pdf, LINK)[0] == pytest.approx(25, abs=0.1)
    ((to, (left, top, right, bottom)),) = links_of(pdf)
    assert to == LINK
    assert 25 <= right - left < 60  # the code and its address, and nothing beside them
    assert 25 < bottom - top < 45
    assert [ticks(pdf, page) for page in (0, 1)] == [set(folds[:2]) for folds in FOLDS[paper]]
