"""The handout's layout elements: header, questions, answers, foot and answer key."""
