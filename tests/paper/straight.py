"""The same pages laid out straight by WeasyPrint: every piece by the same templates, at the place that it has.

What the press makes of blocks cut out and strung together is held against this.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import weasyprint
from msgspec import to_builtins

from quizgen.assemble import Batch
from quizgen.files import shipped
from quizgen.model import Quiz
from quizgen.paper.compose import Placed, foot
from quizgen.paper.design import PAGES, Design
from quizgen.paper.fit import Fitted, fit
from quizgen.paper.flow import Flow
from quizgen.paper.handout import parts_of, samples
from quizgen.paper.layout import Typesetter
from quizgen.paper.pieces import running
from quizgen.paper.press import Press

PAGE = """{%- import "pieces.html" as pieces with context -%}
<!DOCTYPE html><html lang="{{ lang }}"><head><meta charset="utf-8"><link rel="stylesheet" href="handout.css">
<style>
  @page { size: {{ page.width }}pt {{ page.height }}pt; margin: 0 }
  article { position: relative; height: {{ page.height }}pt; break-after: page }
  section { position: absolute; width: {{ page.column }}pt }
</style></head><body>
{%- for sheet in sheets %}
<article style="font-size: {{ sheet.size }}pt; {% for name, width in sheet.widths.items() %}--{{ name }}: {{ width }}pt; {% endfor %}">
{%- for item in sheet.placed %}
<section style="left: {{ item.x }}pt; top: {{ item.y }}pt"><div class="{{ item.kind }}">{{ pieces[item.kind](item) }}</div></section>
{%- endfor %}
</article>
{%- endfor %}</body></html>"""


class Recorded(NamedTuple):
    """What a press would ink."""

    placed: Sequence[Placed]


class Recorder:
    """Stands in for the press, and keeps what it is to print."""

    def ink(self, _setting: int, placed: Sequence[Placed]) -> Recorded:
        return Recorded(placed)


def lay_out(batch: Batch, quiz: Quiz, design: Design) -> bytes:
    """Lay one paper of a batch out, question by question, as WeasyPrint does it by itself."""
    page = PAGES[design.paper]
    typesetter = Typesetter(batch.language, design.logo)
    sheets: list[dict[str, Any]] = []
    for part in parts_of(batch, design):
        fitted = fit(part, batch.questions, samples(batch), design, page, typesetter)
        flow = Flow(fitted, 0, cast("Press", Recorder()))
        sheets += ({"fitted": fitted, "laid": laid} for laid in flow.pages(quiz, page.margin))
    shown = []
    for number, sheet in enumerate(sheets, start=1):
        fitted = sheet["fitted"]
        lead, rest = running(
            batch.language, label=quiz.version, seed=quiz.seed, page=number, pages=len(sheets)
        )
        strip = foot(page, fitted.setting.blocks, [*lead, *rest])
        laid = [
            *sheet["laid"],
            (Recorded(strip.placed), page.margin, page.height - page.margin - strip.height),
        ]
        shown.append(_sheet(fitted, laid))
    environment = typesetter._template.environment
    html = environment.from_string(PAGE).render(lang=batch.language, page=page_values(design), sheets=shown)
    source = weasyprint.HTML(
        string=html, base_url=shipped("templates").as_uri() + "/", url_fetcher=typesetter._fetcher
    )
    return bytes(source.write_pdf(font_config=typesetter._fonts))


def page_values(design: Design) -> dict[str, float]:
    page = PAGES[design.paper]
    return {"width": page.width, "height": page.height, "column": page.column}


def _sheet(fitted: Fitted, laid: Sequence[tuple[Any, float, float]]) -> dict[str, Any]:
    pieces = {piece.key: piece for piece in fitted.part.pieces}
    items = [
        {
            **pieces[item.key].values,
            "kind": item.key[0],
            "id": f"p{index}-{number}",
            "x": x + item.x,
            "y": y + item.y,
        }
        for index, (recorded, x, y) in enumerate(laid)
        for number, item in enumerate(recorded.placed)
    ]
    return {"size": fitted.size, "widths": to_builtins(fitted.wide), "placed": items}
