"""Templates -> pages laid out by WeasyPrint -> a PDF, with our fonts, and nothing fetched from elsewhere."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Self

from msgspec import Struct

from quizgen import __version__
from quizgen.files import shipped
from quizgen.language import message
from quizgen.paper.design import LOGO_PATH, Logo
from quizgen.paper.weasyprint_setup import Complaints, engine, fetcher, room_for_temporary_files

POINTS_A_PIXEL = 0.75
"""WeasyPrint measures in CSS pixels."""


class About(Struct, frozen=True):
    """What a PDF says of itself."""

    title: str
    author: str
    language: str
    producer: str = f"quizgen {__version__}"


class Renderer:
    """Fills templates and lays them out in one language; a context, within which its fonts exist."""

    def __init__(self, language: str, logo: Logo | None) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  only paper needs it

        self._weasyprint = engine()
        self._language = language
        self._logo = logo
        with room_for_temporary_files():
            self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._fetcher = fetcher(logo)
        self.templates = Environment(
            loader=FileSystemLoader(shipped("templates")), undefined=StrictUndefined, autoescape=True
        )
        self.templates.globals["message"] = lambda key, **values: message(language, key, **values)
        self.templates.globals["lang"] = language
        self.templates.globals["logo"] = LOGO_PATH if logo else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # WeasyPrint copies fonts into a temporary folder, and would leave it to the garbage collector to
        # remove that again, which may never come.
        self._fonts.__del__()

    def lay_out(self, template: str, values: Mapping[str, object]) -> Any:
        """Fill a template, and lay it out: a ``weasyprint.Document``.

        Beside the values, a template knows ``lang``, ``logo`` (where the logo is found, or "") and ``message``.

        Its pages tell by ``anchors`` where elements with an id stand. Raises MisuseError for a logo that
        cannot be drawn, and jinja2's UndefinedError for a name that the template was not given.
        """
        return self.lay_out_html(self.templates.get_template(template).render(values))

    def lay_out_html(self, html: str) -> Any:
        """Lay out HTML, whose links count from the folder of the templates."""
        source = self._weasyprint.HTML(
            string=html, base_url=shipped("templates").as_uri() + "/", url_fetcher=self._fetcher
        )
        with Complaints(self._logo), room_for_temporary_files():
            return source.render(font_config=self._fonts)

    def paint(self, document: Any) -> Any:
        """Paint a document: a ``pydyf.PDF`` that is still to be written.

        Raises QuizgenError for each character that no font on this system has, and MisuseError for a logo
        that cannot be drawn.
        """
        with Complaints(self._logo), room_for_temporary_files():
            return self._weasyprint.pdf.generate_pdf(
                document, target=None, zoom=1, **self._weasyprint.DEFAULT_OPTIONS
            )

    def write(self, document: Any, about: About) -> bytes:
        """Write a document as a PDF: the same bytes for the same document; raises as ``paint`` does."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint

        def describe(_: Any, pdf: Any) -> None:
            pdf.info.clear()
            texts = {"Title": about.title, "Author": about.author, "Producer": about.producer}
            pdf.info.update({name: pydyf.String(text) for name, text in texts.items() if text})
            pdf.catalog["Lang"] = pydyf.String(about.language)
            pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

        with Complaints(self._logo), room_for_temporary_files():
            return bytes(document.write_pdf(finisher=describe))


def height(anchor: Sequence[float]) -> float:
    """Height of an element by its anchor on a page, in points."""
    _, top, _, bottom = anchor
    return round_up((bottom - top) * POINTS_A_PIXEL)


def round_up(length: float) -> float:
    """Round up to a hundredth of a point, the grid of the page."""
    return ceil(length * 100 - 0.01) / 100


def print_template(
    template: str, values: Mapping[str, object], about: About, logo: Logo | None = None
) -> bytes:
    """Fill a template, lay it out, and return it as a PDF: all that a layout of a fixed size needs.

    Raises as ``Renderer.lay_out`` and ``Renderer.write`` do.
    """
    with Renderer(about.language, logo) as renderer:
        return renderer.write(renderer.lay_out(template, values), about)
