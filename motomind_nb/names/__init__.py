"""The application, too: where a source tree names what goes, moves or is renamed.

A name counts where it names something of the database: in SQL, in a call of a client library, in a
model, in generated types. What only may be such a name is a guess, and told as one; nothing is left
out in silence but names that a program puts together at run time.
"""

from motomind_nb.names.mentions import Mention
from motomind_nb.names.tree import Found, find_names

__all__ = [
    "Found",
    "Mention",
    "find_names",
]
