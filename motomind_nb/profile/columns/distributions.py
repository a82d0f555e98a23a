"""How miles and amounts are spread, where people would rather look than read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motomind_nb.postgres import Connection, in_source, query, rows
from motomind_nb.profile.columns.scan import attributes

if TYPE_CHECKING:
    import pandas as pd

# borders a person knows: 10,000 miles up to the end of a six-digit life; amounts 1, 2, 5, 10, ...
MILES = [0, 1, *range(10_000, 300_001, 10_000)]
AMOUNTS = [0, *(digit * 10**power for power in range(5) for digit in (1, 2, 5))]
MEASURES: dict[str, tuple[list[int], dict[str, str]]] = {
    "miles": (
        MILES,
        {
            "vehicle_events": "miles",
            "odometer_readings": "mileage",
            "fuel_logs": "odometer_reading",
            "service_records": "odometer_reading",
        },
    ),
    "amount": (AMOUNTS, {"fuel_logs": "total_amount", "service_records": "total_cost"}),
}


def distributions(connection: Connection) -> pd.DataFrame:
    """Return how many rows of each table lie between round borders. Reads only.

    Columns: measure (miles, amount), object, from (lower border in miles or units of money, None
    for what lies below 0), rows. Values that are NULL or not finite count nowhere. Each border
    stands in it at least once, with 0 rows and no object where nothing lies.
    """
    import pandas as pd

    present, lines = attributes(connection), list[tuple[Any, ...]]()
    for measure, (borders, columns) in MEASURES.items():
        lines += [(measure, "", border, 0) for border in borders]
        for name, column in columns.items():
            if name not in present:
                continue
            statement = query("profile/distribution", table=in_source(name), column=column)
            for row in rows(connection, statement, {"borders": borders}):
                low = borders[row["bin"] - 1] if row["bin"] else None
                lines.append((measure, name, low, row["rows"]))
    return pd.DataFrame(lines, columns=["measure", "object", "from", "rows"], dtype=object)
