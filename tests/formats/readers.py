"""Readers of formats that no library here reads, written by their descriptions and not by our writers."""

import re
from typing import Any, NamedTuple


class Read(NamedTuple):
    """What was read of a question: its name, what is asked, its answers with their signs, and what is told."""

    name: str
    asked: str
    answers: list[tuple[str, str]]
    told: str
    tags: tuple[str, ...] = ()


def read_gift(written: str) -> list[Read]:
    """Read GIFT: after a backslash, n is a line break and any other character is itself; an empty line ends a question."""
    found = []
    for block in re.split(r"\n{2,}", written.strip()):
        if block.startswith("$CATEGORY"):
            continue
        tags = tuple(re.findall(r"\[tag:([^\]]+)\]", block.split("\n")[0]))
        marked = re.sub(r"(?m)^//.*\n", "", block)
        tokens = re.findall(r"\\.|[^\\]", marked, re.DOTALL)
        plain = "".join(chr(0xE000 + ord(token[1])) if token[0] == "\\" else token for token in tokens)
        shape = re.fullmatch(r"::(.*?)::\[plain\](.*?)\s*\{(.*?)####(.*)\}", plain, re.DOTALL)
        assert shape, block
        name, asked, answers, told = shape.groups()
        listed = re.findall(r"([=~])(.*?)(?=\n[=~]|\n?$)", answers.strip(), re.DOTALL) or [("", answers)]
        found.append(
            Read(
                _plain(name),
                _plain(asked),
                [_weighed(*each) for each in listed],
                _plain(told.removesuffix("\n").removeprefix("[plain]")),
                tags,
            )
        )
    return found


def _weighed(sign: str, words: str) -> tuple[str, str]:
    """Split an option into its weight and its words. If only one option is right, its equals sign means the full weight."""
    weight = re.match(r"%(-?[\d.]+)%", words)
    rest = (words[weight.end() :] if weight else words).removeprefix("[plain]")
    return sign + (weight[1] if weight else ""), _plain(rest)


def _plain(words: str) -> str:
    return "".join(
        ("\n" if c == "\ue06e" else chr(ord(c) - 0xE000)) if "\ue000" <= c < "\ue080" else c for c in words
    )


def read_wjx(written: str) -> tuple[str, list[tuple[str, Read]]]:
    """Read Wenjuanxing's text: a title, and of each question its kind and what it says."""
    title, *blocks = written.strip().split("\n\n")
    found = []
    for number, block in enumerate(blocks, start=1):
        head, *options, right, why = block.split("\n")
        asked = re.fullmatch(rf"{number}\. (.*)\[(..题|...)\]", head)
        assert asked, head
        key = right.removeprefix("正确答案：")
        listed = [("=" if option[0] in key else "~", option[3:]) for option in options] or [("=", key)]
        found.append((asked[2], Read("", asked[1], listed, why.removeprefix("答案解析："))))
    return title, found


def markdown_texts(tokens: Any) -> list[tuple[str, str]]:
    """List the texts of a Markdown page, as markdown-it reads them, each with what holds it."""
    found: list[tuple[str, str]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            words = "".join("\n" if each.type == "hardbreak" else each.content for each in token.children)
            found.append((before.tag if before else "", words))
    return found
