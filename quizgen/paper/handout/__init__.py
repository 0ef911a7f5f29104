"""The parts of a handout as pieces for the press: header, questions, answers, foot and key."""
