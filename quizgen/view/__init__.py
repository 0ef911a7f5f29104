"""Descriptions of a question, feedback and results in one language, for every interface.

Interfaces only draw these, so that line mode, the full screen, paper and the web page show the same verdict, key, reasons
and sources. Nothing here depends on a terminal. All texts of a bank in a view are safe to display.
"""
