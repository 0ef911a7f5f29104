"""What Click finds wrong with a command line, in the reader's language and with what to do about it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable

import click

from quizgen.errors import MisuseError, QuizgenError, nearest, problem
from quizgen.text.messages import Said, text


@runtime_checkable
class Suggesting(Protocol):
    """A command that knows what somebody may have meant."""

    def suggestion(self, option: str) -> Said:
        """Say what to do about an option that the command does not have; "" where nobody knows."""


class UnexpectedWordsError(click.UsageError):
    """A command line has more words than the command takes."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        self.words = tuple(words)
        super().__init__(" ".join(words), ctx)


def misuse(error: click.UsageError) -> MisuseError:
    """Say what Click found wrong; each of its exceptions has a sentence of ours."""
    what, hint = _what(error), _hint(error)
    if not hint and error.ctx:
        hint = text("usage.see-help", command=error.ctx.command_path)
    return MisuseError(problem(what, hint))


def _what(error: click.UsageError) -> Said:
    what: Said = (
        error.format_message()
    )  # Click's own words, where it has something to say that we do not know
    match error:
        case click.NoSuchCommand():
            what = text("usage.no-command", name=error.command_name)
        case click.NoSuchOption():
            what = text("usage.no-option", option=error.option_name)
        case click.MissingParameter():
            what = text("usage.missing", name=_name(error))
        case click.BadParameter(param=click.Parameter() as param):
            what = text("usage.bad-value", option=_name(error), wanted=_wanted(param.type))
        case click.BadOptionUsage():
            what = _without_value(error.option_name, error.ctx)
        case UnexpectedWordsError():
            what = text("usage.extra", words=error.words)
    return what


def _hint(error: click.UsageError) -> Said:
    """Say what was probably meant; "" where nobody knows."""
    context = error.ctx
    if context is None:
        return ""
    match error:
        case click.NoSuchCommand():
            assert isinstance(context.command, click.Group)  # noqa: S101  only a group looks for commands
            return nearest(error.command_name, context.command.list_commands(context))
        case click.NoSuchOption():
            assert isinstance(context.command, Suggesting)  # noqa: S101  as all commands of ours do
            return context.command.suggestion(error.option_name)
        case UnexpectedWordsError(words=(word, *_)):
            return _meant_as_topic(word, context)
    return ""


def _wanted(kind: click.ParamType[Any]) -> Said:
    """Say what a value has to be."""
    match kind:
        case click.Choice():
            return text("usage.one-of", choices=tuple(map(str, kind.choices)))
        case click.IntRange(min=int() as low, max=int() as high):
            return text("usage.between", low=low, high=high)
        case click.IntRange(min=int() as low):
            return text("usage.at-least", low=low)
    return text("usage.whole-number") if kind is click.INT else kind.name


def _without_value(option: str, context: click.Context | None) -> Said:
    """Say that an option lacks its value; or has one, though it takes none."""
    params = context.command.params if context else ()
    takes_none = any(
        isinstance(each, click.Option) and each.is_flag and option in each.opts for each in params
    )
    return text("usage.value-unwanted" if takes_none else "usage.no-value", option=option)


def _name(error: click.BadParameter) -> str:
    """Name an argument or an option, in all its forms."""
    return error.param.get_error_hint(error.ctx) if error.param else ""


def _meant_as_topic(word: str, context: click.Context) -> Said:
    """Offer ``-t`` where a command takes topics and a word too many is one of the built-in bank."""
    from quizgen.cli.options import load_bank

    if any(param.name == "topic" for param in context.command.params):
        with suppress(QuizgenError):
            if word in load_bank(None).topics:
                return text("usage.topic", topic=word)
    return ""
