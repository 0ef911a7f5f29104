"""Write entries of a question bank, check them, and insert them into its files. No I/O."""
