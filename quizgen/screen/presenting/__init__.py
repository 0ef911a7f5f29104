"""A quiz held before a room: what the projector shows (``room``), and beside it what only the speaker sees (``guide``).

``talk`` is how far the talk is, as a pure state machine, and ``app`` puts both on terminals by way of Textual.
"""
