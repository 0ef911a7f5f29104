"""A new question: asked for step by step, held against the bank's rules, and set into its file. Pure."""
