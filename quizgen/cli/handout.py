"""``quizgen handout``, which is the same command as ``quizgen print handout``."""

from quizgen.cli.printing import layout_command
from quizgen.paper.layouts.handout import LAYOUT

handout = layout_command(LAYOUT)
