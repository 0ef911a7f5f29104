"""Public-awareness quizzes on fraud, each question with its source."""

__version__ = "0.2.0"
