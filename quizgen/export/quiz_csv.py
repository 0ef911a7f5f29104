"""A quiz as CSV: a row for each question, with a column for each prompt, each option and each wording of a blank.

The column ``exhibit`` holds all lines of the exhibit, separated by line feeds.
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
    UnsupportedQuestionError,
    collect_questions,
    is_true_false,
    make_blank,
    make_true_false,
    one_line,
    read_tags,
    with_blank,
    without_blank,
)
from quizgen.export.records import QuizExport
from quizgen.export.tables import read_table
from quizgen.export.words import exhibit_lines, key_letters_of, option_texts, reasons, source_lines
from quizgen.kinds import KINDS
from quizgen.shapes import Answer, Choose, Fill, Match, Order, Response
from quizgen.text.languages import Text
from quizgen.text.messages import _
from quizgen.text.normalise import normalise
from quizgen.view.question import QuestionView

_QUESTION_COLUMNS = ("id", "language", "topic", "kind", "level", "difficulty", "audience")
_HEADS = {  # heads of columns in tables of people and other programs, as patterns without blanks, in small letters
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
"""How the head of an option's column begins, before its letter or number."""

_LAST_COLUMNS = ("key", "rationale", "advice", "source")
_COLUMNS_READ = {*_QUESTION_COLUMNS, *_LAST_COLUMNS, "exhibit", "stem"}
_WRONG_OPTION = (
    "distractor|(wrong|incorrect|false|other)(answer|option|choice)?|干扰项|干擾項|错误答案|錯誤答案"
)
"""Heads of a column with a wrong option, in tables with the right one in a column of its own."""


class _Columns(NamedTuple):
    """How many columns of each sort the table needs: those of the question with the most."""

    prompts: int
    options: int
    accept: int

    def heads(self) -> list[str]:
        return [
            *(f"prompt_{number}" for number in range(1, self.prompts + 1)),
            *(f"option_{letter}" for letter in ascii_lowercase[: self.options]),
            *(f"accept_{number}" for number in range(1, self.accept + 1)),
        ]


def _texts_by_sort(question: QuestionView) -> tuple[list[str], list[str], list[str]]:
    prompts = [prompt.text for prompt in question.prompts]
    return prompts, option_texts(question), list(question.accepted)


def _write(quiz: QuizExport) -> bytes:
    counts = (max(map(len, texts)) for texts in zip(*map(_texts_by_sort, quiz.questions), strict=True))
    columns = _Columns(*counts)
    heads = [*_QUESTION_COLUMNS, "exhibit", "stem", *columns.heads(), *_LAST_COLUMNS]
    return csv_bytes([heads, *(_row(question, columns) for question in quiz.questions)])


def _row(question: QuestionView, columns: _Columns) -> list[str]:
    cells = ["\n".join(exhibit_lines(question)), question.stem]
    for texts, count in zip(_texts_by_sort(question), columns, strict=True):
        cells += [*texts, *[""] * (count - len(texts))]
    cells += [
        key_letters_of(question),
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
    """Read the rows below the one with the column names, of our tables or of others."""
    rows, other_sheets = read_table(data, name)
    head = next((at for at, (_, cells) in enumerate(rows) if "stem" in map(_column, cells)), None)
    if head is None:
        raise QuizgenError(
            problem(
                _("no row names a column with the question"),
                _("name the columns in the first row: stem, option_a, option_b, key and so on"),
                file=name,
            )
        )
    columns = [_column(cell) for cell in rows[head][1]]
    below = rows[head + 1 :]
    found = collect_questions(
        ((line, partial(_read_row, line, _Cells(columns, cells), language)) for line, cells in below), name
    )
    unread = [
        head
        for place, (head, column) in enumerate(zip(rows[head][1], columns, strict=True))
        if column not in _COLUMNS_READ
        and "_" not in column
        and any(cells[place:] and cells[place] for _, cells in below)
    ]
    notes = [
        (_("columns not read: {names}"), unread),
        (_("only the first sheet is read, not {names}"), other_sheets),
    ]
    return found._replace(unread=tuple(note.filled(names=names) for note, names in notes if names))


class _Cells:
    """The cells of a row that are not empty, by the names of their columns."""

    def __init__(self, columns: list[str], cells: list[str]) -> None:
        self._pairs = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]

    def first(self, name: str) -> str:
        return next((cell for column, cell in self._pairs if column == name), "")

    def numbered(self, prefix: str) -> list[str]:
        return [one_line(cell) for column, cell in self._pairs if column.startswith(f"{prefix}_")]


