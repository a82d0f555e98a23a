"""The server that the package brings along: started for a run, gone with the process that asked."""

from motomind_nb.postgres.embedded.binaries import make_folder_for_server, motomind_home
from motomind_nb.postgres.embedded.server import CLUSTER_NAME, Server, embedded_server, start_server

__all__ = [
    "CLUSTER_NAME",
    "Server",
    "embedded_server",
    "make_folder_for_server",
    "motomind_home",
    "start_server",
]
