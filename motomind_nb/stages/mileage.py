"""04: every vehicle's mileage, reconstructed on both sides and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motomind_nb.core import Finding, give_back_free_memory, tables
from motomind_nb.postgres import Connection, findings_or_gone
from motomind_nb.runs import Run, keep_seconds, keeps_errors, progress_writer
from motomind_nb.stages import record

if TYPE_CHECKING:
    from motomind_nb import mileage


@keeps_errors
def compare_mileage(run: Run, rules: mileage.Rules | None = None) -> mileage.Audit:
    """Reconstruct every vehicle's mileage on both sides and compare. Writes: mileage.csv."""
    from motomind_nb import mileage

    run.require("03_row_counts")
    with run.connect() as connection:
        with keep_seconds(run, "compare mileage"):
            result = _audited(connection, run, rules or mileage.Rules())
        record.store_findings(connection, run, "mileage", result.findings)
    tables.write_csv(run.folder / "mileage.csv", result.vehicles)
    run.complete("04_mileage")
    give_back_free_memory()  # charts come next
    return result


def _audited(connection: Connection, run: Run, rules: mileage.Rules) -> mileage.Audit:
    """Return the audit; without a vehicle and with a failure where an object of it is gone."""
    from motomind_nb import mileage

    audits: list[mileage.Audit] = []

    def tell() -> list[Finding]:
        told = progress_writer(run.folder)
        audits.append(mileage.audit(connection, run.id, rules, told))
        return audits[0].findings

    found = findings_or_gone(connection, "mileage", tell)
    return mileage.Audit((audits or [mileage.nothing_audited()])[0].vehicles, found)
