"""Texts and the words of languages: the one place that knows how people write."""
