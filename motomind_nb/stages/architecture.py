"""05: the promises of the architecture, tried on the live target."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from motomind_nb import rebuilt
from motomind_nb.core import Finding
from motomind_nb.runs import Run, keeps_errors
from motomind_nb.stages import record


@dataclass(frozen=True)
class Architecture:
    """What the proofs give: proofs, rights, findings, one frame each."""

    proofs: pd.DataFrame
    rights: pd.DataFrame
    findings: pd.DataFrame


@keeps_errors
def prove_architecture(run: Run) -> Architecture:
    """Prove the architecture in the live target; nothing that is tried stays."""
    run.require("04_mileage")
    with run.connect() as connection:
        proofs, rights = rebuilt.run_proofs(connection), rebuilt.compare_rights(connection)
        items = [*proof_findings(proofs), *rebuilt.check_schema(connection)]
        found = record.store_findings(connection, run, "architecture", items)
    run.complete("05_architecture")
    return Architecture(proofs, rights, found)


def proof_findings(proofs: pd.DataFrame) -> list[Finding]:
    """Return a finding for each proof: the original fails as described, the rebuilt one holds."""
    return [
        Finding(
            "proof",
            f"{row['point']} ({row['design']})",
            row["expected"],
            row["observed"],
            row["status"],
            row["statement"],
        )
        for row in proofs.to_dict("records")
    ]
