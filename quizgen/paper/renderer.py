"""Render templates: WeasyPrint lays them out with the shipped fonts, fetches nothing else, and makes a PDF."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache, lru_cache, partial
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from xml.sax.saxutils import escape

from markupsafe import Markup
from msgspec import Struct

from quizgen import __version__
from quizgen.errors import MisuseError, problem
from quizgen.files import shipped_folder
from quizgen.paper.design import LOGO_PATH, Logo, PageDesign
from quizgen.paper.images import logo_size
from quizgen.paper.lines import break_lines, is_chinese, join_with_line_breaks, text_width
from quizgen.paper.no_break import keep_last_words_together, keep_units_unbroken
from quizgen.paper.weasyprint_patches import Tagged, complete_tags
from quizgen.paper.weasyprint_setup import WarningCollector, load_weasyprint, make_fetcher, report_full_disk
from quizgen.templates import load_templates
from quizgen.text.autospace import add_autospace
from quizgen.text.languages import interface_language, is_right_to_left, locale
from quizgen.text.messages import _, template_functions
from quizgen.view.text import space_after

if TYPE_CHECKING:
    from jinja2 import Environment
    from weasyprint import Document

POINTS_A_PIXEL = 0.75
"""WeasyPrint measures in CSS pixels."""


class PdfMetadata(Struct, frozen=True):
    """The metadata of a PDF."""

    title: str
    author: str
    language: str
    producer: str = f"quizgen {__version__}"

    def xmp_stream(self) -> bytes:
        """Return the metadata as an XMP packet (ISO 16684-1), which also declares PDF/UA-1."""
        author = f"<dc:creator><rdf:Seq><rdf:li>{escape(self.author)}</rdf:li></rdf:Seq></dc:creator>"
        return _XMP.format(
            title=escape(self.title),
            author=author if self.author else "",
            language=escape(self.language),
            producer=escape(self.producer),
        ).encode()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class Renderer:
    """Fills templates and lays them out in one language. A context manager: its fonts exist only inside it.

    ``colour`` is the organiser's, such as ``#123a6b``; without it, all is black.
    """

    def __init__(self, language: str, logo: Logo | None, colour: str = "") -> None:
        self._weasyprint = load_weasyprint()
        self._language = language
        self._logo = logo
        self._accent = f"<style>:root {{ --accent: {colour} }}</style></head>" if colour else ""
        with report_full_disk():
            self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._fetcher = make_fetcher(logo)
        self._font_faces: Any = None
        self.templates = _load_templates(shipped_folder("templates"), language, logo)

    def __enter__(self) -> Self:
        # WeasyPrint deletes its folder of unpacked fonts only when Python collects garbage, which may never happen.
        with report_full_disk():
            self._folder = tempfile.TemporaryDirectory(prefix="quizgen-")
        self._usual_folder, tempfile.tempdir = tempfile.tempdir, self._folder.name
        return self

    def __exit__(self, *_: object) -> None:
        tempfile.tempdir = self._usual_folder
        self._folder.cleanup()

    def lay_out(self, template: str, values: Mapping[str, object]) -> "Document":
        """Fill a template and lay it out.

        Besides the values, a template has ``lang``, the language of the interface's words and of the page;
        ``asked_language``, that of the user's own words; ``lang_attribute(tag)`` and ``in_language(text, tag)``, which mark
        a text in another language than the page; ``keep_last_words_together`` (``no_break.py``), ``logo``, true if there is one,
        ``logo_image(organiser, unit, max_height, max_width)``, which draws it, ``_`` and its like, and ``in_style(text)``, which escapes a text for double
        quotes in a style sheet.

        The ``anchors`` of its pages have the positions of elements with ids. Raises MisuseError for a logo that cannot be drawn,
        and for a language written from right to left, because boxes and columns would have to be mirrored. Raises jinja2's
        UndefinedError for a name that the template was not given.
        """
        html = self.templates.get_template(template).render(values)
        if self._accent:
            html = html.replace("</head>", self._accent, 1)
        for language in sorted(set(_LANGUAGE.findall(html))):
            if is_right_to_left(language):
                named = locale(language).autonym
                raise MisuseError(
                    problem(
                        _("{language} is written from right to left, which paper cannot be set in"),
                        _("take the quiz on the screen, or make a web page of it with `quizgen page`"),
                        language=named,
                    )
                )
        return self.lay_out_html(html)

    def lay_out_html(self, html: str) -> "Document":
        """Lay out HTML, whose relative links start at the templates' folder.

        The style sheets that it links come before its own rules, whatever their selectors.
        """
        folder = shipped_folder("templates")
        source = self._weasyprint.HTML(
            string=add_autospace(_LINKED_STYLE_SHEET.sub("", html)),
            base_url=folder.as_uri() + "/",
            url_fetcher=self._fetcher,
        )
        with WarningCollector(self._logo), report_full_disk():
            if self._font_faces is None:  # fonts are unpacked into the folder of this context
                self._font_faces = self._weasyprint.CSS(
                    folder / "fonts.css", font_config=self._fonts, url_fetcher=self._fetcher
                )
            linked = [_read_style_sheet(folder / name) for name in _LINKED_STYLE_SHEET.findall(html)]
            return source.render(font_config=self._fonts, stylesheets=[self._font_faces, *linked])

    def paint(self, document: "Document", *, tagged: bool) -> tuple[Any, Tagged]:
        """Paint a document; return a ``pydyf.PDF`` that is not written yet, and its structure if ``tagged``.

        Raises QuizgenError for each character that no font on this system has, and MisuseError for a logo that cannot
        be drawn.
        """
        options = {**self._weasyprint.DEFAULT_OPTIONS, "pdf_tags": tagged}
        watching: AbstractContextManager[Tagged] = complete_tags() if tagged else nullcontext({})
        with WarningCollector(self._logo), report_full_disk(), watching as found:
            return self._weasyprint.pdf.generate_pdf(document, target=None, zoom=1, **options), found

    def write_pdf(self, document: "Document", about: PdfMetadata) -> bytes:
        """Return a document as PDF/UA-1: the same bytes for the same document. Raises the same errors as ``paint``."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint

        def describe(_: Any, pdf: Any) -> None:
            pdf.info.clear()
            texts = {"Title": about.title, "Author": about.author, "Producer": about.producer}
            pdf.info.update({name: pydyf.String(text) for name, text in texts.items() if text})
            pdf.catalog["Lang"] = pydyf.String(interface_language(about.language))
            metadata = pydyf.Stream([about.xmp_stream()], {"Type": "/Metadata", "Subtype": "/XML"})
            pdf.add_object(metadata)
            pdf.catalog["Metadata"] = metadata.reference

        with WarningCollector(self._logo), report_full_disk(), complete_tags():
            return bytes(document.write_pdf(finisher=describe, pdf_tags=True))


