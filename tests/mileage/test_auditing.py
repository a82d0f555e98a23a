"""The audit on a loaded database: equal where nothing changed, each planted fault found."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from motomind_nb import backup, legacy, load, mileage, rebuilt, staging
from motomind_nb.mileage.auditing import looking, packed
from motomind_nb.postgres import Connection, Server, connect, frame

NUMBERS = itertools.count(1)
RULES = mileage.Rules()


@pytest.fixture(scope="module")
def template(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A generated fleet, staged and loaded."""
    folder = tmp_path_factory.mktemp("mileage")
    for name in ("mileage_source", "mileage_loaded"):
        server.new_database(name)
    with connect(server.conninfo("mileage_source")) as connection:
        legacy.generate(connection, legacy.Plan(60, 4_000, seed=3), folder / "truth.csv")
    backup.take_backup(server.conninfo("mileage_source"), folder / "backup")
    with connect(server.conninfo("mileage_loaded")) as connection:
        staging.restore_backup(connection, folder / "backup")
    with connect(server.conninfo("mileage_loaded")) as connection:
        rebuilt.create_tables(connection, load.event_years(connection))
        load.load_staged_rows(connection)
        rebuilt.add_keys_and_rules(connection)
    return "mileage_loaded"


@pytest.fixture
def loaded(server: Server, template: str) -> Iterator[Connection]:
    name = f"mileage_{next(NUMBERS)}"
    with connect(server.create_database(name, template)) as connection:
        yield connection
    server.drop_database(name)


def busiest(connection: Connection, place: int = 0) -> str:
    """Return a vehicle with many readings."""
    rows = connection.execute(
        "SELECT vehicle_id::text FROM public.vehicle_events WHERE type <> 'document'"
        " GROUP BY vehicle_id ORDER BY count(*) DESC, vehicle_id OFFSET %s LIMIT 1",
        [place],
    ).fetchone()
    assert rows is not None
    return str(rows[0])


def tampering(connection: Connection, statement: str, *values: object) -> None:
    """Change what no trigger lets anybody change."""
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(statement, values)
    connection.execute("SET LOCAL session_replication_role = origin")


def test_equal_where_nothing_changed(loaded: Connection) -> None:
    result = mileage.audit(loaded, "run", RULES)
    assert len(result.vehicles) == 60
    assert result.vehicles["equal"].all()
    assert (result.vehicles["cause"] == "").all()
    assert {item.status for item in result.findings} <= {"ok", "note", "warn"}
    assert result.vehicles["vehicle_id"].is_monotonic_increasing


def test_agrees_with_the_library(loaded: Connection) -> None:
    result = mileage.audit(loaded, "run", RULES).vehicles.set_index("vehicle_id")
    for side, query in zip(packed.SIDES, packed.all_readings_queries(loaded), strict=True):
        readings = frame(loaded, query).astype({"miles": "Int64"})
        told = mileage.vehicles(readings).set_index("vehicle_id")
        mine = result.loc[told.index]
        assert mine[f"{side}_miles"].tolist() == told["current_miles"].tolist()
        assert mine[f"{side}_verdict" if side == "before" else "verdict"].tolist() == list(
            told["verdict"]
        )
        kept = frame(loaded, "SELECT * FROM audit.reading").query("side == @side")
        found = readings.join(mileage.reconstruct(readings))
        odd = found[found["class"] != "on chain"]
        assert dict(zip(kept["source_id"], kept["class"], strict=True)) == dict(
            zip(odd["id"].astype(str), odd["class"].astype(str), strict=True)
        )
        assert kept["tenant_id"].notna().all()


