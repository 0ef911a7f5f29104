"""Sheets for the fridge, read back."""

import pytest

from quizgen.paper.design import SizedDesign, TextSize
from quizgen.paper.layouts.fridge import print_fridge
from quizgen.text.languages import localize
from quizgen.text.messages import _
from tests.banks import town_bank
from tests.paper.jobs import Job
from tests.paper.measured import keeps_edges_free
from tests.paper.printed import runs, sizes, squeezed


@pytest.mark.parametrize(("language", "text_size"), [("en", "normal"), ("zh-Hans", "large"), ("en", "large")])
def test_each_half_says_what_to_say_whom_to_call_and_what_to_do(language: str, text_size: TextSize) -> None:
    pdf = print_fridge(Job(language), SizedDesign(text_size=text_size, organiser="Harbour", contact="01")).pdf
    ((_width, height),) = sizes(pdf)
    bank = town_bank()
    (sentence,) = bank.statements_with_role("say")
    verbs = bank.statements_with_role("verb")
    said = [sentence.text, *(text for each in verbs for text in (each.head, each.text))]
    words = [squeezed(localize(each, language)) for each in said]
    words += [squeezed(each.translated(language)) for each in (_("My bank"), _("My family"))]
    for top in (0, height / 2):
        half = [run for run in runs(pdf) if top <= run.top < top + height / 2]
        text = squeezed("".join(run.text for run in half))
        assert [each for each in (*words, "110", "96110", "Harbour") if each not in text] == []
        assert max(run.bottom for run in half) < top + height / 2 - 8
        assert min(run.size for run in half) >= (16 if text_size == "large" else 9)
        assert max(run.size for run in half if run.text.strip() == "110") >= 38
    assert keeps_edges_free(pdf)
