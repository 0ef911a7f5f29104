"""A bank with exhibits of every channel, to compare with what is printed."""

from msgspec.structs import replace

from quizgen.kinds import EXHIBIT_KINDS
from quizgen.model import CHANNELS, Bank, Channel, Exhibit, HelpNumber, Line, Question, Sign
from quizgen.text.languages import Text
from tests.banks import sample_bank


def exhibit_bank() -> Bank:
    """The sample bank, and for each channel an exhibit to judge, one to look into, and one above options."""
    bank = sample_bank()
    exhibits: dict[str, Exhibit] = {}
    questions = dict(bank.questions)
    for number, channel in enumerate(CHANNELS):
        for name, genuine in (("judge", True), ("spot", False), ("single", False)):
            exhibit = _exhibit(f"{name}-{channel}", channel, 3 + number % 3, genuine=genuine)
            exhibits[exhibit.id] = exhibit
            questions[exhibit.id] = _question(exhibit, name, bank)
    help_numbers = {
        name: HelpNumber(name, "xx", number, {"en": f"rings {name}", "zh-Hans": f"找{name}"})
        for name, number in (("police", "3110"), ("line", "39611"))
    }
    return replace(bank, exhibits=exhibits, questions=questions, help=help_numbers)


def _exhibit(name: str, channel: Channel, count: int, *, genuine: bool) -> Exhibit:
    said = "Please look at this once more before the office on the quay shuts at six"
    lines = tuple(
        Line(
            "you" if channel == "call" and number == 1 else "caller" if channel == "call" else "sender",
            {
                "en": f"{name} {number}: {said if number % 2 else 'look'}.",
                "zh-Hans": f"{name}第{number}：请在码头的办事处六点关门之前再看一遍。",
            },
        )
        for number in range(1, count + 1)
    )
    signs = (
        Sign(
            count,
            {"en": f"{name} {count}", "zh-Hans": f"{name}第{count}"},
            {"en": f"Only {name} says so.", "zh-Hans": f"只有{name}这样说。"},
            ("parcels/no-fee",),
        ),
    )
    sender: Text = {"en": f"Sender of {name}", "zh-Hans": f"{name}的发件人"}
    return Exhibit(f"parcels/{name}", "parcels", channel, genuine, sender, lines, signs)


def _question(exhibit: Exhibit, kind: str, bank: Bank) -> Question:
    like = bank.questions["parcels/customs-text"]
    made = replace(
        like,
        id=exhibit.id,
        kind=kind,
        exhibit=exhibit.id,
        rationale={"en": f"Why of {exhibit.id}.", "zh-Hans": f"{exhibit.id}的缘由。"},
        advice={"en": f"Do as {exhibit.id}.", "zh-Hans": f"照{exhibit.id}做。"},
    )
    if about := EXHIBIT_KINDS.get(kind):
        return replace(made, answer=about.build_exhibit_answer(exhibit), stem=about.default_stem(exhibit))
    return made
