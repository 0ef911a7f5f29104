"""Texts of a question that several formats write: exhibit, stem, key and explanation, as plain text or HTML."""

from collections.abc import Iterable
from html import escape
from string import ascii_lowercase

from quizgen.citation import source_sentence
from quizgen.ids import topic_of
from quizgen.text.languages import locale, within_quotes
from quizgen.text.messages import _
from quizgen.view.exhibit import without_marks
from quizgen.view.question import QuestionView


def option_texts(question: QuestionView) -> list[str]:
    """List the texts of the options, choices or steps. A blank has none."""
    return [option.text for option in question.options]


def exhibit_lines(question: QuestionView) -> list[str]:
    """List the lines of the exhibit: context, channel and sender, then each line. Empty without an exhibit.

    Lines are numbered if the question asks for one of them.
    """
    exhibit = question.exhibit
    if exhibit is None:
        return []
    lines = [
        (f"{line.number}. " if exhibit.numbered else "") + labelled(line.who, without_marks(line.words))
        for line in exhibit.lines
    ]
    context = [exhibit.context] if exhibit.context else []
    return [*context, labelled(exhibit.label, without_marks(exhibit.sender)), *lines]


def on_one_line(question: QuestionView) -> str:
    """Write exhibit and stem on one line, with each line of the exhibit in quotation marks."""
    exhibit = question.exhibit
    if exhibit is None:
        return question.stem
    quotes = locale(question.language).quotes
    quoted = [
        (f"{line.number}. " if exhibit.numbered else "")
        + labelled(
            line.who, f"{quotes[0]}{within_quotes(without_marks(line.words), question.language)}{quotes[1]}"
        )
        for line in exhibit.lines
    ]
    context = [exhibit.context] if exhibit.context else []
    return " ".join(
        [*context, labelled(exhibit.label, without_marks(exhibit.sender)), *quoted, question.stem]
    )


def reasons(question: QuestionView) -> list[str]:
    """List why the key is right: the rationale, then each sign of the exhibit with its reason."""
    exhibit, language = question.bank.exhibits.get(question.question.exhibit), question.language
    signs = [
        labelled(
            _("“{words}”:", words=within_quotes(question.text(sign.words), language)).translated(language),
            question.text(sign.reason),
        )
        for sign in (exhibit.signs if exhibit else ())  # in the order of the author
    ]
    return [*filter(None, [question.rationale]), *signs]


def advice(question: QuestionView) -> list[str]:
    """List the advice, labelled as ours, or nothing if there is none."""
    return (
        [labelled(_("What to do (our advice):").translated(question.language), question.advice)]
        if question.advice
        else []
    )


def source_lines(question: QuestionView) -> list[str]:
    """List the passages that a question cites, then a sentence on each source, in the order of its facts."""
    bank, language = question.bank, question.language
    if not question.question.facts:
        return []
    cited = locale(language).semicolon.join(question.citations)
    passages = [cite for fact in question.question.facts for cite in bank.facts[fact].cites]
    sources = [bank.sources[id_] for id_ in dict.fromkeys(map(topic_of, passages))]
    texts = [source_sentence(source, language, lambda words, _: question.text(words)) for source in sources]
    return [labelled(_("Source:").translated(language), cited), *texts]


def explanation(question: QuestionView) -> list[str]:
    """List reasons, advice and sources."""
    return [*reasons(question), *advice(question), *source_lines(question)]


def labelled(label: str, words: str) -> str:
    """Put a label ("Source:") before words, without a blank after a full-width colon."""
    return f"{label}{' ' if label[-1:].isascii() and label else ''}{words}"


def texts_of(question: QuestionView) -> list[str]:
    """List all texts of a question: exhibit, stem, options, prompts, accepted wordings and explanation."""
    prompts = [prompt.text for prompt in question.prompts]
    asked = [*exhibit_lines(question), question.stem, *option_texts(question), *prompts, *question.accepted]
    return [*asked, *explanation(question)]


def as_html(words: str) -> str:
    """Write a text as HTML, which is well-formed XML too."""
    return escape(words, quote=False).replace("\n", "<br/>")


def html_paragraphs(lines: Iterable[str]) -> str:
    """Write texts as html_paragraphs of HTML."""
    return "".join(f"<p>{as_html(line)}</p>" for line in lines)


def exhibit_html(question: QuestionView) -> str:
    """Write the exhibit as a quotation in HTML, or "" if there is none."""
    lines = exhibit_lines(question)
    return f"<blockquote>{html_paragraphs(lines)}</blockquote>" if lines else ""


def question_html(question: QuestionView) -> str:
    """Write exhibit and stem as HTML."""
    return exhibit_html(question) + html_paragraphs([question.stem])


def score_fractions(question: QuestionView) -> list[str]:
    """Return the score of each option of a question with several keys, in per cent as Moodle writes them.

    The keys share 100 per cent; a wrong option takes all of it away.
    """
    share = f"{100 / len(question.key_indices):.5f}".rstrip("0").rstrip(".")
    return [share if option.right else "-100" for option in question.options]


def key_letters_of(question: QuestionView) -> str:
    """Return the key as letters, the first option being a; for a blank, its best answer."""
    if question.form == "blank":
        return question.right_answer
    letters = [ascii_lowercase[index] for index in question.key_indices]
    if question.form == "pairs":
        letters = [f"{place}{letter}" for place, letter in enumerate(letters, start=1)]
    return " ".join(letters)


def pairs_of(question: QuestionView) -> list[tuple[str, str]]:
    """List the pairs of a match, then ("", choice) for each choice without a prompt. Other shapes have none."""
    if question.form != "pairs":
        return []
    pairs = [(pair.prompt.text, pair.option.text) for pair in question.pairs]
    without_prompt = [
        ("", option.text)
        for index, option in enumerate(question.options)
        if index not in question.key_indices
    ]
    return [*pairs, *without_prompt]


def steps_of(question: QuestionView) -> list[str]:
    """List the steps of an order, first to last. Other shapes have none."""
    return [pair.option.text for pair in question.pairs] if question.form == "order" else []


def tags_of(question: QuestionView) -> tuple[str, ...]:
    """List the tags of a question: language, topic, kind, level, difficulty and audience."""
    asked = question.question
    return (
        question.written_in,
        asked.topic,
        asked.kind,
        asked.level,
        f"difficulty-{asked.difficulty}",
        asked.audience,
    )
