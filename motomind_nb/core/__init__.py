"""The ground: what every room may use and what knows no other room.

Errors that carry their exit code, findings, progress, the files that ship with the package, and
tables as text. Nothing here knows PostgreSQL or the legacy schema.
"""

from motomind_nb.core import resources, tables
from motomind_nb.core.errors import (
    BY_VERDICT,
    EXIT_CODES,
    CheckFailed,
    MotomindError,
    NothingChecked,
    Refused,
    UnforeseenError,
    as_one_line,
)
from motomind_nb.core.files import json_text, naming_path, read_json_or_empty, write_json
from motomind_nb.core.findings import (
    COLUMNS,
    ROW_ID,
    Finding,
    by_cause,
    digest_of,
    examples,
    gravity,
    status_counts_in_words,
)
from motomind_nb.core.outcome import counted, rows_accounted, verdict_sentence
from motomind_nb.core.privacy import FOLDER_MODE, close_to_others, private_files
from motomind_nb.core.progress import RowsDone, Tell, no_progress, pace
from motomind_nb.core.resources import PACKAGE, packaged_folder
from motomind_nb.core.system import (
    allow_enough_files,
    error_of_system,
    give_back_free_memory,
)
from motomind_nb.core.tables import csv_cell, is_missing, readable_heading, rows_counted

__all__ = [
    "BY_VERDICT",
    "COLUMNS",
    "EXIT_CODES",
    "FOLDER_MODE",
    "PACKAGE",
    "ROW_ID",
    "CheckFailed",
    "Finding",
    "MotomindError",
    "NothingChecked",
    "Refused",
    "RowsDone",
    "Tell",
    "UnforeseenError",
    "allow_enough_files",
    "as_one_line",
    "by_cause",
    "close_to_others",
    "counted",
    "csv_cell",
    "digest_of",
    "error_of_system",
    "examples",
    "give_back_free_memory",
    "gravity",
    "is_missing",
    "json_text",
    "naming_path",
    "no_progress",
    "pace",
    "packaged_folder",
    "private_files",
    "read_json_or_empty",
    "readable_heading",
    "resources",
    "rows_accounted",
    "rows_counted",
    "status_counts_in_words",
    "tables",
    "verdict_sentence",
    "write_json",
]
