"""Cards for the wallet, read back as they are cut."""

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace

from quizgen.model import Statement
from quizgen.paper.design import MM, PaperSize, SizedDesign, TextSize
from quizgen.paper.layouts.wallet import print_wallet
from quizgen.paper.sheets import fit_organiser_lines
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.printed import runs, sizes, squeezed, text_of


@pytest.mark.parametrize(
    ("language", "paper", "text_size", "high"),
    [("en", "A4", "normal", 54), ("zh-Hant", "Letter", "large", 53.8)],
)
def test_ten_cards_are_alike_and_within_their_edges(
    language: str, paper: PaperSize, text_size: TextSize, high: float
) -> None:
    design = SizedDesign(paper=paper, text_size=text_size, organiser="Harbour", contact="0123 4567")
    pdf = print_wallet(Job(language), design).pdf
    (width, height), _back = sizes(pdf)
    left, top = (width - 170) / 2, (height - 5 * high) / 2
    cards: dict[tuple[int, int, int], list[tuple[str, float, float]]] = {}
    for run in runs(pdf):
        row, column = int((run.top - top) // high), int((run.left - left) // 85)
        x, y = left + column * 85, top + row * high
        assert x + 3.9 <= run.left
        assert run.right <= x + 81.1
        assert y + 3.9 <= run.top
        assert run.bottom <= y + high - 3.9
        assert run.size >= (16 if text_size == "large" else 10)
        cards.setdefault((run.page, row, column), []).append((run.text, run.left - x, run.top - y))
    assert len(cards) == 20
    front, back = cards[0, 0, 0], cards[1, 0, 0]
    for (page, _row, _column), card in cards.items():
        first = (front, back)[page]
        assert [text for text, _, _ in card] == [text for text, _, _ in first]
        for (_text, x, y), (_same, own_x, own_y) in zip(first, card, strict=True):
            assert (own_x, own_y) == pytest.approx((x, y), abs=0.1)
    bank = town_bank()
    verbs = [localize(each.head, language) for each in bank.statements_with_role("verb")]
    (sentence,) = bank.statements_with_role("say")
    lines = [label.translated(language) for label in (_("My bank"), _("My family"))]
    for side, parts in (
        (front, ["110", "96110", *verbs]),
        (back, [localize(sentence.text, language), *lines, "Harbour", "0123 4567"]),
    ):
        said = squeezed("".join(text for text, _, _ in side))
        assert [part for part in parts if squeezed(part) not in said] == []


def test_numbers_are_those_of_the_bank() -> None:
    bank = town_bank()
    note = localize(bank.help["fraud-line"].note, "en")
    assert squeezed(note) in text_of(print_wallet(Job(), SizedDesign()).pdf)
    other = replace(bank, help={"police": replace(bank.help["police"], number="999")})
    job = Job(bank=other, questions=("harbour/berth-by-text",))
    text = text_of(print_wallet(job, SizedDesign()).pdf)
    assert "999" in text
    assert "110" not in text
    assert squeezed(note) not in text


@pytest.mark.parametrize(("paper", "high"), [("A4", 54), ("Letter", 53.8)])
def test_in_large_type_an_ordinary_contact_takes_two_lines(paper: PaperSize, high: float) -> None:
    contact = "Maple Street Police Station, 020 7946 0123"
    pdf = print_wallet(Job(), SizedDesign(paper=paper, text_size="large", contact=contact)).pdf
    top = (sizes(pdf)[0][1] - 5 * high) / 2
    card = [
        run for run in runs(pdf) if run.page == 1 and run.top < top + high and run.left < sizes(pdf)[0][0] / 2
    ]
    assert min(run.size for run in card) >= 16
    assert max(run.bottom for run in card) <= top + high - 3.9
    words = [run.text.strip() for run in card]
    assert words[-2:] == ["Maple Street Police", "Station, 020 7946 0123"]
    own = next(run for run in card if run.text.strip() == _("My bank").translated("en"))
    assert own.bottom < next(run.top for run in card if run.text.startswith("Maple"))


def test_a_contact_fits_where_a_longer_one_does_not() -> None:
    long = "Harbour " * 12
    assert fit_organiser_lines(SizedDesign(organiser=long, contact="0123 4567"), 8, 200, "en") == [
        "0123 4567"
    ]
    both = SizedDesign(organiser="Harbour", contact="0123 4567")
    assert fit_organiser_lines(both, 8, 200, "en") == ["Harbour  ·  0123 4567"]
    assert fit_organiser_lines(SizedDesign(), 8, 200, "en") == []
    given = fit_organiser_lines(
        SizedDesign(contact="陽光社區派出所 010-5555 1234"), 16, 218, "zh-Hant", max_lines=2
    )
    assert given == ["陽光社區派出所", "010-5555 1234"]
    assert fit_organiser_lines(both, 16, 100, "en", max_lines=2) == ["Harbour", "0123 4567"]
    given = fit_organiser_lines(
        SizedDesign(organiser="阳光社区派出所反诈宣传服务站"), 16, 120, "zh-Hans", max_lines=2
    )
    assert given == ["阳光社区派出所", "反诈宣传服务站"]


def test_lines_to_cut_along_survive_a_bad_copy() -> None:
    page = pdfium.PdfDocument(print_wallet(Job(), SizedDesign()).pdf)[0]
    copy = page.render(scale=100 / 72, grayscale=True).to_pil()
    middle, first_cut = round(copy.width / 2), round((page.get_height() / 2 - 1.5 * 54 * MM) * 100 / 72)
    beside = [min(copy.getpixel((x, y)) for x in range(middle - 2, middle + 3)) for y in range(copy.height)]
    above = [
        min(copy.getpixel((x, y)) for y in range(first_cut - 2, first_cut + 3)) for x in range(copy.width)
    ]
    for line in (beside, above):
        assert sum(grey < 128 for grey in line) > 0.45 * len(line)


def test_a_bank_without_verbs_has_its_slogan() -> None:
    bank = town_bank()
    kept = {id_: each for id_, each in bank.statements.items() if each.role not in ("verb", "say")}
    slogan = Statement("slow", "slogan", {"en": "Take your time."})
    text = text_of(
        print_wallet(Job(bank=replace(bank, statements=kept | {"slow": slogan})), SizedDesign()).pdf
    )
    assert text.count("Takeyourtime.") == 10
