"""Sheets of a bank in a language that the interface does not speak: a screen reader knows which words are in which."""

from collections.abc import Callable, Iterator

import pytest

from quizgen.model import Bank, Question, Quiz
from quizgen.paper.design import QuizPaperDesign
from quizgen.paper.layouts.bilingual import BilingualDesign, print_bilingual
from quizgen.paper.layouts.guide import GuideDesign, print_guide
from quizgen.paper.layouts.handout import print_handout
from quizgen.paper.layouts.slides import SlidesDesign, print_slides
from quizgen.view.question import QuestionView, build_question_views
from tests.banks import in_french, town_bank
from tests.paper.jobs import Job
from tests.paper.structure import Element, structure

KINDS = ("single", "spot", "order", "match")
TITLE, ORGANISER = "Les escrocs", "Poste du port"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return in_french(town_bank())


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, since a hyphen at the end of a line is lost when a PDF is read."""
    return "".join(filter(str.isalnum, text))


def by_language(pdf: bytes, language: str) -> dict[str, str]:
    """Return the words of a PDF in each language, without blanks; those without a mark are in ``language``."""

    def parts(element: Element, around: str) -> Iterator[tuple[str, str]]:
        own = element.lang or around
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from parts(kid, own)
            else:
                yield own, kid.text

    words: dict[str, str] = {}
    for page in structure(pdf).pages:
        for element in page:
            for tag, text in parts(element, language):
                words[tag] = words.get(tag, "") + squeezed(text)
    return words


def texts_of(asked: QuestionView) -> list[str]:
    return [*asked.stem_parts, *(each.text for each in (*asked.prompts, *asked.options)), asked.rationale]


SHEETS: dict[str, Callable[[Quiz, Bank], bytes]] = {
    "handout": lambda quiz, _: (
        print_handout(quiz, QuizPaperDesign(title=TITLE, title_language="fr", organiser=ORGANISER)).pdf
    ),
    "guide": lambda quiz, bank: print_guide(
        quiz, bank, GuideDesign(title=TITLE, title_language="fr", organiser=ORGANISER)
    ),
    "slides": lambda quiz, _: print_slides(
        quiz, SlidesDesign(title=TITLE, title_language="fr", organiser=ORGANISER)
    ),
    "bilingual": lambda quiz, _: print_bilingual(
        quiz, "zh-Hans", BilingualDesign(title=TITLE, title_language="fr", organiser=ORGANISER)
    ),
}
WORDS = {"handout": "Answers", "guide": "Runningorder", "slides": "Question1of4", "bilingual": "Answers"}


def shortest(bank: Bank, kind: str) -> str:
    """Return the id of the question of a kind that has the fewest words, with its exhibit, and so has room on slides."""

    def length(question: Question) -> int:
        return len(str((question, bank.exhibits.get(question.exhibit))))

    return min((each for each in bank.questions.values() if each.kind == kind), key=length).id


@pytest.mark.parametrize(("sheet", "language"), [*((sheet, "fr") for sheet in SHEETS), ("handout", "en")])
def test_texts_of_a_bank_say_their_language(bank: Bank, sheet: str, language: str) -> None:
    questions = tuple(shortest(bank, kind) for kind in KINDS)
    quiz = Job(language, bank=bank, questions=questions).quiz()
    words = by_language(SHEETS[sheet](quiz, bank), "en")
    assert "Lesescrocs" in words["fr"]
    assert "Posteduport" in words[language]
    assert WORDS[sheet] in words["en"]
    assert WORDS[sheet] not in words["fr"]
    for asked in build_question_views(quiz):
        if asked.answer_form in ("choose", "pairs", "order") and sheet != "guide":
            for text in texts_of(asked):
                assert squeezed(text) in words["fr"], text
                # The interface has numbers, too.
                assert text.isdecimal() or squeezed(text) not in words["en"], text
        if asked.exhibit and sheet != "guide":
            assert squeezed(asked.exhibit.lines[0].words[0].text) in words["fr"]
            assert "".join(asked.exhibit.label.split()) not in words["fr"]
