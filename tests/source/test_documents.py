"""Word documents and PDFs as sources: the same passages as in plain text, and what cannot be read."""

import io
import zipfile

import docx
import pytest
from weasyprint import HTML

from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.source.text import SourceText, read_source_text

ARTICLE = (shipped_folder("question_bank") / "uk" / "article.txt").read_bytes()


def paragraphs() -> tuple[str, list[str]]:
    """Return the title and the passages of the British article."""
    text = read_source_text(ARTICLE, "article.txt")
    return text.title, [passage.text for passage in text.passages]


def as_docx(title: str, texts: list[str]) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    for text in texts[:-1]:
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = texts[-1]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(title: str, texts: list[str]) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in texts)
    style = "@page { size: A5; @bottom-center { content: counter(page) } } p { margin: 0 0 3mm }"
    pdf: bytes = HTML(string=f"<html><style>{style}</style><h1>{title}</h1>{body}").write_pdf()
    return pdf


def read(data: bytes, name: str) -> SourceText:
    return read_source_text(data, name)


@pytest.mark.parametrize(("form", "make"), [("Word", as_docx), ("PDF", as_pdf)])
def test_a_document_has_the_passages_of_the_plain_text(form: str, make: object) -> None:
    title, texts = paragraphs()
    text = read(make(title, texts), "a")  # type: ignore[operator]
    assert (text.form, text.title) == (form, title)
    expected = read_source_text(ARTICLE, "article.txt")
    assert [each.digest for each in text.passages] == [each.digest for each in expected.passages]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (as_pdf("", []), "a: has no text, perhaps because its pages are pictures; "),
        (b"%PDF-1.7 and nothing more", "a: cannot be read as a Word document or a PDF; "),
        (b"PK\x03\x04 and nothing more", "a: cannot be read as a Word document or a PDF; "),
        (as_docx("Title", ["Word"])[:-400], "a: cannot be read as a Word document or a PDF; "),
    ],
)
def test_a_document_without_text_or_that_is_damaged_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(QuizgenError) as caught:
        read(data, "a")
    (problem,) = caught.value.problems
    assert str(problem).startswith(message)


def test_a_zip_that_is_no_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(QuizgenError):
        read(out.getvalue(), "a.zip")
