"""Exhibit models: pairs of twins made from texts with slots, and problems in a model."""

import json
import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import check_bank, read_bank
from quizgen.bank.exhibit_models import _parse_model
from quizgen.errors import QuizgenError
from quizgen.generate import ModelError
from quizgen.generate.exhibits import ExhibitModel, generate_exhibits
from quizgen.model import Bank
from quizgen.shapes import Choose
from tests.test_bank import empty_topic_file, sources_file, text, write
from tests.test_exhibits import help_number, pair
from tests.test_generate import Run, run

__all__ = ["run"]

Data = dict[str, Any]


def line(who: str, en: str, zh: str) -> Data:
    return {"who": who, **text(en, zh)}


def side(words_en: str, words_zh: str, reason: str) -> Data:
    sign = {"line": 2, "words": text(words_en, words_zh), "reason": text(reason, reason), "facts": ["no-fee"]}
    return {
        "signs": [sign],
        "facts": ["parcels/no-fee"],
        "rationale": text("Of {{ sum }}: so.", "{{ sum }}：如此。"),
        "advice": text("Ring {police}.", "打{police}。"),
    }


SUMS = [text(f"{number},000 yuan", f"{number}千元") for number in range(1, 6)]
PLACES = [text(f"hall {letter}", f"{letter}厅") for letter in "abcd"]
MODEL: Data = {
    "id": "parcel-waits",
    "topic": "parcels",
    "channel": "call",
    "size": 6,
    "difficulty": 2,
    "slots": {"sum": SUMS, "place": PLACES},
    "from": text("The office in {{ place }}", "{{ place }}的储蓄所"),
    "lines": [
        line("caller", "A parcel of {{ sum }} waits.", "有一个值{{ sum }}的包裹。"),
        {
            "genuine": line("caller", "{{ place | capital }} is open.", "{{ place }}开着。"),
            "scam": line("caller", "Pay {{ sum }} first.", "先付{{ sum }}。"),
        },
    ],
    "genuine": side("{{ place | capital }}", "{{ place }}", "The counter is there."),
    "scam": side("Pay {{ sum }}", "付{{ sum }}", "It takes no fee."),
}


def test_a_side_without_a_stake_has_that_of_the_other_and_contexts_are_one_or_two() -> None:
    data = changed(("genuine",), {**MODEL["genuine"], "asks": ["visit"]})
    data["scam"] = {**data["scam"], "asks": ["money"], "stake": 900}
    data["lines"][1]["scam"]["lost"] = 900
    data["context"] = {
        "genuine": text("You called {{ place }}."),
        "scam": text("{{ place | capital }} calls."),
    }
    made = generate_exhibits(made_of(data))
    for each in (one.exhibit for one in made):
        said = (each.asks, each.stake, each.lines[1].lost)
        assert said == ((("visit",), 900, None) if each.genuine else (("money",), 900, 900))
        assert each.context["en"].startswith("You called hall" if each.genuine else "Hall")
    data["context"] = text("The phone rings.")
    assert {each.exhibit.context["en"] for each in generate_exhibits(made_of(data))} == {"The phone rings."}


def test_a_value_of_a_slot_can_say_what_is_at_stake_in_both_twins() -> None:
    data = changed(("slots", "sum", 0), {**SUMS[0], "stake": 1000}, size=20)
    data["scam"]["stake"] = 900
    for each in (one.exhibit for one in generate_exhibits(made_of(data))):
        assert each.stake == (1000 if "1,000" in each.lines[0].text["en"] else 900)


def test_the_stake_of_a_value_needs_a_currency_and_is_not_less_than_what_is_lost(folder: Path) -> None:
    data = changed(("slots", "sum", 1), {**SUMS[1], "stake": 700})
    data["lines"][1]["scam"]["lost"] = 800
    problems = said(fill(folder, data))
    assert any("800 is lost by this line, but only 700 is at stake" in each for each in problems)
    data["lines"][1]["scam"]["lost"] = 700
    (problem,) = said(fill(folder, data))
    assert "the bank does not name the currency" in problem
    write(folder / "bank.yaml", {"languages": ["en", "zh-Hans"], "currency": text("yuan", "元")})
    assert not said(folder)


def changed(path: tuple[str | int, ...] = (), value: object = None, **changes: object) -> Data:
    """The model with one part put in place of another, or taken out."""
    made: Any = deepcopy(MODEL) | changes
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    if path and value is None:
        del holder[path[-1]]
    elif path:
        holder[path[-1]] = value
    return dict(made)


def made_of(data: Data) -> ExhibitModel:
    return _parse_model(data)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    bank = Path("bank")
    bank.mkdir()
    write(bank / "sources.yaml", sources_file("talk"))
    write(bank / "help.yaml", {"help": [help_number()]})
    write(bank / "parcels.yaml", empty_topic_file() | {"exhibits": pair()})
    return bank


