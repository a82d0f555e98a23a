"""Targets as users have them: plain, Supabase-like, with a named owner of schema public.

Roles belong to a whole server, so that each target has one of its own. Every function fills an
empty database and returns its connection string, as the role that an audit comes as.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo

from motomind_nb import postgres
from motomind_nb.postgres import API_ROLES, Server, connect

DATABASE = "fleet"
SUPABASE = Path(__file__).with_name("data") / "supabase.sql"
LOGICAL = {"wal_level": "logical", "max_wal_senders": "4", "max_replication_slots": "4"}


def execute(conninfo: str, *statements: str) -> None:
    """Execute statements, each its own transaction."""
    with connect(conninfo, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def plain(server: Server) -> str:
    """What `createdb` makes, with schema extensions and the API roles; come as the superuser."""
    conninfo = server.create_database(DATABASE)
    execute(conninfo, *API_ROLES.values(), "CREATE SCHEMA extensions")
    return conninfo


def supabase_like(server: Server) -> str:
    """What Supabase hands over; come as its owner, who is no superuser."""
    conninfo = server.create_database(DATABASE)
    execute(conninfo, SUPABASE.read_text(), f"ALTER DATABASE {DATABASE} OWNER TO fleet_owner")
    return make_conninfo(conninfo, user="fleet_owner")


def named_owner(server: Server) -> str:
    """Schema public belongs to a role by name and is closed to PUBLIC; come as that role."""
    conninfo = server.create_database(DATABASE)
    execute(
        conninfo,
        *API_ROLES.values(),
        'CREATE ROLE "van-keeper" LOGIN',
        'GRANT anon, authenticated, service_role TO "van-keeper"',
        f'GRANT CREATE ON DATABASE {DATABASE} TO "van-keeper"',
        'ALTER SCHEMA public OWNER TO "van-keeper"',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    )
    return make_conninfo(conninfo, user="van-keeper")


def handing_out(server: Server) -> str:
    """As Supabase-like; a role that authenticated belongs to gets all that is ever created."""
    conninfo = supabase_like(server)
    execute(
        server.conninfo(DATABASE),
        "CREATE ROLE reporting NOLOGIN",
        "GRANT reporting TO authenticated",
        *(
            f"ALTER DEFAULT PRIVILEGES FOR ROLE fleet_owner GRANT ALL ON {kind} TO reporting"
            for kind in ("SCHEMAS", "TABLES", "SEQUENCES", "FUNCTIONS")
        ),
    )
    return conninfo


def outsider(server: Server) -> str:
    """A plain target whose owner is no member of the API roles; come as that owner."""
    conninfo = plain(server)
    execute(
        conninfo,
        'CREATE ROLE "Night shift" LOGIN CREATEROLE',
        f'ALTER DATABASE {DATABASE} OWNER TO "Night shift"',
    )
    return make_conninfo(conninfo, user="Night shift")


@contextmanager
def ready(kind: Callable[[Server], str]) -> Iterator[str]:
    """Start a server with a target of one kind and give its connection string."""
    server = postgres.start_server(settings=LOGICAL)
    try:
        yield kind(server)
    finally:
        server.stop()
