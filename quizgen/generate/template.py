"""Templates of item and exhibit models: Jinja2 of which little is left, so that a bank stays data.

A template may name fields, choose with ``if``, compare, and use the filter ``capital``. It cannot call,
loop, import, assign or look into anything, and a field that is not there is an error, not a blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.errors import nearest
from quizgen.language import Said

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Compare,
    nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
_WORDS = {
    nodes.For: "a loop", nodes.Call: "a call", nodes.Getattr: "a look into a value", nodes.Getitem: "a look into a value",
    nodes.Assign: "an assignment", nodes.Include: "an include", nodes.Import: "an import", nodes.Macro: "a macro",
}  # fmt: skip


_BEYOND_READING = (RecursionError, MemoryError, SyntaxError, ValueError)
"""What Jinja2 and Python's own compiler raise at brackets, blocks or digits without end."""


def capital(text: str) -> str:
    """Begin with a capital letter, where the script has any, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _environment() -> ImmutableSandboxedEnvironment:
    # Texts are plain: what shows them escapes them.
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.filters = {"capital": capital}
    made.tests = {}
    made.globals = {}
    return made


_ENVIRONMENT = _environment()


def template_errors(source: str, fields: Sequence[str]) -> Iterator[tuple[str, Said]]:
    """Tell what is wrong in a template that may name these fields: what, and what to do."""
    try:
        found = list(_errors(source, fields))
        if not found:
            _compiled(source)
        yield from found
    except _BEYOND_READING:
        yield "this template is nested too deep, or too long", "say it in fewer words"


def _errors(source: str, fields: Sequence[str]) -> Iterator[tuple[str, Said]]:
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        yield f"this is not a template: {(error.message or '').rstrip('.')}", "write {{ field }}"
        return
    refused = dict.fromkeys(
        type(node) for node in tree.find_all(nodes.Node) if not isinstance(node, _ALLOWED)
    )
    for kind in refused:
        what = _WORDS.get(kind, f"a {kind.__name__.lower()}")
        yield f"{what} stands in this template", "use fields, `if` and `capital` alone"
    for node in tree.find_all(nodes.Filter):
        if node.name not in _ENVIRONMENT.filters:
            yield f"there is no filter {node.name}", "the only one is capital"
    # Nothing can be assigned, so that every name is a field.
    for name in sorted({node.name for node in tree.find_all(nodes.Name)}):
        if name not in fields:
            listed = f"the fields here are {', '.join(fields)}" if fields else "this template can name none"
            yield f"there is no field {name} here", nearest(name, fields) or listed


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