_LINKED_STYLE_SHEET = re.compile('<link rel="stylesheet" href="([a-z-]+[.]css)">')


@cache
def _read_style_sheet(path: Path) -> Any:
    """Read a style sheet of the templates, once for all sheets: this takes a fifth of the time of a layout."""
    return load_weasyprint().CSS(path, url_fetcher=make_fetcher(None))


@lru_cache(maxsize=8)
def _load_templates(folder: Path, language: str, logo: Logo | None) -> "Environment":
    """Return the templates of a folder with the functions that they call. Each is compiled once, for all sheets with this logo."""
    templates = load_templates(folder)
    spoken, han = interface_language(language), is_chinese(language)
    templates.globals.update(template_functions(language))
    templates.globals["in_style"] = _escape_for_css
    templates.globals["lang"] = spoken
    templates.globals["asked_language"] = language
    templates.globals["lang_attribute"] = lambda tag: _lang_attribute(tag, spoken)
    templates.globals["in_language"] = lambda text, tag: _mark_language(text, tag, spoken)
    templates.globals["keep_end"] = keep_last_words_together
    templates.globals["whole"] = keep_units_unbroken
    templates.globals["space_after"] = space_after
    templates.globals["word_space"] = "" if han else " "  # between sentences, too
    templates.globals["logo_image"] = partial(_logo_image, logo, language)
    templates.globals["logo"] = LOGO_PATH if logo else ""
    templates.filters["width"] = partial(text_width, han=han)
    templates.filters["size_to_fit"] = lambda text, size, width: min(
        size, floor(2 * width / text_width(text, bold=True, han=han)) / 2
    )
    templates.filters["lines"] = lambda text, size, width, **how: join_with_line_breaks(
        break_lines(text, size, width, han=han, **how)
    )
    templates.filters["keep_end"] = keep_last_words_together
    templates.filters["keep_units"] = keep_units_unbroken
    templates.filters["join_lines"] = join_with_line_breaks
    return templates


def _logo_image(
    logo: Logo | None, language: str, organiser: str, unit: str, max_height: float, max_width: float
) -> Markup:
    """Return an HTML image of the logo, as large as these limits allow; nothing if there is no logo.

    Width and height are given, because a flex container would take those of the file.
    """
    if logo is None:
        return Markup("")
    text = _("Logo of {organiser}", organiser=organiser) if organiser else _("Logo")
    height, width = logo_size(logo, max_height, max_width)
    return Markup(
        '<img class="logo" style="width: {0:.3f}{2}; height: {1:.3f}{2}" src="{3}" alt="{4}">'
    ).format(width, height, unit, LOGO_PATH, text.translated(language))


def _lang_attribute(tag: str, around: str) -> str:
    """Return the HTML attribute ``lang`` for a text, or "" if the text around it has the same language."""
    return Markup(' lang="{}"').format(tag) if tag not in ("", around) else ""


def _mark_language(text: str, tag: str, around: str) -> str:
    """Return a text in a ``bdi`` element with its language, if the text around it has another.

    No style sheet has rules for this element.
    """
    if attribute := _lang_attribute(tag, around):
        return Markup("<bdi{}>{}</bdi>").format(attribute, text)
    return text


_LANGUAGE = re.compile(' lang="([^"]+)"')

_QUOTED = frozenset("\"'\\<>&\n")
"""Characters to escape by number in a string of a style sheet within HTML."""


def _escape_for_css(text: str) -> str:
    return "".join(f"\\{ord(character):x} " if character in _QUOTED else character for character in text)


def anchor_height(anchor: Sequence[float]) -> float:
    """Return the height of an element in points, given its anchor on a WeasyPrint page."""
    _, top, _, bottom = anchor
    return round_up_to_grid((bottom - top) * POINTS_A_PIXEL)


def element_heights(document: "Document") -> dict[str, float]:
    """Return the height in points of each element with an id, on any page of a document."""
    return {id_: anchor_height(anchor) for page in document.pages for id_, anchor in page.anchors.items()}


def round_up_to_grid(length: float) -> float:
    """Round up to a hundredth of a point."""
    return ceil(length * 100 - 0.01) / 100


def print_template(
    template: str,
    values: Mapping[str, object],
    about: PdfMetadata,
    design: PageDesign = PageDesign(),  # noqa: B008  frozen
) -> bytes:
    """Fill a template, lay it out, and return it as a PDF: all that a layout of a fixed size needs.

    Raises as ``Renderer.lay_out`` and ``Renderer.write_pdf`` do.
    """
    with Renderer(about.language, design.logo, design.colour) as renderer:
        return renderer.write_pdf(renderer.lay_out(template, values), about)
