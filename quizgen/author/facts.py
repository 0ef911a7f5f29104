"""Facts to choose from: listed with their texts, and found by number or by a part of their ids."""

import re
from collections.abc import Iterator, Sequence

from quizgen.bank.shape import nearest
from quizgen.language import localize
from quizgen.model import WRITTEN_LANGUAGES, Bank

_FEW = 6  # ids that a refusal lists


def fact_lines(bank: Bank, facts: Sequence[str], *, numbered: bool = False) -> Iterator[str]:
    """Give facts, each with its texts in the languages that questions are written in."""
    for number, full in enumerate(facts, 1):
        before = f"{number:3}  " if numbered else "  "
        yield f"{before}{full.partition('/')[2] if numbered else full}"
        for tag in WRITTEN_LANGUAGES:
            yield f"{' ' * len(before)}{localize(bank.facts[full].statement, tag)}"


def chosen_facts(bank: Bank, own: Sequence[str], line: str) -> tuple[list[str], list[str]]:
    """Read a choice: full ids, each once, and why what is left of the line could not be taken."""
    found: dict[str, None] = {}
    reasons = []
    for word in re.split(r"[\s,，、;；]+", line.strip()):
        several = _meant(bank, own, word)
        if len(several) == 1:
            found[several[0]] = None
        elif several:
            more = ", …" if len(several) > _FEW else ""
            reasons.append(f"{len(several)} facts have {word!r}: {', '.join(several[:_FEW])}{more}")
        else:
            near = nearest(word, [full.partition("/")[2] for full in bank.facts])
            reasons.append(f"there is no fact {word!r}" + (f"; {near}" if near else ""))
    return list(found), reasons


def _meant(bank: Bank, own: Sequence[str], word: str) -> Sequence[str]:
    """Facts that a word may mean: a number of the list, an id, or a part of one, in this topic first."""
    if word.isdecimal():
        return own[int(word) - 1 : int(word)] if int(word) else ()
    word = word.casefold()
    everything = list(bank.facts)
    for meant in (
        [full for full in own if full.partition("/")[2] == word],
        [full for full in everything if word in (full, full.partition("/")[2])],
        [full for full in own if word in full.partition("/")[2]],
        [full for full in everything if word in full],
    ):
        if meant:
            return meant
    return ()
