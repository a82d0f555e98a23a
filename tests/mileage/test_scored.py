"""Scored against the generator's truth, at the error mix of a real fleet.

Prints the recall per class and size of error (pytest -s).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from motomind_nb import legacy, mileage
from motomind_nb.mileage.auditing import packed
from motomind_nb.postgres import Server, connect, frame

NAMES = {"replaced": "replaced|rollover", "merged": "merged", "engine_hours": "engine hours"}
SIZES = [0, 62, 200, 1_000, 10_000, float("inf")]
REPEATS = ("duplicate", "shifted")


@dataclass(frozen=True)
class Scored:
    """Readings with classes and truth, and odd vehicles with their verdicts."""

    readings: pd.DataFrame
    odd: pd.DataFrame
    plain: pd.DataFrame


@pytest.fixture(scope="module")
def scored(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Scored:
    path = tmp_path_factory.mktemp("truth") / "truth.csv"
    server.new_database("mileage_scored")
    with connect(server.conninfo("mileage_scored")) as connection:
        legacy.generate(connection, legacy.Plan(2_000, 200_000, seed=1), path)
        connection.execute("ALTER SCHEMA public RENAME TO legacy")
        readings = frame(connection, packed.all_readings_queries(connection)[0])
        connection.rollback()
    server.drop_database("mileage_scored")
    readings["miles"] = readings["miles"].astype("Int64")
    for name in ("id", "vehicle_id"):
        readings[name] = readings[name].astype(str)
    truth = pd.read_csv(path)
    odd = truth[truth["table"] == "vehicles"].set_index("vehicle_id")
    mistakes = truth[truth["table"] != "vehicles"].rename(columns={"class": "mistake"})
    found = readings.join(mileage.reconstruct(readings)).merge(
        mistakes[["id", "mistake", "error_miles", "contradicts"]], on="id", how="left"
    )
    found["wrong"] = found["mistake"].notna() & ~found["mistake"].isin(REPEATS)
    verdicts = mileage.vehicles(readings).set_index("vehicle_id")
    odd = odd.join(verdicts)
    odd["least"] = [min(map(int, lengths.split("+"))) for lengths in odd["chain_lengths"]]
    return Scored(found, odd, verdicts[~verdicts.index.isin(odd.index)])


def test_recall(scored: Scored) -> None:
    bad = scored.readings[scored.readings["wrong"] & scored.readings["contradicts"].eq(True)]
    off = ~bad["on_chain"]
    size = pd.cut(bad["error_miles"].abs(), SIZES)
    table = off.groupby([bad["mistake"], size], observed=True).agg(["mean", "size"]).round(3)
    print(f"\nrecall {off.mean():.4f} of {len(bad)} contradicting readings\n{table.to_string()}")
    assert off.mean() >= 0.99


def test_clean_readings_stay(scored: Scored) -> None:
    readings = scored.readings
    good = readings[~readings["wrong"] & readings["miles"].gt(0).fillna(False)]
    wrongly_off = float((~good["on_chain"]).mean())
    print(f"\n{wrongly_off:.5f} of {len(good)} clean readings are off their chains")
    assert wrongly_off <= 0.001


@pytest.mark.parametrize("kind", list(NAMES))
def test_every_odd_vehicle_is_named(scored: Scored, kind: str) -> None:
    mine = scored.odd[(scored.odd["class"] == kind) & (scored.odd["least"] >= 3)]
    named = mine["reason"].str.contains(NAMES[kind])
    print(f"\n{kind}: {named.sum()} of {len(mine)} named")
    assert len(mine) > 10
    assert named.all()


def test_plain_vehicles_are_not_called_odd(scored: Scored) -> None:
    words = "merged|replaced|rollover|unit|disagree|step:"
    assert scored.plain["reason"].str.contains(words).mean() < 0.005
