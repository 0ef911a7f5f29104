"""The data of a web page with quizzes, which the script ``templates/page.js`` reads.

Each text is stored once, in every language of the page, and has a number by which the data refers to it. Python draws
the quizzes, orders the options and writes all texts. The script scores the answers with this data: the indices of the
correct options in printed order, the normalised answers that a blank accepts, what each answer costs, and z-scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.assemble import trim_bank
from quizgen.attempt import MAX_REPEATS, MIN_QUESTIONS_TO_REPEAT, REPEAT_GAP, MarkedAnswer
from quizgen.detection import CLEAR, MIN_CASES, NOTICEABLE, z_score_of_rate
from quizgen.errors import QuizgenError, problem
from quizgen.game import cost_of_answer, stake_of, start_money
from quizgen.model import Bank, Exhibit, Question, Quiz, help_heading
from quizgen.review import ALLOWED_MISSED_DAYS
from quizgen.shapes import Fill
from quizgen.shapes.fill import traditional_to_simplified
from quizgen.text.languages import (
    Text,
    interface_language,
    is_right_to_left,
    locale,
    localized_language,
)
from quizgen.text.messages import Message, _, pgettext
from quizgen.view import daily, money
from quizgen.view.exhibit import SPEAKERS, ExhibitView, TextRuns
from quizgen.view.frames import FRAMES, WORDS
from quizgen.view.glossary import known_meanings, used_words
from quizgen.view.question import QuestionView
from quizgen.view.sources import list_source_titles
from quizgen.view.text import localize_for_display

MarkedText: TypeAlias = str | tuple[str, ...]
"""A text; or its pieces, in turn outside and inside the telltale words (the first is outside)."""

MESSAGES: Mapping[str, Message] = {
    "app.right": pgettext("feedback", "Right"),
    "app.wrong": _("Wrong"),
    "app.partly": _("Wrong: {right} of {total} in the right place"),
    "app.skipped": _("Skipped"),
    "app.found": _("Wrong: {right} of {total} found, plus {extra} wrong"),
    "app.found-only": _("Wrong: {right} of {total} found"),
    "app.mine": _("your answer"),
    "app.key": _("right answer"),
    "app.mine-is": _("Your answer:"),
    "app.key-is": _("Right answer:"),
    "app.lacks-choice": _("Nothing chosen yet."),
    "app.lacks-ticks": _("Tick at least one first."),
    "app.lacks-places": _("{count} left to place."),
    "app.lacks-words": _("Nothing typed yet."),
    "app.mistakes": _("Your mistakes"),
    "app.perfect": _("No mistakes at all."),
    "take.fact": _("Fact:"),
    "take.pair": _("{left}: {right}"),
    "take.question": _("Question {number} of {total} · {topic}"),
    "take.compared": _("You: {mine}. Right: {right}"),
    "take.why": _("Why:"),
    "take.advice": _("What to do (our advice):"),
    "take.source": _("Source:"),
    "take.score": _("Score: {right}/{total}"),
    "take.by-topic": _("By topic"),
    "detection.both": _("Scams stopped: {stopped} of {scams}. Genuine ones trusted: {trusted} of {genuine}."),
    "detection.stopped": _("Scams stopped: {stopped} of {scams}."),
    "detection.trusted": _("Genuine ones trusted: {trusted} of {genuine}."),
    "detection.trusting": _(
        "Too trusting: before you pay, open a link or share a code, stop and ask on a number that you already know."
    ),
    "detection.suspicious": _(
        "Too suspicious: banks and police do call and write. If you are not sure, call back on a number that you know."
    ),
    "detection.even": _(
        "Balanced: you told scams from genuine ones. This fades in two or three weeks, so take another quiz then."
    ),
    "detection.even-mistakes": _(
        "Balanced, but with mistakes: look for the words that give it away; they are marked in the questions you missed."
    ),
    "detection.help": _("Numbers to know"),
    "page.about": _("{count} questions, one after the other. After each you learn why, and what to do."),
    "page.about-one": _("One question. After it you learn why, and what to do."),
    "page.holds": _("This page holds {count} quizzes and needs no network."),
    "page.holds-one": _("This page needs no network."),
    "page.begin": _("Begin"),
    "page.go-on": _("Go on with question {number}"),
    "page.another": _("Take another quiz"),
    "page.again": _("Take this one again"),
    "page.forget": _("Forget my answers"),
    "page.forgotten": _("Your answers are forgotten."),
    "page.answer": pgettext("verb", "Answer"),
    "page.skip": _("I do not know"),
    "page.next": _("Next question"),
    "page.to-result": _("See the result"),
    "page.result": _("Your result"),
    "page.which": _("Quiz {number} of {total} on this page, seed {seed}"),
    "page.language": _("Language"),
    "page.choose": _("Choose …"),
    "page.twice": _("One of them is chosen twice; each goes once."),
    "page.unmoved": _("Nothing is moved yet."),
    "page.up": _("Move up: {step}"),
    "page.down": _("Move down: {step}"),
    "page.moved": _("{step}: now in place {place} of {total}"),
    "page.hint-one": _("Choose one."),
    "page.hint-several": _("Several may be right: tick all of them."),
    "page.hint-truth": _("Choose one."),
    "page.hint-verdict": _("Decide as soon as you are sure."),
    "page.hint-line": _("Choose the line."),
    "page.hint-match": _("Choose for each what goes with it."),
    "page.hint-order": _("Move them with the arrows, until the first is on top."),
    "page.hint-fill": _("Type the missing words."),
    "page.next-line": _("Next line ({number} of {total})"),
    "page.say": _("What do you say?"),
    "page.you": _("You:"),
    "page.progress": _("Question {number} of {total}"),
    "page.have": _("You have {kept}"),
    "page.at-stake": _("{stake} at stake"),
    "page.lost-nothing": money.NOTHING_LOST,
    "page.lost-not": money.STOPPED_IN_TIME,
    "page.lost-genuine": money.REFUSED_GENUINE,
    "page.lost-late": money.STOPPED_LATE,
    "page.lost-line": money.WRONG_LINE,
    "page.lost-all": money.NOT_STOPPED,
    "page.pause": _("Once more: the last question"),
    "page.pause-why": _(
        "You missed the last question. It comes back now, or one like it. Before you go on, say to yourself why the right answer is right."
    ),
    "page.gone": money.NOTHING_LEFT,
    "page.kept": _("You kept {kept} of {start}."),
    "page.worst": _("Your most expensive mistake: {exhibit}, line {line} (−{lost})."),
    "page.best": _("Your best: {sum}"),
    "page.game": _(
        "You begin with {sum}. Calls and messages come line by line. Stop the scams before they cost you, and trust what is genuine."
    ),
    "page.scam-sender": _("You stopped it at line {seen} of {total}; the sender already gives it away."),
    "page.scam-before": _(
        "You stopped it at line {seen} of {total}, before line {line}, which gives it away."
    ),
    "page.scam-on": _("You stopped it at line {seen} of {total}, the line that gives it away."),
    "page.scam-after": _("You stopped it at line {seen} of {total}; line {line} gives it away."),
    "page.missed-sender": _("The sender gives it away."),
    "page.missed-before": _("You answered at line {seen} of {total}; line {line} gives it away."),
    "page.missed-read": _("You had already read line {line}, which gives it away."),
    "page.genuine-sender": _("You answered at line {seen} of {total}; the sender shows that it is genuine."),
    "page.genuine-line": _("You answered at line {seen} of {total}; line {line} shows that it is genuine."),
    "page.genuine-read": _("You had already read line {line}, which shows that it is genuine."),
    "page.once-more": _("Once more. It does not count."),
    "page.once-more-of": _("Once more, {number} of {total}. It does not count."),
    "page.comes-back": _("You will be asked once more in a few questions."),
    "page.twin-genuine": _("For comparison, the genuine one"),
    "page.twin-scam": _("For comparison, the scam"),
    "page.differs": _("differs"),
    "page.today": pgettext("quiz", "Five for today"),
    "page.today-about": _("The same for everybody who has this page, with new ones tomorrow."),
    "page.today-begin": _("Answer the five"),
    "page.today-done": _("Done for today. New ones come tomorrow."),
    "page.daily-line": daily.LINE_WITH_MONEY,
    "page.daily-line-plain": daily.LINE_WITHOUT_MONEY,
    "page.days": _("Days in a row: {count}"),
    "page.quiz": pgettext("quiz", "A whole quiz"),
    "page.sources": _("Sources"),
    "page.share": _("Share"),
    "page.copied": _("Copied."),
    "page.copy-this": _("Copy these lines:"),
    "page.share-kept": _("I kept {kept} of {start}."),
    "page.share-score": _("I had {right} of {total} right."),
    "page.share-stopped": _("Scams stopped: {stopped} of {scams}."),
    "page.share-you": _("And you?"),
    "page.send": _("Send as a text message"),
    "page.start": _("To the start"),
    "page.forget-ask": _("Forget all your answers and results on this page?"),
    "page.forget-yes": _("Forget them"),
    "page.forget-no": _("Keep them"),
    "page.private": _("Nothing that you answer leaves this device."),
}
"""Messages of the page, by their names in ``templates/page.js``."""


class PageContent(Struct, frozen=True):
    """The content of a web page.

    It has the language in which the page opens, its title, the language of the title, and the data as JSON types.
    """

    language: str
    title: str
    title_language: str
    record: dict[str, Any]


class _TextTable:
    """A table that stores each text once and gives it a number.

    An entry is a tuple with the text in each language, or a single text if it is the same in all languages.
    """

    def __init__(self) -> None:
        self.entries: list[MarkedText | tuple[MarkedText, ...]] = []
        self._numbers: dict[tuple[MarkedText, ...], int] = {}

    def text_number(self, in_each_language: Iterable[MarkedText]) -> int:
        """Return the number of a text, given in each language. A new text is added to the table."""
        text = tuple(in_each_language)
        if text not in self._numbers:
            self._numbers[text] = len(self.entries)
            is_same = len(set(text)) == 1 and isinstance(text[0], str)
            self.entries.append(text[0] if is_same else text)
        return self._numbers[text]

    def text_numbers(self, in_each_language: Iterable[Sequence[str]]) -> list[int]:
        """Return the numbers of several texts. Each item of the argument has all these texts in one language."""
        return [self.text_number(text) for text in zip(*in_each_language, strict=True)]


def make_page_content(
    bank: Bank,
    quizzes: Sequence[Quiz],
    languages: Sequence[str],
    days: Sequence[Quiz] = (),
) -> PageContent:
    """Return the content of a page with these quizzes, in several languages. It opens in the language of the quizzes.

    ``days`` are the quizzes of the days, as :func:`quizgen.assemble.assemble_days` returns them.

    Raises QuizgenError that names each question of a kind that a web page cannot ask.
    """
    questions = {question.id: question for quiz in (*quizzes, *days) for question in quiz.questions}
    asked = len(questions)
    _check_page_can_ask(list(questions.values()))
    twins = _find_twins(bank, list(questions.values()))
    questions |= {twin.id: twin for twin in twins.values() if twin.id not in questions}
    # The bank of all questions, so that a question names its sources in the same way in every quiz.
    bank = trim_bank(bank, questions.values())
    language = quizzes[0].language
    texts = _TextTable()
    index_by_id = {id_: index for index, id_ in enumerate(questions)}
    titles = [
        localize_for_display(bank.declared.title, tag) or _("Real or scam? A quiz").translated(tag)
        for tag in languages
    ]

    def views(question: Question) -> list[QuestionView]:
        return [QuestionView(question, bank, tag) for tag in languages]

    def whole_question_record(question: Question, *, is_asked: bool) -> dict[str, Any]:
        """Return the data of a question. One that is asked has its twin, too."""
        own = _question_record(views(question), texts)
        if not is_asked:
            return own
        if question.answer.is_genuine_or_scam_choice:
            own |= _replies_record(views(question), texts)
        if twin := twins.get(question.id):
            own["twin"] = {
                **_quiz_item_record(views(twin), index_by_id[twin.id], texts),
                "changed": _changed_lines(bank.exhibits[question.exhibit], bank.exhibits[twin.exhibit]),
            }
        return own

    heading = help_heading(bank.help.values(), MESSAGES["detection.help"])
    messages = {**MESSAGES, "detection.help": heading}

    def items(quiz: Quiz) -> list[dict[str, Any]]:
        return [_quiz_item_record(views(each), index_by_id[each.id], texts) for each in quiz.questions]

    record = {
        "title": texts.text_number(titles),
        "languages": [
            {
                "tag": tag,
                "name": locale(tag).autonym,
                **({"right": True} if is_right_to_left(tag) else {}),
            }
            for tag in languages
        ],
        "language": languages.index(language),
        "messages": {
            name: texts.text_number(words.translated(tag) for tag in languages)
            for name, words in messages.items()
        },
        "help": [
            [
                each.number,
                texts.text_number(localize_for_display(each.purpose, tag) for tag in languages),
                each.link,
            ]
            for each in bank.help.values()
        ],
        "sources": texts.text_numbers(list_source_titles(bank, tag) for tag in languages),
        "questions": [
            whole_question_record(each, is_asked=index < asked)
            for index, each in enumerate(questions.values())
        ],
        "quizzes": [{"seed": quiz.seed, "items": items(quiz)} for quiz in quizzes],
        "days": [items(quiz) for quiz in days],
        "missed": ALLOWED_MISSED_DAYS,
        "date": texts.text_number(locale(tag).short_date for tag in languages),
        "months": texts.text_numbers(locale(tag).short_months for tag in languages),
        "frames": [
            {
                "classes": " ".join(
                    [f"border-{frame.border}", f"said-{frame.said}", *(f"has-{part}" for part in frame.parts)]
                ),
                "words": {
                    part: texts.text_number(words.translated(tag) for tag in languages)
                    for part, words in WORDS.items()
                    if part in frame.parts
                },
            }
            for frame in FRAMES.values()
        ],
        "repeat": {"gap": REPEAT_GAP, "least": MIN_QUESTIONS_TO_REPEAT, "most": MAX_REPEATS},
        "scores": _z_scores_by_total([*quizzes, *days]),
        "noticeable": NOTICEABLE,
        "clear": CLEAR,
        "cases": MIN_CASES,
        "traditional": traditional_to_simplified(
            form
            for each in questions.values()
            if isinstance(each.answer, Fill)
            for form in each.answer.simplified_variants()
        ),
    }
    record |= _optional_records(bank, languages, texts)
    # If the bank or the messages of the program lack a language of the page, some texts are in another language and must be marked so.
    text_languages = [
        {QuestionView(each, bank, tag).text_language for each in questions.values()} for tag in languages
    ]
    message_languages = [interface_language(tag) for tag in languages]
    title = bank.declared.title
    title_languages = [
        localized_language(title, tag) if title else interface_language(tag) for tag in languages
    ]
    if title_languages != list(languages) or any(
        each != {tag} for each, tag in zip(text_languages, message_languages, strict=True)
    ):
        record["written"] = [each.pop() if len(each) == 1 else "" for each in text_languages]
        record["spoken"] = message_languages
        record["entitled"] = title_languages
    place = languages.index(language)
    return PageContent(language, titles[place], title_languages[place], {**record, "texts": texts.entries})


def _optional_records(bank: Bank, languages: Sequence[str], texts: _TextTable) -> dict[str, Any]:
    """Return the data of what not every page has: words to explain, and money."""
    record: dict[str, Any] = {}
    if glossary := bank.declared.glossary:
        record["glossary"] = [
            [word, texts.text_number(known_meanings(bank, tag).get(word, "") for tag in languages)]
            for word in glossary
        ]
    if start := start_money(bank):
        record["money"] = {
            "start": start,
            "form": texts.text_number(_sum_pattern(bank, tag) for tag in languages),
        }
    return record


def _find_twins(bank: Bank, questions: Sequence[Question]) -> dict[str, Question]:
    """Return the question on the twin of each judged exhibit, by the id of the question on the exhibit itself."""
    on_exhibit = {
        each.exhibit: each for each in bank.questions.values() if each.answer.is_genuine_or_scam_choice
    }
    twins = {}
    for question in questions:
        exhibit = bank.exhibits.get(question.exhibit)
        if exhibit and question.answer.is_genuine_or_scam_choice and (twin := on_exhibit.get(exhibit.twin)):
            orders = twin.answer.draw_random_orders(0, twin.id)
            twins[question.id] = replace(twin, answer=twin.answer.with_orders(orders))
    return twins


def _sum_pattern(bank: Bank, language: str) -> str:
    """Return a pattern by which the script writes sums of money, with ``#`` for the number: "# yuan"."""
    return money.add_currency(bank.declared.currency, "#", language)


