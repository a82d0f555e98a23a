"""Who is in the database: tenants, users, garages, vehicles, and what is odd about a vehicle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motomind_nb.legacy.generator import texts
from motomind_nb.legacy.generator.plan import (
    CLUSTER_SHAPE,
    FLEET,
    KINDS,
    MOST_PRONE,
    ODDITIES,
    VEHICLES_PER_TENANT,
    Plan,
)
from motomind_nb.legacy.generator.texts import Integers

Floats = npt.NDArray[np.float64]
GARAGES_PER_TENANT = 2
FEWEST_EVENTS_FOR_AN_ODDITY = 10


@dataclass(frozen=True)
class Fleet:
    """The vehicles by number, and the ids of all they belong to.

    Columns (one entry a vehicle):
        tenant, garage, zone: int64, numbers into ``tenants``, ``garages`` and the zones.
        events: int64, how many rows the vehicle gets in the four event tables.
        kind: int64, number into KINDS (0: nothing odd).
        prone: float64, how often its drivers key wrongly, 1 on average.
    """

    tenants: list[str]
    garages: list[str]
    vehicles: list[str]
    tenant: Integers
    garage: Integers
    zone: Integers
    events: Integers
    kind: Integers
    prone: Floats


def make_fleet(plan: Plan) -> Fleet:
    """Return the fleet that the plan and its seed decide."""
    random = np.random.default_rng([plan.seed, 0])
    tenant = np.arange(plan.vehicles) // VEHICLES_PER_TENANT
    tenants = int(tenant[-1]) + 1
    garage = tenant * GARAGES_PER_TENANT + random.integers(0, GARAGES_PER_TENANT, plan.vehicles)
    zones = random.integers(0, len(texts.ZONES), tenants * GARAGES_PER_TENANT)
    events = share_out(plan.events, random.uniform(0.5, 1.5, plan.vehicles))
    return Fleet(
        texts.ids(random, tenants),
        texts.ids(random, tenants * GARAGES_PER_TENANT),
        texts.ids(random, plan.vehicles),
        tenant,
        garage,
        zones[garage],
        events,
        draw_vehicle_oddities(events, random),
        draw_mistake_proneness(events, random),
    )


def share_out(total: int, weights: Floats) -> Integers:
    """Return whole numbers in proportion to the weights that sum to exactly ``total``."""
    exact: Floats = total * weights / weights.sum()
    found: Integers = np.floor(exact).astype(np.int64)
    rest = total - int(found.sum())
    found[np.argsort(found - exact, kind="stable")[:rest]] += 1
    return found


def draw_vehicle_oddities(events: Integers, random: np.random.Generator) -> Integers:
    """Return the kind of each vehicle: each oddity at its real share, on busy vehicles only."""
    kind = np.zeros(len(events), dtype=np.int64)
    busy = random.permutation(np.flatnonzero(events >= FEWEST_EVENTS_FOR_AN_ODDITY))
    start = 0
    for name, seen in ODDITIES.items():
        end = start + round(len(events) * seen / FLEET)
        kind[busy[start:end]] = KINDS.index(name)
        start = end
    return kind


def draw_mistake_proneness(events: Integers, random: np.random.Generator) -> Floats:
    """Return how prone to mistakes each vehicle is: few have most, 1 on average over all rows."""
    prone = np.minimum(random.gamma(CLUSTER_SHAPE, 1 / CLUSTER_SHAPE, len(events)), MOST_PRONE)
    mean = float((prone * events).sum()) / max(int(events.sum()), 1)
    return prone / mean if mean else prone
