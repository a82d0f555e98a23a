"""What an apply binds from outside to the rebuilt tables: keys before the switch, then the rest."""

from __future__ import annotations

from motomind_nb.apply import locking, outside
from motomind_nb.apply.acts import BESIDE, LEGACY, Work
from motomind_nb.apply.state import SOURCE_SCHEMA


def add_keys_from_outside(work: Work) -> None:
    """Add the foreign keys from outside over the rebuilt tables, and prove them; readers go on.

    Who writes to a table that has one waits from here on.
    """
    if not work.rebind:
        return
    connection = work.connection
    known = outside.bound_from_outside(connection, SOURCE_SCHEMA)
    work.bound = [item for item in known if item.subject in work.rebind]
    if keys := outside.added_before(work.bound):
        places = outside.places(keys)
        locking.lock_with_patience(connection, places, locking.WRITERS, work.patience)
        outside.add_keys_beside(connection, keys, BESIDE)


def bind_from_outside(work: Work) -> None:
    """Make the accepted dependents anew, and let the rebuilt tables be published."""
    outside.rebind_after_switch(work.connection, work.bound, SOURCE_SCHEMA)
    outside.move_publications(work.connection, work.members, LEGACY, SOURCE_SCHEMA)


def execute_also(work: Work) -> None:
    """Execute the operator's own statements; what is moved and rebuilt must stay as it is.

    Raises: Refused, with what the server said of them, or naming what they changed.
    """
    if work.also:
        assert work.source is not None
        outside.execute_unchanging(work.connection, work.also, work.source)
