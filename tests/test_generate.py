import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizgen.assemble import Recipe, assemble, select_questions
from quizgen.bank import BankAnalysis, analyse_bank, check_bank, read_bank
from quizgen.cli import main
from quizgen.errors import QuizgenError
from quizgen.files import shipped_folder
from quizgen.generate import ItemModel, ModelRules, Relation
from quizgen.generate.generation import GeneratedQuestion, make_questions
from quizgen.generate.template import template_errors
from quizgen.kinds import KINDS
from quizgen.model import Bank, Question
from quizgen.shapes import Choose, Match, Order
from quizgen.text.languages import Text
from tests.banks import built_in_bank
from tests.test_bank import empty_topic_file, sources_file, text, write

OURS = shipped_folder("question_bank")
Run: TypeAlias = Callable[..., tuple[int, str, str]]


# Our own bank: every question, in both languages


@pytest.fixture(scope="module")
def ours() -> BankAnalysis:
    found = analyse_bank([OURS])
    assert found.findings.problems == []
    return found


@pytest.fixture(scope="module")
def made(ours: BankAnalysis) -> tuple[GeneratedQuestion, ...]:
    assert ours.generation is not None
    return ours.generation.questions


def answers(question: Question) -> tuple[Text, ...]:
    """Every text that a person chooses from."""
    match question.answer:
        case Choose(style="truth"):
            return ()
        case Choose(options=options):
            return options
        case Match(prompts=prompts, choices=choices):
            return (*prompts, *choices)
        case Order(steps=steps):
            return steps
    raise AssertionError(question.kind)


def whole_texts(question: Question) -> tuple[Text, ...]:
    return (question.stem, question.rationale, question.advice)


def test_our_models_make_enough_distinct_exhibits(
    ours: BankAnalysis, made: tuple[GeneratedQuestion, ...]
) -> None:
    bank = ours.bank
    assert bank is not None
    assert len(made) >= 200
    assert len({each.question.id for each in made}) == len(made)
    assert {each.question.kind for each in made} == {"judge"}
    assert all(each.question.generated for each in made)
    shown = [bank.exhibits[each.question.exhibit] for each in made if each.question.exhibit]
    assert len(shown) == len(made)
    assert len({repr((each.channel, each.sender, each.lines)) for each in shown}) == len(shown)
    assert Counter(each.genuine for each in shown) == {True: len(made) / 2, False: len(made) / 2}
    assert {each.question.topic for each in made} == set(bank.topics) - {"whole-chain"}
    assert ours.generation is not None
    assert ours.generation.skipped == ()


def test_every_question_rests_on_facts_and_explains_itself(
    ours: BankAnalysis, made: tuple[GeneratedQuestion, ...]
) -> None:
    assert ours.bank is not None
    for each in made:
        question = each.question
        assert set(question.facts) <= ours.bank.facts.keys()
        assert len(set(question.facts)) == len(question.facts) > 0
        assert all(set(text) == {"en", "zh-Hans"} for text in (*whole_texts(question), *answers(question)))


BAD_ENGLISH = {
    "a template's own marks": r"[{}]|None|said_",
    "two blanks, or one before punctuation": r"  | [,.;:?!]",
    "an article before the wrong sound": r"\ba [aeio]\w|\b(?<!’)[Aa]n (?![aeiou]|MP|hour|honest)\w",
    "a word twice": r"\b(\w+) \1\b",
    "two marks in a row": r"[.,;:?!][.,;:?!]",
    "a sentence without a capital": r"[.?!]”? [a-z]",
    "a capital after a colon": r"^[^:]*: (?!UN\b)[A-Z]",
    "a straight quotation mark": r"[\"']",
    "a singular after `these` or a plural after `this`": r"\bthese (?:record|measure|scene)\b|\bthis (?:records|measures)\b",
    "a plural subject with a singular verb": r"\b(?:records|departments|authorities|police) (?:is|has|was|follows)\b",
}
BAD_CHINESE = {
    "a template's own marks": r"[{}]|None",
    "half-width punctuation": r"[,;:?!\"'()]|\.",
    "a blank": r"\s",
    "two marks in a row": r"[，。；：？！、][，。；：？！、]",
    "a character twice that is never doubled": r"的的|是是|了了|在在|要要|把把|警方警方",
    "the plain form of address": "你",
}


