"""Make a bank of any size for benchmarks. Stock words are combined by number, so that all questions differ."""

from pathlib import Path
from random import Random

FILES = 50

WHO = {
    "en": ("A teacher", "A clerk", "A neighbour", "An officer", "A driver", "A nurse", "A farmer", "A baker", "A tailor"),
    "zh-Hans": ("老师", "职员", "邻居", "民警", "司机", "护士", "农民", "面包师", "裁缝"),
}  # fmt: skip
DOES = {
    "en": (
        "keeps",
        "sends",
        "checks",
        "counts",
        "hides",
        "lends",
        "sorts",
        "carries",
        "returns",
        "reports",
        "paints",
    ),
    "zh-Hans": ("保管", "寄出", "核对", "清点", "藏起", "出借", "整理", "搬运", "归还", "上报", "粉刷"),
}
WHAT = {
    "en": ("the letters", "old phones", "a parcel", "the ledger", "five cards", "the notes", "a lantern", "two keys",
           "the tickets", "a bicycle", "the receipts", "some stamps", "a map"),
    "zh-Hans": ("信件", "旧手机", "包裹", "账本", "五张卡", "便条", "灯笼", "两把钥匙", "车票", "自行车", "收据", "邮票", "地图"),
}  # fmt: skip
WHERE = {
    "en": ("at the market", "in the library", "by the river", "near the bank", "in the office", "on the bus", "at school",
           "in the yard", "under the bridge", "at the station"),
    "zh-Hans": ("在集市", "在图书馆", "在河边", "在银行旁", "在办公室", "在公交车上", "在学校", "在院子里", "在桥下", "在车站"),
}  # fmt: skip
WHEN = {
    "en": (
        "before noon",
        "at dawn",
        "every Friday",
        "after the talk",
        "in winter",
        "by candlelight",
        "once a year",
    ),
    "zh-Hans": ("上午", "黎明时", "每周五", "讲座后", "冬天", "烛光下", "每年一次"),
}

SOURCES = """sources:
  - id: talk
    title: {en: A talk, zh-Hans: 讲座}
    publisher: {en: Gazette, zh-Hans: 报}
    date: "2020-03"
    language: zh-Hans
    passages:
      - id: q1
        digest: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
"""


def write_bank(folder: Path, questions: int) -> None:
    """Write a bank in up to 50 files, in which each question has its own fact."""
    folder.mkdir()
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    files = min(FILES, questions)
    for topic in range(files):
        lines = [f"topic: great-{topic}", f"title: {{en: Great {topic}, zh-Hans: 大 {topic}}}", "facts:"]
        numbers = range(topic, questions, files)
        for n in numbers:
            lines += [f"  - id: f{n}", *_texts("statement", _sentence(n), "  "), "    cites: [talk/q1]", "    terms: [灯塔]"]  # fmt: skip
        lines.append("questions:")
        for n in numbers:
            lines += _question(n)
        (folder / f"great-{topic}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _question(n: int) -> list[str]:
    what = [_thing(n, turn) for turn in range(4)]
    return [
        f"  - id: q{n}",
        f"    kind: single\n    level: recall\n    difficulty: 1\n    facts: [f{n}]",
        *_texts("stem", {"en": f"What is number {n} about, {_where(n)['en']}?", "zh-Hans": f"第{n}号{_where(n)['zh-Hans']}说的是什么？"}, "  "),
        *_texts("key", what[0], "  "),
        "    distractors:",
        *(f"      - {{en: '{each['en']}', zh-Hans: '{each['zh-Hans']}'}}" for each in what[1:]),
        *_texts("rationale", _sentence(n), "  "),
        *_texts("advice", {"en": f"Ask about {what[0]['en']} first.", "zh-Hans": f"请先问清{what[0]['zh-Hans']}的事。"}, "  "),
    ]  # fmt: skip


def _texts(name: str, texts: dict[str, str], indent: str) -> list[str]:
    return [f"{indent}  {name}:", *(f"{indent}    {tag}: '{text}'" for tag, text in texts.items())]


def _sentence(n: int) -> dict[str, str]:
    pick = Random(n)  # noqa: S311  the same bank each time
    who, does, what, where, when = (
        pick.randrange(len(words["en"])) for words in (WHO, DOES, WHAT, WHERE, WHEN)
    )
    return {
        "en": f"{WHO['en'][who]} {DOES['en'][does]} {WHAT['en'][what]} {WHERE['en'][where]} {WHEN['en'][when]}, as note {n} says.",
        "zh-Hans": f"第{n}条说，{WHO['zh-Hans'][who]}{WHEN['zh-Hans'][when]}{WHERE['zh-Hans'][where]}{DOES['zh-Hans'][does]}{WHAT['zh-Hans'][what]}。",
    }  # fmt: skip


def _thing(n: int, turn: int) -> dict[str, str]:
    pick = Random(f"{n}/{turn}")  # noqa: S311
    does, what = pick.randrange(len(DOES["en"])), (n + 3 * turn) % len(WHAT["en"])
    return {
        tag: f"{DOES[tag][does]} {WHAT[tag][what]}".replace(" ", "" if tag != "en" else " ") for tag in WHAT
    }


def _where(n: int) -> dict[str, str]:
    return {tag: words[n % len(words)] for tag, words in WHERE.items()}
