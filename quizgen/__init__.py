"""Public-awareness quizzes about fraud, where each question names its source."""

__version__ = "0.3.0"
