"""The size that is chosen, held against every size set in full."""

import pytest

from quizgen.assemble import Batch, Recipe, assemble_versions
from quizgen.bank import load
from quizgen.files import shipped
from quizgen.model import Bank
from quizgen.paper.compose import page_count
from quizgen.paper.design import PAGES, TYPE_SIZES, Design, spacing, widths
from quizgen.paper.fit import Part, _estimate, fit
from quizgen.paper.handout import parts_of
from quizgen.paper.layout import Blocks, Typesetter

PAGE = PAGES["A4"]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([shipped("question_bank")])


def height_and_pages(part: Part, blocks: Blocks, batch: Batch, size: float) -> tuple[float, int]:
    wide, space = widths(PAGE, size, part.letters), spacing(size, 0)
    heights = [blocks[part.head].height]
    heights += [part.strip(question, blocks, wide, space).height for question in batch.questions]
    heights += [blocks[part.last].height] if part.last else []
    room = PAGE.room(blocks["footer",].height)
    return sum(heights), page_count(heights, room, space.question * part.gap)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("seed", [0, 3, 7])
def test_no_size_takes_fewer_pages(bank: Bank, language: str, seed: int) -> None:
    batch = assemble_versions(bank, Recipe(), seed, language, ["A"])
    typesetter = Typesetter(language, None)
    for part in parts_of(batch, Design()):
        fitted = fit(part, batch.questions, batch.count, Design(), PAGE, typesetter)
        _, taken = height_and_pages(part, fitted.setting.blocks, batch, fitted.size)
        smallest = TYPE_SIZES["normal"][-1]
        blocks = typesetter.set(part.pieces, smallest, widths(PAGE, smallest, part.letters)).blocks
        assert taken <= height_and_pages(part, blocks, batch, smallest)[1]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("size", [9.5, 11.5])
def test_the_guess_is_near_what_is_set(bank: Bank, language: str, size: float) -> None:
    batch = assemble_versions(bank, Recipe(count=30), 1, language, ["A"])
    typesetter = Typesetter(language, None)
    for part in parts_of(batch, Design()):
        wide = widths(PAGE, size, part.letters)
        real, _ = height_and_pages(part, typesetter.set(part.pieces, size, wide).blocks, batch, size)
        guessed = {piece.key: _estimate(piece, size, wide) for piece in part.pieces}
        assert height_and_pages(part, guessed, batch, size)[0] == pytest.approx(real, rel=0.12)
