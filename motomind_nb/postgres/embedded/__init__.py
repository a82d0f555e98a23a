"""The server that the package brings along: started for a run, gone with the process that asked."""

from motomind_nb.postgres.embedded.binaries import (
    has_cluster,
    make_folder_for_server,
    motomind_home,
    psql_program,
)
from motomind_nb.postgres.embedded.server import CLUSTER_NAME, Server, embedded_server, start_server

__all__ = [
    "CLUSTER_NAME",
    "Server",
    "embedded_server",
    "has_cluster",
    "make_folder_for_server",
    "motomind_home",
    "psql_program",
    "start_server",
]