def _changed_lines(exhibit: Exhibit, twin: Exhibit) -> list[int]:
    """Return the numbers of the lines of a twin that the exhibit does not have; 0 is the sender."""
    known = [line.text for line in exhibit.lines]
    changed = [number for number, line in enumerate(twin.lines, start=1) if line.text not in known]
    return changed if exhibit.sender == twin.sender else [0, *changed]


def _check_page_can_ask(questions: Sequence[Question]) -> None:
    """Raise QuizgenError with each question of a kind that a web page cannot ask."""
    unknown = [each for each in questions if f"page.{each.answer.hint_id}" not in MESSAGES]
    if unknown:
        raise QuizgenError(
            [
                problem(
                    _("{question}: a web page has no way to answer the kind {kind}"),
                    _("choose other kinds with -k"),
                    question=each.id,
                    kind=each.kind,
                )
                for each in unknown
            ]
        )


def _question_record(views: Sequence[QuestionView], texts: _TextTable) -> dict[str, Any]:
    """Return the data of a question that does not depend on printed order. ``views`` has its view in each language."""
    view, question = views[0], views[0].question
    facts = [view.bank.facts[fact].statement for fact in question.facts]
    record: dict[str, Any] = {
        "topic": texts.text_number(each.topic_title for each in views),
        "way": view.hint_id.removeprefix("hint-"),
        "stem": texts.text_number(each.stem for each in views),
        "cites": texts.text_numbers(each.citations for each in views),
        "facts": texts.text_numbers([each.localize(fact) for fact in facts] for each in views),
    }
    if question.rationale:
        record["why"] = texts.text_number(each.rationale for each in views)
    if question.advice:
        record["advice"] = texts.text_number(each.advice for each in views)
    if question.answer.has_parts:
        record["parts"] = True
    if any(words := [_explained_words(each) for each in views]):
        record["words"] = words
    if exhibits := [each.explained_exhibit for each in views if each.explained_exhibit]:
        record["exhibit"] = _exhibit_record(exhibits, texts)
        if numbers := question.answer.option_line_numbers:
            record["lines"] = numbers
        if question.answer.is_genuine_or_scam_choice:
            record["genuine"] = view.bank.exhibits[question.exhibit].genuine
    if question.answer.is_about_exhibit:
        record |= _game_record(view)
    if isinstance(question.answer, Fill):
        record["taken"] = sorted(question.answer.accepted_variants())
        record["near"] = sorted(filter(str.isascii, question.answer.typo_tolerant_variants()))
        record["simplified"] = sorted(question.answer.simplified_variants())
        record["best"] = texts.text_number(each.right_answer for each in views)
    return record


