"""What an interface shows of a quiz: question, feedback and results as plain data, in one language.

Each view is built once, from an attempt. An interface only draws it: lines, the full screen and whatever
comes after say the same verdict, key, reasons and sources. Nothing here knows a terminal, and every text of
a bank in a view is safe to be shown.
"""
