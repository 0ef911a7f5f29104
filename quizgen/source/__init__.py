"""Article text to passages, and a bank held against the passages that its facts cite."""

from quizgen.source.article import Article, ArticlePassage, read_article
from quizgen.source.check import check, facts_citing, likeliest
from quizgen.source.decode import LIMIT

__all__ = ["LIMIT", "Article", "ArticlePassage", "check", "facts_citing", "likeliest", "read_article"]
