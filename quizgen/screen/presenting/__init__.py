"""A talk with a quiz: what the room sees on the projector (``room``), and what only the speaker sees (``guide``).

``talk`` is the state of the talk, as a pure state machine, and ``app`` shows both on terminals with Textual.
"""
