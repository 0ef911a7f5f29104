"""Handouts with marks for a reader of scans: filled in, scanned and read."""

from functools import cache

import numpy as np
import pytest

from quizgen.assemble import Recipe, assemble, assemble_versions, version_labels
from quizgen.errors import MisuseError
from quizgen.marks.decide import UNSURE
from quizgen.marks.positions import SheetPositions
from quizgen.marks.reading import read_picture
from quizgen.model import Quiz
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.handout import Handout, print_handout, print_versions
from quizgen.shapes import Choose
from tests.banks import town_bank
from tests.marks.pictures import CLEAN, distort, fill_in, render_page


@cache
def printed(language: str, paper: str, text_size: str, versions: int) -> Handout:
    batch = assemble_versions(town_bank(), Recipe(count=6), 7, language, version_labels(versions))
    design = QuizPaperDesign(answers="none", duplex=False, paper=paper, text_size=text_size)  # type: ignore[arg-type]
    return print_versions(batch, design, originals=town_bank().questions)


def positions(handout: Handout) -> SheetPositions:
    assert handout.positions is not None
    return handout.positions


@pytest.mark.parametrize(
    ("language", "paper", "text_size", "versions"),
    [
        ("en", "A4", "normal", 2),
        ("zh-Hans", "A4", "large", 1),
        ("en", "A5", "normal", 1),
        ("zh-Hans", "Letter", "normal", 1),
    ],
)
def test_each_page_is_read(language: str, paper: str, text_size: str, versions: int) -> None:
    handout = printed(language, paper, text_size, versions)
    known, random, shown = positions(handout), np.random.default_rng(5), 0
    for index, version in enumerate(known.papers):
        start = handout.answer_fields(index)[0].page
        for page in range(1, version.pages + 1):
            filled = fill_in(render_page(handout.pdf, start + page - 1), known, version, page, random, CLEAN)
            (sheet,) = read_picture(distort(filled.picture, random, hard=False), [known]).sheets
            assert (sheet.version, sheet.page) == (version.version, page)
            answers = {each.question: each.answer for each in sheet.answers}
            truth = {
                id_: "".join(sorted(name for _row, name in marked)) for id_, marked in filled.truth.items()
            }
            assert {id_: marked for id_, marked in truth.items() if answers[id_] != UNSURE} == {
                id_: answer for id_, answer in answers.items() if answer != UNSURE
            }
            shown += list(answers.values()).count(UNSURE)
    assert shown <= 1


def test_answers_in_writing_are_left_out() -> None:
    quiz = assemble(town_bank(), Recipe(count=8, kinds=("multiple", "fill", "match", "order")), 7, "en")
    handout = print_handout(quiz, QuizPaperDesign(answers="none"), town_bank().questions)
    readable = [each.id for each in quiz.questions if isinstance(each.answer, Choose)]
    assert 0 < len(readable) < 8
    assert [each.id for each in positions(handout).papers[0].questions] == readable
    assert list(positions(handout).questions) == readable
    others = tuple(each for each in quiz.questions if each.id not in readable)
    written = Quiz(others, quiz.seed, quiz.language, quiz.bank)
    with pytest.raises(MisuseError, match="none of these questions has boxes to tick"):
        print_handout(written, QuizPaperDesign(answers="none"), town_bank().questions)
