"""A part of the fleet: what happened to its vehicles and what their drivers wrote of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motomind_nb.legacy.generator import history, mistakes
from motomind_nb.legacy.generator.fleet import Fleet
from motomind_nb.legacy.generator.history import History
from motomind_nb.legacy.generator.mistakes import Written
from motomind_nb.legacy.generator.plan import Plan


@dataclass(frozen=True)
class FleetPart:
    """A run of vehicles of the fleet with all their events.

    fleet: all vehicles. events, written: one entry an event of these vehicles. random: decides
    what else their rows hold, and runs on from table to table.
    """

    fleet: Fleet
    events: History
    written: Written
    random: np.random.Generator


def make_fleet_part(plan: Plan, fleet: Fleet, vehicles: slice) -> FleetPart:
    """Return a run of vehicles with its history, decided by the seed and its first number."""
    events = history.make_history(plan, fleet, vehicles)
    written = mistakes.make_mistakes(plan, fleet, events, vehicles.start)
    return FleetPart(fleet, events, written, np.random.default_rng([plan.seed, 4, vehicles.start]))
