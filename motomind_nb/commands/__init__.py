"""The command line: one command, one file. What is heavy is imported when a command runs."""

from motomind_nb.commands import console
from motomind_nb.commands.accept import accept
from motomind_nb.commands.apply import apply
from motomind_nb.commands.audit import audit
from motomind_nb.commands.backup import backup
from motomind_nb.commands.check import check
from motomind_nb.commands.diff import diff
from motomind_nb.commands.erase import erase
from motomind_nb.commands.lab import lab
from motomind_nb.commands.maintain import maintain
from motomind_nb.commands.names import names
from motomind_nb.commands.psql import psql
from motomind_nb.commands.restore import restore
from motomind_nb.commands.retire import retire
from motomind_nb.commands.rollback import rollback
from motomind_nb.commands.runs import runs
from motomind_nb.commands.sample import sample
from motomind_nb.commands.sign import sign
from motomind_nb.commands.sql import sql
from motomind_nb.commands.status import status
from motomind_nb.commands.verify import verify

__all__ = [
    "accept",
    "apply",
    "audit",
    "backup",
    "check",
    "console",
    "diff",
    "erase",
    "lab",
    "maintain",
    "names",
    "psql",
    "restore",
    "retire",
    "rollback",
    "runs",
    "sample",
    "sign",
    "sql",
    "status",
    "verify",
]
