"""What hangs on the moved tables from outside: bound anew, or by the operator's own text."""

from motomind_nb.apply.outside.own_statements import execute_unchanging
from motomind_nb.apply.outside.rebinding import (
    REPLACED,
    Bound,
    Member,
    accepted_bound,
    add_keys_beside,
    added_before,
    as_facts,
    bound_from_outside,
    bound_in_facts,
    member_statement,
    members_in_facts,
    move_publications,
    places,
    published,
    rebind,
    rebind_after_switch,
    refuse_changed,
)

__all__ = [
    "REPLACED",
    "Bound",
    "Member",
    "accepted_bound",
    "add_keys_beside",
    "added_before",
    "as_facts",
    "bound_from_outside",
    "bound_in_facts",
    "execute_unchanging",
    "member_statement",
    "members_in_facts",
    "move_publications",
    "places",
    "published",
    "rebind",
    "rebind_after_switch",
    "refuse_changed",
]
