"""Values of options and arguments, read without loading pydantic for what is plainly right.

Typer 0.29 makes an adapter of pydantic for each option of a command, and to load pydantic takes a third of the time from
command to first question. What is put in its place here reads a word that is a word, a number, a choice or a path; all else
goes to Typer's own, so that what is refused, and in which words, stays as it is. pyproject.toml holds Typer below 0.30, so
that what is patched is what was read. As it could be reported:

``_TyperParameter.process_value`` calls ``build_runtime_param``, and this imports pydantic, for each parameter, even where it
was not given and its value is ``None``, or where its type is ``str``. Expected: pydantic where something has to be validated.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer
from typer._coercion import RuntimeParam, TypeDescriptor, build_runtime_param
from typer.models import ParameterInfo

_MOST_DIGITS = 18
"""Digits of a number that is read here."""


class _NotPlainError(Exception):
    """A value is for Typer to read, or to refuse."""


@dataclass(frozen=True)
class _PlainParam(RuntimeParam):
    """Reads what is plain, and leaves the rest to what Typer would have made."""

    descriptor: TypeDescriptor

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            return _read(self.annotation, self.parameter_info, value)
        except _NotPlainError:
            return build_runtime_param(self.descriptor).coerce(value, param=param, ctx=ctx)


def read_plainly(command: Any) -> None:
    """Have the options and arguments of a command that Typer has made, and of those below it, read plain values here."""
    for param in (*command.params, command.get_help_option(typer.Context(command))):
        if descriptor := getattr(param, "type_descriptor", None):
            param._runtime_param = _PlainParam(  # noqa: SLF001  see above
                descriptor.parameter_info, descriptor.annotation, descriptor
            )
    for below in getattr(command, "commands", {}).values():
        read_plainly(below)


def _read(annotation: Any, info: ParameterInfo, value: Any) -> Any:
    if get_origin(annotation) is list and isinstance(value, list | tuple):
        return [_read(get_args(annotation)[0], info, each) for each in value]
    if info.parser is not None:
        try:
            return info.parser(value)
        except (ValueError, AssertionError, typer.BadParameter) as error:
            raise _NotPlainError from error
    if isinstance(value, str):
        if annotation is str or (get_origin(annotation) is Literal and value in get_args(annotation)):
            return value
        if annotation is Path:
            return _path(info, value)
        if annotation is int and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            return _number(info, int(value))
    if annotation is int and type(value) is int:
        return _number(info, value)
    raise _NotPlainError


def _number(info: ParameterInfo, value: int) -> int:
    if (
        info.clamp
        or (info.min is not None and value < info.min)
        or (info.max is not None and value > info.max)
    ):
        raise _NotPlainError
    return value


def _path(info: ParameterInfo, value: str) -> Path:
    """Give a path; what Typer looks for in a file that is there is looked for by Typer, unless anything will do."""
    plain = info.file_okay and info.dir_okay and not (info.resolve_path or info.allow_dash or info.path_type)
    if not plain or info.exists or info.writable:
        raise _NotPlainError
    path = Path(value)
    if "\0" in value or (path.exists() and info.readable and not os.access(path, os.R_OK)):
        raise _NotPlainError
    return path
