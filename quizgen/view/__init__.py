"""Descriptions of a question, of feedback and of results in one language, the same for every interface.

Interfaces only draw these descriptions. So line mode, the full screen, paper and the web page all show the
same right answer, reasons and sources. Nothing here depends on a terminal. All texts of a question bank in a
description are safe to display.

An exhibit is a message, a call or a letter that a question shows. Its *telltale words* show whether it is
genuine or a scam.
"""
