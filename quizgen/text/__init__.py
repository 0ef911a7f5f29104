"""How people write: languages and their messages, characters, lines and words."""