@pytest.mark.parametrize(
    ("tag", "pattern"),
    [
        *(pytest.param("en", pattern, id=what) for what, pattern in BAD_ENGLISH.items()),
        *(pytest.param("zh-Hans", pattern, id=f"Chinese: {what}") for what, pattern in BAD_CHINESE.items()),
    ],
)
def test_no_text_has_a_detectable_error_of_grammar(
    made: tuple[GeneratedQuestion, ...], tag: str, pattern: str
) -> None:
    texts = {
        text[tag] for each in made for text in (*whole_texts(each.question), *answers(each.question)) if text
    }
    assert [text for text in texts if re.search(pattern, text)] == []


def test_texts_begin_and_end_as_their_language_asks(made: tuple[GeneratedQuestion, ...]) -> None:
    for each in made:
        question = each.question
        for whole in whole_texts(question):
            assert re.match(r"[“A-Z]", whole["en"]), whole
            assert re.search(r"[.?]$", whole["en"]), whole
            assert re.search(r"[。？]$", whole["zh-Hans"]), whole
        for option in answers(question):
            assert re.match(r"[A-Z“]", option["en"]), option
            assert not re.search(r"[.,;:?!]$", option["en"]), option
            assert not re.search(r"[。，；：？！]$", option["zh-Hans"]), option
        asks = question.stem["zh-Hans"].endswith("？")
        if question.kind == "true-false":
            assert not asks
            assert not question.stem["en"].endswith("?")
        else:
            assert asks == question.stem["en"].endswith("?")


def check_keys(  # noqa: C901  one case a shape
    models: dict[str, ItemModel],
    relations: list[Relation],
    made: tuple[GeneratedQuestion, ...] | list[GeneratedQuestion],
) -> None:
    """Compare each question with all relations."""

    def rendered(model: ItemModel, part: str, relation: Relation, tag: str) -> str:
        template = model.templates[part][tag]
        filled = re.sub(r"{{ (\w+)(?: \| capital)? }}", lambda m: relation.members[m[1]][tag], template)
        return filled[:1].upper() + filled[1:]

    def told(relation: Relation, names: tuple[str, ...]) -> list[Text]:
        return [relation.members[name] for name in names]

    by_id = {relation.id: relation for relation in relations}
    for each in made:
        model, question = models[each.model], each.question
        pool = [relation for relation in relations if relation.type == model.type]
        keys = [by_id[id_] for id_ in each.relations]

        def right_for(
            relation: Relation, model: ItemModel = model, pool: list[Relation] = pool
        ) -> list[Relation]:
            fixed = (*model.within, *model.given)
            same = [other for other in pool if told(other, fixed) == told(relation, fixed)]
            linked = [o for o in pool for s in same if o.id in s.also or s.id in o.also]
            return [*same, *linked]

        match question.answer:
            case Choose(options=options, keys=indices, style=style) if style != "truth":
                for tag in ("en", "zh-Hans"):
                    right = {rendered(model, "option", one, tag) for key in keys for one in right_for(key)}
                    for index, option in enumerate(options):
                        assert (option[tag] in right) == (index in indices), (question.id, option)
            case Match(prompts=prompts, choices=choices):
                assert len(prompts) == len(choices) == len(keys)
                for first in keys:
                    right = {rendered(model, "right", one, "en") for one in right_for(first)}
                    assert sum(choice["en"] in right for choice in choices) == 1, question.id
            case Order(steps=steps):
                assert len(steps) == len({relation.rank for relation in keys})


