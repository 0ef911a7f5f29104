"""Every function of WeasyPrint that we replace, and every private name of it that we use, each with the reason.

Read this module before you raise the version of WeasyPrint in pyproject.toml. Each function is replaced only while
something is painted:

- ``draw.draw_stacking_context``: the press sets hundreds of pieces on one page and prints each of them many times, so it
  must know which operators draw which piece. Parsing a page's operators cannot tell them apart, because a logo may contain
  any operator. One page for each piece would work, but takes more time than a whole run (``collect_drawn_elements``).
- ``Page.paint``, ``pdf.tags._build_box_tree``, ``Stream.marked``, ``Stream.artifact``, ``draw.draw_border`` and
  ``Stream._tags``: PDF/UA-1 (ISO 14289-1) requires a structure tree. WeasyPrint makes one from its boxes, but without
  languages and form fields; it makes two headings of one with blocks in it, and tags decoration as content (``complete_tags``).
  So templates need only plain HTML: see "Add a layout" in CONTRIBUTING.md.
- ``Page._page_box`` and ``AbsolutePlaceholder._box``: the boxes themselves, for the same purpose.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from quizgen.text.han import HAN

FIELDS = {"checkbox": "cb", "textbox": "tv"}
"""Fields for a pen: the role of the element, and that of the print field (ISO 32000-1, table 348)."""

_OUTERMOST_ROLES = {
    f"/{role}"
    for role in ["Art", "BlockQuote", "Div", "Link", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Part", "Sect"]
}
"""Roles that only the outermost box of an element gets; WeasyPrint also makes anonymous boxes around blocks in it."""


Tagged = Mapping[str, Any]
"""WeasyPrint's structure elements of HTML elements, by their ids."""


_WITH_HAN = frozenset(("zh", "yue", "ja", "ko"))
_HAN = re.compile(f"[{HAN}]")


@contextmanager
def collect_drawn_elements(ids: Collection[str]) -> Iterator[dict[str, list[Any]]]:
    """Collect the operators and operands that draw each element with one of these ids, while WeasyPrint paints.

    Each must be a stacking context (``z-index`` in ``blocks.html``), which WeasyPrint draws in one call of one function.
    """
    from weasyprint import draw  # noqa: PLC0415  needs Pango

    collected: dict[str, list[Any]] = {}
    draw_stacking_context = draw.draw_stacking_context

    def collect(stream: Any, context: Any) -> None:
        start = len(stream.stream)
        draw_stacking_context(stream, context)
        element = context.box.element
        if element is not None and (name := element.get("id")) in ids:
            collected[name] = stream.stream[start:]

    draw.draw_stacking_context = collect
    try:
        yield collected
    finally:
        draw.draw_stacking_context = draw_stacking_context


@contextmanager
def complete_tags() -> Iterator[Tagged]:
    """Complete the tags of what WeasyPrint paints within this context, if it is asked to tag (``pdf_tags``)."""
    from weasyprint import draw  # noqa: PLC0415  needs Pango
    from weasyprint.document import Page  # noqa: PLC0415
    from weasyprint.pdf import tags  # noqa: PLC0415
    from weasyprint.pdf.stream import Stream  # noqa: PLC0415

    before = draw.draw_border, Page.paint, tags._build_box_tree, Stream.marked, Stream.artifact
    patches = _Patches(*before)
    try:
        draw.draw_border = patches.draw_border
        tags._build_box_tree = patches.build_structure
        # These become methods, so their first argument is the object.
        Page.paint = lambda page, *rest: patches.paint(page, *rest)
        Stream.marked = lambda stream, *rest: patches.mark_content(stream, *rest)
        Stream.artifact = lambda stream: patches.mark_artifact(stream)
        yield patches.found
    finally:
        draw.draw_border, Page.paint, tags._build_box_tree, Stream.marked, Stream.artifact = before


