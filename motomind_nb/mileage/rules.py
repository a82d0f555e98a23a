"""The numbers and the words of the reconstruction: one frozen set of named parameters.

Every number has a source in the field (inspection authorities, a real city fleet); another fleet
passes its own ``Rules(...)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from motomind_nb.core import MotomindError
from motomind_nb.mileage.line_rules import Cuts, SideLines

ON_CHAIN = "on chain"
SPIKE = "spike"
STEP = "step"
NO_READING = "no reading"
DIGIT = "digit"
ROLLOVER = "rollover"
UNIT = "unit"
DUPLICATE = "likely duplicate"
SAME_DAY = "same-day order"
UNDECIDED = "undecided"
DATE = "date"
FUTURE = "future date"
CLASSES = (
    ON_CHAIN,
    SPIKE,
    STEP,
    NO_READING,
    DIGIT,
    ROLLOVER,
    UNIT,
    DUPLICATE,
    SAME_DAY,
    UNDECIDED,
    DATE,
    FUTURE,
)

UNIT_NAMES = {"mi": "miles", "km": "kilometres"}
KILOMETRES_PER_MILE = 1.609344
UNIT_RATIOS = {
    "mi": (0.001, KILOMETRES_PER_MILE, 1_609.344, 1_000.0),
    "km": (0.001, 1 / KILOMETRES_PER_MILE, 1_000.0),
}
DISTANCES = (
    "tolerance_miles",
    "warning_miles_per_day",
    "journey_miles",
    "impossible_miles_per_hour",
    "long_gap_miles",
    "near_zero_miles",
    "highest_miles",
)

LOGICAL = "logical"
ILLOGICAL = "illogical"
NO_JUDGEMENT = "no judgement"
VERDICTS = (LOGICAL, ILLOGICAL, NO_JUDGEMENT)


@dataclass(frozen=True)
class Rules:
    """The parameters of the reconstruction, with the defaults of the field.

    tolerance_miles: a dip of less is information, not a contradiction (RDW: 100 km).
    warning_miles_per_day: above it a stretch is mentioned (clean logs peak at 580).
    own_rate_factor, busy_share, own_rate_stretches, journey_miles: at an end a chain believes so
        many times its own miles a day, which are those of its busiest stretches but for this share
        of calmer ones, where it has so many stretches, and one journey besides. Fitted on 2,000
        generated and 4 real vehicles (156,040 stretches): below 1 in 1,000 is faster.
    impossible_miles_per_hour: above it two readings can't be of one journey.
    longest_gap_days: at an end so many days without a reading are not believed. A round number.
    empty_gap_factor: a reading is missing where its neighbours stand so many times the usual gap
        apart. Between one gap and two, half-way.
    long_gap_miles, long_gap_days, long_gap_spread_days: miles worth a mention in a gap of about
        a year, between two inspections.
    placeholders: typed instead of a reading; they count as one when they fit the line.
    rollover_miles: a meter starts again after 99,999 or 999,999.
    near_zero_miles: a new meter or vehicle starts below it.
    unit_ratios: what a reading in another unit is to one in miles: kilometres, metres, thousandths
        of a mile, thousands of miles.
    unit_jump: a jump to so many times the miles may be a change of unit.
    suspect_share: another unit is looked for where, converted, this part of the readings off the
        chain would fit between their neighbours. Under half of explained_share, so that none is
        missed that explains enough: 0 of 500 simulated vehicles.
    unit_pace_factor: where units are looked for, a vehicle is taken to drive at most so many times
        its middle rate.
    unit_share, explained_share: another unit is found where, with it, one chain holds this part of
        all readings, and this part of those that it did not hold without.
    whole_off_share, whole_span: a history wholly in another unit is above highest_miles, has more
        than this part of its readings off the chain, because it grows too fast, and does not grow
        to so many times its first reading. Fitted on 100 simulated vehicles in metres: 100 found.
    standing_miles_per_day, standing_days: a history of so many days below near_zero_miles that
        grows less a day may be in thousands or in engine hours; the slowest of 2,000 generated
        vehicles drives 3 miles a day. Where thousands and miles alternate, the unit in which the
        vehicle would stand so still is not its own.
    highest_miles: no odometer shows more; a whole history above it is in metres or thousandths.
    engine_hours_ratio: miles per engine hour, as (lowest, highest): 7 real fire engines drove 5.8
        to 12, the generator's 15.
    engine_hours_a_day: all in all an engine runs at most so many hours a day: half of the time, a
        round number. Two cars under one id are no engine that never stops.
    hours_growth_factor, hours_rounds: miles and hours grow at the ratio at which they stand, within
        this factor; the lines are drawn anew so often, until they no longer change.
    hours_spread, hours_of_off: readings in engine hours keep their ratio to the miles within this
        factor, and are at least this part of all readings off the chain: in fire engines 15 to
        20 % of all readings are wrong besides. Fitted on 360 simulated fire engines.
    unit_spread: how far a ratio may be off, as a fraction.
    judged_share: a history with fewer of its readings on its chains gets no judgement.
    copied_share: a source repeats another on another day where this part of its rows do.
    latest_day: days since 1970-01-01; later readings are of the future and take no part.
    unit: that of the readings and of all limits, "mi" or "km"; see in_unit.
    chain_readings: a chain has at least so many readings.
    rollover_factor: after a roll over the next line begins at most so many times the usual way on.
    interleaved_readings: lines run side by side when so many readings lie in the time of both.
    steady_share: a line is in another unit when this part of it keeps the ratio, give or take
        unit_spread; the rest may be keyed wrongly.
    spike_readings: so many wrong readings in a row are a spike, more are a step.
    second_line_share: a second line holds at least this part of a vehicle's readings.
    second_line_of_off: and at least this part of those off the first line. A round number.
    agreement_share: a source agrees with itself where this part of its readings is on one chain. A
        round number.
    disagreement_share: two sources this close to one another disagree about one vehicle.
    duplicate_days: the same miles in two sources within so many days are one event.
    constant_time_readings, constant_time_share: so many readings of one source of a vehicle with
        one time of day, which are this part of those between the first and the last of them, have
        no true time.
    clock_change_seconds: one time of day that is written in summer and winter time differs by it.
    default_times: seconds since midnight that are typed instead of a time: 0:00, 12:00, 23:59:59.
    flow_share, stayed_share: vehicles are merged or split where this part of one's readings went
        to another, and one kept more than this part of its own.
    fresh_share: a new vehicle comes from another where it got this part of its readings there.
    cuts, beside: the numbers that tell several lines of one vehicle apart.
    source_order: the most trusted source first; the others follow by name.
    """

    tolerance_miles: int = 62
    warning_miles_per_day: int = 600
    own_rate_factor: float = 2.0
    busy_share: float = 0.9
    own_rate_stretches: int = 5
    journey_miles: int = 1_200
    impossible_miles_per_hour: int = 250
    longest_gap_days: int = 3_650
    empty_gap_factor: float = 1.5
    long_gap_miles: int = 25_000
    long_gap_days: int = 365
    long_gap_spread_days: int = 90
    placeholders: tuple[int, ...] = (1, 2, 1111, 1234, 888_888)
    rollover_miles: tuple[int, ...] = (100_000, 1_000_000)
    near_zero_miles: int = 1_000
    unit_ratios: tuple[float, ...] = UNIT_RATIOS["mi"]
    unit_jump: float = 1.4
    suspect_share: float = 0.25
    unit_pace_factor: float = 5.0
    unit_share: float = 0.75
    explained_share: float = 0.66
    whole_off_share: float = 0.375
    whole_span: float = 100.0
    standing_miles_per_day: float = 1.0
    standing_days: int = 180
    highest_miles: int = 1_000_000
    engine_hours_ratio: tuple[float, float] = (5.0, 20.0)
    engine_hours_a_day: float = 12.0
    hours_growth_factor: float = 2.0
    hours_rounds: int = 3
    hours_spread: float = 1.25
    hours_of_off: float = 0.35
    unit_spread: float = 0.02
    judged_share: float = 0.5
    copied_share: float = 0.5
    latest_day: int = 2**40
    unit: str = "mi"
    chain_readings: int = 3
    rollover_factor: float = 3.0
    interleaved_readings: int = 3
    steady_share: float = 0.8
    spike_readings: int = 2
    second_line_share: float = 0.1
    second_line_of_off: float = 0.3
    agreement_share: float = 0.95
    disagreement_share: float = 0.5
    duplicate_days: int = 1
    constant_time_readings: int = 5
    constant_time_share: float = 0.5
    clock_change_seconds: int = 3_600
    default_times: tuple[int, ...] = (0, 43_200, 86_399, 86_400)
    flow_share: float = 0.25
    stayed_share: float = 0.1
    fresh_share: float = 0.5
    source_order: tuple[str, ...] = (
        "vehicle_events",
        "fuel_logs",
        "odometer_readings",
        "service_records",
        "manual_events",
    )
    cuts: Cuts = field(default_factory=Cuts)
    beside: SideLines = field(default_factory=SideLines)

    @property
    def impossible_miles_per_day(self) -> int:
        """Miles of one whole day at the impossible speed."""
        return self.impossible_miles_per_hour * 24

    @property
    def unit_name(self) -> str:
        """The unit of the readings, in words."""
        return UNIT_NAMES[self.unit]

    def in_unit(self, unit: str) -> Rules:
        """Return the rules with all limits in a unit: "mi" or "km".

        Raises: MotomindError for another unit.
        """
        if unit not in UNIT_NAMES:
            raise MotomindError("unit", "mi or km", repr(unit), "name one of them")
        if unit == self.unit:
            return self
        ratio = KILOMETRES_PER_MILE if unit == "km" else 1 / KILOMETRES_PER_MILE
        limits = {name: round(getattr(self, name) * ratio) for name in DISTANCES}
        lowest, highest = self.engine_hours_ratio
        return replace(
            self,
            unit=unit,
            unit_ratios=UNIT_RATIOS[unit],
            engine_hours_ratio=(lowest * ratio, highest * ratio),
            standing_miles_per_day=self.standing_miles_per_day * ratio,
            beside=self.beside.times(ratio),
            **limits,
        )
