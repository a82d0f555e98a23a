"""The stages that compare: profile, row counts, mileage, architecture.

They read source copy and target side by side and write only their own findings and CSV files.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas

from motomind_nb import architecture, mileage, profile, reconcile, tables
from motomind_nb.findings import Finding
from motomind_nb.pipeline import record
from motomind_nb.pipeline.stages import manifest_of
from motomind_nb.run import Run, recorded


@dataclass(frozen=True)
class Rows:
    """What the comparison of rows gives: the ledger, the targets, the findings."""

    ledger: pandas.DataFrame
    targets: pandas.DataFrame
    findings: pandas.DataFrame

    @property
    def title(self) -> str:
        """The finding of the ledger in one line."""
        counts = self.ledger[["source_rows", "loaded", "quarantined", "archived"]].sum()
        return (
            f"{counts['source_rows']:,} source rows: {counts['loaded']:,} loaded,"
            f" {counts['quarantined']:,} quarantined, {counts['archived']:,} archived"
        )


@dataclass(frozen=True)
class Architecture:
    """What the proofs give: proofs, rights, findings, one frame each."""

    proofs: pandas.DataFrame
    rights: pandas.DataFrame
    findings: pandas.DataFrame


@recorded
def profile_of(run: Run, rules: profile.Rules = profile.DEFAULT) -> profile.Profile:
    """Take the profile of the staged copy and record what it finds in the source as it is.

    Writes: its findings.
    """
    with run.connect() as connection, run.connect() as other:
        taken = profile.take([connection, other], manifest_of(run), rules)
        record.findings(connection, run, "profile", profile.judge(taken))
    run.complete("01_profile")
    return taken


@recorded
def row_counts(run: Run) -> Rows:
    """Compare every row and column, and every object of the schema.

    Writes: ledger.csv, differences.csv, lineage.csv, the findings.
    """
    run.require("02_rebuild")
    with run.connect() as connection:
        ledger, targets = reconcile.ledger(connection), reconcile.targets(connection)
        items = [*reconcile.checks(connection), *reconcile.schema(connection, manifest_of(run))]
        found = record.findings(connection, run, "row_counts", items)
        reconcile.write_differences(connection, run.folder / "differences.csv")
        reconcile.write_lineage(connection, run.folder / "lineage.csv")
    tables.write_csv(run.folder / "ledger.csv", ledger)
    run.complete("03_row_counts")
    return Rows(ledger, targets, found)


@recorded
def mileage_of(run: Run, rules: mileage.Rules | None = None) -> mileage.Audit:
    """Reconstruct every vehicle's mileage on both sides and compare. Writes: mileage.csv."""
    run.require("03_row_counts")
    with run.connect() as connection:
        result = mileage.audit(connection, run.id, rules or mileage.Rules())
        record.findings(connection, run, "mileage", result.findings)
    tables.write_csv(run.folder / "mileage.csv", result.vehicles)
    run.complete("04_mileage")
    return result


@recorded
def architecture_of(run: Run) -> Architecture:
    """Prove the architecture in the live target; nothing that is tried stays."""
    run.require("04_mileage")
    with run.connect() as connection:
        proofs, rights = architecture.proofs(connection), architecture.rights(connection)
        items = [*proof_findings(proofs), *architecture.checks(connection)]
        found = record.findings(connection, run, "architecture", items)
    run.complete("05_architecture")
    return Architecture(proofs, rights, found)


def proof_findings(proofs: pandas.DataFrame) -> list[Finding]:
    """Return a finding for each proof: the original fails as described, the rebuilt one holds."""
    return [
        Finding(
            "proof", f"{row['point']} ({row['design']})", row["expected"], row["observed"],
            row["status"], row["statement"],
        )
        for row in proofs.to_dict("records")
    ]  # fmt: skip