def fill(folder: Path, *models: Data) -> Path:
    write(folder / "models.yaml", {"exhibits": json.loads(json.dumps(models))})  # YAML without anchors
    return folder


def said(folder: Path) -> list[str]:
    return [str(found) for found in check_bank([folder]).problems]


def test_each_pair_is_twins_with_a_question_each(folder: Path) -> None:
    bank = read_bank([fill(folder, MODEL)])
    made = [each for each in bank.exhibits.values() if each.generated]
    assert len(made) == 12
    for exhibit in made:
        assert re.fullmatch("parcels/parcel-waits-[0-9a-f]{8}-[ab]", exhibit.id)
        twin = bank.exhibits[exhibit.twin]
        assert twin.twin == exhibit.id
        assert twin.genuine != exhibit.genuine
        assert twin.lines[0] == exhibit.lines[0]
        assert twin.sender == exhibit.sender
        assert all(words in exhibit.lines[1].text[tag] for tag, words in exhibit.signs[0].words.items())
        question = bank.questions[exhibit.id]
        assert (question.kind, question.level, question.difficulty) == ("judge", "apply", 2)
        assert (question.exhibit, question.generated, question.topic) == (exhibit.id, True, "parcels")
        assert question.facts == ("parcels/no-fee",)
        assert isinstance(question.answer, Choose)
        assert question.answer.keys == (0 if exhibit.genuine else 1,)
        assert question.advice == text("Ring 110.", "打110。")
        assert set(question.enemies) == {each.id for each in made} - {exhibit.id}


def test_texts_are_filled_as_they_are_written(folder: Path) -> None:
    bank = read_bank([fill(folder, changed(size=20))])
    genuine, scam = sorted(
        (
            each
            for each in bank.exhibits.values()
            if "1,000" in each.lines[0].text["en"] and each.sender["en"][-1] == "a"
        ),
        key=lambda each: not each.genuine,
    )
    assert genuine.sender == text("The office in hall a", "a厅的储蓄所")
    assert genuine.lines[1].text == text("Hall a is open.", "a厅开着。")
    assert scam.lines[1].text == text("Pay 1,000 yuan first.", "先付1千元。")
    assert scam.signs[0].words == text("Pay 1,000 yuan", "付1千元")
    assert bank.questions[scam.id].rationale == text("Of 1,000 yuan: so.", "1千元：如此。")


def test_letters_do_not_tell_the_verdict() -> None:
    models = [made_of(changed(id=f"model-{number}", size=20)) for number in range(20)]
    first = Counter(
        each.exhibit.genuine
        for model in models
        for each in generate_exhibits(model)
        if each.exhibit.id.endswith("a")
    )
    assert 160 < first[True] < 240  # of 400


@given(st.permutations(SUMS), st.permutations(PLACES), st.permutations(["sum", "place"]))
def test_values_of_a_slot_may_be_reordered(sums: list[Data], places: list[Data], names: list[str]) -> None:
    values = {"sum": sums, "place": places}
    moved = made_of(changed(slots={name: values[name] for name in names}))
    plain = made_of(MODEL)
    assert [each.exhibit for each in generate_exhibits(moved)] == [
        each.exhibit for each in generate_exhibits(plain)
    ]


@given(st.integers(1, 999))
def test_a_new_value_of_a_slot_replaces_few_exhibits(number: int) -> None:
    more = [*SUMS, text(f"{number} coins", f"{number}枚")]
    before = {each.exhibit.id: each.exhibit for each in generate_exhibits(made_of(MODEL))}
    after = {
        each.exhibit.id: each.exhibit
        for each in generate_exhibits(made_of(changed(slots={"sum": more, "place": PLACES})))
    }
    new = [exhibit for id_, exhibit in after.items() if id_ not in before]
    assert all(f"{number} coins" in exhibit.lines[0].text["en"] for exhibit in new)
    assert all(after[id_] == exhibit for id_, exhibit in before.items() if id_ in after)


def test_a_better_translation_changes_no_id() -> None:
    other = [text(each["en"], each["zh-Hans"].replace("千元", "000元")) for each in SUMS]
    better = made_of(changed(slots={"sum": other, "place": PLACES}))
    assert [each.exhibit.id for each in generate_exhibits(better)] == [
        each.exhibit.id for each in generate_exhibits(made_of(MODEL))
    ]


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 4))
def test_generated_exhibits_differ_or_the_model_is_refused(size: int, sums: int, places: int) -> None:
    model = made_of(changed(slots={"sum": SUMS[:sums], "place": PLACES[:places]}, size=size))
    if sums * places < size:
        with pytest.raises(ModelError) as refused:
            generate_exhibits(model)
        assert refused.value.path == ("slots",)
        return
    made = [each.exhibit for each in generate_exhibits(model)]
    for tag in ("en", "zh-Hans"):
        read = {(each.sender[tag], *(line.text[tag] for line in each.lines)) for each in made}
        assert len(read) == len(made) == 2 * size


