"""Keys of the staged rows: NULL, or of more than one row, where the source lost its primary key.

What becomes of a row, and where it came from, is told by its key; a row without one of its own
could be loaded twice or not at all, and nobody would know which.
"""

from __future__ import annotations

from motomind_nb.legacy import catalog
from motomind_nb.load.loadable import row_key_sql
from motomind_nb.load.projections import ORDER
from motomind_nb.postgres import Connection, Row, in_source, query, rows, value

COLUMNS = {"memberships": ["tenant_id", "user_id"]}


def faulty_keys(connection: Connection) -> list[Row]:
    """Return the keys that are NULL or stand in several rows, of all tables to load. Reads only.

    Columns: object, key (NULL where a part of it is), rows. A table whose primary key is the one
    that the catalog knows has none, and is not read.
    """
    found: list[Row] = []
    for name in ORDER:
        columns = COLUMNS.get(name, ["id"])
        keyed = {"columns": columns, "table": name, "schema": connection.schemas.source}
        if catalog.objects()[name].kind == "table" and not value(
            connection, query("load/has_key"), keyed
        ):
            statement = query("load/faulty_keys", table=in_source(name), key=row_key_sql(name))
            found += [{"object": name, **row} for row in rows(connection, statement)]
    return found
