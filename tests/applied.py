"""A database as a migration in place leaves it: old objects in schema legacy, public rebuilt."""

from __future__ import annotations

from conftest import execute

from motomind_nb import postgres, rebuilt
from motomind_nb.legacy import catalog, read_known_definitions
from motomind_nb.postgres import connect

MOVE = {
    "table": "ALTER TABLE public.{} SET SCHEMA legacy",
    "view": "ALTER VIEW public.{} SET SCHEMA legacy",
    "materialized view": "ALTER MATERIALIZED VIEW public.{} SET SCHEMA legacy",
}
HAS = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = %(n)s"


def move_to_legacy(conninfo: str) -> None:
    """Move the 35 objects and the 15 functions to a schema that only its owner may use."""
    signatures = [item.name for item in read_known_definitions() if item.kind == "function"]
    with connect(conninfo) as connection:
        signatures = [
            name
            for name in signatures
            if postgres.value(connection, HAS.encode(), {"n": name.partition("(")[0]})
        ]
    execute(
        conninfo,
        "CREATE SCHEMA legacy",
        *(MOVE[item.kind].format(item.name) for item in catalog.objects().values()),
        *(f"ALTER FUNCTION public.{name} SET SCHEMA legacy" for name in signatures),
    )


def apply_by_hand(conninfo: str) -> None:
    """Move the old objects away and build the new schema, without rows, in their place."""
    move_to_legacy(conninfo)
    with connect(conninfo) as connection:
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