def test_lint_finds_nothing_in_our_bank(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    code, out, _ = run("check", "--lint", OURS)
    assert code == 0, out


# An invented bank


def members(**texts: str) -> dict[str, Text]:
    return {name: {"en": words, "zh-Hans": f"〈{words}〉"} for name, words in texts.items()}


def stated(id_: str, **changes: Any) -> dict[str, Any]:
    """A relation as a fact states it: which keeper keeps which door."""
    return {"id": id_, "relation": "keeps", **members(keeper=f"keeper {id_}", door=f"door {id_}")} | changes


def template(en: str) -> Text:
    return {"en": en, "zh-Hans": en}


def model_entry(**changes: Any) -> dict[str, Any]:
    entry = {
        "id": "who-keeps",
        "kind": "single",
        "level": "recall",
        "difficulty": 1,
        "given": ["door"],
        "asked": ["keeper"],
        "stem": template("Who keeps {{ door }}?"),
        "option": template("{{ keeper }}"),
        "rationale": template("{{ keeper }} does."),
    } | changes
    return {key: value for key, value in entry.items() if value is not None}


def type_entry(*models: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"relations": [{"id": "keeps", "members": ["keeper", "door"], "models": list(models)} | changes]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    bank = tmp_path / "bank"
    bank.mkdir()
    write(bank / "sources.yaml", sources_file("talk"))
    return bank


def fill(folder: Path, relations: list[dict[str, Any]], *models: dict[str, Any], **changes: Any) -> Path:
    topic = empty_topic_file()
    topic["facts"][0]["relations"] = relations
    write(folder / "x.yaml", topic)
    write(folder / "models.yaml", type_entry(*models, **changes))
    return folder


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in check_bank([folder]).problems]


THREE = [stated("a"), stated("b"), stated("c")]


def test_a_single_question_of_siblings(folder: Path) -> None:
    bank = read_bank([fill(folder, THREE, model_entry())])
    generated = {id_: question for id_, question in bank.questions.items() if question.generated}
    assert set(generated) == {"parcels/who-keeps-a", "parcels/who-keeps-b", "parcels/who-keeps-c"}
    question = generated["parcels/who-keeps-a"]
    assert question.stem["en"] == "Who keeps door a?"
    assert isinstance(question.answer, Choose)
    assert question.answer.options[0]["en"] == "Keeper a"
    assert {option["en"] for option in question.answer.options[1:]} == {"Keeper b", "Keeper c"}
    assert question.facts == ("parcels/no-fee",)
    assert question.rationale["en"] == "Keeper a does."


def kind_of(kind: str, **changes: Any) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "multiple": {"given": ["keeper"], "asked": ["door"], "option": template("{{ door }}")},
        "true-false": {"option": None, "stem": template("{{ said_keeper }} keeps {{ door }}.")},
        "match": {
            "option": None,
            "left": template("{{ door }}"),
            "right": template("{{ keeper }}"),
            "size": 3,
        },
        "order": {"given": ["keeper"], "asked": ["door"], "option": template("{{ door }}")},
    }
    plain = template("Say.") if kind in ("multiple", "match", "order") else None
    texts = {"stem": plain, "rationale": template("So it is.")} if plain else {}
    return model_entry(kind=kind, **{**texts, **own[kind], **changes})


def test_every_other_kind(folder: Path) -> None:
    relations = [
        *(
            stated(each, rank=rank, **members(keeper="ann"))
            for each, rank in zip("abc", (2, 1, 3), strict=True)
        ),
        *(stated(each, rank=1) for each in "defg"),
    ]
    kinds = ["multiple", "true-false", "match", "order"]
    models = [kind_of(kind, id=f"m-{kind}") for kind in kinds]
    bank = read_bank([fill(folder, relations, *models)])
    by_kind = {kind: [q for q in bank.questions.values() if q.generated and q.kind == kind] for kind in kinds}
    (several,) = by_kind["multiple"]
    assert isinstance(several.answer, Choose)
    assert [several.answer.options[key]["en"] for key in several.answer.keys] == [
        "Door a",
        "Door b",
        "Door c",
    ]
    assert len(several.answer.options) == 5
    assert len(by_kind["true-false"]) == 7
    for truth in by_kind["true-false"]:
        assert isinstance(truth.answer, Choose)
        own = truth.id[-1]
        keeper = "Ann" if own in "abc" else f"Keeper {own}"
        assert (truth.answer.keys == (0,)) == (truth.stem["en"] == f"{keeper} keeps door {own}.")
    (order,) = by_kind["order"]
    assert isinstance(order.answer, Order)
    assert [step["en"] for step in order.answer.steps] == ["Door b", "Door a", "Door c"]
    for match in by_kind["match"]:
        assert isinstance(match.answer, Match)
        assert len({choice["en"] for choice in match.answer.choices}) == 3


