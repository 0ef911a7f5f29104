"""The words of a blank."""

from quizgen.shapes import Fill, Response
from quizgen.text.messages import message
from quizgen.view.shapes import Part, ReviewedPart, ShapeView
from quizgen.view.text import visible


class FillView(ShapeView[Fill]):
    """Words, which have no names."""

    shape = Fill

    def hint(self, _answer: Fill) -> str:
        """Hint at words."""
        return "hint-fill"

    def example(self, _answer: Fill) -> str:
        """Any words would be a hint."""
        return ""

    def prompts(self, _answer: Fill, _language: str) -> tuple[Part, ...]:
        """Nothing goes by number."""
        return ()

    def options(self, _answer: Fill, _language: str) -> tuple[Part, ...]:
        """Nothing is there to choose from."""
        return ()

    def key(self, answer: Fill, language: str) -> tuple[Part, ...]:
        """Give the best words in a language."""
        return (Part("", visible(answer.write_solution(language))),)

    def response(self, _answer: Fill, response: Response, _language: str) -> tuple[Part, ...]:
        """Repeat the words."""
        return (Part("", visible(response)),) if isinstance(response, str) else ()

    def review(self, answer: Fill, response: Response, language: str) -> tuple[ReviewedPart, ...]:
        """Set the best words before those that were given."""
        labelled = [("app.key-is", part) for part in self.key(answer, language)]
        labelled += [("app.mine-is", part) for part in self.response(answer, response, language)]
        return tuple(ReviewedPart("", part.text, label=message(language, label)) for label, part in labelled)


VIEW = FillView()
