"""A quiz as CSV: a row for each question, with a column for each prompt, each option and each answer of a blank.

``exhibit`` has a line for each line of it.
"""

import re
from functools import partial
from string import ascii_lowercase
from typing import NamedTuple

from quizgen.author.plain_question import PlainQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.export.format import Format, csv_bytes, safe_cell
from quizgen.export.reading import (
    Reading,
    UntakenError,
    about,
    are_truth,
    fill,
    gathered,
    one_line,
    truth,
    with_blank,
    without_blank,
)
from quizgen.export.records import QuizExport
from quizgen.export.tables import rows_of
from quizgen.export.words import below_stem, exhibit_lines, letters_of, reasons, source_lines
from quizgen.kinds import KINDS
from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response
from quizgen.text.languages import Text
from quizgen.text.messages import _
from quizgen.text.normalise import normalise
from quizgen.view.question import QuestionView

_ABOUT = ("id", "language", "topic", "kind", "level", "difficulty", "audience")
_KNOWN = {  # what heads a column in tables that people and other programs make, without blanks, in small letters
    "stem": "stem|(quiz)?questions?(text|max.*)?|题目|題目|题干|題幹|试题|試題|问题|問題"
    "|frage|pregunta|domanda|pergunta|vraag|вопрос|pytanie|soru|câuhỏi|ερώτηση",
    "key": "key|(correct|right)?answer(s|\\(s\\).*)?|correct(option)?|solution|(正确|正確|标准|標準)?答案"
    "|((bonne|richtige|juiste)?(réponse|antwort|antwoord)|(respuesta|risposta|resposta)(correcta|corretta|correta)?)"
    "|(правильный)?ответ|(poprawna)?odpowiedź|(doğru)?cevap|đápán|απάντηση",
    "rationale": "rationale|explanation|feedback|(generalfeedback)|reason|why|解析|答案解析|理由|解释|解釋"
    "|explication|erklärung|begründung|explicación|spiegazione|explicação|пояснение|wyjaśnienie|açıklama|giảithích|εξήγηση",
    "topic": "topic|category|主题|主題|分类|分類",
    "kind": "(question)?(kind|type)|题型|題型",
    "level": "level",
    "difficulty": "difficulty",
}
_OPTION = (
    "option|answer|choice|选项|選項|答案|réponse|choix|antwort|opción|respuesta|opzione|risposta|opção|resposta"
    "|optie|antwoord|вариант|ответ|odpowiedź|opcja|seçenek|şık|đápán|επιλογή|απάντηση"
)

"""What heads a column of an option, before its letter or number."""

_LATTER = ("key", "rationale", "advice", "source")
_READ = {*_ABOUT, *_LATTER, "exhibit", "stem"}
_WRONG = "distractor|(wrong|incorrect|false|other)(answer|option|choice)?|干扰项|干擾項|错误答案|錯誤答案"
"""What heads a column of a wrong option, in tables that have the right one in a column of its own."""


class _Columns(NamedTuple):
    """How many columns there are of each sort: as many as the question that has most of it needs."""

    prompts: int
    options: int
    accept: int

    def heads(self) -> list[str]:
        return [
            *(f"prompt_{number}" for number in range(1, self.prompts + 1)),
            *(f"option_{letter}" for letter in ascii_lowercase[: self.options]),
            *(f"accept_{number}" for number in range(1, self.accept + 1)),
        ]


def _sorts(question: QuestionView) -> tuple[list[str], list[str], list[str]]:
    prompts = [prompt.text for prompt in question.prompts]
    return prompts, below_stem(question), list(question.accepted)


def _write(quiz: QuizExport) -> bytes:
    most = (max(map(len, texts)) for texts in zip(*map(_sorts, quiz.questions), strict=True))
    columns = _Columns(*most)
    heads = [*_ABOUT, "exhibit", "stem", *columns.heads(), *_LATTER]
    return csv_bytes([heads, *(_row(question, columns) for question in quiz.questions)])


def _row(question: QuestionView, columns: _Columns) -> list[str]:
    cells = ["\n".join(exhibit_lines(question)), question.stem]
    for texts, count in zip(_sorts(question), columns, strict=True):
        cells += [*texts, *[""] * (count - len(texts))]
    cells += [
        letters_of(question),
        "\n".join(reasons(question)),
        question.advice,
        "\n".join(source_lines(question)),
    ]
    asked = question.question
    about = (
        asked.id,
        question.written_in,
        asked.topic,
        asked.kind,
        asked.level,
        asked.difficulty,
        asked.audience,
    )
    return [*map(str, about), *map(safe_cell, cells)]