def _explained_words(view: QuestionView) -> list[list[int]]:
    """Return which words of the glossary a question uses, as their numbers: before the answer, and after it.

    It is empty if there are none.
    """
    meanings = known_meanings(view.bank, view.language)
    before, after = (used_words(view, meanings, is_answered=is_answered) for is_answered in (False, True))
    numbers = {word: number for number, word in enumerate(view.bank.declared.glossary)}
    return [sorted(numbers[word] for word in used) for used in (before, after)] if after else []


def _game_record(view: QuestionView) -> dict[str, Any]:
    """Return the deciding line, and what answers cost: right ones after each line, wrong ones, and skips."""
    exhibit = view.bank.exhibits[view.question.exhibit]
    record: dict[str, Any] = {"decidingLine": exhibit.deciding_line, "isGenuine": exhibit.genuine}
    if stake := stake_of(exhibit, view.bank):
        response = view.question.answer.correct_response(view.language)
        right = MarkedAnswer(view.question.id, response, right=True, at=0)
        record["stake"] = stake
        by_line = _costs_by_line(exhibit, right, stake)
        record["costs"] = [
            by_line,
            cost_of_answer(exhibit, replace(right, right=False), stake),
            cost_of_answer(exhibit, replace(right, response=None, right=False), stake),
        ]
        with_replies = {
            ",".join(map(str, replies)): _costs_by_line(exhibit, replace(right, replies=replies), stake)
            for replies in _reply_sequences(exhibit)
        }
        if differing := {key: costs for key, costs in with_replies.items() if costs != by_line}:
            record["replyCosts"] = differing
    return record


