"""Print a report on results, or write it as a web page in one file, from the same template."""

from quizgen.paper.renderer import PdfMetadata, Renderer
from quizgen.text.messages import _
from quizgen.view.report import Report


def print_report(report: Report, language: str) -> bytes:
    """Return a report as a PDF. Raises QuizgenError if Pango is missing, or no font has a character."""
    title = _("What people answered").translated(language)
    with Renderer(language, None) as renderer:
        document = renderer.lay_out("report.html", {"report": report, "title": title, "on_paper": True})
        return renderer.write_pdf(document, PdfMetadata(title, "", language))


def render_report_page(report: Report, language: str) -> bytes:
    """Return a report as a web page in one file."""
    title = _("What people answered").translated(language)
    with Renderer(language, None) as renderer:
        template = renderer.templates.get_template("report.html")
        return template.render(report=report, title=title, on_paper=False).encode()
