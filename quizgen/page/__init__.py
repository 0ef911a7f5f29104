"""Quizzes as one web page that needs no network: what a browser shows of them, made from the views, and the file."""

from quizgen.page.content import Page, page_content
from quizgen.page.html import Letterhead, page_html

__all__ = ["Letterhead", "Page", "page_content", "page_html"]