def _costs_by_line(exhibit: Exhibit, right_answer: MarkedAnswer, stake: int) -> list[int]:
    """Return what a right answer costs after each line."""
    return [
        cost_of_answer(exhibit, replace(right_answer, lines_seen=seen), stake)
        for seen in range(1, len(exhibit.lines) + 1)
    ]


def _reply_sequences(exhibit: Exhibit) -> Iterable[tuple[int, ...]]:
    """Yield every sequence of replies that leads to some point of an exhibit: the index of the reply at each line with replies."""
    choices = [range(len(line.replies)) for line in exhibit.lines if line.replies]
    for count in range(1, len(choices) + 1):
        yield from product(*choices[:count])


def _replies_record(views: Sequence[QuestionView], texts: _TextTable) -> dict[str, Any]:
    """Return what the person can say after lines of an exhibit, and the lines that follow, by the number of the line."""
    exhibit = views[0].bank.exhibits[views[0].question.exhibit]
    languages = [view.language for view in views]

    def number_of(text: Text) -> int:
        return texts.text_number(localize_for_display(text, tag) for tag in languages)

    replies = {
        number: [
            [
                number_of(reply.say),
                [
                    [
                        texts.text_number(SPEAKERS[line.who].translated(tag) for tag in languages),
                        number_of(line.text),
                        int(line.who == "you"),
                    ]
                    for line in reply.then
                ],
            ]
            for reply in line.replies
        ]
        for number, line in enumerate(exhibit.lines, start=1)
        if line.replies
    }
    return {"replies": replies} if replies else {}