def test_chunks_do_not_matter(loaded: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    tampering(
        loaded,
        "UPDATE public.vehicle_events SET vehicle_id = %s, tenant_id ="
        " (SELECT tenant_id FROM public.vehicles WHERE id = %s) WHERE vehicle_id = %s",
        busiest(loaded, 1),
        busiest(loaded, 1),
        busiest(loaded, 0),
    )
    whole = mileage.audit(loaded, "whole", RULES)
    monkeypatch.setattr(packed, "READINGS_AT_A_TIME", 1)
    monkeypatch.setattr(packed, "VEHICLES_AT_A_TIME", 1)
    parts = mileage.audit(loaded, "parts", RULES)
    pd.testing.assert_frame_equal(whole.vehicles, parts.vehicles)
    assert whole.findings == parts.findings
    columns = "side, position, vehicle_id, source_id, class, suggestion"
    texts = [
        loaded.execute(
            f"SELECT {columns} FROM audit.reading WHERE run_id = %s ORDER BY side, position", [name]
        ).fetchall()
        for name in ("whole", "parts")
    ]
    assert texts[0] == texts[1]


def test_the_same_run_again_replaces_its_readings(loaded: Connection) -> None:
    mileage.audit(loaded, "run", RULES)
    first = loaded.execute("SELECT count(*) FROM audit.reading").fetchone()
    mileage.audit(loaded, "run", RULES)
    assert loaded.execute("SELECT count(*) FROM audit.reading").fetchone() == first


def lose(connection: Connection, vehicle: str) -> None:
    tampering(
        connection,
        "DELETE FROM public.vehicle_events WHERE id IN (SELECT id FROM public.vehicle_events"
        " WHERE vehicle_id = %s AND type <> 'document' ORDER BY date OFFSET 5 LIMIT 1)",
        vehicle,
    )


def alter(connection: Connection, vehicle: str) -> None:
    tampering(
        connection,
        "UPDATE public.vehicle_events SET miles = NULL WHERE id IN (SELECT id FROM"
        " public.vehicle_events WHERE vehicle_id = %s AND type = 'fuel' AND miles IS NOT NULL"
        " ORDER BY date OFFSET 5 LIMIT 1)",
        vehicle,
    )


def shift(connection: Connection, vehicle: str) -> None:
    tampering(
        connection,
        "UPDATE private.event_source SET event_date = event_date - 1 WHERE event_id IN"
        " (SELECT id FROM public.vehicle_events WHERE vehicle_id = %s)",
        vehicle,
    )
    tampering(
        connection,
        "UPDATE public.vehicle_events SET date = date - 1 WHERE vehicle_id = %s",
        vehicle,
    )


def add(connection: Connection, vehicle: str) -> None:
    tampering(
        connection,
        "INSERT INTO public.vehicle_events (tenant_id, vehicle_id, type, date, miles, chain)"
        " SELECT tenant_id, vehicle_id, 'odometer', '2024-05-05', 5000, 1"
        " FROM public.vehicle_events WHERE vehicle_id = %s LIMIT 1",
        vehicle,
    )


@pytest.mark.parametrize(
    ("fault", "cause"),
    [(lose, "lost"), (alter, "altered"), (shift, "re-dated"), (add, "added")],
    ids=["lost", "altered", "re-dated", "added"],
)
def test_planted_fault(
    loaded: Connection, fault: Callable[[Connection, str], None], cause: str
) -> None:
    vehicle = busiest(loaded)
    fault(loaded, vehicle)
    result = mileage.audit(loaded, "run", RULES)
    differ = result.vehicles[~result.vehicles["equal"]]
    assert differ["vehicle_id"].astype(str).tolist() == [vehicle]
    assert differ["cause"].tolist() == [cause]
    assert differ["source_id"].str.len().tolist() == [36]
    failed = [item for item in result.findings if item.status == "fail"]
    assert [(item.subject, item.rows) for item in failed] == [(f"readings {cause}", 1)]
    assert vehicle in failed[0].detail and differ["source_id"].iloc[0] in failed[0].detail
    named = looking.diverging_vehicles(result.vehicles)
    assert named["cause"].tolist() == [cause]


def test_merged_vehicles_are_found_though_sums_balance(loaded: Connection) -> None:
    one, two = busiest(loaded, 0), busiest(loaded, 1)
    tampering(
        loaded,
        "UPDATE public.vehicle_events SET vehicle_id = CASE vehicle_id WHEN %s::uuid THEN %s::uuid"
        " ELSE %s::uuid END WHERE vehicle_id IN (%s, %s) AND date >= '2025-01-01'",
        one,
        two,
        one,
        one,
        two,
    )
    result = mileage.audit(loaded, "run", RULES).vehicles
    differ = result[~result["equal"]]
    assert set(differ["vehicle_id"].astype(str)) == {one, two}
    assert set(differ["cause"]) <= {"merged", "moved"}


def test_naive_mileage_is_the_legacy_views(loaded: Connection) -> None:
    view = frame(loaded, "SELECT vehicle_id, miles FROM legacy.vehicle_current_mileage")
    result = mileage.audit(loaded, "run", RULES).vehicles.set_index("vehicle_id")
    assert result.loc[view["vehicle_id"], "naive_before_miles"].tolist() == view["miles"].tolist()


def test_a_closer_look(loaded: Connection) -> None:
    result = mileage.audit(loaded, "run", RULES).vehicles
    chosen = mileage.vehicles_worth_a_look(result, 3)
    assert len(chosen) == 3
    readings = mileage.histories(loaded, chosen)
    assert set(readings["side"]) == {"before", "after"}
    assert set(readings["vehicle_id"]) == set(chosen)
    months = mileage.month_ends(readings)
    assert months["before_miles"].equals(months["after_miles"].rename("before_miles"))
    last = months.groupby("vehicle_id")["after_miles"].last()
    assert (last == result.set_index("vehicle_id").loc[last.index, "after_miles"]).mean() > 0.5


def test_traps_pass_without_failure(server: Server, traps_database: str, tmp_path: Path) -> None:
    backup.take_backup(traps_database, tmp_path / "backup")
    server.new_database("mileage_traps")
    with connect(server.conninfo("mileage_traps")) as connection:
        staging.restore_backup(connection, tmp_path / "backup")
        rebuilt.create_tables(connection, load.event_years(connection))
        load.load_staged_rows(connection)
        rebuilt.add_keys_and_rules(connection)
        found = mileage.audit(connection, "run", RULES)
        lost = found.vehicles[~found.vehicles["equal"]]
        assert set(lost["cause"]) <= {"lost"}
    server.drop_database("mileage_traps")


@pytest.mark.parametrize("seed", [2, 3])
def test_the_audit_compares_as_the_library_does(loaded: Connection, seed: int) -> None:
    """Random readings altered, lost, dated anew and moved: the same cause of each vehicle."""
    loaded.execute("SELECT setseed(%s)", (seed / 10,))
    for change, share in (
        ("UPDATE public.vehicle_events SET miles = miles + 7", 0.02),
        ("UPDATE public.vehicle_events SET local_time = NULL", 0.1),
        ("DELETE FROM public.vehicle_events", 0.01),
    ):
        tampering(loaded, f"{change} WHERE type <> 'document' AND random() < %s", share)
    tampering(
        loaded,
        "UPDATE public.vehicle_events SET vehicle_id = %s WHERE vehicle_id = %s AND random() < 0.5",
        busiest(loaded, seed),
        busiest(loaded, 0),
    )
    mine = mileage.audit(loaded, "run", RULES).vehicles.set_index("vehicle_id")
    before, after = (
        frame(loaded, query).astype({"miles": "Int64"})
        for query in packed.all_readings_queries(loaded)
    )
    told = mileage.compare(before, after).set_index("vehicle_id")
    mine = mine.loc[told.index]
    assert len(set(told["cause"])) > 2
    for name in ("equal", "cause", "causes"):
        assert mine[name].astype(str).tolist() == told[name].astype(str).tolist(), name


def differing(connection: Connection) -> set[str]:
    """The vehicles whose rebuilt mileage is not that of their history; one finding names each."""
    result = mileage.audit(connection, "run", RULES)
    table = result.vehicles
    other = ~table["naive_after_miles"].fillna(-1).eq(table["after_miles"].fillna(-1))
    told = [item for item in result.findings if item.check == "rebuilt mileage"]
    assert sum(item.rows for item in told) == other.sum()
    assert {item.status for item in told} == ({"warn"} if other.any() else {"ok"})
    return set(table["vehicle_id"][other].astype(str))


def test_a_rebuilt_mileage_that_is_not_the_histories_is_told(loaded: Connection) -> None:
    before = differing(loaded)
    wrong = loaded.execute(
        "SELECT e.vehicle_id::text, e.id FROM public.vehicle_events AS e"
        " JOIN public.vehicle_current_mileage AS c USING (vehicle_id)"
        " WHERE e.disputed AND e.miles > c.miles AND e.vehicle_id::text <> ALL(%s)"
        " AND e.date >= c.date AND e.date < '2100-01-01' ORDER BY e.vehicle_id LIMIT 1",
        [sorted(before)],
    ).fetchone()
    assert wrong is not None
    others = [busiest(loaded, place) for place in range(8)]
    marked, shown = [car for car in others if car not in {*before, wrong[0]}][:2]
    event = "UPDATE public.vehicle_events SET disputed = %s WHERE id = %s"
    last = loaded.execute(
        "SELECT e.id FROM public.vehicle_events AS e JOIN public.vehicle_current_mileage AS c"
        " USING (vehicle_id, miles) WHERE vehicle_id = %s AND NOT e.disputed",
        [marked],
    ).fetchall()
    for (reading,) in last:
        tampering(loaded, event, True, reading)
    assert differing(loaded) == before | {marked}
    tampering(loaded, event, False, wrong[1])
    assert differing(loaded) == before | {marked, wrong[0]}
    columns = [
        f"CASE WHEN vehicle_id = '{shown}' THEN miles + 1 ELSE miles END AS miles"
        if name == "miles"
        else name
        for name in frame(loaded, "SELECT * FROM public.vehicle_current_mileage LIMIT 0").columns
    ]
    loaded.execute("ALTER VIEW public.vehicle_current_mileage RENAME TO mileage_as_built")
    loaded.execute(
        "CREATE VIEW public.vehicle_current_mileage AS SELECT"
        f" {', '.join(columns)} FROM public.mileage_as_built"
    )
    assert differing(loaded) == before | {marked, wrong[0], shown}


def test_the_name_of_a_run_is_kept_as_it_is(loaded: Connection) -> None:
    name = "a\tb\\N\nc"  # what COPY would take for other columns, NULL and another row
    mileage.audit(loaded, name, RULES)
    found = loaded.execute("SELECT DISTINCT run_id FROM audit.reading").fetchall()
    assert found == [(name,)]
