"""Sources that disagree: one source tells a line of its own, not far from the line of all others.

The others are believed when they agree among themselves once that source is left out and hold at
least half of the readings. The most readings alone would mix both lines, wherever the one source
happens to be the denser.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motomind_nb.mileage.lines.lines import Lines, Points, longest_chain
from motomind_nb.mileage.lines.tracks import vehicles_with_second_line
from motomind_nb.mileage.readings import Flags
from motomind_nb.mileage.rules import Rules


def disagreeing_sources(points: Points, lines: Lines, rules: Rules) -> dict[int, Flags]:
    """Return, per vehicle with a source at odds, who is on the line of the other sources.

    The flags are those of the vehicle's readings, the source's own included where they fit.
    """
    found: dict[int, Flags] = {}
    for vehicle in vehicles_with_second_line(points, lines.whole, rules).tolist():
        first, end = np.searchsorted(points.group, [vehicle, vehicle + 1]).tolist()
        mine = points.take(np.arange(first, end), points.group[first:end])
        names, off = lines.source[first:end], ~lines.whole[first:end]
        for name in np.unique(names[off]).tolist():
            guest = names == name
            many = (off & guest).sum() >= rules.second_line_of_off * off.sum()
            suspect = many and guest.sum() <= rules.beside.guest_share * len(guest)
            if suspect and _others_agree(mine, ~guest, rules):
                keep = _line_of_others(mine, guest, rules)
                if _is_close(mine, keep, rules):
                    found[vehicle] = keep
    return found


def _others_agree(points: Points, others: Flags, rules: Rules) -> bool:
    index = np.flatnonzero(others)
    rest = points.take(index, points.group[index])
    on_chain = longest_chain(rest, rules.impossible_miles_per_day)
    return len(index) >= rules.chain_readings and float(on_chain.mean()) >= rules.agreement_share


def _line_of_others(points: Points, silent: Flags, rules: Rules) -> Flags:
    """Return the chain in which any reading of the others outweighs all of the silent ones."""
    weight = np.where(silent, 1, points.weight)
    return longest_chain(replace(points, weight=weight), rules.impossible_miles_per_day)


def _is_close(points: Points, keep: Flags, rules: Rules) -> bool:
    line = np.interp(points.moment[~keep], points.moment[keep], points.miles[keep])
    off = int((~keep).sum()) >= rules.chain_readings
    level = points.miles[~keep] / np.maximum(line, 1)
    return bool(off and abs(float(np.median(level)) - 1) <= rules.disagreement_share)