def options_of(bank: Bank, id_: str) -> list[str]:
    answer = bank.questions[id_].answer
    assert isinstance(answer, Choose)
    return [option["en"] for option in answer.options]


def test_distractors_are_right_for_different_things_if_possible(folder: Path) -> None:
    many = [stated(each, **members(keeper="ann")) for each in "abcdefgh"]
    relations = [*many, *(stated(each) for each in "wxyz")]
    asks = {"given": ["keeper"], "asked": ["door"], "option": template("{{ door }}")}
    bank = read_bank(
        [fill(folder, relations, model_entry(stem=template("Which door keeps {{ keeper }}?"), **asks))]
    )
    for own in "wxyz":
        _, *wrong = options_of(bank, f"parcels/who-keeps-{own}")
        assert sum(option[-1] in "abcdefgh" for option in wrong) == 1, (own, wrong)


def test_questions_of_one_stem_differ_in_more_than_the_key(folder: Path) -> None:
    relations = [
        *(stated(each, **members(keeper="ann")) for each in "abcd"),
        *(stated(each) for each in "wxyz"),
    ]
    asks = {"given": ["keeper"], "asked": ["door"], "option": template("{{ door }}")}
    bank = read_bank(
        [fill(folder, relations, model_entry(stem=template("Which door keeps {{ keeper }}?"), **asks))]
    )
    sets = {frozenset(options_of(bank, f"parcels/who-keeps-{own}")[1:]) for own in "abcd"}
    assert len(sets) == 4


def test_a_true_answer_is_never_a_distractor(folder: Path) -> None:
    relations = [*THREE, stated("d", also=["a"]), stated("e", door=members(door="door a")["door"])]
    bank = read_bank([fill(folder, relations, model_entry(size=7))])
    answer = bank.questions["parcels/who-keeps-a"].answer
    assert isinstance(answer, Choose)
    assert {option["en"] for option in answer.options} == {"Keeper a", "Keeper b", "Keeper c"}


