"""What to generate, and how often real drivers key a reading wrongly.

The frequencies were counted in 6,570 transactions of a fleet of 153 vehicles: 48 zeros, 35 ones and
361 bad keyings, of which 161 have one digit wrong, 38 a digit missing, 38 one too many, 10 two
swapped, 21 are placeholders, 37 lie far off unexplained; the remaining 56 lie near the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from motomind_nb.core import Refused

TABLES = ("fuel_logs", "odometer_readings", "service_records", "vehicle_events")
TABLE_SHARES = (0.45, 0.30, 0.10, 0.15)
FUEL, ODOMETER, SERVICE, EVENT = range(4)
EVENT_TYPES = ("odometer", "maintenance", "fuel", "document")
EVENT_TYPE_SHARES = (0.55, 0.20, 0.15, 0.10)

TRANSACTIONS = 6570
MISTAKES = {
    "zero": 48,
    "one": 35,
    "one_digit_wrong": 161,
    "digit_missing": 38,
    "digit_extra": 38,
    "digits_swapped": 10,
    "placeholder": 21,
    "unexplained": 37,
    "unexplained_near": 56,
}
CLASSES = ("", *MISTAKES)
EQUAL_SHARE = 65 / TRANSACTIONS
SAME_DAY_SHARE = 375 / TRANSACTIONS

FLEET = 153
ODDITIES = {"replaced": 8, "engine_hours": 7, "merged": 2}
KINDS = ("", *ODDITIES)

VEHICLES_PER_TENANT = 50
MOST_EVENTS_PER_VEHICLE = 2000
# mistakes cluster: 98 of the 153 vehicles had any, which a gamma of this shape gives
CLUSTER_SHAPE = 0.55
MOST_PRONE = 5.0


@dataclass(frozen=True)
class Plan:
    """The size of the database and the seed that decides everything else.

    ``duplicate_share`` of the events repeat the one before them in another table, at the same
    miles on the same day; ``shifted_share`` do so dated one calendar day early.
    """

    vehicles: int
    events: int
    seed: int = 1
    duplicate_share: float = 0.001
    shifted_share: float = 0.0

    def check(self) -> None:
        """Raise Refused when no database can follow the plan."""
        most = self.vehicles * MOST_EVENTS_PER_VEHICLE
        if self.vehicles < 1:
            raise Refused("vehicles", "1 or more", str(self.vehicles), "ask for at least one")
        if not 0 <= self.events <= most:
            raise Refused(
                "events",
                f"0 to {most} for {self.vehicles} vehicles",
                str(self.events),
                "ask for fewer events or more vehicles",
            )
        if self.seed < 0:
            raise Refused("seed", "0 or more", str(self.seed), "choose another seed")
        if not (self.duplicate_share >= 0 <= self.shifted_share) or (
            self.duplicate_share + self.shifted_share > 0.2
        ):
            raise Refused(
                "duplicate and shifted shares",
                "0 to 0.2 together",
                f"{self.duplicate_share} and {self.shifted_share}",
                "ask for fewer",
            )
