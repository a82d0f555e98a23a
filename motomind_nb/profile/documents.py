"""Where the original documents' arithmetic and the catalog disagree: names count, not sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motomind_nb.legacy import catalog

if TYPE_CHECKING:
    import pandas as pd

# the rows that the documents state; of the other objects they state none
ROWS = {
    "tenants": 1,
    "users": 1,
    "garages": 4,
    "vehicles": 5,
    "vehicle_events": 3,
    "vehicle_images": 1,
    "reminders": 4,
    "fuel_logs": 2,
    "manual_events": 0,
    "odometer_readings": 4,
    "service_records": 6,
    "audit_log": 0,
    "image_generation_queue": 0,
    "memberships": 1,
    "plan_limits": 3,
    "provider_integrations": 0,
    "schema_migrations": 13,
    "uploads": 0,
    "usage_counters": 0,
    "vehicle_generations": 14,
    "vehicle_metrics": 0,
    "vehicle_onboarding": 1,
    "vehicles_naming_backup": 5,
    "vin_cache": 10,
    "vehicle_health_scores": 5,
    "fleet_overview": 4,
    "latest_odometer_readings": 2,
    "performance_dashboard": 3,
    "vehicle_current_mileage": 2,
}

# what the documents say, and where their number comes from
STATEMENTS = (
    (
        "objects before",
        35,
        "25 tables, 9 views and a materialized view, which the documents count as a table",
    ),
    (
        "tables removed",
        18,
        "the same number by chance: the documents count the materialized view"
        " as a table and forget schema_migrations",
    ),
    (
        "views removed",
        9,
        "the documents count vehicle_current_mileage, which is kept, among the removed",
    ),
    ("materialized views removed", 0, "vehicle_health_scores, counted as a table"),
    (
        "tables folded into the events",
        0,
        "odometer_readings, fuel_logs and service_records leave, but their rows stay",
    ),
    (
        "objects after",
        8,
        "timeline_feed is new; partitions, a materialized view and the objects in"
        " schema private come on top",
    ),
)


def compare_documents_with_catalog() -> pd.DataFrame:
    """Return what the documents say beside what the catalog counts.

    Columns: statement, documents, catalog (numbers as text), agree (true, false), why.
    """
    import pandas as pd

    tables, views = catalog.tables().values(), catalog.views().values()
    gone = [item for item in tables if item.fate != "kept"]
    gone_views = [item for item in views if item.fate != "kept"]
    plain = [item for item in gone_views if item.kind == "view"]
    kept = len(catalog.objects()) - len(gone) - len(gone_views)
    counted = {
        "objects before": len(catalog.objects()),
        "tables removed": len(gone),
        "views removed": len(plain),
        "materialized views removed": len(gone_views) - len(plain),
        "tables folded into the events": len(catalog.FOLDED),
        "objects after": kept + 1,
    }
    lines = [
        (what, str(said), str(counted[what]), said == counted[what], why)
        for what, said, why in STATEMENTS
    ]
    names = ["statement", "documents", "catalog", "agree", "why"]
    return pd.DataFrame(lines, columns=names, dtype=object)