@pytest.mark.parametrize(
    ("relations", "model", "expected"),
    [
        pytest.param(
            [{**stated("a"), "door": None}],
            {},
            "bank/x.yaml:",
            id="an empty member",
        ),
        pytest.param(
            [{key: value for key, value in stated("a").items() if key != "door"}],
            {},
            "x.yaml:15:5: relation a has no `door`; a relation of type keeps has keeper and door",
            id="a missing member",
        ),
        pytest.param(
            [stated("a", dor=text("x"))],
            {},
            "x.yaml:24:7: unknown member `dor` in relation a; did you mean door?",
            id="an unknown member",
        ),
        pytest.param(
            [stated("a", relation="keep")],
            {},
            "x.yaml:16:15: there is no relation type keep; did you mean keeps?",
            id="an unknown relation type",
        ),
        pytest.param(
            [*THREE, stated("d", also=["z"])], {}, "there is no relation z", id="an unknown relation in also"
        ),
        pytest.param(
            [*THREE, stated("d", facts=["no-fees"])], {}, "there is no fact parcels/no-fees; did you mean", id="an unknown fact"
        ),
        pytest.param([*THREE, stated("a")], {}, "the id parcels/a is already used on line 15; choose another", id="an id twice"),
        pytest.param(
            THREE,
            {"stem": template("Who keeps {{ dor }}?")},
            "models.yaml:16:11: there is no field dor here; did you mean door?",
            id="an unknown field",
        ),
        pytest.param(
            THREE, {"stem": template("{{ said_keeper }}")}, "there is no field said_keeper here", id="a field of another kind"
        ),
        pytest.param(THREE, {"stem": template("Who {{ door")}, "this is not a template", id="no template"),
        pytest.param(
            THREE,
            {"stem": template("{% for x in door %}{{ x }}{% endfor %}")},
            "this template contains a loop",
            id="a loop",
        ),
        pytest.param(
            THREE, {"stem": template("{{ door | upper }}")}, "there is no filter upper; the only one is capital", id="a filter"
        ),
        pytest.param(
            THREE,
            {"option": template("The keeper")},
            "models.yaml:19:11: this makes the same text from parcels/a and parcels/",
            id="two equal options",
        ),
        pytest.param(
            THREE,
            {"rationale": template("{% if keeper == door %}x{% endif %}")},
            "this template gives an empty text",
            id="an empty text",
        ),
        pytest.param(
            THREE[:2],
            {"level": "aply"},
            "`aply` is not a valid level",
            id="the schema's own",
        ),
        pytest.param(THREE, {"given": ["doors"]}, "keeps has no member doors; did you mean door?", id="an unknown given"),
        pytest.param(THREE, {"asked": ["door"]}, "asks for door, but its stem already gives it", id="given and asked"),
        pytest.param(
            [],
            {},
            "models.yaml:7:5: the model who-keeps makes no questions; add more relations",
            id="no relation",
        ),
        pytest.param(
            THREE,
            {"kind": "order", "given": ["keeper"], "asked": ["door"], "rationale": template("So."), "stem": template("Put.")},
            "give no clear order; give each a rank of its own",
            id="no rank",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(
    folder: Path, relations: list[dict[str, Any]], model: dict[str, Any], expected: str
) -> None:
    found = said(fill(folder, relations, model_entry(**model)))
    assert any(expected in each for each in found), found
    assert all(re.match(r"bank/\w+\.yaml:\d+:\d+: ", each) for each in found)
    with pytest.raises(QuizgenError):
        read_bank([folder])


def test_an_invalid_entry_hides_and_causes_no_other_problems(folder: Path) -> None:
    misshapen = stated("a", keeper={"en": "keeper a"})
    lacking = stated("b")
    del lacking["door"]
    known = stated("c", also=["a", "b"])
    models = [model_entry(level="aply"), model_entry(id="other", stem=template("Who keeps {{ dor }}?"))]
    found = said(fill(folder, [misshapen, lacking, known], *models))
    assert [re.sub(r"^bank/(\w+)\.yaml:\d+:\d+: |;.*", r"\1 ", each) for each in found] == [
        "models `aply` is not a valid level ",
        "models there is no field dor here ",
        "models there is no field dor here ",
        "x `keeper` has no text in zh-Hans ",
        "x relation b has no `door` ",
    ]


def test_relations_of_an_invalid_type_are_not_called_untyped(folder: Path) -> None:
    (found,) = said(fill(folder, THREE, model_entry(), members="keeper"))
    assert "`members` is a text, but must be a list" in found


def test_too_few_siblings_are_reported(folder: Path, run: Run) -> None:
    relations = [*THREE, stated("d", also=["a", "b"])]
    fill(folder, relations, model_entry())
    _, out, err = run("generate", "--bank", folder, "-l", "en")
    assert "parcels/who-keeps-d" not in out
    assert (
        "left out: who-keeps on parcels/d: relations of its type give 1 wrong answers, but a question needs 2"
        in err
    )


def test_an_id_that_is_taken_is_a_problem(folder: Path) -> None:
    fill(folder, THREE, model_entry())
    topic = yaml.safe_load((folder / "x.yaml").read_text(encoding="utf-8"))
    topic["questions"][0]["id"] = "who-keeps-a"
    write(folder / "x.yaml", topic)
    (found,) = said(folder)
    assert found.startswith("bank/models.yaml:7:9: this makes parcels/who-keeps-a, which already exists")


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ door.__class__ }}",
        "{{ door['x'] }}",
        "{{ door() }}",
        "{{ range(9) }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{% endmacro %}",
        "{{ 9 ** 9 }}",
        "{{ 'x' * 9 }}",
        "{{ door is defined }}",
        "{{ [1, 2] }}",
        "{% raw %}{% endraw",
        "{{ self }}",
        "{{ loop }}",
    ],
)
def test_a_template_can_only_name_fields(source: str) -> None:
    assert list(template_errors(source, ["door"]))


