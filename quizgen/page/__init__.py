"""Quizzes as one web page that needs no network: its data, made from views, and the HTML file."""

from quizgen.page.content import Page, page_content
from quizgen.page.html import PageHeader, page_html

__all__ = ["Page", "PageHeader", "page_content", "page_html"]
