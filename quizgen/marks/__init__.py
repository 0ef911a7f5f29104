"""Reading marks from scanned sheets: where the boxes are, what is in them, and how sure that is.

``positions`` has the data that a sheet's printer writes for its reader. ``picture`` loads a scan, ``sheet`` finds sheets
in it, ``ink`` measures the boxes, and ``decide`` makes answers of the measurements. Nothing is guessed: an answer that is
not sure is left to a person.
"""
