"""Write a web page as one HTML file. Its content security policy forbids the browser to load anything."""

import hashlib
import json
from base64 import b64encode

from markupsafe import Markup
from msgspec import Struct

from quizgen.files import shipped_folder
from quizgen.page.content import PageContent
from quizgen.paper.design import Logo
from quizgen.templates import load_templates
from quizgen.text.languages import interface_language
from quizgen.text.messages import template_functions
from quizgen.view.text import shorten_link

_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""Characters with a meaning for HTML within a script element, and their escapes in JSON."""


_COMMENTS = ("//", "/**", "* ", "*/")
"""How lines of comment in page.js begin. No line of the style sheet begins like that."""


class PageHeader(Struct, frozen=True):
    """What the head of the page says about who offers the quiz. Empty fields are left out."""

    organiser: str = ""
    contact: str = ""
    headline: str = ""
    invitation: str = ""
    logo: Logo | None = None
    link: str = ""

    @property
    def address(self) -> str:
        """The link as a web address, or "" if it does not begin with http(s).

        A browser would look for a file of that name.
        """
        return self.link if self.link.lower().startswith(("https://", "http://")) else ""


def render_page(content: PageContent, header: PageHeader) -> bytes:
    """Return the page as an HTML file. The same content and header give the same bytes."""
    folder = shipped_folder("templates")
    style, script = (
        _shorten_code((folder / f"page.{suffix}").read_text(encoding="utf-8")) for suffix in ("css", "js")
    )
    # The browser stores answers under this digest, so that pages in one folder do not share them.
    digest = hashlib.sha256(_encode_json(content.record).encode()).hexdigest()[:16]
    data = _encode_json({**content.record, "id": digest, "headline": header.headline, "link": header.address})
    templates = load_templates(folder)
    templates.globals.update(template_functions(content.language))
    policy = {
        "default-src": "'none'",
        "script-src": _csp_source(script),
        "style-src": _csp_source(style),
        "base-uri": "'none'",
        "form-action": "'none'",
        "img-src": "data:",
    }
    html = templates.get_template("page.html").render(
        head=header,
        lang=content.language,
        title_lang=content.language if header.headline else content.title_language,
        spoken=interface_language(content.language),
        title=content.title,
        link=shorten_link(header.link),
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        logo=_data_url(header.logo.media_type, header.logo.data) if header.logo else "",
        icon=_data_url("image/png", (folder / "page-icon.png").read_bytes()),
        # Style and script are part of quizgen, and the data is escaped.
        data=Markup(data),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )
    return html.encode()


def _shorten_code(text: str) -> str:
    """Return a style sheet or a script without indentation and without lines of comment, which keeps the page small."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if not line.startswith(_COMMENTS))


def _encode_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _csp_source(text: str) -> str:
    """Return the source expression that allows an element with this text (Content Security Policy Level 3, 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"
