"""Write a question: interview its author, check the question, and insert it into its file. No I/O."""
