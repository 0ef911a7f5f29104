"""Prompts and the choices that go with them, in words."""

from quizgen.shapes import Match, Response
from quizgen.text.messages import message
from quizgen.view.shapes import Part, ReviewedPart, ShapeView, different_from, indices, lettered, placed
from quizgen.view.text import shown


class MatchView(ShapeView[Match]):
    """Prompts by number, choices by letter, and pairs as ``1b``."""

    shape = Match

    def hint(self, _answer: Match) -> str:
        """Hint at letters and numbers."""
        return "hint-match"

    def example(self, answer: Match) -> str:
        """Give each prompt another choice."""
        return answer.write(different_from(answer.key, len(answer.choices)))

    def prompts(self, answer: Match, language: str) -> tuple[Part, ...]:
        """List the prompts."""
        return tuple(
            Part(str(number), shown(text, language)) for number, text in enumerate(answer.prompts, start=1)
        )

    def options(self, answer: Match, language: str) -> tuple[Part, ...]:
        """List the choices."""
        return lettered(answer, answer.choices, language)

    def key(self, answer: Match, language: str) -> tuple[Part, ...]:
        """Pair each prompt with its choice."""
        return self.response(answer, answer.key, language)

    def response(self, answer: Match, response: Response, language: str) -> tuple[Part, ...]:
        """Pair each prompt with the choice that it was given."""
        prompts, options = self.prompts(answer, language), self.options(answer, language)
        return tuple(
            Part(
                prompt.name + options[choice].name,
                message(language, "take.pair", left=prompt.text, right=options[choice].text),
            )
            for prompt, choice in zip(prompts, indices(response), strict=False)
        )

    def review(self, answer: Match, response: Response, language: str) -> tuple[ReviewedPart, ...]:
        """Review pair by pair."""
        prompts, options, mine = (
            self.prompts(answer, language),
            self.options(answer, language),
            indices(response),
        )
        return tuple(
            placed(
                prompt.name,
                pair.text,
                options[mine[row]] if row < len(mine) else None,
                options[answer.key[row]].text,
                language,
                of=prompt.text,
            )
            for row, (prompt, pair) in enumerate(zip(prompts, self.key(answer, language), strict=True))
        )


VIEW = MatchView()
