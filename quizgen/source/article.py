"""The article that a file holds."""

import hashlib

from msgspec import Struct

from quizgen.errors import QuizgenError, problem
from quizgen.source.clean import clean, tidy, without_markup
from quizgen.source.decode import decode
from quizgen.source.markup import is_page, main_text
from quizgen.source.paragraphs import Paragraph, paragraphs
from quizgen.source.passages import guess_title, passages


class ArticlePassage(Struct, frozen=True):
    """A paragraph of an article's body, cleaned, its speaker's label included.

    ``id`` is local (``q1-a1``); ``line`` counts from 1, and is 0 where the file is HTML; ``speaker`` is
    the label as printed, "" if none; ``digest`` is the SHA-256, in hexadecimal, of the text's UTF-8 bytes.
    """

    id: str
    line: int
    speaker: str
    text: str
    digest: str


class Article(Struct, frozen=True):
    """An article as read. ``title`` is a guess, and may be empty; ``form`` is ``text`` or ``HTML``."""

    title: str
    encoding: str
    form: str
    passages: tuple[ArticlePassage, ...]


def read_article(data: bytes, name: str) -> Article:
    """Read a plain-text or HTML file's bytes; ``name`` is the file's, for problems.

    The same words give the same digests whatever the encoding, the line ends or the markup. Raises
    QuizgenError where the file cannot be read as text, or has no paragraph of running text.
    """
    text, encoding = decode(data, name)
    accents = encoding != "Big5"
    if is_page(text):
        form = "HTML"
        title, texts = main_text(text)
        raw = [Paragraph(0, paragraph) for paragraph in texts]
    else:
        form, title = "text", ""
        raw = paragraphs(without_markup(text))
    body = passages([Paragraph(line, clean(paragraph, accents=accents)) for line, paragraph in raw])
    if not body:
        raise QuizgenError(problem("source.no-paragraph", "source.give-article", file=name))
    if form == "text":
        title = guess_title([Paragraph(line, tidy(paragraph)) for line, paragraph in raw], body[0].line)
    return Article(
        title=tidy(title),
        encoding=encoding,
        form=form,
        passages=tuple(
            ArticlePassage(named.id, named.line, named.speaker, named.text, _digest(named.text))
            for named in body
        ),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
