"""An invented law, notice and report, and the ways in which a copy of them may be set."""

import re
from collections.abc import Callable
from html import escape

LAW = """\
港口渔市管理办法

2019年4月2日 港口议事会第三次会议通过

第一章 总 则

第一条 为了维护渔市的秩序，保护摊主和买主，制定本办法。

第二条 本办法所称“押金”，是指摊主预先交给管理处的钱。

押金不得超过200元。

第二章 摊主

第三条 摊主有下列情形之一的，由管理处警告；情节严重的，停业三日：

（一）出售昨天的鱼而不告诉买主的；

（二）把摊位借给别人，或者替别人占位置的。

停业期间，不收摊位费。

第十条之一 任何人不得冒充灯塔管理处打电话。接到这样的电话，应当挂断，再到管理处问清楚。

违反前款规定的，依照第三条处罚。

第二十一条 本办法自2019年5月1日起施行。
"""
LAW_IDS = ["art1", "art2", "art2-2", "art3", "art3-2", "art10a", "art10a-2", "art21"]

NOTICE = """\
接到灯塔的电话，您会挂断吗？记住这几点！

2020-03-09
港口报

近来有人打电话给摊主，自称灯塔管理处，要先交一笔“押金”。管理处提醒大家做到以下几点：

1、不急。电话里催得越紧，越要放下电话。

2、不给，一分也不要给；更不要说出验证码。

3、到管理处去问，或者打给认识的巡查员。

管理处从不在电话里收钱，也不会派人上门来取。凡是这样说的，都是骗子。
"""
NOTICE_IDS = ["p1", "n1", "n2", "n3", "p2"]

REPORT = """\
渔市假电话少了一半

2021-02
港口报

渔市管理处昨天说，今年春天的假电话比去年少了一半，多亏各个摊位贴出的“三问”。

巡查员说，最要紧的仍然是不急：先挂断，再到管理处，当面把事情问清楚。
"""
REPORT_IDS = ["p1", "p2"]

SOURCES = {"law": (LAW, LAW_IDS), "notice": (NOTICE, NOTICE_IDS), "report": (REPORT, REPORT_IDS)}

_ITEM = r"^(\d)、"
_LABEL = r"^(第.+?条(?:之.)?) "


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def _wrapped(text: str, width: int, between: str) -> str:
    return between.join(
        "\n".join(line[start : start + width] for start in range(0, len(line), width)) for line in lines(text)
    )


def _each(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


def _page(blocks: list[str]) -> str:
    menu = "<nav><ul><li><a href='/'>首页</a></li><li><a href='/news'>新闻</a></li></ul></nav>"
    return (
        f"<!DOCTYPE html><html><head><title>港口网</title></head><body>{menu}<div>{''.join(blocks)}</div>"
        "<footer><p>版权所有 港口网</p></footer></body></html>"
    )


def _list(text: str) -> str:
    """Return a page on which what has a number is an item of a list, which shows none in the file."""
    blocks = []
    for line in lines(text):
        bare = re.sub(r"^(\d、|（.）)", "", line)
        blocks.append(f"<p>{line}</p>" if bare == line else f"<ol><li>{bare}</li></ol>")
    return _page(blocks)


def _one_paragraph_an_article(text: str) -> str:
    return re.sub(r"\n\n(?!第|港|近|\d|接|渔)", "", text)


LAYOUTS: dict[str, Callable[[str], str | bytes]] = {
    "as it is": str,
    "no blank lines": lambda text: "\n".join(lines(text)),
    "indents": lambda text: "\n".join(f"　　{line}" for line in lines(text)),
    "bullets": lambda text: "\n".join(f"• {line}" for line in lines(text)),
    "hyphens": lambda text: "\n".join(f"- {line}" for line in lines(text)),
    "lines of 20": lambda text: _wrapped(text, 20, "\n\n"),
    "lines of 20, no blank ones": lambda text: _wrapped(text, 20, "\n"),
    "lines of 33, no blank ones": lambda text: _wrapped(text, 33, "\n"),
    "all in one line": lambda text: " ".join(lines(text)),
    "a paragraph an article": _one_paragraph_an_article,
    "wide digits": lambda text: text.translate({ord("0") + digit: "０１２３４５６７８９"[digit] for digit in range(10)}),
    "narrow punctuation": lambda text: text.translate(str.maketrans("，：；（）？！", ",:;()?!")),
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"'),
    "corner brackets": lambda text: text.replace("“", "「").replace("”", "」"),
    "single quotes": lambda text: text.replace("“", "‘").replace("”", "’"),
    "spaces about digits": _each(r"(?<=\w)(?=\d)|(?<=\d)(?=[^\d、\n-])", " "),
    "articles in digits": lambda text: text.replace("第二十一条", "第21条").replace("第三条 ", "第 ３ 条　"),
    "articles without a space": _each(_LABEL, r"\1"),
    "articles on lines of their own": _each(_LABEL, r"\1\n"),
    "articles with titles": _each(_LABEL, r"\1 【摊主】"),
    "items with a point": _each(_ITEM, r"\1. "),
    "items in brackets": _each(_ITEM, r"（\1）"),
    "items in circles": _each(_ITEM, lambda found: chr(ord("①") + int(found[1]) - 1)),
    "items in Chinese": _each(_ITEM, lambda found: f"{'一二三'[int(found[1]) - 1]}、"),
    "items as 一是": _each(_ITEM, lambda found: f"{'一二三'[int(found[1]) - 1]}是"),
    "items as keycaps": _each(_ITEM, "\\1\ufe0f\u20e3"),
    "items without numbers": _each(_ITEM, ""),
    "numbers on lines of their own": _each(_ITEM, r"\1.\n"),
    "Markdown": lambda text: "# 港口\n\n" + "\n\n".join(f"> {line}" for line in lines(_each(_LABEL, r"**\1** ")(text))),
    "paragraphs": lambda text: _page([f"<p>{escape(line)}</p>" for line in lines(text)]),
    "spans": lambda text: _page([f"<p><span>{line[:6]}</span><b>{line[6:9]}</b>{line[9:]}</p>" for line in lines(text)]),
    "breaks": lambda text: _page(["<br/>".join(lines(text))]),
    "table": lambda text: _page(["<table>", *(f"<tr><td>{line}</td></tr>" for line in lines(text)), "</table>"]),
    "list": _list,
    "junk about it": lambda text: f"首页 | 新闻\n字体：大 中 小\n\n{text}\n（责任编辑：某人）\n上一篇：渔市开张了\n",
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "GB 18030": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
}  # fmt: skip


def laid_out(layout: str, text: str) -> bytes:
    data = LAYOUTS[layout](text)
    return data if isinstance(data, bytes) else data.encode()
