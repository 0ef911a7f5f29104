"""Where the program starts, as ``quizgen`` and as ``python -m quizgen``."""

import _signal  # type: ignore[import-not-found]  # which signal is loaded from, after much else
import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded, or has done its work, ends it without a word."""
    heard = _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
    try:
        if heard:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
        from quizgen.cli import main as run  # noqa: PLC0415  what takes time is loaded where Ctrl-C is heard

        if heard:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        if heard:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


if __name__ == "__main__":
    main()
