"""What a terminal shows of an attempt, and how it reads what is typed. Nothing here grades."""
