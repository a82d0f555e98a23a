"""PostgreSQL, whatever it holds: connections, queries, descriptions, the embedded server.

Results must not depend on a session's settings, a name must never become SQL, and a secret must
never be printed: the one place that connects pins the session (``session`` says how), the one place
that fills a query lets the driver quote, and the one place that masks is used by all others.
"""

from motomind_nb.postgres.connection import (
    Connection,
    Row,
    connect,
    conninfo,
    frame,
    identity,
    is_database,
    rows,
    summary,
    value,
    version,
)
from motomind_nb.postgres.copying import TextColumns, copy_columns, in_copy
from motomind_nb.postgres.describe import capture, fingerprint, relations
from motomind_nb.postgres.description import (
    INTEGERS,
    TEXTS,
    Column,
    Definition,
    Key,
    Relation,
    loosened,
    nameless,
)
from motomind_nb.postgres.embedded import CLUSTER_NAME, Server, embedded_server, home, start_server
from motomind_nb.postgres.queries import (
    Name,
    Query,
    compose,
    every_query,
    expression,
    for_psql,
    query,
    query_names,
    query_text,
    read_sql,
    script,
)
from motomind_nb.postgres.roles import (
    API_ROLES,
    refuse_without_membership,
    refuse_without_roles,
)
from motomind_nb.postgres.schemas import SOURCE, TARGET, Schemas, in_source, in_target
from motomind_nb.postgres.session import (
    error_of_server,
    findings_or_gone,
    is_outage,
    mask_secrets,
    private_conninfo,
    read_or_none,
    refuse_connection_string,
    without_secret,
)
from motomind_nb.postgres.sharing import Task, share_tasks

__all__ = [
    "API_ROLES",
    "CLUSTER_NAME",
    "INTEGERS",
    "SOURCE",
    "TARGET",
    "TEXTS",
    "Column",
    "Connection",
    "Definition",
    "Key",
    "Name",
    "Query",
    "Relation",
    "Row",
    "Schemas",
    "Server",
    "Task",
    "TextColumns",
    "capture",
    "compose",
    "connect",
    "conninfo",
    "copy_columns",
    "embedded_server",
    "error_of_server",
    "every_query",
    "expression",
    "findings_or_gone",
    "fingerprint",
    "for_psql",
    "frame",
    "home",
    "identity",
    "in_copy",
    "in_source",
    "in_target",
    "is_database",
    "is_outage",
    "loosened",
    "mask_secrets",
    "nameless",
    "private_conninfo",
    "query",
    "query_names",
    "query_text",
    "read_or_none",
    "read_sql",
    "refuse_connection_string",
    "refuse_without_membership",
    "refuse_without_roles",
    "relations",
    "rows",
    "script",
    "share_tasks",
    "start_server",
    "summary",
    "value",
    "version",
    "without_secret",
]