def test_slots_that_one_side_lacks_make_no_equal_exhibits() -> None:
    """The genuine one does not say the sum, so that there are as many pairs as halls."""
    lines = [line("caller", "A parcel waits.", "有一个包裹。"), MODEL["lines"][1]]
    assert len(generate_exhibits(made_of(changed(lines=lines, size=4)))) == 8
    with pytest.raises(ModelError, match="the slots make only 4 different ones"):
        generate_exhibits(made_of(changed(lines=lines, size=5)))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (changed(topic="parcel"), "3:10: there is no topic parcel; did you mean parcels?"),
        (
            changed(("scam", "facts"), ["no-fees"]),
            "there is no fact parcels/no-fees; did you mean parcels/no-fee?",
        ),
        (changed(("genuine", "signs", 0, "facts"), ["x/y"]), "there is no topic x"),
        (
            changed(("lines", 0), line("caller", "A parcel of {{ sums }}.", "{{ sum }}")),
            "there is no field sums here; did you mean sum?",
        ),
        (
            changed(("lines", 1, "scam", "en"), "{% for x in sum %}{{ x }}{% endfor %}"),
            "this template contains a loop",
        ),
        (
            changed(("slots", "hour"), [text("at one", "一点"), text("at two", "两点")]),
            "no line uses the slot hour; write {{ hour }} where it belongs, or remove the slot",
        ),
        (
            changed(("slots", "place", 1), text("Hall A", "别厅")),
            "two values of the slot place are the same in en; change one of them",
        ),
        (changed(("genuine", "signs", 0, "line"), 3), "there is no line 3; the model has 2"),
        (
            changed(("scam", "signs", 0, "words", "zh-Hans"), "付{{ place }}"),
            "copy the words from the line, slots and all",
        ),
        (
            changed(size=21),
            "you asked for 21 pairs, but the slots make only 20 different ones; give the slots more values",
        ),
        (changed(("lines", 1), line("caller", "So.", "如此。")), "copy the words from the line"),
        (
            changed(("lines", 0, "en"), "{% if sum == place %}x{% endif %}"),
            "this template gives an empty text; make it give text in every case",
        ),
        (changed(size=51), "`51` is out of range"),
        (changed(("scam", "signs"), []), "`signs` has no entry"),
        (changed(("scam", "advice", "en"), "Ring {polise}."), "there is no help number {polise}"),
        (changed(("slots", "place"), PLACES[:1]), "`place` has 1 entry; give at least 2"),
        ({key: value for key, value in MODEL.items() if key != "difficulty"}, "`difficulty`"),
    ],
)
def test_a_fault_is_named_with_its_place(folder: Path, model: Data, expected: str) -> None:
    found = said(fill(folder, model))
    assert any(expected in each for each in found), found
    assert all(re.match(r"bank/models\.yaml:\d+:\d+: ", each) for each in found)
    with pytest.raises(QuizgenError):
        read_bank([folder])


def test_a_model_must_switch_something(folder: Path) -> None:
    model = changed(
        ("lines", 1), line("caller", "{{ place | capital }} is open: Pay {{ sum }}", "{{ place }}付{{ sum }}")
    )
    (found,) = said(fill(folder, model))
    assert "the genuine exhibit and the scam are the same; write the line with the sign twice" in found


def test_a_model_with_too_many_combinations_is_refused(folder: Path) -> None:
    values = [text(f"v{number}", f"数{number}") for number in range(30)]
    lines = [line("caller", "{{ a }} {{ b }} {{ c }} {{ sum }}", "{{ a }}{{ b }}{{ c }}"), MODEL["lines"][1]]
    model = changed(slots={"a": values, "b": values, "c": values, "sum": SUMS, "place": PLACES}, lines=lines)
    (found,) = said(fill(folder, model))
    assert "the slots have 540000 combinations; the maximum is 20000" in found


@pytest.mark.parametrize("name", ["taken", "retired"])
def test_an_id_that_is_taken_or_retired_is_a_problem(folder: Path, name: str) -> None:
    id_ = generate_exhibits(made_of(MODEL))[0].exhibit.id
    topic = empty_topic_file()
    if name == "retired":
        write(folder / "retired.yaml", {"retired": [id_]})
    else:
        topic["questions"][0]["id"] = id_.removeprefix("parcels/")
        write(folder / "parcels.yaml", topic)
    (found,) = said(fill(folder, MODEL))
    assert found.startswith(f"bank/models.yaml:2:7: this makes {id_}, ")


