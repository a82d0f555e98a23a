"""The report: one page that an analyst can send on, and the notebooks as pages beside it.

Everything is made from the plain files of a run folder, so that a report can be made again:

``verdict.json``
    verdict (passed, failed, error, refused, nothing checked), source, input (fingerprint),
    objects, rows {source, loaded, quarantined, archived}, checks {ok, warn, fail, accepted},
    mileage {vehicles, equal, different}; where not passed also object, expected, found, action.
``run.json``
    what varies: id, times, durations, versions, parameters. Shown, but for places on this machine.
``findings.csv``
    stage, check, subject, expected, actual, status (ok, warn, fail), detail, accepted (reason).
``ledger.csv``
    object, kind, fate, target, source_rows, loaded, quarantined, archived, balanced, reason.
``mileage.csv``
    vehicle_id, equal, before_miles, after_miles, naive_before_miles, naive_after_miles, verdict,
    reason, readings_before, readings_after, first_date, cause, source_id.
``charts/*.svg``
    charts in the order of their names (``charts.Chart.save`` writes them); a ledger and a mileage
    chart are drawn where none was saved.
``notebooks/*.html``, ``*.csv``
    linked, with their sizes in rows where they are tables.

A missing file leaves its section out; it never stops the report.
"""

from motomind_nb.report.facts import Facts, read
from motomind_nb.report.notebook import notebook_html
from motomind_nb.report.page import write
from motomind_nb.report.portable import chromium, pdf

__all__ = ["Facts", "chromium", "notebook_html", "pdf", "read", "write"]
