"""Steps in order, in words."""

from quizgen.shapes import Order, Response
from quizgen.view.shapes import Part, ReviewedPart, ShapeView, different_from, indices, lettered, placed


class OrderView(ShapeView[Order]):
    """Steps by letter; a step in its place as ``1b``."""

    shape = Order

    def hint(self, _answer: Order) -> str:
        """Hint at letters in order."""
        return "hint-order"

    def example(self, answer: Order) -> str:
        """Give another order."""
        return answer.write(different_from(answer.key, len(answer.steps)))

    def prompts(self, _answer: Order, _language: str) -> tuple[Part, ...]:
        """Nothing goes by number."""
        return ()

    def options(self, answer: Order, language: str) -> tuple[Part, ...]:
        """List the steps."""
        return lettered(answer, answer.steps, language)

    def key(self, answer: Order, language: str) -> tuple[Part, ...]:
        """Give the steps, first to last."""
        steps = self.options(answer, language)
        return tuple(steps[step] for step in answer.key)

    def response(self, answer: Order, response: Response, language: str) -> tuple[Part, ...]:
        """Give the steps in the places that they were given."""
        steps = self.options(answer, language)
        return tuple(
            Part(f"{place}{steps[step].name}", steps[step].text)
            for place, step in enumerate(indices(response), start=1)
        )

    def review(self, answer: Order, response: Response, language: str) -> tuple[ReviewedPart, ...]:
        """Review place by place."""
        steps, mine = self.options(answer, language), indices(response)
        return tuple(
            placed(
                str(place + 1),
                steps[step].text,
                steps[mine[place]] if place < len(mine) else None,
                steps[step].text,
                language,
            )
            for place, step in enumerate(answer.key)
        )


VIEW = OrderView()
