"""Explain Click's errors in the reader's language, with a hint."""

from contextlib import suppress
from typing import Any

import click

from quizgen.cli.commands import LocalisedCommand, UnexpectedWordsError
from quizgen.errors import MisuseError, QuizgenError, nearest, problem
from quizgen.text.messages import NOTHING, Message, _, as_is


def misuse(error: click.UsageError) -> MisuseError:
    """Turn an error of Click into a problem with our words, by its type and public fields."""
    what, hint = _what(error), _hint(error)
    if not hint and error.ctx:
        hint = _("see `{command} --help`", command=error.ctx.command_path)
    return MisuseError(problem(what, hint))


def _what(error: click.UsageError) -> Message:
    what = as_is(error.format_message())  # Click's own words, if we have none
    match error:
        case click.NoSuchCommand():
            what = _("there is no command {name}", name=error.command_name)
        case click.NoSuchOption():
            what = _("there is no option {option}", option=error.option_name)
        case click.MissingParameter():
            what = _("{name} is missing", name=_name(error))
        case click.BadParameter(param=click.Parameter() as param):
            what = _(
                "invalid value for {option}: {wanted}", option=_name(error), wanted=_expected(param.type)
            )
        case click.BadOptionUsage():
            what = _value_problem(error.option_name, error.ctx)
        case UnexpectedWordsError():
            what = _("unexpected extra words: {words}", words=error.words)
    return what


def _hint(error: click.UsageError) -> Message:
    """Return what the person probably meant, or nothing."""
    context = error.ctx
    if context is None:
        return NOTHING
    match error:
        case click.NoSuchCommand():
            assert isinstance(context.command, click.Group)  # noqa: S101  only a group looks for commands
            return nearest(error.command_name, context.command.list_commands(context))
        case click.NoSuchOption():
            assert isinstance(context.command, LocalisedCommand)  # noqa: S101  as all commands of ours do
            return context.command.suggestion(error.option_name)
        case UnexpectedWordsError(words=(word, *_)):
            return _topic_hint(word, context)
    return NOTHING


def _expected(kind: click.ParamType[Any]) -> Message:
    """Return what a value must be."""
    match kind:
        case click.Choice():
            return _("choose {choices:either}", choices=tuple(map(str, kind.choices)))
        case click.IntRange(min=int() as low, max=int() as high):
            return _("give a whole number from {low} to {high}", low=low, high=high)
        case click.IntRange(min=int() as low):
            return _("give a whole number of at least {low}", low=low)
    return _("give a whole number") if kind is click.INT else as_is(kind.name)


def _value_problem(option: str, context: click.Context | None) -> Message:
    """Return a message that an option lacks its value, or has one though it takes none."""
    params = context.command.params if context else ()
    takes_none = any(
        isinstance(each, click.Option) and each.is_flag and option in each.opts for each in params
    )
    return (
        _("{option} takes no value", option=option)
        if takes_none
        else _("{option} needs a value", option=option)
    )


def _name(error: click.BadParameter) -> str:
    """Return all names of an argument or an option."""
    return error.param.get_error_hint(error.ctx) if error.param else ""


def _topic_hint(word: str, context: click.Context) -> Message:
    """Suggest ``-t`` if a command takes topics and an extra word is a topic of the built-in bank."""
    from quizgen.cli.options import load_bank

    if any(param.name == "topic" for param in context.command.params):
        with suppress(QuizgenError):
            if word in load_bank(None).topics:
                return _("did you mean -t {topic}?", topic=word)
    return NOTHING
