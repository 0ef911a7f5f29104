"""Templates of item and exhibit models: Jinja2 of which little is left, so that a bank stays data.

A template may name fields, choose with ``if``, compare, and use the filter ``capital``. It cannot call,
loop, import, assign or look into anything, and a field that is not there is an error, not a blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.errors import nearest
from quizgen.text.characters import FORBIDDEN_CHARACTERS, escape_forbidden
from quizgen.text.messages import Message, _

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Compare,
    nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
_NAMED: Mapping[type[nodes.Node], Message] = {
    nodes.For: _("a loop"),
    nodes.Call: _("a call"),
    nodes.Getattr: _("a look into a value"),
    nodes.Getitem: _("a look into a value"),
    nodes.Assign: _("an assignment"),
    nodes.Include: _("an include"),
    nodes.Import: _("an import"),
    nodes.Macro: _("a macro"),
}
"""What is not allowed, but may be tried."""

_BEYOND_READING = (RecursionError, MemoryError, SyntaxError, ValueError)
"""What Jinja2 and Python's own compiler raise at brackets, blocks or digits without end."""


def capital(words: str) -> str:
    """Begin with a capital letter, where the script has any, and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def _environment() -> ImmutableSandboxedEnvironment:
    # Texts are plain: what shows them escapes them. Jinja2's optimizer takes quadratic time for what is deeply nested.
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, optimized=False)
    made.filters = {"capital": capital}
    made.tests = {}
    made.globals = {}
    return made


_ENVIRONMENT = _environment()


def template_errors(source: str, fields: Sequence[str]) -> Iterator[tuple[Message, Message]]:
    """Tell what is wrong in a template that may name these fields: what, and what to do."""
    try:
        found = list(_errors(source, fields))
        if not found:
            _compiled(source)
        yield from found
    except _BEYOND_READING:
        yield _("this template is nested too deep, or too long"), _("say it in fewer words")


def _errors(source: str, fields: Sequence[str]) -> Iterator[tuple[Message, Message]]:
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        yield (
            _("this is not a template: {reason}", reason=(error.message or "").rstrip(".")),
            _("write {{ field }}"),
        )
        return
    refused = dict.fromkeys(
        type(node) for node in tree.find_all(nodes.Node) if not isinstance(node, _ALLOWED)
    )
    for kind in refused:
        what = _NAMED.get(kind) or _("a {name}", name=kind.__name__.lower())
        yield _("{what} stands in this template", what=what), _("use fields, `if` and `capital` alone")
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and (unseen := FORBIDDEN_CHARACTERS.search(constant.value)):
            yield (
                _(
                    "this template makes {character}, which nobody sees",
                    character=escape_forbidden(unseen[0]),
                ),
                _("use fields, `if` and `capital` alone"),
            )
    for node in tree.find_all(nodes.Filter):
        if node.name not in _ENVIRONMENT.filters:
            yield _("there is no filter {name}", name=node.name), _("the only one is capital")
    # Nothing can be assigned, so that every name is a field.
    for name in sorted({node.name for node in tree.find_all(nodes.Name)}):
        if name not in fields:
            listed = (
                _("the fields here are {names}", names=tuple(fields))
                if fields
                else _("this template can name none")
            )
            yield _("there is no field {name} here", name=name), nearest(name, fields) or listed


def names_in(source: str) -> set[str]:
    """Give the names of the fields in a template that has no fault."""
    return {node.name for node in _ENVIRONMENT.parse(source).find_all(nodes.Name)}


def render(source: str, values: Mapping[str, object]) -> str:
    """Fill a template that has no fault; blanks in a row become one."""
    return " ".join(_compiled(source).render(values).split())


def fill(source: str, values: Mapping[str, object]) -> str:
    """Fill a template that has no fault, and begin with a capital."""
    return capital(render(source, values))


@cache
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)
