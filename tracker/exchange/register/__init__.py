"""Registers: the spreadsheets in which offices keep their agreements, read row by row as records.

``sheet`` is what a file gives, ``headings`` and ``mapping`` say which column means what, ``days``, ``terms``,
``figures`` and ``words`` read cells, ``rows`` makes records of them, ``profile`` keeps a mapping for the next time.
Nothing here knows the database.
"""
