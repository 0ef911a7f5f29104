"""Quizzes as one web page that needs no network: the data of the page, and the HTML file."""

from quizgen.page.content import PageContent, make_page_content
from quizgen.page.html import PageHeader, render_page

__all__ = ["PageContent", "PageHeader", "make_page_content", "render_page"]
