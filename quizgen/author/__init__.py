"""A question that a person writes: asked for step by step, held against the bank's rules, set into its file. Pure."""
