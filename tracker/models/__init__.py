"""The vocabulary: code lists (``enums``, light), tables (one file per noun) and the record file (``record``).

Nothing is imported here, so that a reading command may use ``enums`` without loading SQLModel.
"""
