"""How long others will have to wait: what the rehearsal needed, in proportion to the rows now."""

from __future__ import annotations

from motomind_nb import postgres
from motomind_nb.apply.acts import TABLES
from motomind_nb.apply.state import SOURCE_SCHEMA
from motomind_nb.backup import Manifest
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Connection, query
from motomind_nb.runs import Run


def predicted_waits(connection: Connection, rehearsal: Run, held: Manifest) -> dict[str, float]:
    """Return how long writers will wait, in seconds, from what the rehearsal needed. Reads only.

    What the rehearsal's stages took, in proportion to the rows that there are now.
    """
    measured = rehearsal.facts().get("stage_seconds", {})
    stages = ("02_rebuild", "03_row_counts", "04_mileage", "05_architecture")
    seconds = sum(float(measured.get(name, 0.0)) for name in stages)
    now = sum(
        int(postgres.value(connection, query("reconcile/count", table=(SOURCE_SCHEMA, name))))
        for name in TABLES
        if name in catalog.KEPT or name in catalog.FOLDED
    )
    before = sum(
        item.rows or 0
        for item in held.tables()
        if item.name in catalog.KEPT or item.name in catalog.FOLDED
    )
    return {"writers_seconds": round(seconds * now / before, 1)} if before and seconds else {}
