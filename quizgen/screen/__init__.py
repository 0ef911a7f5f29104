"""What a terminal shows of a quiz, line by line or on the full screen, and what keys do.

Nothing here marks answers.
"""
