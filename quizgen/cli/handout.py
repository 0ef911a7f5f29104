"""``quizgen handout``: a short name for the most common layout."""

from quizgen.cli.printing import layout_command
from quizgen.paper.layouts.handout import LAYOUT

handout = layout_command(LAYOUT)