def _read(data: bytes, language: str, name: str) -> Reading:
    """Read rows below one that names the columns: ours, or those of a table that somebody made."""
    rows, other_sheets = rows_of(data, name)
    head = next((at for at, (_, cells) in enumerate(rows) if "stem" in map(_column, cells)), None)
    if head is None:
        raise QuizgenError(
            problem(
                _("no row names a column with what is asked"),
                _("head the columns with names such as stem, option_a, option_b, key"),
                file=name,
            )
        )
    columns = [_column(cell) for cell in rows[head][1]]
    below = rows[head + 1 :]
    found = gathered(
        ((line, partial(_taken, line, _Cells(columns, cells), language)) for line, cells in below), name
    )
    unread = [
        head
        for place, (head, column) in enumerate(zip(rows[head][1], columns, strict=True))
        if column not in _READ
        and "_" not in column
        and any(cells[place:] and cells[place] for _, cells in below)
    ]
    notes = [
        (_("columns that are not read: {names}"), unread),
        (_("only the first sheet is read; there are also {names}"), other_sheets),
    ]
    return found._replace(unread=tuple(note.filled(names=names) for note, names in notes if names))


class _Cells:
    """The cells of a row that hold anything, by the names of their columns."""

    def __init__(self, columns: list[str], cells: list[str]) -> None:
        self._pairs = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]

    def one(self, name: str) -> str:
        return next((cell for column, cell in self._pairs if column == name), "")

    def each(self, begun: str) -> list[str]:
        return [one_line(cell) for column, cell in self._pairs if column.startswith(f"{begun}_")]


def _column(head: str) -> str:
    """Give our name of a column."""
    plain = re.sub(r"[\s_-]", "", head.lower())
    for name, known in _KNOWN.items():
        if re.fullmatch(known, plain):
            return name
    if wrong := re.fullmatch(rf"({_WRONG})(s|[a-h]|[1-9][0-9]?)?", plain):
        return f"wrong_{wrong.groups()[-1] or ''}"
    found = re.fullmatch(rf"(prompt|accept|{_OPTION})?([a-h]|[1-9][0-9]?)(?:max.*)?", plain)
    if not found:
        return plain
    return f"{found[1] if found[1] in ('prompt', 'accept') else 'option'}_{found[2]}"


def _taken(line: int, row: _Cells, language: str) -> PlainQuestion:
    if not row.one("stem"):
        raise UntakenError(_("question, options or answer are missing"))
    answer = _answer(row, language)
    stem = one_line(f"{row.one('exhibit')}\n{row.one('stem')}")
    return PlainQuestion(
        line=line,
        stem=with_blank(stem) if isinstance(answer, Fill) else without_blank(stem),
        answer=answer,
        rationale=one_line(row.one("rationale")),
        advice=one_line(row.one("advice")),
        name=row.one("id"),
        topic=row.one("topic"),
        sourced=bool(row.one("source")),
        **about(
            [row.one("kind"), row.one("level"), f"difficulty-{row.one('difficulty')}", row.one("audience")]
        ),
    )


def _answer(row: _Cells, language: str) -> Answer:
    """Make the answer of a row: by its kind if it names one, or else by the columns that it fills."""
    named, key = row.one("kind"), row.one("key")
    kind = KINDS.get(named)
    options: tuple[Text, ...] = tuple({language: words} for words in row.each("option"))
    prompts: tuple[Text, ...] = tuple({language: words} for words in row.each("prompt"))
    typed = normalise(key, only_letters_and_digits=True)
    if wordings := row.each("accept"):
        return fill([(words, 100.0) for words in wordings], language)
    if not key:
        raise UntakenError(_("it has no right answer"))
    if prompts:
        matched = Match(prompts, options, ()).parse(typed)
        return Match(prompts, options, _indices(matched, key))
    steps = Order(options, tuple(range(len(options))))
    if kind and kind.fits(steps):
        return Order(options, _indices(steps.parse(typed), key))
    if wrong := row.each("wrong"):
        options = (*options, *({language: words} for words in (one_line(key), *wrong)))
    said = truth(true=True).parse(typed)
    told = (not options and said) or are_truth([each[language] for each in options])
    if kind.fits(truth(true=True)) if kind else (told and not named):
        return truth(true=_indices(said, key) == (0,))
    if not options:
        if kind and not kind.fits(Fill({language: (key,)})):
            raise UntakenError(_("question, options or answer are missing"))
        return fill([(words, 100.0) for words in re.split("[;；]", key) if words.strip()], language)
    same = [index for index, option in enumerate(options) if normalise(option[language]) == normalise(key)]
    chosen = tuple(same) or _indices(Choose(options, (), "several").parse(typed), key)
    several = len(chosen) > 1 or (kind and kind.fits(Choose(options, chosen, "several")))
    return Choose(options, chosen, "several" if several else "one")


def _indices(response: Response, key: str) -> tuple[int, ...]:
    if not isinstance(response, tuple):
        raise UntakenError(_("its answer {asked!r} is none of its options", asked=key))
    return response


FORMAT = Format(name="csv", suffix=".csv", takes="quiz", write=_write, read=_read)
