"""Lineage: any target row back to its source row, and any source row to what it became."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from motomind_nb.core import csv_cell, naming_path
from motomind_nb.postgres import Connection, copy_blocks, frame, query

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("target_table", "target_id", "target_date", "tenant_id", "source_table", "source_id")

# what names, ids and dates hold: no quotes, signs of a formula, controls or letters beyond ASCII,
# and no cell that begins with a space or a minus
USUAL = bytes(byte for byte in range(0x20, 0x7F) if chr(byte) not in "\"'=+@") + b"\n"
BEGINNINGS = tuple(end + begin for end in (b",", b"\n") for begin in (b" ", b"-"))


def lineage(connection: Connection, row_id: str) -> pd.DataFrame:
    """Return where a row came from or what it became, by the id of either side. Reads only.

    Columns: target_table, target_id, target_date (empty but for events), tenant_id, source_table,
    source_id (all text; memberships are named tenant/user).
    """
    statement = query("reconcile/lineage_of", lineage=query("reconcile/lineage"))
    return frame(connection, statement, {"id": row_id})


def write_lineage(connection: Connection, path: Path) -> int:
    """Write the lineage of all target rows as CSV and return their number. Writes: the file.

    The server's own CSV goes into the file in blocks; only a block with a cell that a spreadsheet
    or a terminal might obey is looked at row by row. Columns: those of ``lineage``.
    """
    statement = query("reconcile/copy_csv", query=query("reconcile/lineage"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming_path(path), path.open("wb") as file, connection.transaction():
        file.write((",".join(COLUMNS) + "\n").encode())
        return copy_blocks(connection, statement, partial(_write_safely, file))


def _write_safely(file: BinaryIO, block: bytearray) -> None:
    """Write whole lines of the server's CSV, their cells as ``csv_cell`` would write them."""
    plain = block.replace(b',"",', b",,")  # an empty text, which the server tells from NULL
    if _is_usual(plain):
        file.write(plain)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in csv.reader(io.StringIO(block.decode(), newline="")):
        writer.writerow([csv_cell(value) for value in row])
    file.write(text.getvalue().encode())


def _is_usual(lines: bytearray) -> bool:
    """Return whether a spreadsheet and a terminal take whole lines of cells for plain text.

    Searching for what is unusual costs ten times as much as taking away what is not.
    """
    if lines.translate(None, USUAL) or lines.startswith((b" ", b"-")):
        return False
    return not any(begin in lines for begin in BEGINNINGS)
