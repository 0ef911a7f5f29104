"""The history as JSON: attempts, each with its answers."""

from quizgen.export.format import Format, json_bytes

FORMAT = Format(name="json", suffix=".json", takes="history", write=json_bytes)
