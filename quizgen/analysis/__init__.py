"""What many answers say: about each question, about telling scams from genuine contacts, and about a talk.

Papers that were read, visitors at a stall and the history are all sittings (:class:`Sitting`).
"""

from quizgen.analysis.gain import Gain, ItemChange, measure_gain
from quizgen.analysis.intervals import Interval
from quizgen.analysis.items import ItemStatistics, OptionCount, count_items, propose_difficulty
from quizgen.analysis.results_table import read_results
from quizgen.analysis.sitting import GivenAnswer, Sitting, Time, sitting_of_attempt
from quizgen.analysis.verdicts import Verdicts, measure_verdicts

__all__ = [
    "Gain",
    "GivenAnswer",
    "Interval",
    "ItemChange",
    "ItemStatistics",
    "OptionCount",
    "Sitting",
    "Time",
    "Verdicts",
    "count_items",
    "measure_gain",
    "measure_verdicts",
    "propose_difficulty",
    "read_results",
    "sitting_of_attempt",
]
