"""A quiz as JSON, all of it."""

from quizgen.export.format import Format, json_bytes

FORMAT = Format(name="json", suffix=".json", takes="quiz", write=json_bytes)
