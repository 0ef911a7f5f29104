"""Print a report on results, or write it as a web page in one file, from the same template."""

from typing import Any

from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.text.messages import _
from quizgen.view.report import Report, talk_table


def _values(report: Report, title: str, language: str) -> dict[str, Any]:
    return {"report": report, "title": title, "talks": list(talk_table(report, language))}


def print_report(report: Report, language: str) -> bytes:
    """Return a report as a PDF. Raises QuizgenError if Pango is missing, or no font has a character."""
    title = _("What people answered").translated(language)
    with Renderer(language, None) as renderer:
        document = renderer.lay_out("report.html", _values(report, title, language) | {"on_paper": True})
        return renderer.write_pdf(document, PdfMetadata(title, "", language))


def render_report_page(report: Report, language: str) -> bytes:
    """Return a report as a web page in one file."""
    title = _("What people answered").translated(language)
    with Renderer(language, None) as renderer:
        template = renderer.templates.get_template("report.html")
        return template.render(**_values(report, title, language), on_paper=False).encode()
