"""Quizzes about fraud for the public, in which each question names its source."""

__version__ = "0.3.0"
