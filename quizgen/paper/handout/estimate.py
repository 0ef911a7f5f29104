"""How large the pieces of a handout are likely to be, guessed from the widths of their texts.

Setting type takes a quarter of a second, so that the press guesses which size will do before it sets any.
"""

from collections.abc import Callable, Sequence

from quizgen.paper.design import Measures
from quizgen.paper.lines import is_han, line_count, text_width
from quizgen.paper.press import Block, Piece


def estimator(language: str) -> Callable[[Piece, Measures], Block]:
    """Give what guesses the size of pieces in one language."""
    han = is_han(language)
    return lambda piece, measures: _estimate(piece, measures, han=han)


def _estimate(piece: Piece, wide: Measures, *, han: bool) -> Block:
    """Guess the size of a piece from the widths of its texts."""
    values, size = piece.values, wide.size
    match piece.id[0]:
        case "header":
            beside = 80 if values["qr"] else 0
            return Block(
                wide.width, max(6.6 * size + (4 if values["logo"] else 0) * size, beside + 0.7 * size)
            )
        case "answers" | "reasons":
            return Block(wide.width, 3.4 * size)
        case "footer":
            lines = line_count(values["sources"], wide.small, 0.74 * wide.width, han=han)
            contact = 1 if values["contact"] else 0
            return Block(
                wide.width,
                max(1, (lines if values["sources"] else 0) + contact) * 1.3 * wide.small + wide.foot,
            )
        case "slot":
            return Block(wide.slot, wide.slot_height)
    texts, width, frame = _texts(piece, wide, han=han)
    lines = sum(line_count(text, size, width, han=han) for text in texts)
    leading = wide.answer_leading if piece.id[0] in _ANSWERS else wide.leading
    widest = max(text_width(text, han=han) * size for text in texts)
    return Block(min(widest, width), round((lines * leading + frame) * size, 2))


_FRAMES = {"bubble": (0.64, 1.45), "call": (0, 0.9), "letter": (0.47, 1.25), "page": (0.47, 1.25)}
"""What the frame of an exhibit of each form takes of its height, and of the width of its lines, in ems."""

_ANSWERS = frozenset(("answer", "reason", "right", "help"))


def _texts(piece: Piece, wide: Measures, *, han: bool) -> tuple[Sequence[str], float, float]:  # noqa: C901, PLR0912  a case for each kind
    """Give the texts of a piece, the width of their lines, in points, and the height of what frames them, in ems."""
    values = piece.values
    texts, width, frame = [values.get("text", "")], wide.column, 0.0
    match piece.id[0]:
        case "stem":
            texts, width = ["".join(values["parts"]) + " " + values["hint"]], wide.text
            if len(values["parts"]) > 1:
                texts[0] += "x" * int(wide.blank / wide.size * 2)
                frame = 1.0
        case "asked":
            # Boxes stand behind it where there is room: it is as wide as its longest sentence where these stand below each other.
            texts, width = [" ".join(values["sentences"])], wide.text
            if line_count(texts[0], wide.size, width, han=han) > 1:
                texts = values["sentences"]
        case "exhibit":
            lines = [f"{line['who']}  {line['text']}" for line in values["lines"]]
            if not values["is_numbered"] and not values["is_spoken"]:
                lines = [values["text"]]
            context = [values["context"]] if values["context"] else []
            texts = [*context, f"{values['label']} {values['sender']}", *lines]
            frame, sides = _FRAMES[values["form"]]
            width = wide.text - (sides + 1.2 * values["is_numbered"]) * wide.size
        case "answer" | "reason" as kind:
            signs = [f"{sign.words} {sign.reason}" for sign in values["signs"]]
            letters = "x" * round(1.2 * values.get("letters", 0) + 0.7)
            texts = [" ".join([letters, values["key"], *signs, values["rationale"], values["cited"]])]
            if values["advice"]:
                texts.append("What to do: " + values["advice"])
            if kind == "reason":
                texts.append(values["about"])
            width = wide.answer
        case "help":
            texts = [f"{number['number']}    {number['purpose']}" for number in values["numbers"]]
            texts, frame = ["".join(texts)] if values["in_short"] else ["", *texts], 0.6
            width = wide.width - 1.4 * wide.size
        case "sources":
            small = wide.size / wide.small
            texts, width = ["".join(values["notes"]) + "x" * 80], wide.width * small**2
        case "prompt" | "choice":
            width = piece.values_at(wide)["width"]
        case "right":
            width = wide.answer - 1.06 * wide.size
        case "option":
            width = wide.option
    return texts, width, frame
