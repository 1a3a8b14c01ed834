"""Many new agreements at once: their rows are worked out from the records and written in batches.

``agreements.save`` asks the database at every step, which is right for one agreement and slow for a hundred thousand.
Here what the records name is looked up once and remembered (``known_parties``, ``known_people``, ``named``), the rules
get the record itself, and ``rows`` are written table by table. The rows are the same ones: tests/actions/test_bulk.py
holds the two ways to each other. Records with links or documents are left to the ordinary way.
"""

from tracker.actions.bulk.agreements import Bulk
from tracker.actions.bulk.collecting import seldom_collecting

__all__ = ["Bulk", "seldom_collecting"]
