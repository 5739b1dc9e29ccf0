"""Invented patients for demonstrations: who they are and what has happened to them.

``stories*.py`` is the data, one entry for each patient; ``acts_*.py`` make it happen through the
same services as the pages use, so that a demonstration also proves them.
"""
