"""A talk with a quiz: what the room sees on the projector (``room``), and what only the speaker sees (``guide``).

``talk`` has the state of the talk, as a pure state machine. ``app`` shows both on terminals with Textual.
"""
