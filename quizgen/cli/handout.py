"""``quizgen handout``: the short way to the layout that most people want."""

from quizgen.cli.printing import layout_command
from quizgen.paper.layouts.handout import LAYOUT

handout = layout_command(LAYOUT)
