"""What uses the legacy objects from outside: it would go on with the old ones after a migration.

The server knows some of it by reference: foreign keys, views, policies. Of other things only the
text tells: functions, jobs. What a text puts together at run time is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from motomind_nb.backup.manifest import Dependent
from motomind_nb.backup.taking.place import PUBLIC
from motomind_nb.legacy import catalog, read_known_definitions
from motomind_nb.postgres import Connection, Definition, Row, mask_secrets, query, rows

# event triggers that Supabase makes in every project, beside those of its extensions
SUPABASE = (
    "issue_pg_cron_access",
    "issue_graphql_placeholder",
    "issue_pg_net_access",
    "pgrst_ddl_watch",
    "pgrst_drop_watch",
    "graphql_watch_ddl",
    "graphql_watch_drop",
)
QUERIES = (
    "parsed",
    "functions",
    "triggers",
    "inheritance",
    "publications",
    "event_triggers",
    "replication",
)
UNREADABLE = "jobs of pg_cron that this role may not read"


def find_outside_dependents(
    connection: Connection, schema: str, scheduled: Sequence[Definition]
) -> tuple[Dependent, ...]:
    """Return what depends on the legacy objects from outside, by kind and name. Reads only.

    ``schema`` is where the objects stand, ``scheduled`` are the jobs of pg_cron. A function of the
    same schema that is none of the 15 is returned even if it names nothing. The search path of the
    transaction is empty afterwards.
    """
    connection.execute(query("backup/outside/qualified"))
    names = {
        "schema": schema,
        "relations": list(catalog.objects()),
        "functions": [item.name for item in read_known_definitions() if item.kind == "function"],
    }
    members = rows(connection, query("backup/outside/members"), names)
    values = {
        "schema": schema,
        "classes": [row["class"] for row in members],
        "ids": [row["id"] for row in members],
        "names": [row["name"] for row in members],
        "words": name_pattern({row["word"] for row in members}, schema),
        "own": list(SUPABASE),
    }
    found = [
        Dependent(**{**row, "text": mask_secrets(row["text"]).strip()})
        for name in QUERIES
        for row in rows(connection, query(f"backup/outside/{name}"), values)
    ]
    found += _jobs(connection, scheduled, values["words"])
    return _merged(found)


def name_pattern(names: Iterable[str], schema: str = PUBLIC) -> str:
    """Return PostgreSQL's regular expression that finds any of the names in a text.

    ``public.users``, ``"users"`` and ``users`` are found, ``auth.users`` and ``users_old`` not. Of
    another schema only ``legacy.users`` is. One of its two groups holds the name.
    """
    any_name = "|".join(sorted(map(re.escape, names)))
    before = rf'(?:(?:"{schema}"|{schema})\s*\.\s*)' + ("?" if schema == PUBLIC else "")
    return rf'(?<!(?:[\w$"]|\.[ \t]*)){before}(?:"({any_name})"|({any_name})(?![\w$"]))'


def _jobs(
    connection: Connection, scheduled: Sequence[Definition], pattern: object
) -> list[Dependent]:
    """Return the jobs whose text names a legacy object, and those that nobody could read."""
    values = {"texts": [job.text for job in scheduled], "words": pattern}
    found: list[Row] = rows(connection, query("backup/outside/named"), values) if scheduled else []
    named = [(scheduled[row["place"] - 1], row["depends_on"]) for row in found]
    return [
        *(Dependent(job.kind, job.name, depends_on, job.text) for job, depends_on in named),
        *(
            Dependent(job.kind, job.name, "unknown objects", UNREADABLE)
            for job in scheduled
            if not job.text
        ),
    ]


def _merged(found: Iterable[Dependent]) -> tuple[Dependent, ...]:
    """Return each dependent once, with all that it depends on, by kind and name."""
    merged: dict[tuple[str, str, str], Dependent] = {}
    for item in found:
        key = (item.kind, item.name, item.text)
        used = {*item.depends_on.split(", "), *merged.get(key, item).depends_on.split(", ")}
        merged[key] = replace(item, depends_on=", ".join(sorted(used)))
    return tuple(merged[key] for key in sorted(merged))
