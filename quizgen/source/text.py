"""The text of a source that a file holds: an article, an interview, a law, a notice."""

from msgspec import Struct

from quizgen.errors import QuizgenError, problem
from quizgen.source.clean import clean, tidy, without_breaks, without_markdown, without_markup
from quizgen.source.decode import decode
from quizgen.source.markup import is_page, read_page
from quizgen.source.paragraphs import Paragraph, numbered_lines, paragraphs
from quizgen.source.passages import guess_title, passages
from quizgen.source.wording import digest


class TextPassage(Struct, frozen=True):
    """A passage of a text, cleaned; its speaker's label and its number stand in it.

    ``id`` is local (``q1-a1``, ``art31-2``); ``line`` counts from 1, and is 0 where the file is HTML;
    ``speaker`` is the label as printed, "" if none; ``digest`` is that of its wording.
    """

    id: str
    line: int
    speaker: str
    text: str
    digest: str


class SourceText(Struct, frozen=True):
    """A text as read. ``title`` is a guess, and may be empty; ``form`` is ``text`` or ``HTML``.

    ``lines`` has all of the file's, with their numbers, be they part of the text or not.
    """

    title: str
    encoding: str
    form: str
    passages: tuple[TextPassage, ...]
    lines: tuple[Paragraph, ...]


def read_text(data: bytes, name: str) -> SourceText:
    """Read a plain-text, Markdown or HTML file's bytes; ``name`` is the file's, for problems.

    The same words give the same digests whatever the encoding, the line ends, the markup or the layout.
    Raises QuizgenError where the file cannot be read as text, or has no paragraph of running text.
    """
    text, encoding = decode(data, name)
    accents = encoding != "Big5"
    if is_page(text):
        form = "HTML"
        page = read_page(text)
        title, lines = page.title, [Paragraph(0, line) for line in page.lines]
        raw = [Paragraph(0, paragraph) for paragraph in page.paragraphs]
    else:
        form, title = "text", ""
        plain = without_markdown(without_markup(text))
        lines, raw = list(numbered_lines(plain)), paragraphs(plain)
    body = passages([Paragraph(line, clean(paragraph, accents=accents)) for line, paragraph in raw])
    if not body and lines:  # broken so narrowly that no line looks like a sentence, or no main text of a page
        whole = without_breaks("\n".join(line for _, line in lines))
        body = passages([Paragraph(lines[0].line, clean(whole, accents=accents))])
    if not body:
        raise QuizgenError(problem("source.no-paragraph", "source.give-text", file=name))
    if form == "text":
        title = guess_title([Paragraph(line, tidy(paragraph)) for line, paragraph in raw], body[0].line)
    return SourceText(
        title=tidy(title),
        encoding=encoding,
        form=form,
        passages=tuple(
            TextPassage(named.id, named.line, named.speaker, named.text, digest(named.text)) for named in body
        ),
        lines=tuple(lines),
    )
