"""Load the templates of paper and web pages."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket


def load_templates(folder: Path) -> "Environment":
    """Return the templates of a folder. An undefined name is an error, and values are escaped for HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  slow to load

    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        bytecode_cache=_compiled_templates(),
    )


def _compiled_templates() -> "BytecodeCache | None":
    """Return Jinja's cache of compiled templates in the system's folder for temporary files, if that can be used.

    To compile the templates of a handout takes longer than to fill them in.
    """
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415

    class Cache(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: "Bucket") -> None:
            with suppress(OSError):  # a full disk is no reason to print nothing
                super().dump_bytecode(bucket)

    with suppress(OSError, RuntimeError):  # no such folder, or a folder of somebody else
        return Cache()
    return None
