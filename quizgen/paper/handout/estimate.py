"""Estimate the sizes of a handout's layout elements from the widths of their texts.

Typesetting takes a quarter of a second, so the press first estimates which type size fits.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizgen.paper.design import Measures
from quizgen.paper.lines import is_chinese, line_count, text_width
from quizgen.paper.press import Block, LayoutElement
from quizgen.view.frames import Part


def make_size_estimator(language: str) -> Callable[[LayoutElement, Measures], Block]:
    """Return a function that estimates the size of a layout element in this language."""
    han = is_chinese(language)
    return lambda element, measures: _estimate_size(element, measures, han=han)


def _estimate_size(element: LayoutElement, measures: Measures, *, han: bool) -> Block:
    """Estimate the size of a layout element from the widths of its texts."""
    values, size = element.values, measures.size
    match element.id[0]:
        case "header":
            beside = 80 if values["qr"] else 0
            return Block(
                measures.width, max(6.6 * size + (4 if values["logo"] else 0) * size, beside + 0.7 * size)
            )
        case "answers" | "reasons":
            return Block(measures.width, 3.4 * size)
        case "footer":
            lines = line_count(values["sources"], measures.small, measures.credit, han=han)
            contact = 1 if values["contact"] else 0
            return Block(
                measures.width,
                max(1, (lines if values["sources"] else 0) + contact) * 1.3 * measures.small,
            )
        case "slot":
            return Block(measures.slot, measures.slot_height)
        case "exhibit":
            return _estimate_exhibit(element.values_at(measures), measures, han=han)
    texts, width, frame = _texts_and_width(element, measures, han=han)
    lines = sum(line_count(text, size, width, han=han) for text in texts)
    leading = measures.answer_leading if element.id[0] in _ANSWER_KINDS else measures.leading
    widest = max(text_width(text, han=han) * size for text in texts)
    return Block(min(widest, width), round((lines * leading + frame) * size, 2))


_SIGN_WIDTHS: Mapping[Part, float] = {
    "avatar": 2.4,
    "handset": 1.8,
    "buttons": 3.1,
    "at-sign": 1.9,
    "back-arrow": 1.0,
    "pin": 1.8,
}
"""The width, in ems, that parts take of the head of an exhibit."""

_PART_HEIGHTS: Mapping[Part, float] = {
    "time": 0.64,
    "addressee": 0.95,
    "status-bar": 0.5,
    "seal": 0.4,
}
"""The height, in ems, that parts take of an exhibit."""

_ANSWER_KINDS = frozenset(("answer", "reason", "right", "help"))


def _texts_and_width(  # noqa: C901, PLR0912  a case for each kind
    element: LayoutElement, measures: Measures, *, han: bool
) -> tuple[Sequence[str], float, float]:
    """Return the texts of a layout element, their line width in points, and the height of its frame in ems."""
    values = element.values
    texts, width, frame = [values.get("text", "")], measures.column, 0.0
    match element.id[0]:
        case "stem":
            texts, width = ["".join(values["parts"]) + " " + values["hint"]], measures.text
            if len(values["parts"]) > 1:
                texts[0] += "x" * int(measures.blank / measures.size * 2)
                frame = 1.0
        case "asked":
            # Boxes may stand after it. If its sentences are on separate lines, the longest sets the width.
            texts, width = [" ".join(values["sentences"])], measures.text
            if line_count(texts[0], measures.size, width, han=han) > 1:
                texts = values["sentences"]
        case "answer" | "reason" as kind:
            signs = [f"{sign.words} {sign.reason}" for sign in values["signs"]]
            letters = "x" * round(1.2 * values.get("letters", 0) + 0.7)
            texts = [" ".join([letters, values["key"], *signs, values["rationale"], values["cited"]])]
            if values["advice"]:
                texts.append("What to do: " + values["advice"])
            if kind == "reason":
                texts.append(values["about"])
            width = measures.answer
        case "help":
            texts = [f"{number['number']}    {number['purpose']}" for number in values["numbers"]]
            texts, frame = ["".join(texts)] if values["shortened"] else ["", *texts], 0.6
            width = measures.width - 1.4 * measures.size
        case "sources":
            small = measures.size / measures.small
            texts, width = ["".join(values["notes"]) + "x" * 80], measures.width * small**2
        case "prompt" | "choice":
            width = element.values_at(measures)["width"]
        case "right":
            width = measures.answer - 1.06 * measures.size
        case "option":
            width = measures.option
        case "slide":
            width = measures.number
    return texts, width, frame


def _estimate_exhibit(values: Mapping[str, Any], measures: Measures, *, han: bool) -> Block:
    """Estimate the size of an exhibit in its frame."""
    frame, size, leading = values["frame"], measures.size, measures.leading
    inner = measures.text - {"none": 0, "panel": 0.8, "double": 1.5}.get(frame.border, 1.15) * size

    def count(text: str, width: float, *, bold: bool = False) -> int:
        return line_count(text, size, width, bold=bold, han=han) if text else 0

    beside = sum(_SIGN_WIDTHS.get(part, 0) for part in frame.parts) * size
    height = leading * count(values["context"], measures.text)
    if "middle" in frame.parts:
        label = values["label"][: round(0.76 * len(values["label"]))]
        height += 0.1 + 1.15 * count(f"{label} {values['sender']}", inner - beside - 1.2 * size, bold=True)
    else:
        height += 1.1 + 1.15 * count(values["sender"], inner - beside, bold=True)
    height += sum(_PART_HEIGHTS.get(part, 0) for part in frame.parts)
    height += leading if values["salutation"] else 0
    width = inner - values["indent"] * size
    if frame.said == "bubbles":
        width = (0.97 if "middle" in frame.parts else 0.95) * width - 1.35 * size
        height += 0.34 * len(values["turns"])
    else:
        height += 0.26 if frame.border == "panel" else 0.36
    signature = "x" * 11 if "signature" in frame.parts else ""
    for turn in values["turns"]:
        name = f"{turn['who']} " if turn["is_named"] and not values["column"] else ""
        for line in turn["lines"]:
            is_last = turn is values["turns"][-1] and line is turn["lines"][-1]
            height += leading * count(name + line["text"] + (signature if is_last else ""), width)
            name = ""
    return Block(measures.text, round(height * size, 2))
