"""Write a question: interview its author, check it against the bank, and insert it into its file. No I/O."""
