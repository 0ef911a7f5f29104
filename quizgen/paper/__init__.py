"""From a quiz to a printed page: pieces, laid out once, composed into pages, and pressed into a PDF."""
