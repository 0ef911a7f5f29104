"""Write a page as one HTML file, whose content security policy forbids it to load anything."""

import hashlib
import json
from base64 import b64encode

from markupsafe import Markup
from msgspec import Struct

from quizgen.files import shipped
from quizgen.page.content import Page
from quizgen.paper.design import Logo
from quizgen.text.languages import interface_language
from quizgen.text.messages import template_functions
from quizgen.view.text import display_link

_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""Characters with a meaning for HTML within a script element, and their escapes in JSON."""


class PageHeader(Struct, frozen=True):
    """Who offers the quiz, from a profile. Empty fields are left out of the page."""

    organiser: str = ""
    contact: str = ""
    headline: str = ""
    invitation: str = ""
    logo: Logo | None = None
    link: str = ""

    @property
    def address(self) -> str:
        """The link as an address, or "" without http(s), since a browser would look for a file of that name."""
        return self.link if self.link.lower().startswith(("https://", "http://")) else ""


def page_html(page: Page, head: PageHeader) -> bytes:
    """Write a page. The same page and header make the same bytes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  slow to load

    folder = shipped("templates")
    style, script = ((folder / f"page.{suffix}").read_text(encoding="utf-8") for suffix in ("css", "js"))
    # The browser stores answers under this digest, so that pages in one folder do not share them.
    digest = hashlib.sha256(_json(page.record).encode()).hexdigest()[:16]
    data = _json({**page.record, "id": digest, "headline": head.headline})
    templates = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True)
    templates.globals.update(template_functions(page.language))
    policy = {
        "default-src": "'none'",
        "script-src": _csp_hash(script),
        "style-src": _csp_hash(style),
        "base-uri": "'none'",
        "form-action": "'none'",
    } | ({"img-src": "data:"} if head.logo else {})
    html = templates.get_template("page.html").render(
        head=head,
        lang=page.language,
        title_lang=page.language if head.headline else page.title_language,
        spoken=interface_language(page.language),
        title=page.title,
        link=display_link(head.link),
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        logo=_data_url(head.logo) if head.logo else "",
        # Style and script are ours, and the data is escaped.
        data=Markup(data),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )
    return html.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _csp_hash(text: str) -> str:
    """Return the source expression that allows an element with this text (Content Security Policy Level 3, 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data_url(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{b64encode(logo.data).decode()}"
