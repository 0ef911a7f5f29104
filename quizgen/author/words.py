"""What the words of a question's fields mean, in a few words, for whoever has to choose one."""

KINDS_SAID = {
    "single": "one option is right",
    "multiple": "several options are right",
    "true-false": "a statement that holds or does not",
    "match": "pairs to put together",
    "order": "steps to put in order",
    "fill": "a blank to fill",
}
LEVELS_SAID = {
    "recall": "say what a fact says",
    "understand": "see what it means",
    "apply": "decide in a small scene",
}
DIFFICULTIES_SAID = {1: "easy", 2: "medium", 3: "hard"}
