"""Texts of a question that several formats need, as plain text or HTML."""

from collections.abc import Iterable
from html import escape
from string import ascii_lowercase

from quizgen.citation import source_sentence
from quizgen.ids import topic_of
from quizgen.text.languages import locale, nest_quotes
from quizgen.text.messages import _
from quizgen.view.exhibit import join_runs
from quizgen.view.question import QuestionView


def option_texts(question: QuestionView) -> list[str]:
    """Return the texts of the options, choices or steps; an empty list for a blank."""
    return [option.text for option in question.options]


def exhibit_lines(question: QuestionView) -> list[str]:
    """Return the lines of the exhibit: context, channel and sender, then what is said. Empty if there is no exhibit.

    The lines are numbered if the question asks for one of them.
    """
    exhibit = question.exhibit
    if exhibit is None:
        return []
    lines = [
        (f"{line.number}. " if exhibit.numbered else "") + add_label(line.who, join_runs(line.words))
        for line in exhibit.lines
    ]
    context = [exhibit.context] if exhibit.context else []
    return [*context, add_label(exhibit.label, join_runs(exhibit.sender)), *lines]


def question_on_one_line(question: QuestionView) -> str:
    """Return exhibit and stem on one line, with quotation marks around each line of the exhibit."""
    exhibit = question.exhibit
    if exhibit is None:
        return question.stem
    quotes = locale(question.language).quotes
    quoted = [
        (f"{line.number}. " if exhibit.numbered else "")
        + add_label(
            line.who, f"{quotes[0]}{nest_quotes(join_runs(line.words), question.language)}{quotes[1]}"
        )
        for line in exhibit.lines
    ]
    context = [exhibit.context] if exhibit.context else []
    return " ".join([*context, add_label(exhibit.label, join_runs(exhibit.sender)), *quoted, question.stem])


def reason_lines(question: QuestionView) -> list[str]:
    """Return why the right answer is right: the rationale, then each sign of the exhibit with its reason.

    A sign is the telltale words of a scam or a genuine contact.
    """
    exhibit, language = question.bank.exhibits.get(question.question.exhibit), question.language
    signs = [
        add_label(
            _("“{words}”:", words=nest_quotes(question.localize(sign.words), language)).translated(language),
            question.localize(sign.reason),
        )
        for sign in (exhibit.signs if exhibit else ())  # in the order of the author
    ]
    return [*filter(None, [question.rationale]), *signs]


def advice_lines(question: QuestionView) -> list[str]:
    """Return the advice with a label that says that it is quizgen's own, or an empty list if there is none."""
    return (
        [add_label(_("What to do (our advice):").translated(question.language), question.advice)]
        if question.advice
        else []
    )


def source_lines(question: QuestionView) -> list[str]:
    """Return a line with the passages that the question cites, then a sentence on each source."""
    bank, language = question.bank, question.language
    if not question.question.facts:
        return []
    cited = locale(language).semicolon.join(question.citations)
    passages = [cite for fact in question.question.facts for cite in bank.facts[fact].cites]
    sources = [bank.sources[id_] for id_ in dict.fromkeys(map(topic_of, passages))]
    texts = [
        source_sentence(source, language, lambda words, _: question.localize(words)) for source in sources
    ]
    return [add_label(_("Source:").translated(language), cited), *texts]


def explanation_lines(question: QuestionView) -> list[str]:
    """Return reasons, advice and sources."""
    return [*reason_lines(question), *advice_lines(question), *source_lines(question)]


def add_label(label: str, text: str) -> str:
    """Put a label such as "Source:" before a text, with a space between them except after a full-width colon."""
    return f"{label}{' ' if label[-1:].isascii() and label else ''}{text}"


def all_texts(question: QuestionView) -> list[str]:
    """Return all texts of a question: exhibit, stem, options, prompts, accepted wordings and explanation."""
    prompts = [prompt.text for prompt in question.prompts]
    asked = [
        *exhibit_lines(question),
        question.stem,
        *option_texts(question),
        *prompts,
        *question.accepted_wordings,
    ]
    return [*asked, *explanation_lines(question)]


def text_to_html(text: str) -> str:
    """Convert a text to HTML that is well-formed XML too."""
    return escape(text, quote=False).replace("\n", "<br/>")


def html_paragraphs(lines: Iterable[str]) -> str:
    """Return an HTML paragraph for each line."""
    return "".join(f"<p>{text_to_html(line)}</p>" for line in lines)


def exhibit_html(question: QuestionView) -> str:
    """Return the exhibit as a quotation in HTML, or "" if there is none."""
    lines = exhibit_lines(question)
    return f"<blockquote>{html_paragraphs(lines)}</blockquote>" if lines else ""


def question_html(question: QuestionView) -> str:
    """Return exhibit and stem as HTML."""
    return exhibit_html(question) + html_paragraphs([question.stem])


def option_scores(question: QuestionView) -> list[str]:
    """Return the score of each option in per cent, as Moodle writes it, for a question with several correct options.

    The correct options share 100 per cent. A wrong option has −100.
    """
    share = f"{100 / len(question.correct_indices):.5f}".rstrip("0").rstrip(".")
    return [share if option.right else "-100" for option in question.options]


def right_answer_letters(question: QuestionView) -> str:
    """Return the right answer as letters, with ``a`` for the first option; for a blank, the best wording."""
    if question.answer_form == "blank":
        return question.right_answer
    letters = [ascii_lowercase[index] for index in question.correct_indices]
    if question.answer_form == "pairs":
        letters = [f"{place}{letter}" for place, letter in enumerate(letters, start=1)]
    return " ".join(letters)


def matching_pairs(question: QuestionView) -> list[tuple[str, str]]:
    """Return the pairs of a matching question, then a pair of "" and a choice for each choice without a prompt.

    Other questions have no pairs.
    """
    if question.answer_form != "pairs":
        return []
    pairs = [(pair.prompt.text, pair.option.text) for pair in question.pairs]
    without_prompt = [
        ("", option.text)
        for index, option in enumerate(question.options)
        if index not in question.correct_indices
    ]
    return [*pairs, *without_prompt]


def ordered_steps(question: QuestionView) -> list[str]:
    """Return the steps of a question that asks for an order, first to last. Other questions have none."""
    return [pair.option.text for pair in question.pairs] if question.answer_form == "order" else []


def question_tags(question: QuestionView) -> tuple[str, ...]:
    """Return the tags of a question: language, topic, kind, level, difficulty and audience."""
    asked = question.question
    return (
        question.text_language,
        asked.topic,
        asked.kind,
        asked.level,
        f"difficulty-{asked.difficulty}",
        asked.audience,
    )
