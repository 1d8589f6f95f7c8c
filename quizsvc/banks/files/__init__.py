"""Question files as organizers have them: reading, repairing, understanding and writing. Nothing here knows a database.

Bytes become a ``Document`` (``documents.py``) of lines, tables and sheets; the layout rules make ``FoundQuestion``s
(``found.py``) of it, each with its place, how its key was found, and what a person must look at.
"""
