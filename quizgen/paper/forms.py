"""What forms share, sheets of a fixed make to write on: the values of ``forms.html`` and ``forms.css``."""

from typing import Any

from quizgen.errors import MisuseError, problem
from quizgen.paper.content import LONGEST_HEAD, title_of
from quizgen.paper.design import PAGES, PageDesign
from quizgen.text.languages import locale


def form_values(design: PageDesign, language: str, no_room: str) -> dict[str, Any]:
    """Give what stands on any form; raises MisuseError, by the message ``no_room``, for a head that no page has room for."""
    title = title_of(design, language)
    if sum(map(len, (title, design.organiser, design.contact, design.date))) > LONGEST_HEAD:
        raise MisuseError(problem(no_room, "print.shorten-head"))
    form = locale(language)
    return {
        "design": design,
        "title": title,
        "page": PAGES[design.paper],
        "leading": form.leading,
        "heading_leading": form.heading_leading,
    }
