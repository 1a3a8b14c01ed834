"""The journal: what every write changed, chained by hashes and sealed with a key kept outside of the database.

``capture`` notices each changed row, ``entries`` appends them as one entry, ``keys`` and ``witness`` are what this
machine keeps about it, ``chain`` and ``replay`` prove it, ``past`` goes back in it. Nothing here loads SQLAlchemy.
"""
