"""Quarantine: rows that a rule of the target refuses, complete, with the rule and the reason.

The rules of a live INSERT are checked here on whole tables. A row is put there once, for the first
rule that it breaks; whatever hangs on it follows.
"""

from __future__ import annotations

from motomind_nb import sql
from motomind_nb.database import Connection
from motomind_nb.load.projections import Projection, projections

FOLDER = "load/quarantine"
OF_A_VEHICLE = (
    "vehicle_images", "reminders", "vehicle_events", "odometer_readings", "fuel_logs",
    "service_records",
)  # fmt: skip


def fill(connection: Connection) -> None:
    """Put every refused row into quarantine. Writes: audit.quarantine. Never commits."""
    for projection in projections():
        _refused(connection, projection)


def _refused(connection: Connection, projection: Projection) -> None:
    """Put the refused rows of one source into quarantine."""
    source = projection.source
    if source in OF_A_VEHICLE:
        children = sql.query(f"{FOLDER}/vehicle_children", source=("legacy", source))
        connection.execute(children, {"source": source})
    if f"{FOLDER}/{source}" in sql.names(FOLDER):
        connection.execute(sql.query(f"{FOLDER}/{source}", projection=projection.select))
