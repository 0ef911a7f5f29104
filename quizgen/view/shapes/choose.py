"""A choice among options, in words."""

from quizgen.shapes import Choose, Response
from quizgen.text.messages import message
from quizgen.view.shapes import Part, ReviewedPart, ShapeView, indices, lettered

_HINTS = {
    "several": "hint-several",
    "truth": "hint-truth",
    "verdict": "hint-verdict",
    "line": "hint-line",
}


class ChooseView(ShapeView[Choose]):
    """Options by letter; true and false go by their initials."""

    shape = Choose

    def hint(self, answer: Choose) -> str:
        """Hint at one letter, several, t and f, a verdict, or the number of a line."""
        return _HINTS.get(answer.style, "hint-one")

    def example(self, answer: Choose) -> str:
        """Choose two."""
        return answer.write((0, 2) if answer.keys == (0, 1) else (0, 1)) if answer.style == "several" else ""

    def prompts(self, _answer: Choose, _language: str) -> tuple[Part, ...]:
        """Nothing goes by number."""
        return ()

    def options(self, answer: Choose, language: str) -> tuple[Part, ...]:
        """List the options."""
        return lettered(answer, answer.options, language)

    def key(self, answer: Choose, language: str) -> tuple[Part, ...]:
        """Give the right options."""
        return self.response(answer, answer.keys, language)

    def response(self, answer: Choose, response: Response, language: str) -> tuple[Part, ...]:
        """Give the options chosen."""
        options = self.options(answer, language)
        return tuple(options[index] for index in indices(response))

    def review(self, answer: Choose, response: Response, language: str) -> tuple[ReviewedPart, ...]:
        """Mark each option that is right or chosen."""
        mine = indices(response)
        parts = []
        for index, option in enumerate(self.options(answer, language)):
            right, chosen = index in answer.keys, index in mine
            notes = [
                message(language, name) for name, told in (("app.key", right), ("app.mine", chosen)) if told
            ]
            parts.append(
                ReviewedPart(
                    name=option.name,
                    text=option.text,
                    status="right" if right else "wrong" if chosen else "open",
                    notes=tuple(notes),
                    answers=right or chosen,
                    given=("[x] " if chosen else "[ ] ") if answer.style == "several" else "",
                )
            )
        return tuple(parts)


VIEW = ChooseView()
