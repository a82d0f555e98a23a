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
    read_only_frame,
    rows,
    value,
    version,
)
from motomind_nb.postgres.copying import TextColumns, copy_blocks, copy_columns, copy_error_place
from motomind_nb.postgres.describe import describe_schema, fingerprint, relations
from motomind_nb.postgres.description import (
    INTEGERS,
    TEXTS,
    Column,
    Definition,
    Key,
    Relation,
    definition_without_name,
    drop_server_differences,
)
from motomind_nb.postgres.embedded import (
    CLUSTER_NAME,
    Server,
    embedded_server,
    make_folder_for_server,
    motomind_home,
    start_server,
)
from motomind_nb.postgres.queries import (
    Name,
    Query,
    all_query_names,
    compose,
    compose_sql_file,
    for_psql,
    query,
    query_names,
    query_text,
    read_sql,
    selected_expression,
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
    mask_secrets,
    private_conninfo,
    raise_outage,
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
    "all_query_names",
    "compose",
    "compose_sql_file",
    "connect",
    "conninfo",
    "copy_blocks",
    "copy_columns",
    "copy_error_place",
    "definition_without_name",
    "describe_schema",
    "drop_server_differences",
    "embedded_server",
    "error_of_server",
    "findings_or_gone",
    "fingerprint",
    "for_psql",
    "frame",
    "identity",
    "in_source",
    "in_target",
    "is_database",
    "make_folder_for_server",
    "mask_secrets",
    "motomind_home",
    "private_conninfo",
    "query",
    "query_names",
    "query_text",
    "raise_outage",
    "read_only_frame",
    "read_or_none",
    "read_sql",
    "refuse_connection_string",
    "refuse_without_membership",
    "refuse_without_roles",
    "relations",
    "rows",
    "selected_expression",
    "share_tasks",
    "start_server",
    "value",
    "version",
    "without_secret",
]
