"""Slips on which people say how a talk was, read back as they are cut."""

import pytest

from quizgen.paper.design import PaperSize, SizedDesign, TextSize
from quizgen.paper.layouts.feedback import print_feedback
from quizgen.text.messages import _
from tests.paper.jobs import Job
from tests.paper.measured import drawn, keeps_edges_free
from tests.paper.printed import runs, squeezed


@pytest.mark.parametrize(
    ("language", "paper", "text_size", "count"),
    [("en", "A4", "normal", 8), ("zh-Hant", "Letter", "large", 8), ("en", "A5", "large", 3)],
)
def test_each_slip_has_three_faces_and_names_nobody(
    language: str, paper: PaperSize, text_size: TextSize, count: int
) -> None:
    printed = print_feedback(
        Job(language), SizedDesign(paper=paper, text_size=text_size, organiser="Harbour")
    )
    assert printed.serves == count
    words = [squeezed(run.text) for run in runs(printed.pdf)]
    for face in (_("Good"), _("So-so"), _("Not good")):
        assert words.count(squeezed(face.translated(language))) == count
    assert squeezed(_("Name").translated(language)) not in words
    assert len([each for each in drawn(printed.pdf) if each.is_about(15, 15)]) == 3 * count
    lines = [each for each in drawn(printed.pdf) if 25 < each.width < 150 and 3 < each.height < 12]
    assert len(lines) == 2 * count
    assert keeps_edges_free(printed.pdf)
