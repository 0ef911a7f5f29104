"""Read the text of a source, such as an article, an interview, a law or a notice, from the bytes of a file."""

from msgspec import Struct

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.source.clean import (
    clean_paragraph,
    join_chinese_lines,
    normalise_spaces,
    strip_html_tags,
    strip_markdown,
)
from quizgen.source.decode import decode_bytes
from quizgen.source.documents import read_document_text
from quizgen.source.markup import extract_main_text, is_html
from quizgen.source.paragraphs import Paragraph, nonblank_lines, split_paragraphs
from quizgen.source.passages import find_named_passages, find_questions, guess_title
from quizgen.source.wording import digest
from quizgen.text.messages import _

MAX_PASSAGES = 5_000
"""The most passages of a text. The longest laws have about 1,500 articles."""


class TextPassage(Struct, frozen=True):
    """A passage of a text, cleaned. It includes its speaker's label and its number.

    ``id`` is the id within the source, such as ``q1-a1``. ``line`` counts from 1, and is 0 if the file is HTML.
    ``speaker`` is the label as printed, or "". ``digest`` is a hash of the wording. ``question`` is the interviewer's question
    that it answers, or "".
    """

    id: str
    line: int
    speaker: str
    text: str
    digest: str
    question: str = ""


class SourceText(Struct, frozen=True):
    """The text of a file. ``title`` is a guess and can be "". ``form`` is ``text``, ``HTML``, ``Word`` or ``PDF``.

    ``lines`` are all lines of the file with their numbers, including those that belong to no passage. ``publisher``,
    ``date`` and ``language`` are what the file says about itself, or "". ``pages_without_text`` are the numbers of pages of a
    PDF that have a picture and no text.
    """

    title: str
    encoding: str
    form: str
    passages: tuple[TextPassage, ...]
    lines: tuple[Paragraph, ...]
    publisher: str = ""
    date: str = ""
    language: str = ""
    pages_without_text: tuple[int, ...] = ()


class ReadTexts(Struct, frozen=True):
    """Texts of several files, and the problems of the files that cannot be read."""

    texts: tuple[SourceText, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_source_texts(files: list[tuple[bytes, str]]) -> ReadTexts:
    """Read several texts, each from its bytes and the name of its file."""
    texts: list[SourceText] = []
    problems: list[Problem] = []
    for data, name in files:
        try:
            texts.append(read_source_text(data, name))
        except QuizgenError as error:
            problems += error.problems
    return ReadTexts(tuple(texts), tuple(problems))


def read_source_text(data: bytes, name: str) -> SourceText:
    """Read a text from the bytes of a plain-text, Markdown, HTML, Word or PDF file. ``name`` is the file's name for messages.

    The same words give the same digests, whatever the encoding, line ends, markup or layout. Raises QuizgenError if
    the file is not readable text or has no paragraph with sentences.
    """
    document = read_document_text(data, name)
    text, encoding = (document.text, "Unicode") if document else decode_bytes(data, name)
    has_accents = encoding != "Big5"
    publisher = date = language = ""
    if document:
        form, title = document.form, ""
        lines = [Paragraph(0, line) for _, line in nonblank_lines(text)]
        raw = [Paragraph(0, paragraph) for _, paragraph in split_paragraphs(text)]
    elif is_html(text):
        form = "HTML"
        page = extract_main_text(text)
        publisher, date, language = page.publisher, page.date, page.language
        title, lines = page.title, [Paragraph(0, line) for line in page.lines]
        raw = [Paragraph(0, paragraph) for paragraph in page.paragraphs]
    else:
        form, title = "text", ""
        plain = strip_markdown(strip_html_tags(text))
        lines, raw = list(nonblank_lines(plain)), split_paragraphs(plain)
    paragraphs = [
        Paragraph(line, clean_paragraph(paragraph, has_accents=has_accents)) for line, paragraph in raw
    ]
    body = find_named_passages(paragraphs)
    questions = find_questions(paragraphs, body)
    if not body and lines:  # lines too narrow to look like sentences, or a page without main text
        whole = join_chinese_lines("\n".join(line for _, line in lines))
        body = find_named_passages(
            [Paragraph(lines[0].line, clean_paragraph(whole, has_accents=has_accents))]
        )
    if not body:
        raise QuizgenError(
            problem(
                _("has no paragraph of running text"),
                _("give the text itself, in full sentences"),
                file=name,
            )
        )
    if len(body) > MAX_PASSAGES:
        raise QuizgenError(
            problem(
                _("has more than {most} passages"),
                _("give only the part that the questions are about"),
                most=MAX_PASSAGES,
                file=name,
            )
        )
    if form == "text":
        title = guess_title(
            [Paragraph(line, normalise_spaces(paragraph)) for line, paragraph in raw], body[0].line
        )
    elif document:
        numbered = [Paragraph(number, normalise_spaces(text)) for number, (_, text) in enumerate(raw)]
        first = next((number for number, text in numbered if normalise_spaces(body[0].text) in text), 0)
        title = guess_title(numbered, first) or document.title
    return SourceText(
        title=normalise_spaces(title),
        encoding=encoding,
        form=form,
        passages=tuple(
            TextPassage(
                named.id,
                named.line,
                named.speaker,
                named.text,
                digest(named.text),
                questions.get(named.id, ""),
            )
            for named in body
        ),
        lines=tuple(lines),
        publisher=publisher,
        date=date,
        language=language,
        pages_without_text=document.pages_without_text if document else (),
    )
