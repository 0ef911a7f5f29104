"""What a page carries -> one HTML file that asks for nothing from anywhere, by a content security policy of its own."""

import hashlib
import json
from base64 import b64encode

from markupsafe import Markup
from msgspec import Struct

from quizgen.files import shipped
from quizgen.page.content import Page
from quizgen.paper.design import Logo
from quizgen.text.foreign import in_their_languages
from quizgen.text.messages import template_functions
from quizgen.view.text import display_link

_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""What HTML could take for its own in a script element, as JSON writes it too."""


class Letterhead(Struct, frozen=True):
    """Who gives the quiz, as a profile says it. What is empty is not said."""

    organiser: str = ""
    contact: str = ""
    headline: str = ""
    invitation: str = ""
    logo: Logo | None = None
    link: str = ""

    @property
    def address(self) -> str:
        """Where the link leads; "" for one that is to be read, and that a browser would take for a file beside the page."""
        return self.link if self.link.lower().startswith(("https://", "http://")) else ""


def page_html(page: Page, head: Letterhead) -> bytes:
    """Write a page: the same bytes for the same page and letterhead."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  slow to load

    folder = shipped("templates")
    style, script = ((folder / f"page.{suffix}").read_text(encoding="utf-8") for suffix in ("css", "js"))
    # By its digest a browser finds what was answered on this very page, and on no other in the same folder.
    digest = hashlib.sha256(_json(page.record).encode()).hexdigest()[:16]
    data = _json({**page.record, "id": digest, "headline": head.headline})
    templates = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True)
    templates.globals.update(template_functions(page.language))
    policy = {
        "default-src": "'none'",
        "script-src": _hashed(script),
        "style-src": _hashed(style),
        "base-uri": "'none'",
        "form-action": "'none'",
    } | ({"img-src": "data:"} if head.logo else {})
    html = in_their_languages(
        templates.get_template("page.html").render(
            head=head,
            lang=page.language,
            title=page.title,
            link=display_link(head.link),
            policy="; ".join(f"{name} {value}" for name, value in policy.items()),
            logo=_data_address(head.logo) if head.logo else "",
            # All three are ours, or escaped.
            data=Markup(data),  # noqa: S704
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )
    return html.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _hashed(text: str) -> str:
    """Give what allows an element with this text (Content Security Policy Level 3, 2.3.1)."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data_address(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{b64encode(logo.data).decode()}"