@pytest.mark.parametrize(
    "source",
    [
        "{{ " + "not " * 5000 + "keeper }}",
        "{{ " + "(" * 3000 + "keeper" + ")" * 3000 + " }}",
        "{% if keeper %}" * 400 + "x" + "{% endif %}" * 400,
        "{% if keeper %}" * 120 + "{{ keeper }}" + "{% endif %}" * 120,
        "{{ " + "not " * 220 + "keeper }}",
        "{{ " + "keeper and " * 3000 + "keeper }}",
        "{{ " + "1" * 6000 + " }}",
    ],
    ids=["not", "brackets", "if", "if, less deep", "not, less deep", "and", "digits"],
)
def test_a_template_nested_too_deep_is_a_problem_with_its_place(folder: Path, source: str) -> None:
    found = said(fill(folder, THREE, model_entry(option=template(source))))
    assert found
    assert any("this template " in each for each in found), found
    # One that is longer than any text may be is that as well.
    one_of = r"bank/models\.yaml:\d+:\d+: (this template |this text has \d+ characters)"
    assert all(re.match(one_of, each) for each in found), found


@pytest.mark.parametrize(
    ("written", "named"), [("\\x1b]0;x\\x07", "<U+001B>"), ("\\u202e", "<U+202E>"), ("\\ud800", "<U+D800>")]
)
def test_a_template_cannot_make_invisible_characters(folder: Path, written: str, named: str) -> None:
    found = said(fill(folder, THREE, model_entry(option=template(f"{{{{ '{written}' }}}}{{{{ keeper }}}}"))))
    assert found
    assert all(f"this template gives {named}, which is invisible" in each for each in found), found


def test_member_texts_are_not_read_as_templates(folder: Path) -> None:
    odd = {"en": "{{ 7 * 7 }} <b>", "zh-Hans": "{% x %}"}
    bank = read_bank([fill(folder, [*THREE, stated("d", keeper=odd)], model_entry())])
    answer = bank.questions["parcels/who-keeps-d"].answer
    assert isinstance(answer, Choose)
    assert answer.options[0] == odd


# Properties


NAMES = st.sampled_from("abcde")


def relation(id_: str, keeper: str, door: str, also: frozenset[str], rank: int) -> Relation:
    return Relation(f"t/{id_}", "t", "t/f", "keeps", members(keeper=keeper, door=door), also, rank)


@st.composite
def relations_drawn(draw: st.DrawFn) -> list[Relation]:
    ids = draw(st.lists(st.sampled_from("pqrstuvwxyz"), unique=True, min_size=1, max_size=9))
    linked = st.frozensets(st.sampled_from([f"t/{id_}" for id_ in ids]), max_size=1)
    return [
        relation(id_, draw(NAMES), draw(NAMES), draw(linked), rank) for rank, id_ in enumerate(ids, start=1)
    ]


def item_model(kind: str) -> ItemModel:
    asks = {"multiple": ("keeper", "door"), "order": ("keeper", "door")}.get(kind, ("door", "keeper"))
    entry = model_entry() if kind == "single" else kind_of(kind)
    parts = ("stem", "option", "left", "right", "rationale")
    templates = {part: entry[part] for part in parts if part in entry}
    rules = KINDS[kind].model_rules
    assert isinstance(rules, ModelRules)
    return ItemModel(
        kind, "keeps", kind, rules, "recall", 1, (asks[0],), (asks[1],), (), 3, templates,
    )  # fmt: skip


