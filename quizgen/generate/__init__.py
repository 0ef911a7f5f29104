"""Relations and item models -> questions: automatic item generation. Pure.

After Gierl and Haladyna, Automatic Item Generation: Theory and Practice (2013): an item model is a
question with places left open, and what fills them comes from one set of facts, so that the wrong
answers to one question are the right answers to its siblings.

A fact states *relations* (this department counters that flow), a *relation type* says which members
each of them has, and an *item model* asks, given some of the members, for others.
"""

from quizgen.generate.made import Left, Made, Refused, Yield, generate
from quizgen.generate.parts import PARTS, ItemModel, Relation, fields_of

__all__ = ["PARTS", "ItemModel", "Left", "Made", "Refused", "Relation", "Yield", "fields_of", "generate"]
