"""The roles of the API in front of a rebuilt database, as Supabase has them."""

from __future__ import annotations

from motomind_nb.core import Refused
from motomind_nb.postgres.connection import Connection, rows
from motomind_nb.postgres.queries import query

# how an administrator creates each, once; server/prepare.sql does it on the embedded server
API_ROLES = {
    "anon": "CREATE ROLE anon NOLOGIN;",
    "authenticated": "CREATE ROLE authenticated NOLOGIN;",
    "service_role": "CREATE ROLE service_role NOLOGIN BYPASSRLS;",
}


def refuse_without_roles(connection: Connection) -> None:
    """Raise Refused, with the SQL that creates them, when API roles are missing. Reads only."""
    lacking = rows(connection, query("postgres/missing_roles"), {"roles": list(API_ROLES)})
    if lacking:
        names = [row["role"] for row in lacking]
        raise Refused(
            "target",
            f"the roles {', '.join(API_ROLES)}",
            f"no {', no '.join(names)}",
            f"create them first: {' '.join(API_ROLES[name] for name in names)}",
        )


def refuse_without_membership(connection: Connection) -> None:
    """Raise Refused, with the missing GRANT, when the session cannot act as an API role.

    Reads only. The rights of each role are tried as that role.
    """
    lacking = rows(connection, query("postgres/not_actable"), {"roles": list(API_ROLES)})
    if lacking:
        names = [row["role"] for row in lacking]
        raise Refused(
            "target",
            f"an owner who can act as {', '.join(API_ROLES)}",
            f"{lacking[0]['member']}, who cannot act as {', '.join(names)}",
            "let an administrator run: " + " ".join(row["statement"] for row in lacking),
        )
