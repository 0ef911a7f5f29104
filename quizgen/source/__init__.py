"""Sources: split the text of a source into passages, and check whether the passages that facts cite are in the text."""
