"""What formats say of a question: what is asked, in lines of text or as HTML, and why the key is right."""

from collections.abc import Iterable
from html import escape
from string import ascii_lowercase

from quizgen.citation import source_sentence
from quizgen.ids import topic_of
from quizgen.text.languages import locale, within_quotes
from quizgen.text.messages import _
from quizgen.view.exhibit import without_marks
from quizgen.view.question import QuestionView


def below_stem(question: QuestionView) -> list[str]:
    """List what stands below the stem and goes by letter: options, choices or steps; nothing of a blank."""
    return [option.text for option in question.options]


def exhibit_lines(question: QuestionView) -> list[str]:
    """List what is shown above the stem: its context, what it is and from whom, and its lines; nothing where there is none.

    Lines have their numbers where one of them is asked for.
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


def in_a_line(question: QuestionView) -> str:
    """Say in one line what is shown and asked: each line of an exhibit in quotation marks, then the stem."""
    exhibit = question.exhibit
    if exhibit is None:
        return question.stem
    quotes = locale(question.language).quotes
    said = [
        (f"{line.number}. " if exhibit.numbered else "")
        + labelled(
            line.who, f"{quotes[0]}{within_quotes(without_marks(line.words), question.language)}{quotes[1]}"
        )
        for line in exhibit.lines
    ]
    context = [exhibit.context] if exhibit.context else []
    return " ".join([*context, labelled(exhibit.label, without_marks(exhibit.sender)), *said, question.stem])


def reasons(question: QuestionView) -> list[str]:
    """Say why the key is right: the rationale, and the words of the exhibit that decide with their reasons."""
    exhibit, language = question.bank.exhibits.get(question.question.exhibit), question.language
    signs = [
        labelled(
            _("“{words}”:", words=within_quotes(question.text(sign.words), language)).translated(language),
            question.text(sign.reason),
        )
        for sign in (exhibit.signs if exhibit else ())  # in their author's order
    ]
    return [*filter(None, [question.rationale]), *signs]


def advice(question: QuestionView) -> list[str]:
    """Say what to do, if anything is said, and that it is our advice."""
    return (
        [labelled(_("What to do (our advice):").translated(question.language), question.advice)]
        if question.advice
        else []
    )


def source_lines(question: QuestionView) -> list[str]:
    """Name the passages that a question rests on, and the texts that these stand in, in the order of its facts."""
    bank, language = question.bank, question.language
    if not question.question.facts:
        return []
    cited = locale(language).semicolon.join(question.citations)
    passages = [cite for fact in question.question.facts for cite in bank.facts[fact].cites]
    sources = [bank.sources[id_] for id_ in dict.fromkeys(map(topic_of, passages))]
    texts = [source_sentence(source, language, lambda words, _: question.text(words)) for source in sources]
    return [labelled(_("Source:").translated(language), cited), *texts]


def explanation(question: QuestionView) -> list[str]:
    """Explain the answer: why it is right, what to do, and which sources say so."""
    return [*reasons(question), *advice(question), *source_lines(question)]


def labelled(label: str, words: str) -> str:
    """Put a label ("Source:") before words; behind a full-width colon no blank is wanted."""
    return f"{label}{' ' if label[-1:].isascii() and label else ''}{words}"


def texts_of(question: QuestionView) -> list[str]:
    """List all texts that a question goes out with: what is asked, what there is to choose from, and why."""
    prompts = [prompt.text for prompt in question.prompts]
    asked = [*exhibit_lines(question), question.stem, *below_stem(question), *prompts, *question.accepted]
    return [*asked, *explanation(question)]


def as_html(words: str) -> str:
    """Write a text as HTML, which is well-formed XML too."""
    return escape(words, quote=False).replace("\n", "<br/>")


def paragraphs(lines: Iterable[str]) -> str:
    """Write texts as paragraphs of HTML."""
    return "".join(f"<p>{as_html(line)}</p>" for line in lines)


def exhibit_html(question: QuestionView) -> str:
    """Write what is shown above the stem as a quotation in HTML; "" where there is nothing."""
    lines = exhibit_lines(question)
    return f"<blockquote>{paragraphs(lines)}</blockquote>" if lines else ""


def asked_html(question: QuestionView) -> str:
    """Write what is shown and asked as HTML."""
    return exhibit_html(question) + paragraphs([question.stem])


def shares(question: QuestionView) -> list[str]:
    """Write what to tick each option is worth where several may be right, in per cent as Moodle knows them.

    The keys share the whole, and a wrong option costs it.
    """
    right = f"{100 / len(question.key_indices):.5f}".rstrip("0").rstrip(".")
    return [right if option.right else "-100" for option in question.options]


def letters_of(question: QuestionView) -> str:
    """Write the key by letters, those of options counting from a; of a blank, its best words."""
    if question.form == "blank":
        return question.right_answer
    letters = [ascii_lowercase[index] for index in question.key_indices]
    if question.form == "pairs":
        letters = [f"{place}{letter}" for place, letter in enumerate(letters, start=1)]
    return " ".join(letters)


def pairs_of(question: QuestionView) -> list[tuple[str, str]]:
    """List the pairs of a match, and behind "" each choice that no prompt takes; nothing of another shape."""
    if question.form != "pairs":
        return []
    taken = [(pair.prompt.text, pair.option.text) for pair in question.pairs]
    untaken = [
        ("", option.text)
        for index, option in enumerate(question.options)
        if index not in question.key_indices
    ]
    return [*taken, *untaken]


def steps_of(question: QuestionView) -> list[str]:
    """List the steps of an order, first to last; nothing of another shape."""
    return [pair.option.text for pair in question.pairs] if question.form == "order" else []


def tags_of(question: QuestionView) -> tuple[str, ...]:
    """List the words that a question is found by: language, topic, kind, level, difficulty and audience."""
    asked = question.question
    return (
        question.written_in,
        asked.topic,
        asked.kind,
        asked.level,
        f"difficulty-{asked.difficulty}",
        asked.audience,
    )
