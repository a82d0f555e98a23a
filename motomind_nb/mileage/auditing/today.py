"""The rules as of today: what is dated too far ahead is no reading."""

from __future__ import annotations

from dataclasses import replace

from motomind_nb.mileage.rules import Rules
from motomind_nb.postgres import Connection, query, value


def rules_of_today(connection: Connection, rules: Rules) -> Rules:
    """Return the rules with the last date that the rebuilt schema accepts today. Reads only."""
    return replace(rules, latest_day=int(value(connection, query("mileage/last_day"))))