MODELS = [item_model(kind) for kind in ("single", "multiple", "true-false", "match")]


@given(relations_drawn())
def test_no_relations_make_a_question_with_two_right_keys(drawn: list[Relation]) -> None:
    check_keys({model.id: model for model in MODELS}, drawn, make_questions(MODELS, drawn).questions)


@given(relations_drawn(), st.randoms(use_true_random=False))
def test_questions_do_not_depend_on_the_order_of_relations(drawn: list[Relation], random: Any) -> None:
    moved = list(drawn)
    random.shuffle(moved)
    assert sorted(map(repr, make_questions(MODELS, moved).questions)) == sorted(
        map(repr, make_questions(MODELS, drawn).questions)
    )


@given(relations_drawn())
def test_ids_stay_when_a_fact_is_added(drawn: list[Relation]) -> None:
    more = [*drawn, relation("new", "f", "f", frozenset(), 99)]
    single = MODELS[:1]
    before, after = (
        {each.question.id for each in make_questions(single, each).questions} for each in (drawn, more)
    )
    assert before <= after


# Drawing and showing


def test_about_half_of_the_exhibits_of_a_quiz_are_generated_and_no_fact_comes_twice() -> None:
    generated = []
    for seed in range(20):
        quiz = assemble(built_in_bank(), Recipe(), seed, "en")
        generated.append(sum(question.generated for question in quiz.questions))
        assert max(Counter(fact for q in quiz.questions for fact in q.facts).values()) == 1
    # Not two in each: a shorter question may have taken the place of one that was too long.
    assert 32 <= sum(generated) <= 48
    assert sum(number == 2 for number in generated) >= 10


