"""The entry point of the program, for ``quizgen`` and ``python -m quizgen``."""

import sys


def main() -> None:
    """Run the command line. Ctrl-C while modules are imported ends the program without a traceback."""
    try:
        from quizgen.cli import main as run  # noqa: PLC0415  loading takes long enough for a Ctrl-C

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