class _Patches:
    """The replacements, which call WeasyPrint's own functions."""

    def __init__(self, draw_border: Any, paint: Any, build: Any, marked: Any, artifact: Any) -> None:
        self._draw_border, self._paint, self._build, self._marked, self._artifact = (
            draw_border, paint, build, marked, artifact,
        )  # fmt: skip
        self._decoration: set[Any] = set()
        self._unmarked_chinese: set[int] = set()
        self._pages: dict[Any, tuple[float, float, set[int]]] = {}
        self._page = (0.0, 0.0, self._unmarked_chinese)
        self._within: list[Any] = []
        self._described: set[int] = set()
        self.found: dict[str, Any] = {}
        self._is_in_field = self._is_in_link = False

    def paint(self, page: Any, stream: Any, scale: float) -> None:
        """Paint a page, after finding its decoration."""
        self._unmarked_chinese = set()
        self._pages[page._page_box] = page.height, scale, self._unmarked_chinese
        self._find_decoration(page._page_box)
        self._paint(page, stream, scale)

    def _find_decoration(self, box: Any, *, within: bool = False) -> None:
        from weasyprint.formatting_structure.boxes import MarginBox  # noqa: PLC0415

        box = _unwrap_placeholder(box)
        if within := within or isinstance(box, MarginBox) or _is_decoration(box):
            self._decoration.add(box)
        for child in getattr(box, "children", ()):
            self._find_decoration(child, within=within)

    def mark_content(self, stream: Any, box: Any, role: str) -> Any:
        """Mark content; mark decoration as an artifact."""
        if box in self._decoration:
            return self.mark_artifact(stream)
        if role == "Span" and _is_unmarked_chinese(box):
            self._unmarked_chinese.add(len(stream._tags or ()))
        return self._marked(stream, box, role)

    def mark_artifact(self, stream: Any) -> Any:
        """Mark an artifact, except within a field, whose frame it is."""
        return nullcontext() if self._is_in_field else self._artifact(stream)

    def draw_border(self, stream: Any, box: Any) -> None:
        """Draw a border, which is the visible part of a field."""
        is_drawn = any(getattr(box, f"border_{side}_width") for side in ("top", "right", "bottom", "left"))
        if (
            not (is_drawn and stream._tags is not None and _print_field_role(box))
            or box.element in stream._tags
        ):
            self._draw_border(stream, box)
            return
        # WeasyPrint draws a copy of the box, so we recognise it by its element.
        with self._marked(stream, box.element, "Form"):
            self._is_in_field = True
            self._draw_border(stream, box)
            self._is_in_field = False

    def build_structure(
        self, box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, Any], notes: list[Any], tags: Any
    ) -> Iterator[Any]:
        """Make the structure elements of a box; WeasyPrint calls this for each inner box, too."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint

        box = _unwrap_placeholder(box)
        if box in self._decoration:
            return
        self._page = self._pages.get(box, self._page)
        field = tags.pop(box.element, None) if _print_field_role(box) else None
        outer = self._within[-1] if self._within else None
        self._within.append(box.element)
        if self._is_in_link and box.link_annotation:  # WeasyPrint makes a link of each box in a link, too
            _pdf_object(pdf, pdf.page_references[page])["Annots"].remove(box.link_annotation.reference)
            box.link_annotation = None
        is_link = bool(box.link_annotation)
        self._is_in_link = self._is_in_link or is_link
        for element in self._build(box, parent, pdf, page, nums, notes, tags):
            if field:
                element["K"].append(field["mcid"])
                nums[field["mcid"]] = element.reference
            if element.number not in self._described:  # otherwise an inner box returned it
                if not element["K"] and element["S"] not in ("/TD", "/TH"):
                    continue  # it is empty
                if element["S"] in _OUTERMOST_ROLES and outer is box.element:
                    element["S"] = "/NonStruct"
                self._complete_element(element, box, pdf)
            yield element
        self._within.pop()
        self._is_in_link = self._is_in_link and not is_link
        if box in self._pages:
            for element in (_pdf_object(pdf, nums[mark]) for mark in self._page[2]):
                element.setdefault("Lang", pydyf.String("zh"))

    def _complete_element(self, element: Any, box: Any, pdf: Any) -> None:
        """Complete a structure element, and store it by the id of its HTML element."""
        self._described.add(element.number)
        self._copy_html_attributes(element, box)
        if element["S"] == "/LI":
            self._add_list_item_body(element, pdf)
        if id_ := _html_attributes(box).get("id"):
            self.found[id_] = element

    def _add_list_item_body(self, item: Any, pdf: Any) -> None:
        """Put loose kids of a list item into its body, as when the marker is inside the text."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint

        kids = [(kid, _pdf_object(pdf, kid)) for kid in item["K"]]
        loose = [kid for kid, element in kids if element["S"] not in ("/Lbl", "/LBody")]
        if not loose:
            return
        body = pydyf.Dictionary({**item, "S": "/LBody", "K": pydyf.Array(loose), "P": item.reference})
        pdf.add_object(body)
        for kid, element in kids:
            if kid in loose:
                element["P"] = body.reference
        item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in loose), body.reference])

    def _copy_html_attributes(self, element: Any, box: Any) -> None:
        """Add the attributes of the HTML element to a structure element."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint
        from weasyprint.formatting_structure.boxes import InlineLevelBox  # noqa: PLC0415

        said = _html_attributes(box)
        if element["S"] == "/NonStruct" and isinstance(box, InlineLevelBox):
            element["S"] = "/Span"
        if language := said.get("lang"):
            element["Lang"] = pydyf.String(language)
        if label := said.get("aria-label"):
            element["Alt"] = pydyf.String(label)
        if note := box.link_annotation:
            note["F"] = 4  # the flag Print
            if label:
                note["Contents"] = pydyf.String(label)
        if field := _print_field_role(box):
            element["S"] = "/Form"
            element["A"] = pydyf.Dictionary({"O": "/PrintField", "Role": f"/{field}"})
            if label:
                element["A"]["Desc"] = pydyf.String(label)
        elif element["S"] in ("/Figure", "/Link"):
            self._set_position(element, box)
        elif element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if said.get("scope") == "row" else "/Column"

    def _set_position(self, element: Any, box: Any) -> None:
        """Set the position of a structure element: ``area`` from the top of the page, a picture's BBox from the bottom."""
        import pydyf  # noqa: PLC0415  comes with WeasyPrint

        height, scale, _ = self._page
        x, y = box.content_box_x(), box.content_box_y()
        edges = (x, y, x + box.width, y + box.height, height)
        left, top, right, bottom, height = (round(edge * scale, 2) for edge in edges)
        element.area = (left, top, right, bottom)
        if element["S"] == "/Figure":
            element["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _pdf_object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _unwrap_placeholder(box: Any) -> Any:
    """Return the box itself if WeasyPrint has a placeholder for an absolutely positioned one."""
    return getattr(box, "_box", box)


def _html_attributes(box: Any) -> Any:
    """Return the attributes of the box's HTML element; empty for generated content."""
    return {} if box.element is None or "::" in box.element_tag else box.element.attrib


def _is_decoration(box: Any) -> bool:
    said = _html_attributes(box)
    return bool(said.get("aria-hidden") == "true" or (box.element_tag == "img" and said.get("alt") == ""))


def _is_unmarked_chinese(box: Any) -> bool:
    """Return whether a text is Chinese without being marked so, such as an organiser's name in an English text.

    Japanese and Korean use the same characters.
    """
    letters = [character for character in getattr(box, "text", "") if character.isalpha()]
    language = box.style["lang"] or ""
    return bool(letters) and all(map(_HAN.match, letters)) and language.partition("-")[0] not in _WITH_HAN


def _print_field_role(box: Any) -> str:
    """Return the role of a box as a print field, or ""."""
    return FIELDS.get(_html_attributes(box).get("role", ""), "")
