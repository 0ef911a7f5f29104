import base64
import hashlib
import re
from html.parser import HTMLParser

from quizgen.cli.page import QUIZZES
from quizgen.files import shipped_folder
from quizgen.page import PageHeader, render_page
from quizgen.paper.design import Logo
from quizgen.text.languages import LANGUAGES
from tests.banks import town_bank
from tests.formats.quizzes import every_kind
from tests.page.pages import ODD, data_in, drawn_page, sample_page, whole_page

HEAD = PageHeader('<b>"Post" & Co</b>', "0123 </footer>", "It's </script> time", "Come 'in' & \"see\"")
ADDRESS = re.compile(
    r"""(?:https?:|ftp:|//[a-z]|@import|url\(|fetch\(|XMLHttp|sendBeacon|WebSocket|import\()"""
)


class Elements(HTMLParser):
    """What a browser finds: elements with their attributes, and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def policy(self) -> dict[str, str]:
        (content,) = (attrs["content"] for _, attrs in self.found if "http-equiv" in attrs)
        return {name: value for name, _, value in (rule.partition(" ") for rule in str(content).split("; "))}


def test_the_page_loads_nothing() -> None:
    html = sample_page()
    elements = Elements(html)
    sources = {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
    assert elements.policy().keys() == sources
    for name, file in (("script-src", "page.js"), ("style-src", "page.css")):
        written = (shipped_folder("templates") / file).read_text(encoding="utf-8")
        comment = re.compile(r" *(?://|/\*\*|\* |\*/)")
        code = [line.strip() for line in written.splitlines() if not comment.match(line)]
        text = "\n".join(code)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert elements.policy()[name] == f"'sha256-{digest}'"
        assert f">{text}</s" in html
        assert "</s" not in text
        assert not ADDRESS.search(text)
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(", text
        )
    assert {name: value for name, value in elements.policy().items() if "sha256" not in value} == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "img-src": "data:",
    }
    assert not [
        each
        for each in elements.found
        if each[1].keys() & {"src", "href", "style", "onclick"} and each[0] != "link"
    ]


def test_an_icon_comes_along_for_the_home_screen() -> None:
    links = [attrs for tag, attrs in Elements(sample_page()).found if tag == "link"]
    assert [each["rel"] for each in links] == ["icon", "apple-touch-icon"]
    for each in links:
        kind, _, data = str(each["href"]).partition(";base64,")
        assert kind == "data:image/png"
        assert base64.b64decode(data).startswith(b"\x89PNG")


def test_texts_of_a_bank_and_a_profile_are_never_markup() -> None:
    plain, odd = Elements(sample_page()), Elements(sample_page(ODD, HEAD))
    extra = [tag for tag, _ in odd.found]
    for tag, _ in plain.found:
        extra.remove(tag)
    assert sorted(extra) == ["b", "p", "p"]  # the organiser's and the contact's own
    assert HEAD.organiser in odd.texts
    data = data_in(sample_page(ODD, HEAD))
    assert data["headline"] == HEAD.headline
    stem = every_kind().questions[0].stem["en"]
    assert any(each[0] == stem + ODD for each in data["texts"] if isinstance(each, list))
    assert "<" not in re.findall(r'json">(.*?)</script>', sample_page(ODD, HEAD))[0]


def test_only_an_address_is_a_link() -> None:
    for link in ("example.org", "javascript:alert(1)", "data:text/html,x"):
        html = sample_page(head=PageHeader(link=link))
        assert f"<p>{link}</p>" in html
        assert not [each for each in Elements(html).found if "href" in each[1] and each[0] != "link"]


def test_a_logo_comes_along() -> None:
    logo = Logo("a.png", "image/png", b"\x89PNG<>")
    for organiser, alt in (("Post", ""), ("", "Logo")):
        elements = Elements(sample_page(head=PageHeader(organiser, logo=logo)))
        (picture,) = (attrs for tag, attrs in elements.found if tag == "img")
        assert base64.b64decode(str(picture["src"]).removeprefix("data:image/png;base64,")) == logo.data
        assert picture["alt"] == alt


def test_the_default_page_is_small_and_the_same_each_time() -> None:
    first = render_page(drawn_page(10, QUIZZES), PageHeader())
    assert len(first) <= 420_000
    assert first == render_page(drawn_page.__wrapped__(10, QUIZZES), PageHeader())
    # What is answered on one page is not taken for what is answered on another.
    another = render_page(drawn_page(2, 1), PageHeader())
    assert data_in(first.decode())["id"] != data_in(another.decode())["id"]


def test_every_question_of_the_bank_fits() -> None:
    bank = town_bank()
    page = whole_page()
    assert len(page.record["questions"]) == len(bank.questions)
    data = data_in(render_page(page, PageHeader()).decode())
    assert {data["texts"][each["stem"]] for each in data["questions"]} == {
        " ".join(question.stem["en"].split()) for question in bank.questions.values()
    }


def test_the_page_opens_in_the_language_of_its_quizzes() -> None:
    page = drawn_page(2, 1)
    html = render_page(page, PageHeader()).decode()
    assert '<html lang="en">' in html
    assert [each["tag"] for each in data_in(html)["languages"]] == list(LANGUAGES)
    assert data_in(html)["language"] == 0


def test_light_and_dark_have_contrast_enough() -> None:
    """Text of WCAG 2.2, 1.4.6, on all that it stands on; lines and frames of 1.4.11."""
    css = (shipped_folder("templates") / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{([^}]*)\}", css)
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", scheme))
        for ink, grounds in {
            "ink": ("ground", "raised", "own"), "faint": ("ground", "raised"), "right": ("ground",),
            "wrong": ("ground",), "on-accent": ("accent",),
        }.items():  # fmt: skip
            assert [ground for ground in grounds if contrast(colours[ink], colours[ground]) < 7] == []
        assert contrast(colours["on-sign"], colours["sign"]) >= 4.5
        assert min(contrast(colours["line"], colours[each]) for each in ("ground", "raised")) >= 3
        assert contrast(colours["accent"], colours["ground"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