def test_written_questions_only_can_be_drawn() -> None:
    bank = built_in_bank()
    written = select_questions(bank, Recipe(written_only=True))
    assert written
    assert not any(question.generated for question in written)
    both = select_questions(bank, Recipe())
    assert [question for question in both if not question.generated] == written
    named = next(id_ for id_, question in bank.questions.items() if question.generated)
    assert select_questions(bank, Recipe(questions=(named,), written_only=True)) == [bank.questions[named]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path / "data"))

    def quizgen_bank(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["quizgen", "bank", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return quizgen_bank  # type: ignore[return-value]  # nothing to take down


def test_the_command_shows_what_would_be_made(folder: Path, run: Run) -> None:
    fill(folder, THREE, model_entry())
    code, out, err = run("generate", "--bank", folder, "-l", "en")
    assert code == 0
    assert "parcels/who-keeps-a (single, recall, 1)\n  Who keeps door a?\n    * Keeper a\n    - Keeper" in out
    assert err == "3 questions from 1 models: 3 single\n"
    questions = json.loads(run("generate", "--json", "--bank", folder)[1])["questions"]
    assert [each["relations"] for each in questions] == [[f"parcels/{each['id'][-1]}"] for each in questions]
    assert all(each["generated"] and each["model"] == "who-keeps" for each in questions)
    code, _, err = run("generate", "--model", "who", "--bank", folder)
    assert (code, err) == (2, "there is no model who; there are who-keeps\n")


def test_commands_use_all_exhibits_or_only_written_ones(folder: Path, run: Run) -> None:
    fill(folder, THREE, model_entry())

    def listed(*more: str) -> int:
        return len(run("list", "--bank", folder, *more)[1].splitlines())

    def shown(*more: str) -> list[bool]:
        everything = json.loads(run("show", "--json", "--bank", folder, *more)[1])
        return [question["generated"] for question in everything["questions"]]

    assert (listed(), listed("--written-only")) == (4, 1)
    assert (shown(), shown("--written-only")) == ([False, True, True, True], [False])
    assert json.loads(run("stats", "--json", "--bank", folder)[1])["generated"] == 3
    assert json.loads(run("stats", "--json", "--written-only", "--bank", folder)[1])["questions"] == 1
    assert "generated    yes" in run("show", "who-keeps-a", "--bank", folder)[1]
    assert "1 fact and 1 question in 3 files, 3 more generated: no problems found" in run("check", folder)[1]


def test_a_finding_points_into_the_model_and_names_the_question(folder: Path, run: Run) -> None:
    fill(folder, THREE, model_entry(stem=template("Who keeps {{ door }}, do you think?")))
    _, out, _ = run("check", "--lint", folder)
    assert re.search(
        r"bank/models\.yaml:16:11: warning: the stem asks for an opinion: .* \(in parcels/who-keeps-a\).*\[opinion\]",
        out,
    )


OPINION = template("Who keeps {{ door }}, do you think?")


def place_in_language(path: Path, wanted: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, each in enumerate(lines) if wanted in each)
    return f"bank/{path.name}:{line + 1}:{lines[line].index(wanted) + 1}"


def test_a_model_waives_a_rule_for_all_that_it_makes(folder: Path, run: Run) -> None:
    before = run("check", "--lint", fill(folder, THREE, model_entry(stem=OPINION)))[1]
    assert before.count("[opinion]") == len(THREE)
    waive = {"opinion": "The keepers' own words."}
    out = run("check", "--lint", fill(folder, THREE, model_entry(stem=OPINION, waive=waive)))[1]
    assert "[opinion]" not in out
    assert out.endswith("(3 waived)\n")
    # What it does not waive is still found.
    assert len(out.splitlines()) == len(before.splitlines()) - len(THREE) > 1


def test_a_waiver_that_one_question_of_a_model_needs_is_in_use(folder: Path, run: Run) -> None:
    relations = [*THREE, stated("d", door={"en": "door d, do you think", "zh-Hans": "〈d〉"})]
    waive = {"opinion": "One door is called so."}
    out = run("check", "--lint", fill(folder, relations, model_entry(waive=waive)))[1]
    assert "opinion" not in out
    assert "(1 waived)" in out


def test_wrong_waivers_of_a_model_are_named_once_with_their_place(folder: Path, run: Run) -> None:
    waive = {"opinio": "A slip.", "opinion": "It was one.", "xyz": "Who knows."}
    fill(folder, THREE, model_entry(waive=waive))
    code, out, _ = run("check", "--lint", folder)
    file = folder / "models.yaml"
    assert code == 1
    assert [line for line in out.splitlines() if "waiver" in line] == [
        f"{place_in_language(file, 'A slip')}: error: there is no rule opinio to waive; did you mean opinion? [waiver-unknown] parcels/who-keeps-c",
        f"{place_in_language(file, 'It was')}: warning: opinion finds nothing here any more; remove the waiver [waiver-unused] parcels/who-keeps-c",
        f"{place_in_language(file, 'Who knows')}: error: there is no rule xyz to waive; docs/lint.md lists the rules [waiver-unknown] parcels/who-keeps-c",
    ]
    # Asked of a file beside it, nothing is said of the model.
    assert "waiver" not in run("check", "--lint", folder / "x.yaml")[1]


@pytest.mark.parametrize("more", [["--lint"], []])
def test_a_waiver_of_a_model_needs_a_reason(folder: Path, run: Run, more: list[str]) -> None:
    fill(folder, THREE, model_entry(stem=OPINION, waive={"opinion": " "}))
    code, out, _ = run("check", *more, folder)
    what = "the waiver of opinion has no reason; give the reason why questions from this model may break the rule"
    assert (code, out) == (1, f"{place_in_language(folder / 'models.yaml', chr(39) + ' ')}: {what}\n")


def test_a_cached_bank_brings_no_templates(folder: Path, tmp_path: Path) -> None:
    fill(folder, THREE, model_entry())
    read_bank([folder], tmp_path / "cache")
    code = (
        "import sys; from pathlib import Path; from quizgen.bank import read_bank;"
        f"bank = read_bank([Path({str(folder)!r})], Path({str(tmp_path / 'cache')!r}));"
        "print(len(bank.questions), *sorted(set(sys.modules) & {'jinja2', 'yaml', 'quizgen.generate'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["4"]
