"""A backup restored for good: rows and keys into an empty database, the rest as a file to read.

What is made is made of facts and proved against the manifest. A definition's text is a program of
whoever may write to a backup, so none is run: what was not made is written into one file.
"""

from motomind_nb.staging.restoring.database import Restored, restore_into_database

__all__ = [
    "Restored",
    "restore_into_database",
]