def test_two_models_of_one_id_are_a_problem(folder: Path) -> None:
    assert (
        "the id parcel-waits is already used on line 2; choose another" in said(fill(folder, MODEL, MODEL))[0]
    )


def test_a_bank_may_have_both_sorts_of_models(folder: Path) -> None:
    bank: Bank = read_bank([fill(folder, MODEL)])
    write(folder / "models.yaml", {"relations": [], "exhibits": [MODEL]})
    assert read_bank([folder]) == bank


# What the commands show


def test_the_command_shows_what_would_be_made(folder: Path, run: Run) -> None:
    fill(folder, MODEL)
    code, out, err = run("generate", "--bank", folder, "-l", "en")
    assert (code, err) == (0, "12 questions from 1 models: 12 judge\n")
    assert "\n  | from: The office in hall " in out
    assert re.search(r"\n  \| line 2: caller: Pay \d,000 yuan first\.\n", out)
    assert re.search(r"\n  \| sign: line 2, “Hall \w”: The counter is there\.\n", out)
    shown = json.loads(run("generate", "--json", "--model", "parcel-waits", "--bank", folder)[1])
    assert [each["id"] for each in shown["exhibits"]] == [each["exhibit"] for each in shown["questions"]]
    assert all(each["generated"] and each["twin"] for each in shown["exhibits"])


def test_bank_show_describes_an_exhibit(folder: Path, run: Run) -> None:
    fill(folder, MODEL)
    out = run("show", "parcels/tricks", "--bank", folder, "-l", "en")[1]
    assert out.splitlines()[:10] == [
        "parcels/tricks",
        "topic    Parcels",
        "channel  call",
        "genuine  no, a scam",
        "twin     parcels/asks",
        "from     The bank",
        "line 1   caller: A payment waits.",
        "line 2   you: Whose?",
        "line 3   caller: Please pay now.",
        "line 4   caller: Then it goes.",
    ]
    assert "sign     line 3, “pay”: So." in out
    assert "[parcels/no-fee]" in out
    assert json.loads(run("show", "tricks", "--json", "--bank", folder)[1])["signs"][0]["line"] == 3


def test_bank_show_of_a_question_has_its_exhibit(folder: Path, run: Run) -> None:
    bank = read_bank([fill(folder, MODEL)])
    id_ = next(each.id for each in bank.exhibits.values() if each.generated)
    out = run("show", id_, "--bank", folder, "-l", "en")[1]
    assert "generated   yes, by a model" in out
    assert f"exhibit     {id_}" in out
    assert "\nline 1      caller: A parcel of " in out
    assert "\nenemies     parcels/parcel-waits-" in out


def test_list_and_stats_know_exhibits(folder: Path, run: Run) -> None:
    fill(folder, MODEL)
    listed = run("list", "--exhibits", "--bank", folder, "-l", "en")[1].splitlines()
    assert len(listed) == 14
    assert re.fullmatch(r"parcels/asks +call  genuine  The bank +A payment waits\.", listed[0])
    assert len(run("list", "--exhibits", "--written-only", "--bank", folder)[1].splitlines()) == 2
    assert run("list", "--exhibits", "--facts", "--bank", folder)[0] == 2
    assert run("list", "--exhibits", "-k", "judge", "--bank", folder)[0] == 2
    counted = json.loads(run("stats", "--json", "--bank", folder)[1])
    assert counted["exhibits"] == {"written": 2, "generated": 12, "genuine": 7, "scam": 7}
    assert counted["topics"][0]["mix"] == {
        "genuine": 6, "scam": 6, "apply": 0, "understand": 0, "recall": 1,
    }  # fmt: skip
    written = json.loads(run("stats", "--json", "--written-only", "--bank", folder)[1])
    assert written["exhibits"] == {"written": 2, "generated": 0, "genuine": 1, "scam": 1}
    out = run("stats", "--bank", folder)[1]
    assert re.search(r"^parcels +2 +12 +7 +7$", out, re.MULTILINE)
    assert "12 generated; 50 % genuine" in out


def test_a_finding_points_into_the_model(folder: Path, run: Run) -> None:
    fill(folder, changed(("scam", "rationale", "en"), "Of {{ sum }}:  so ."))
    rows = (folder / "models.yaml").read_text(encoding="utf-8").splitlines()
    row = next(index for index, each in enumerate(rows, start=1) if "so ." in each)
    out = run("check", "--lint", folder)[1]
    assert re.search(rf"^bank/models\.yaml:{row}:\d+: .*\(in parcels/parcel-waits-", out, re.MULTILINE), out
