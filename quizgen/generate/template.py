"""Templates of item models and exhibit models: a small part of Jinja2, so that a question bank cannot contain programs.

A template may name fields, choose with ``if``, compare, and use the filter ``capital``. It cannot call, loop, import,
assign, or read attributes and items. A field without a value is an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.errors import suggest_nearest
from quizgen.text.characters import FORBIDDEN_CHARACTERS, escape_forbidden
from quizgen.text.messages import Message, _

_ALLOWED_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Compare,
    nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter,
)  # fmt: skip
_REFUSED_NAMES: Mapping[type[nodes.Node], Message] = {
    nodes.For: _("a loop"),
    nodes.Call: _("a call"),
    nodes.Getattr: _("access to an attribute or an item"),
    nodes.Getitem: _("access to an attribute or an item"),
    nodes.Assign: _("an assignment"),
    nodes.Include: _("an include"),
    nodes.Import: _("an import"),
    nodes.Macro: _("a macro"),
}
"""Names, for error messages, of syntax that authors may try but that is not allowed."""

_NESTING_ERRORS = (RecursionError, MemoryError, SyntaxError, ValueError)
"""What Jinja2 and Python's compiler raise for endless brackets, blocks or digits."""


def capitalise_first(text: str) -> str:
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _make_environment() -> ImmutableSandboxedEnvironment:
    # No escaping, since whatever shows a text escapes it. Jinja2's optimizer takes quadratic time for deep nesting.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, optimized=False)
    environment.filters = {"capital": capitalise_first}
    environment.tests = {}
    environment.globals = {}
    return environment


_ENVIRONMENT = _make_environment()


def template_errors(source: str, fields: Sequence[str]) -> Iterator[tuple[Message, Message]]:
    """Yield what is wrong and what to do for each error in a template that can use these fields."""
    try:
        errors = list(_find_errors(source, fields))
        if not errors:
            _compile_template(source)
        yield from errors
    except _NESTING_ERRORS:
        yield _("this template is nested too deep, or too long"), _("make it shorter and simpler")


def _find_errors(source: str, fields: Sequence[str]) -> Iterator[tuple[Message, Message]]:
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        yield (
            _("this is not a template: {reason}", reason=(error.message or "").rstrip(".")),
            _("write {{ field }}"),
        )
        return
    refused = dict.fromkeys(
        type(node) for node in tree.find_all(nodes.Node) if not isinstance(node, _ALLOWED_NODES)
    )
    for kind in refused:
        what = _REFUSED_NAMES.get(kind) or _("a {name}", name=kind.__name__.lower())
        yield _("this template contains {what}", what=what), _("use only fields, `if` and `capital`")
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and (unseen := FORBIDDEN_CHARACTERS.search(constant.value)):
            yield (
                _(
                    "this template gives {character}, which is invisible",
                    character=escape_forbidden(unseen[0]),
                ),
                _("use only fields, `if` and `capital`"),
            )
    for node in tree.find_all(nodes.Filter):
        if node.name not in _ENVIRONMENT.filters:
            yield _("there is no filter {name}", name=node.name), _("the only one is capital")
    # Templates cannot assign, so every name is a field.
    for name in sorted({node.name for node in tree.find_all(nodes.Name)}):
        if name not in fields:
            listed = (
                _("the fields here are {names}", names=tuple(fields))
                if fields
                else _("this template has no fields")
            )
            yield _("there is no field {name} here", name=name), suggest_nearest(name, fields) or listed


def field_names(source: str) -> set[str]:
    """Return the names of the fields in a template that has been checked for errors."""
    return {node.name for node in _ENVIRONMENT.parse(source).find_all(nodes.Name)}


def render_template(source: str, values: Mapping[str, object]) -> str:
    """Fill a template that has been checked for errors, and reduce each run of spaces to one."""
    return " ".join(_compile_template(source).render(values).split())


def render_sentence(source: str, values: Mapping[str, object]) -> str:
    """Fill a template that has been checked for errors, and begin with a capital letter."""
    return capitalise_first(render_template(source, values))


@cache
def _compile_template(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)
