"""Convert the errors that Click raises to messages in the user's language, with a hint."""

from contextlib import suppress
from typing import Any

import click

from quizgen.cli.commands import TranslatedCommand, UnexpectedWordsError
from quizgen.errors import MisuseError, QuizgenError, problem, suggest_nearest
from quizgen.text.messages import NOTHING, Message, _, as_is


def misuse_from_click(error: click.UsageError) -> MisuseError:
    """Convert an error of Click to a MisuseError with a message of quizgen. The message depends on the type of the error."""
    what, hint = _describe_error(error), _suggest_fix(error)
    if not hint and error.ctx:
        hint = _("see `{command} --help`", command=error.ctx.command_path)
    return MisuseError(problem(what, hint))


def _describe_error(error: click.UsageError) -> Message:
    """Return a message that says what is wrong."""
    what = as_is(error.format_message())  # Click's own words, if we have none
    match error:
        case click.NoSuchCommand():
            what = _("there is no command {name}", name=error.command_name)
        case click.NoSuchOption():
            what = _("there is no option {option}", option=error.option_name)
        case click.MissingParameter():
            what = _("{name} is missing", name=_parameter_names(error))
        case click.BadParameter(param=click.Parameter() as param):
            what = _(
                "invalid value for {option}: {wanted}",
                option=_parameter_names(error),
                wanted=_describe_expected_value(param.type),
            )
        case click.BadOptionUsage():
            what = _describe_value_problem(error.option_name, error.ctx)
        case UnexpectedWordsError():
            what = _("unexpected extra words: {words}", words=error.words)
    return what


def _suggest_fix(error: click.UsageError) -> Message:
    """Return a hint with what the user probably meant, or an empty message."""
    context = error.ctx
    if context is None:
        return NOTHING
    match error:
        case click.NoSuchCommand():
            assert isinstance(context.command, click.Group)  # noqa: S101  only a group looks for commands
            return suggest_nearest(error.command_name, context.command.list_commands(context))
        case click.NoSuchOption():
            assert isinstance(context.command, TranslatedCommand)  # noqa: S101  as all commands of ours do
            return context.command.suggest_for_unknown_option(error.option_name)
        case UnexpectedWordsError(words=(word, *_)):
            return _suggest_topic_option(word, context)
    return NOTHING


def _describe_expected_value(kind: click.ParamType[Any]) -> Message:
    """Return a message that says which values an option or argument takes."""
    match kind:
        case click.Choice():
            return _("choose {choices:either}", choices=tuple(map(str, kind.choices)))
        case click.IntRange(min=int() as low, max=int() as high):
            return _("give a whole number from {low} to {high}", low=low, high=high)
        case click.IntRange(min=int() as low):
            return _("give a whole number of at least {low}", low=low)
    return _("give a whole number") if kind is click.INT else as_is(kind.name)


def _describe_value_problem(option: str, context: click.Context | None) -> Message:
    """Return a message that an option needs a value, or that it takes none."""
    params = context.command.params if context else ()
    takes_none = any(
        isinstance(each, click.Option) and each.is_flag and option in each.opts for each in params
    )
    return (
        _("{option} takes no value", option=option)
        if takes_none
        else _("{option} needs a value", option=option)
    )


def _parameter_names(error: click.BadParameter) -> str:
    """Return all names of the option or argument that the error is about."""
    return error.param.get_error_hint(error.ctx) if error.param else ""


def _suggest_topic_option(word: str, context: click.Context) -> Message:
    """Return a hint to use ``-t`` if an extra word is a topic of the built-in question bank."""
    from quizgen.cli.options import load_bank

    if any(param.name == "topic" for param in context.command.params):
        with suppress(QuizgenError):
            if word in load_bank(None).topics:
                return _("did you mean -t {topic}?", topic=word)
    return NOTHING