def _exhibit_record(views: Sequence[ExhibitView], texts: _TextTable) -> dict[str, Any]:
    """Return the data of an exhibit and of its signs, which the page shows after the answer."""
    context = {"context": texts.text_number(view.context for view in views)} if views[0].context else {}
    return {
        "frame": list(FRAMES.values()).index(views[0].frame),
        **context,
        "label": texts.text_number(view.label for view in views),
        "sender": texts.text_number(_split_at_telltale_words(view.sender) for view in views),
        "lines": [
            [
                texts.text_number(line.who for line in lines),
                texts.text_number(_split_at_telltale_words(line.words) for line in lines),
                int(lines[0].own),
            ]
            for lines in zip(*(view.lines for view in views), strict=True)
        ],
        # Signs are in the order of their words, which may differ between languages.
        "signs": [
            [
                texts.text_number(sign.words for sign in signs),
                texts.text_number(sign.reason for sign in signs),
            ]
            for signs in zip(*(view.signs for view in views), strict=True)
        ],
    }


def _split_at_telltale_words(runs: TextRuns) -> MarkedText:
    """Return runs of text as one text, or as a tuple if some of the words are telltale.

    In the tuple, the items with an odd index are the telltale words.
    """
    if not any(run.is_telltale for run in runs):
        return "".join(run.text for run in runs)
    pieces = [""]
    for run in runs:
        if run.is_telltale != (len(pieces) % 2 == 0):
            pieces.append("")
        pieces[-1] += run.text
    return tuple(pieces)


def _quiz_item_record(views: Sequence[QuestionView], index: int, texts: _TextTable) -> dict[str, Any]:
    """Return the data of a question in one quiz: options and prompts in printed order, and the right answer."""
    item: dict[str, Any] = {"of": index}
    if options := texts.text_numbers([option.text for option in view.options] for view in views):
        item["options"] = options
    if prompts := texts.text_numbers([prompt.text for prompt in view.prompts] for view in views):
        item["prompts"] = prompts
    if not views[0].answer.takes_words:
        item["key"] = views[0].correct_indices
    return item


def _z_scores_by_total(quizzes: Sequence[Quiz]) -> list[list[float]]:
    """Return the z-scores of all scores that verdicts on exhibits can have.

    For example, ``[total - 1][count]`` is the z-score of ``count`` right verdicts on ``total`` scams.
    """
    max_total = 0
    for quiz in quizzes:
        verdicts = [each for each in quiz.questions if each.answer.is_genuine_or_scam_choice]
        judged = [quiz.bank.exhibits[each.exhibit].genuine for each in verdicts]
        max_total = max(max_total, judged.count(True), judged.count(False))
    return [
        [z_score_of_rate(count, total) for count in range(total + 1)] for total in range(1, max_total + 1)
    ]
