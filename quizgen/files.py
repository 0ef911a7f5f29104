"""Where the shipped files stand: in a checkout beside the package, in a wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of shipped files called ``name`` (``question_bank`` or ``templates``).

    The one function that knows whether quizgen is installed or runs from a checkout.
    """
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def is_installed(folder: Path) -> bool:
    """Tell whether a folder of shipped files belongs to an installation, which nobody edits."""
    return folder.is_relative_to(_PACKAGE)
