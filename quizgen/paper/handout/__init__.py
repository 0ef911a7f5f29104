"""What a handout holds: its head, questions, answers, foot and key, as pieces for the press to set."""
