"""The same pages laid out straight by WeasyPrint: every element by the same templates, at the place that it has.

Tests compare the pages of the press with these.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from quizgen.assemble import VersionBatch
from quizgen.model import Quiz
from quizgen.paper.design import PAGES, QuizPaperDesign
from quizgen.paper.handout.answers import make_answer_section
from quizgen.paper.handout.content import HandoutContent
from quizgen.paper.handout.questions import make_question_section
from quizgen.paper.layouts.handout import choose_sample_versions
from quizgen.paper.press.elements import Box
from quizgen.paper.press.fit import FittedSection, fit_to_pages
from quizgen.paper.press.foot import compose_foot, running_text_parts
from quizgen.paper.press.papers import SectionPages
from quizgen.paper.press.pdf_assembler import PdfAssembler
from quizgen.paper.press.strips import PlacedBlock
from quizgen.paper.press.typesetter import Typesetter
from quizgen.paper.renderer import PdfMetadata

PAGE = """{%- import "elements.html" as elements with context -%}
<!DOCTYPE html><html lang="{{ lang }}"><head><meta charset="utf-8"><link rel="stylesheet" href="handout.css">
<style>
  :root { --leading: {{ leading }} }
  @page { size: {{ page.width }}pt {{ page.height }}pt; margin: 0 }
  article { line-height: var(--leading); position: relative; height: {{ page.height }}pt; break-after: page }
  section { position: absolute; width: {{ page.content_width }}pt }
</style></head><body>
{%- for sheet in sheets %}
<article style="font-size: {{ sheet.size }}pt; {% for name, value in sheet.css.items() %}--{{ name }}: {{ value }}; {% endfor %}">
{%- for item in sheet.placed %}
<section style="left: {{ item.x }}pt; top: {{ item.y }}pt; {{ item.style }}"><div class="{{ item.kind }}">{{ elements[item.kind](item) }}</div></section>
{%- endfor %}
{%- for frame, x, y in sheet.frames %}
<section style="left: {{ x }}pt; top: {{ y }}pt; width: {{ frame.width }}pt; height: {{ frame.height }}pt; border: 1pt solid"></section>
{%- endfor %}
</article>
{%- endfor %}</body></html>"""


class Recorded(NamedTuple):
    """The blocks and position that an assembler would place."""

    placed: Sequence[PlacedBlock]
    scale: float = 1
    frame: Box | None = None
    start: tuple[float, float] = (0, 0)


class Recorder:
    """A stand-in for the assembler that returns what it is asked to place."""

    def make_fragment(
        self,
        _group_index: int,
        placed: Sequence[PlacedBlock],
        _owner: str = "",
        *,
        is_foot: bool = False,  # noqa: ARG002  as an assembler is called
    ) -> Recorded:
        return Recorded(placed)

    def make_framed_line(
        self,
        _group_index: int,
        placed: Sequence[PlacedBlock],
        scale: float,
        frame: Box,
        start: tuple[float, float],
    ) -> Recorded:
        return Recorded(placed, scale, frame, start)


def lay_out(batch: VersionBatch, quiz: Quiz, design: QuizPaperDesign) -> bytes:
    """Lay one paper of a batch out, question by question, as WeasyPrint does it by itself."""
    page = PAGES[design.paper]
    content = HandoutContent.from_batch(batch)
    parts = [make_question_section(content, design)]
    if design.answers != "none":
        parts.append(make_answer_section(content, design))
    with Typesetter(batch.language, design.logo) as typesetter:
        sheets: list[dict[str, Any]] = []
        samples = choose_sample_versions(batch)
        for fitted in fit_to_pages(parts, batch.questions, samples, design, page, typesetter):
            pages = SectionPages(fitted, 0, cast("PdfAssembler", Recorder()), page).compose_pages(quiz)
            sheets += ({"fitted": fitted, "laid": laid} for laid in pages)
        shown = []
        for number, sheet in enumerate(sheets, start=1):
            fitted = sheet["fitted"]
            texts = running_text_parts(
                batch.language, seed=quiz.seed, page=str(number), pages=str(len(sheets))
            )
            strip = compose_foot(page, fitted.group.blocks, texts, fitted.measures.small)
            tag = SectionPages(fitted, 0, cast("PdfAssembler", Recorder()), page).compose_label(quiz.version)
            laid = [
                *tag,
                *sheet["laid"],
                (Recorded(strip.placed), page.margin, page.height - page.margin - strip.height),
            ]
            shown.append(_sheet(fitted, laid))
        renderer = typesetter.renderer
        leading = shown[0]["css"]["leading"]
        html = renderer.templates.from_string(PAGE).render(
            page=page_values(design), sheets=shown, leading=leading
        )
        return renderer.write_pdf(renderer.lay_out_html(html), PdfMetadata("", "", batch.language))


def page_values(design: QuizPaperDesign) -> dict[str, float]:
    page = PAGES[design.paper]
    return {"width": page.width, "height": page.height, "content_width": page.content_width}


def _sheet(fitted: FittedSection, laid: Sequence[tuple[Any, float, float]]) -> dict[str, Any]:
    elements = {element.id: element for element in fitted.section.elements}
    items = [
        {
            **elements[item.element_id].values_at(fitted.measures),
            "kind": item.element_id[0],
            "id": f"p{index}-{number}",
            "x": x + recorded.start[0] + item.x * recorded.scale,
            "y": y + recorded.start[1] + item.y,
            "style": f"--table: {fitted.measures.table * recorded.scale}pt" if recorded.frame else "",
        }
        for index, (recorded, x, y) in enumerate(laid)
        for number, item in enumerate(recorded.placed)
    ]
    frames = [(recorded.frame, x, y) for recorded, x, y in laid if recorded.frame]
    return {"size": fitted.size, "css": fitted.measures.css_variables, "placed": items, "frames": frames}
