"""Export and import a quiz as CSV, with a row for each question.

There is a column for each prompt, option and accepted wording of a blank. The column ``exhibit`` has all lines of the
exhibit, separated by line feeds.
"""

import re
from functools import partial
from string import ascii_lowercase
from typing import NamedTuple

from quizgen.author.imported_question import ImportedQuestion
from quizgen.errors import QuizgenError, problem
from quizgen.formats.format import Format, csv_bytes, escape_formula
from quizgen.formats.question_texts import (
    exhibit_lines,
    option_texts,
    reason_lines,
    right_answer_letters,
    source_lines,
)
from quizgen.formats.reading import (
    ReadResult,
    UnsupportedQuestionError,
    collect_questions,
    insert_blank_sign,
    is_true_false,
    join_lines,
    make_blank,
    make_true_false,
    read_tags,
    remove_blanks,
)
from quizgen.formats.records import QuizExport
from quizgen.formats.tables import read_table
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
    "advice": "advice|whattodo|whatcanido|actions?|建议|建議|怎么做|怎麼做|conseil|quefaire|rat|wastun|consejo|quéhacer",
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


class _ColumnCounts(NamedTuple):
    """The numbers of columns for prompts, options and accepted wordings, enough for every question."""

    prompts: int
    options: int
    accept: int

    def column_names(self) -> list[str]:
        return [
            *(f"prompt_{number}" for number in range(1, self.prompts + 1)),
            *(f"option_{letter}" for letter in ascii_lowercase[: self.options]),
            *(f"accept_{number}" for number in range(1, self.accept + 1)),
        ]


def _prompts_options_and_wordings(question: QuestionView) -> tuple[list[str], list[str], list[str]]:
    prompts = [prompt.text for prompt in question.prompts]
    return prompts, option_texts(question), list(question.accepted_wordings)


def _quiz_to_csv(quiz: QuizExport) -> bytes:
    counts = (
        max(map(len, texts))
        for texts in zip(*map(_prompts_options_and_wordings, quiz.questions), strict=True)
    )
    columns = _ColumnCounts(*counts)
    heads = [*_QUESTION_COLUMNS, "exhibit", "stem", *columns.column_names(), *_LAST_COLUMNS]
    return csv_bytes([heads, *(_question_row(question, columns) for question in quiz.questions)])


def _question_row(question: QuestionView, column_counts: _ColumnCounts) -> list[str]:
    cells = ["\n".join(exhibit_lines(question)), question.stem]
    for texts, count in zip(_prompts_options_and_wordings(question), column_counts, strict=True):
        cells += [*texts, *[""] * (count - len(texts))]
    cells += [
        right_answer_letters(question),
        "\n".join(reason_lines(question)),
        question.advice,
        "\n".join(source_lines(question)),
    ]
    asked = question.question
    about = (
        asked.id,
        question.text_language,
        asked.topic,
        asked.kind,
        asked.level,
        asked.difficulty,
        asked.audience,
    )
    return [*map(str, about), *map(escape_formula, cells)]


def _read_csv_file(data: bytes, language: str, file_name: str) -> ReadResult:
    """Read a table of questions, whose columns can have the names of quizgen or of another program."""
    rows, other_sheets = read_table(data, file_name)
    head = next(
        (at for at, (_, cells) in enumerate(rows) if "stem" in map(_standard_column_name, cells)), None
    )
    if head is None:
        raise QuizgenError(
            problem(
                _("no row names a column with the question"),
                _("name the columns in the first row: stem, option_a, option_b, key and so on"),
                file=file_name,
            )
        )
    columns = [_standard_column_name(cell) for cell in rows[head][1]]
    below = rows[head + 1 :]
    found = collect_questions(
        ((line, partial(_read_row, line, _RowCells(columns, cells), language)) for line, cells in below),
        file_name,
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
    return found._replace(unread=tuple(note.with_values(names=names) for note, names in notes if names))


class _RowCells:
    """The cells of a row that are not empty, found by the name of their column."""

    def __init__(self, columns: list[str], cells: list[str]) -> None:
        self._pairs = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell]

    def first_cell(self, column_name: str) -> str:
        return next((cell for column, cell in self._pairs if column == column_name), "")

    def numbered_cells(self, prefix: str) -> list[str]:
        return [join_lines(cell) for column, cell in self._pairs if column.startswith(f"{prefix}_")]


