"""Starts the program and sends it a signal, by number, while it loads a module. SIGSTOP stops it.

``python meanwhile.py NUMBER MODULE … -m quizgen ARGUMENTS``: what stands before ``-m quizgen`` is the command that would
start it without this. ``MEANWHILE_CAME`` names a file that is there once it has come.
"""

import os
import sys
from typing import Any


class Meanwhile:
    """Sends the signal when the module is first looked for."""

    def __init__(self, number: int, module: str) -> None:
        self.number = number
        self.module = module

    def find_spec(self, name: str, *_: Any) -> None:
        """Find nothing, since this is no loader."""
        if name == self.module:
            sys.meta_path.remove(self)
            if came := os.environ.get("MEANWHILE_CAME"):
                os.close(os.open(came, os.O_CREAT))
            os.kill(os.getpid(), self.number)


if __name__ == "__main__":
    number, module = sys.argv[1:3]
    sys.argv[:] = ["quizgen", *sys.argv[sys.argv.index("quizgen") + 1 :]]
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  nothing more is loaded than the program would
    sys.meta_path.insert(0, Meanwhile(int(number), module))
    from quizgen.__main__ import main

    main()
