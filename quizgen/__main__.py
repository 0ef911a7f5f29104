"""Where the program starts, as ``quizgen`` and as ``python -m quizgen``."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded ends it as it does later."""
    try:
        from quizgen.cli import main as run  # noqa: PLC0415  what takes time is loaded where Ctrl-C is heard
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