def _standard_column_name(column_head: str) -> str:
    """Return the name that quizgen uses for a column, such as ``key`` for "Correct answer" or "答案"."""
    plain = re.sub(r"[\s_-]", "", column_head.lower())
    for name, known in _HEADS.items():
        if re.fullmatch(known, plain):
            return name
    if wrong := re.fullmatch(rf"({_WRONG_OPTION})(s|[a-h]|[1-9][0-9]?)?", plain):
        return f"wrong_{wrong.groups()[-1] or ''}"
    found = re.fullmatch(rf"(prompt|accept|{_OPTION})?([a-h]|[1-9][0-9]?)(?:max.*)?", plain)
    if not found:
        return plain
    return f"{found[1] if found[1] in ('prompt', 'accept') else 'option'}_{found[2]}"


def _read_row(line_number: int, row: _RowCells, language: str) -> ImportedQuestion:
    if not row.first_cell("stem"):
        raise UnsupportedQuestionError(_("question, options or answer are missing"))
    answer = _make_answer(row, language)
    stem = join_lines(f"{row.first_cell('exhibit')}\n{row.first_cell('stem')}")
    return ImportedQuestion(
        line=line_number,
        stem=insert_blank_sign(stem) if isinstance(answer, Fill) else remove_blanks(stem),
        answer=answer,
        rationale=join_lines(row.first_cell("rationale")),
        advice=join_lines(row.first_cell("advice")),
        name=row.first_cell("id"),
        topic=row.first_cell("topic"),
        sourced=bool(row.first_cell("source")),
        **read_tags(
            [
                row.first_cell("kind"),
                row.first_cell("level"),
                f"difficulty-{row.first_cell('difficulty')}",
                row.first_cell("audience"),
            ]
        ),
    )


def _make_answer(row: _RowCells, language: str) -> Answer:
    """Make the answer of a row. If the row does not name its kind of question, the filled columns decide."""
    kind_name, key = row.first_cell("kind"), row.first_cell("key")
    kind = KINDS.get(kind_name)
    options: tuple[Text, ...] = tuple({language: words} for words in row.numbered_cells("option"))
    prompts: tuple[Text, ...] = tuple({language: words} for words in row.numbered_cells("prompt"))
    typed = normalise(key, only_letters_and_digits=True)
    if wordings := row.numbered_cells("accept"):
        return make_blank([(words, 100.0) for words in wordings], language)
    if not key:
        raise UnsupportedQuestionError(_("it has no right answer"))
    if prompts:
        response = Match(prompts, options, ()).parse_reply(typed)
        return Match(prompts, options, _require_indices(response, key))
    steps = Order(options, tuple(range(len(options))))
    if kind and kind.can_have_answer(steps):
        return Order(options, _require_indices(steps.parse_reply(typed), key))
    if wrong := row.numbered_cells("wrong"):
        options = (*options, *({language: words} for words in (join_lines(key), *wrong)))
    truth = make_true_false(is_true=True).parse_reply(typed)
    looks_true_false = (not options and truth) or is_true_false([each[language] for each in options])
    if kind.can_have_answer(make_true_false(is_true=True)) if kind else (looks_true_false and not kind_name):
        return make_true_false(is_true=_require_indices(truth, key) == (0,))
    if not options:
        if kind and not kind.can_have_answer(Fill({language: (key,)})):
            raise UnsupportedQuestionError(_("question, options or answer are missing"))
        return make_blank([(words, 100.0) for words in re.split("[;；]", key) if words.strip()], language)
    equal = [index for index, option in enumerate(options) if normalise(option[language]) == normalise(key)]
    chosen = tuple(equal) or _require_indices(Choose(options, (), "several").parse_reply(typed), key)
    several = len(chosen) > 1 or (kind and kind.can_have_answer(Choose(options, chosen, "several")))
    return Choose(options, chosen, "several" if several else "one")


def _require_indices(response: Response, key: str) -> tuple[int, ...]:
    if not isinstance(response, tuple):
        raise UnsupportedQuestionError(_("its answer {asked!r} is not one of its options", asked=key))
    return response


FORMAT = Format(
    name="csv",
    suffix=".csv",
    subject="quiz",
    meaning=_("a spreadsheet"),
    write=_quiz_to_csv,
    read=_read_csv_file,
)