def _column(head: str) -> str:
    """Return our name of a column."""
    plain = re.sub(r"[\s_-]", "", head.lower())
    for name, known in _HEADS.items():
        if re.fullmatch(known, plain):
            return name
    if wrong := re.fullmatch(rf"({_WRONG_OPTION})(s|[a-h]|[1-9][0-9]?)?", plain):
        return f"wrong_{wrong.groups()[-1] or ''}"
    found = re.fullmatch(rf"(prompt|accept|{_OPTION})?([a-h]|[1-9][0-9]?)(?:max.*)?", plain)
    if not found:
        return plain
    return f"{found[1] if found[1] in ('prompt', 'accept') else 'option'}_{found[2]}"


def _read_row(line: int, row: _Cells, language: str) -> PlainQuestion:
    if not row.first("stem"):
        raise UnsupportedQuestionError(_("question, options or answer are missing"))
    answer = _answer(row, language)
    stem = one_line(f"{row.first('exhibit')}\n{row.first('stem')}")
    return PlainQuestion(
        line=line,
        stem=with_blank(stem) if isinstance(answer, Fill) else without_blank(stem),
        answer=answer,
        rationale=one_line(row.first("rationale")),
        advice=one_line(row.first("advice")),
        name=row.first("id"),
        topic=row.first("topic"),
        sourced=bool(row.first("source")),
        **read_tags(
            [
                row.first("kind"),
                row.first("level"),
                f"difficulty-{row.first('difficulty')}",
                row.first("audience"),
            ]
        ),
    )


def _answer(row: _Cells, language: str) -> Answer:
    """Make the answer of a row, by its kind, or by its columns if it names no kind."""
    kind_name, key = row.first("kind"), row.first("key")
    kind = KINDS.get(kind_name)
    options: tuple[Text, ...] = tuple({language: words} for words in row.numbered("option"))
    prompts: tuple[Text, ...] = tuple({language: words} for words in row.numbered("prompt"))
    typed = normalise(key, only_letters_and_digits=True)
    if wordings := row.numbered("accept"):
        return make_blank([(words, 100.0) for words in wordings], language)
    if not key:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if prompts:
        response = Match(prompts, options, ()).parse(typed)
        return Match(prompts, options, _indices(response, key))
    steps = Order(options, tuple(range(len(options))))
    if kind and kind.fits(steps):
        return Order(options, _indices(steps.parse(typed), key))
    if wrong := row.numbered("wrong"):
        options = (*options, *({language: words} for words in (one_line(key), *wrong)))
    truth = make_true_false(true=True).parse(typed)
    looks_true_false = (not options and truth) or is_true_false([each[language] for each in options])
    if kind.fits(make_true_false(true=True)) if kind else (looks_true_false and not kind_name):
        return make_true_false(true=_indices(truth, key) == (0,))
    if not options:
        if kind and not kind.fits(Fill({language: (key,)})):
            raise UnsupportedQuestionError(_("question, options or answer are missing"))
        return make_blank([(words, 100.0) for words in re.split("[;；]", key) if words.strip()], language)
    equal = [index for index, option in enumerate(options) if normalise(option[language]) == normalise(key)]
    chosen = tuple(equal) or _indices(Choose(options, (), "several").parse(typed), key)
    several = len(chosen) > 1 or (kind and kind.fits(Choose(options, chosen, "several")))
    return Choose(options, chosen, "several" if several else "one")


def _indices(response: Response, key: str) -> tuple[int, ...]:
    if not isinstance(response, tuple):
        raise UnsupportedQuestionError(_("its answer {asked!r} is not one of its options", asked=key))
    return response


FORMAT = Format(name="csv", suffix=".csv", takes="quiz", write=_write, read=_read)
