"""What an interface shows of a quiz: question, feedback and results, in one language.

Interfaces only draw what is here: lines, the full screen, paper and the web page say the same verdict, key, reasons and
sources. Nothing here knows a terminal, and every text of a bank in a view is safe to be shown.
"""
