"""Write the page with everything that a person has to look at: one HTML file, with the pictures in it."""

from base64 import b64encode
from collections.abc import Iterable, Mapping

from quizgen.files import shipped_folder
from quizgen.marks.positions import WORDS_RIGHT, WORDS_WRONG, MarkedQuestion
from quizgen.marks.reading import ReadAnswer
from quizgen.marks.results import Corrections, PlacedSheet
from quizgen.templates import load_templates
from quizgen.text.messages import Message, _, template_functions

REASONS: Mapping[str, Message] = {
    "faint": _("A faint mark"),
    "several": _("More than one mark"),
    "crossed": _("Something is crossed out"),
    "words": _("Written words"),
    "bent": _("The paper is bent, or something covers the boxes"),
}
"""Why a person has to look, by ``Reason``."""


def render_check_page(
    unsure: Iterable[tuple[PlacedSheet, ReadAnswer]],
    questions: Mapping[str, MarkedQuestion],
    language: str,
    corrections: Corrections,
) -> bytes:
    """Return the page as an HTML file. What it saves has the earlier corrections, too."""
    templates = load_templates(shipped_folder("templates"))
    templates.globals.update(template_functions(language))
    checks = [
        {
            "number": number,
            "sheet": placed.name,
            "id": answer.question,
            "asks": questions[answer.question].asks,
            "stem": questions[answer.question].stem,
            "options": _options(questions[answer.question], language),
            "reason": REASONS[answer.reason].translated(language),
            "picture": f"data:image/jpeg;base64,{b64encode(answer.clipping).decode()}"
            if answer.clipping
            else "",
        }
        for number, (placed, answer) in enumerate(unsure, start=1)
    ]
    title = _("Answers to look at").translated(language)
    page = templates.get_template("check.html").render(
        lang=language,
        title=title,
        checks=checks,
        earlier=[[*key, answer] for key, answer in corrections.items()],
    )
    return page.encode()


def _options(question: MarkedQuestion, language: str) -> dict[str, str]:
    """Return the options by their names; of words, only whether they are right."""
    if question.asks == "words":
        return {
            WORDS_RIGHT: _("Right").translated(language),
            WORDS_WRONG: _("Wrong").translated(language),
        }
    return {name: f"{name}  {text}".strip() for name, text in question.options.items()}
