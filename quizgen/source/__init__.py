"""Texts to passages, and a bank held against the passages that its facts cite."""
