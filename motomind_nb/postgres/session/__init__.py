"""What a session must not inherit, how it is pinned, and what its errors mean.

The environment of the caller, the settings of a database or a role, and the words of a server
differ from place to place; what is read, written and said must not.
"""

from motomind_nb.postgres.session.environment import (
    PORT,
    SOCKET_PREFIX,
    clean_environment,
    hide_libpq_variables,
    is_embedded,
    private_conninfo,
)
from motomind_nb.postgres.session.outages import (
    OF_THE_SERVER,
    error_of_server,
    findings_or_gone,
    raise_outage,
    read_or_none,
)
from motomind_nb.postgres.session.pins import (
    SESSION,
    pin_session,
    pins_of_transaction,
    refuse_other_settings,
)
from motomind_nb.postgres.session.psql import psql_connection
from motomind_nb.postgres.session.secrets import (
    mask_secrets,
    refuse_connection_string,
    without_secret,
)
from motomind_nb.postgres.session.speed import seconds_of_same_work

__all__ = [
    "OF_THE_SERVER",
    "PORT",
    "SESSION",
    "SOCKET_PREFIX",
    "clean_environment",
    "error_of_server",
    "findings_or_gone",
    "hide_libpq_variables",
    "is_embedded",
    "mask_secrets",
    "pin_session",
    "pins_of_transaction",
    "private_conninfo",
    "psql_connection",
    "raise_outage",
    "read_or_none",
    "refuse_connection_string",
    "refuse_other_settings",
    "seconds_of_same_work",
    "without_secret",
]
