"""The stages that compare: row counts, mileage, architecture; they write only their own findings."""

from __future__ import annotations

import pandas

from motomind_nb import architecture, mileage, profile, reconcile, tables
from motomind_nb.pipeline import record
from motomind_nb.pipeline.stages import manifest_of
from motomind_nb.run import Run, recorded


@recorded
def profile_findings(run: Run) -> pandas.DataFrame:
    """Record what the profile finds in the source as it is; return the findings."""
    with run.connect() as connection:
        items = profile.findings(connection, manifest_of(run))
        found = record.findings(connection, run, "profile", items)
    run.complete("01_profile")
    return found


@recorded
def row_counts(run: Run) -> pandas.DataFrame:
    """Compare every row and column; return the findings. Writes: ledger.csv, findings."""
    run.require("02_rebuild")
    with run.connect() as connection:
        tables.write_csv(run.folder / "ledger.csv", reconcile.ledger(connection))
        items = reconcile.checks(connection, manifest_of(run))
        found = record.findings(connection, run, "row_counts", items)
    run.complete("03_row_counts")
    return found


@recorded
def mileage_of(run: Run, rules: mileage.Rules) -> pandas.DataFrame:
    """Reconstruct and compare every vehicle; return one row per vehicle. Writes: mileage.csv."""
    run.require("03_row_counts")
    with run.connect() as connection:
        result = mileage.audit(connection, run.id, rules)
        record.findings(connection, run, "mileage", result.findings)
    tables.write_csv(run.folder / "mileage.csv", result.vehicles)
    run.complete("04_mileage")
    return result.vehicles
