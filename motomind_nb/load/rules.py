"""The rules of the target, each written once: what the profile counts and the quarantine refuses.

A file of ``sql/rules`` holds the rules of one source. Its headers say, in the order of the profile,
what a rule belongs to and what becomes of rows that break it; breaches of a ``Load rule`` show in
the profile's references, keys and columns. Its columns say, in the order in which the quarantine
asks, why a row breaks a rule: NULL where it keeps it, ``loaded`` where it is loaded all the same,
else ``code: reason``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from psycopg import sql

from motomind_nb.postgres import query, query_names, query_text

FOLDER = "load/rules"
RULE = re.compile(
    r"^-- (?P<of>Load rule|Rule): (?P<name>[^|]+?) \| (?P<target>[^|]+?) \| (?P<outcome>.+)$",
    re.MULTILINE,
)
COLUMN = re.compile(r'\bAS "([^"]+)"')
READS = re.compile(r"\{(?:source\}\.|kept_)(\w+)")
# what rules ask about other sources
KEPT = ("tenants", "users", "garages", "vehicles")
SHARED = ("of_a_vehicle", "of_an_event")


@dataclass(frozen=True)
class Rule:
    """A rule: what of the target it belongs to, and what becomes of rows that break it.

    ``shown``: the profile shows it as a rule.
    """

    name: str
    target: str
    outcome: str
    shown: bool

    @property
    def refuses(self) -> bool:
        """Whether rows that break it go to quarantine."""
        return "quarantined" in self.outcome


@dataclass(frozen=True)
class RuleFile:
    """The rules of one source, a table or ``event_ids``."""

    source: str

    @property
    def name(self) -> str:
        """The name of its query."""
        return f"{FOLDER}/{self.source}"

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order of their headers."""
        return tuple(
            Rule(found["name"], found["target"], found["outcome"], found["of"] == "Rule")
            for found in RULE.finditer(query_text(self.name))
        )

    @property
    def refusing(self) -> list[str]:
        """The names of the rules that refuse a row, in the order in which they are asked."""
        names = {rule.name for rule in self.rules if rule.refuses}
        return [name for name in COLUMN.findall(query_text(self.name)) if name in names]

    @property
    def reads(self) -> set[str]:
        """The staged tables that the query reads."""
        return set(READS.findall(query_text(self.name)))

    def select(self, kept: Callable[[str], sql.Composable]) -> sql.Composed:
        """Return the SELECT: key, tenant_id and a column for each rule, NULL where it is kept.

        ``kept`` gives, of another source that a row hangs on, the rows that are not refused.
        """
        holes = {f"kept_{source}": kept(source) for source in KEPT}
        shared = {name: query(f"{FOLDER}/shared/{name}", **holes) for name in SHARED}
        home = query("load/tenant_of_user", **holes)
        return query(self.name, **holes, **shared, tenant_of_user=home)


def rule_files() -> list[RuleFile]:
    """Return all rules, by source."""
    return [RuleFile(name.rpartition("/")[2]) for name in query_names(FOLDER)]
