"""What a terminal shows of an attempt, a line at a time or on the full screen, and what keys do to it. Nothing here grades."""
