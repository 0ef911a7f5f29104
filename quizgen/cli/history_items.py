"""``quizgen history items``, ``quizgen history report`` and ``quizgen bank difficulty``: what answers say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import to_builtins

from quizgen.cli.history import open_attempts
from quizgen.cli.options import (
    BankOption,
    ForceOption,
    JsonOption,
    LangOption,
    TopicOption,
    load_bank,
    resolve_language,
)
from quizgen.cli.output import check_writable, print_json, print_lines, print_table, write_files
from quizgen.errors import MisuseError, problem
from quizgen.files import read_file
from quizgen.text.languages import localize
from quizgen.text.messages import N_, Message, _, as_is, ngettext, pgettext

if TYPE_CHECKING:
    from quizgen.analysis import Interval, ItemStatistics, Sitting
    from quizgen.model import Bank

_MAX_RESULTS_BYTES = 50_000_000  # the largest table of results that is read


def items(topic: TopicOption = None, json: JsonOption = False, lang: LangOption = None) -> None:
    """Print what the answers in the history say about each question, the question that most people miss first.

    Questions with too few answers are last. Repeats of missed questions do not count.
    """
    from quizgen.analysis import count_items, sitting_of_attempt
    from quizgen.analysis.items import MIN_ANSWERS

    language = resolve_language(lang)
    with open_attempts(language) as attempts:
        found = count_items(
            sitting_of_attempt(kept.attempt) for kept in attempts if not kept.attempt.rules.is_practice
        )
    found = [each for each in found if not topic or each.question.topic in topic]
    found.sort(key=lambda each: (each.asked < MIN_ANSWERS, each.right / each.asked))
    if json:
        print_json([_item_record(each, language) for each in found])
    elif found:
        print_table(
            [
                _translate(
                    [
                        *(_("Question"), pgettext("column", "Answers"), pgettext("column", "Right")),
                        *(pgettext("column", "Left out"), as_is("r"), _("Remarks")),
                    ],
                    language,
                ),
                *(_item_row(each, language) for each in found),
            ]
        )
    else:
        print_lines([_("There are no answers yet.").translated(language)])


def difficulty(
    results: Annotated[
        list[Path],
        typer.Option(
            "--from",
            metavar="RESULTS.csv",
            help=N_(
                "The table results.csv that `quizgen mark` has written. For more tables, give --from again."
            ),
        ),
    ],
    json: JsonOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Compare the difficulty of questions with results, and print other values for those that the results contradict.

    Sheets from after a talk do not count: the talk may have said the answers, and the same people are counted already.
    """
    from quizgen.analysis import count_items, propose_difficulty

    language = resolve_language(lang, bank)
    loaded = load_bank(bank)
    sittings = [
        sitting for path in results for sitting in read_results_file(path, loaded) if sitting.time != "after"
    ]
    proposals = [propose_difficulty(each, each.question) for each in count_items(sittings)]
    changed = [each for each in proposals if each.now != each.proposed]
    if json:
        print_json(
            [
                {"now": each.now, "proposed": each.proposed} | _item_record(each.statistics, language)
                for each in proposals
            ]
        )
        return
    if changed:
        heads = [
            *(_("Question"), pgettext("column", "Answers"), pgettext("difficulty", "Now")),
            *(_("Proposed"), pgettext("column", "Right")),
        ]
        rows = [
            [
                *(each.statistics.question.id, str(each.statistics.asked), str(each.now)),
                *(str(each.proposed), _share_with_interval(each.statistics)),
            ]
            for each in changed
        ]
        print_table([_translate(heads, language), *rows])
    rest = ngettext(
        "The answers do not contradict the difficulty of 1 question, or are too few.",
        "The answers do not contradict the difficulty of {count} questions, or are too few.",
        len(proposals) - len(changed),
    )
    print_lines([rest.translated(language)])


def report(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help=N_("The file to make; its name ends in .pdf or .html."))
    ],
    results: Annotated[
        list[Path],
        typer.Argument(
            metavar="RESULTS…", help=N_("Tables of results, as `quizgen mark` makes them, one for each talk.")
        ),
    ],
    force: ForceOption = False,
    bank: BankOption = None,
    lang: LangOption = None,
) -> None:
    """Write a report on the results of talks: what has changed, how well people tell scams apart, and each question."""
    from quizgen.paper.report import print_report, render_report_page
    from quizgen.view.report import build_report, divide_talks

    writers = {".pdf": print_report, ".html": render_report_page}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise MisuseError(
            problem(_("its name ends neither in .pdf nor in .html"), _("name another file"), file=str(out))
        )
    check_writable(out, force=force)
    language, loaded = resolve_language(lang, bank), load_bank(bank)
    talks = {_name_talk(path, results): read_results_file(path, loaded) for path in results}
    write_files({out: write(build_report(divide_talks(talks), loaded, language), language)}, force=force)


def _name_talk(path: Path, paths: list[Path]) -> str:
    """Return the name of a table without its ending, or the whole path if several have this name."""
    return path.stem if sum(other.stem == path.stem for other in paths) == 1 else str(path)


def read_results_file(path: Path, bank: "Bank") -> list["Sitting"]:
    """Read a table of results. Raises QuizgenError with every problem in it."""
    from quizgen.analysis import read_results

    return read_results(read_file(path, _MAX_RESULTS_BYTES, _("name a results.csv")), bank, str(path))


def _translate(heads: list[Message], language: str) -> list[str]:
    return [head.translated(language) for head in heads]


def _item_row(item: "ItemStatistics", language: str) -> list[str]:
    remarks = [remark.translated(language) for remark in item.remarks(language)]
    r = "" if item.correlation is None else f"{item.correlation:.2f}".replace("-", "−")
    return [
        *(item.question.id, str(item.asked), _share_with_interval(item), str(item.skipped), r),
        "; ".join(remarks),
    ]


def _share_with_interval(item: "ItemStatistics") -> str:
    """Return the share right with its interval, such as ``62 % (45–77)``."""
    return f"{100 * item.right / item.asked:.0f} % ({_percentages(item.share)})"


def _percentages(interval: "Interval") -> str:
    return f"{100 * interval.low:.0f}–{100 * interval.high:.0f}"


def _item_record(item: "ItemStatistics", language: str) -> dict[str, Any]:
    """Return what is known about a question, for JSON."""
    return {
        "id": item.question.id,
        "asked": item.asked,
        "right": item.right,
        "skipped": item.skipped,
        "share_right": item.right / item.asked,
        "share_interval": to_builtins(item.share),
        "correlation": item.correlation,
        "correlation_interval": to_builtins(item.correlation_interval),
        "options": [
            to_builtins(option) | {"text": localize(option.text, language)} for option in item.options
        ],
        "median_seconds": item.seconds,
        "remarks": [remark.translated(language) for remark in item.remarks(language)],
    }
