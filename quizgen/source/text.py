"""Reading the text of a source from a file: an article, an interview, a law, a notice."""

from msgspec import Struct

from quizgen.errors import QuizgenError, problem
from quizgen.source.clean import clean, tidy, without_breaks, without_markdown, without_markup
from quizgen.source.decode import decode
from quizgen.source.markup import is_page, read_page
from quizgen.source.paragraphs import Paragraph, numbered_lines, split_paragraphs
from quizgen.source.passages import guess_title, name_passages
from quizgen.source.wording import digest
from quizgen.text.messages import _


class TextPassage(Struct, frozen=True):
    """A passage of a text, cleaned, including its speaker's label and its number.

    ``id`` is local (``q1-a1``, ``art31-2``). ``line`` counts from 1, and is 0 if the file is HTML. ``speaker`` is the
    label as printed, "" if there is none. ``digest`` is that of the wording.
    """

    id: str
    line: int
    speaker: str
    text: str
    digest: str


class SourceText(Struct, frozen=True):
    """A text as read. ``title`` is a guess and may be empty; ``form`` is ``text`` or ``HTML``.

    ``lines`` has all lines of the file with their numbers, including those that are not part of the text.
    """

    title: str
    encoding: str
    form: str
    passages: tuple[TextPassage, ...]
    lines: tuple[Paragraph, ...]


def read_text(data: bytes, name: str) -> SourceText:
    """Read the bytes of a plain-text, Markdown or HTML file; ``name`` is the file's name for problems.

    The same words give the same digests whatever the encoding, line ends, markup or layout. Raises QuizgenError if the
    file is not readable text, or has no paragraph of prose.
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
        lines, raw = list(numbered_lines(plain)), split_paragraphs(plain)
    body = name_passages([Paragraph(line, clean(paragraph, accents=accents)) for line, paragraph in raw])
    if not body and lines:  # lines too narrow to look like sentences, or a page without main text
        whole = without_breaks("\n".join(line for _, line in lines))
        body = name_passages([Paragraph(lines[0].line, clean(whole, accents=accents))])
    if not body:
        raise QuizgenError(
            problem(
                _("has no paragraph of running text"),
                _("give the text itself, in full sentences"),
                file=name,
            )
        )
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
