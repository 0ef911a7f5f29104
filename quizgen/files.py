"""Where the shipped files stand: in a checkout beside the package, in a wheel inside it."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder of shipped files called ``name`` (``question_bank`` or ``templates``).

    The one function that knows whether quizgen is installed or runs from a checkout.
    """
    package = Path(__file__).parent
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parent / name
