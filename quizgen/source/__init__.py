"""Splitting a text into passages, and comparing a bank with the passages that its facts cite."""
