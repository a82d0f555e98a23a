"""Foreign keys from outside: proved over the rebuilt tables while readers still go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from in_place import accepting, fleet, rehearsed

from motomind_nb import apply
from motomind_nb.apply import outside
from motomind_nb.core import Refused
from motomind_nb.postgres import Server, connect

BOOKS = (
    'CREATE SCHEMA "Books 100%"',
    """CREATE TABLE "Books 100%".lines AS SELECT tenant.id AS "who's" FROM public.tenants AS tenant
    CROSS JOIN generate_series(1, 1000)""",
    """ALTER TABLE "Books 100%".lines ADD CONSTRAINT "to {pay}" FOREIGN KEY ("who's")
    REFERENCES public.tenants ON DELETE RESTRICT DEFERRABLE""",
    """COMMENT ON CONSTRAINT "to {pay}" ON "Books 100%".lines IS 'it''s due'""",
    'CREATE TABLE "Books 100%".years (tenant uuid CONSTRAINT of_year REFERENCES public.tenants,'
    " year int) PARTITION BY LIST (year)",
    'CREATE TABLE "Books 100%".this_year PARTITION OF "Books 100%".years DEFAULT',
)
SHOWN = (
    "SELECT conname, convalidated, condeferrable, confrelid::regclass::text FROM pg_constraint"
    " WHERE conrelid = '\"Books 100%\".lines'::regclass AND contype = 'f'"
)
NAMES = "SELECT conname FROM pg_constraint WHERE conname LIKE 'motomind%'"
STRANGER = 'INSERT INTO "Books 100%".lines VALUES (gen_random_uuid())'


def test_a_key_is_proved_before_anybody_waits_for_the_switch(
    server: Server, tmp_path: Path
) -> None:
    with fleet(server, tmp_path, "fleet_with_books") as first:
        first.execute(*BOOKS)
        held = replace(first, rehearsal=rehearsed(tmp_path))
        before, keys = held.dump(), held.execute(SHOWN)
        with connect(held.conninfo) as reader:
            bound = outside.bound_from_outside(reader, "public")
        outside.refuse_changed(bound, bound)
        others = [replace(bound[0], text=f"{bound[0].text} NOT VALID"), *bound[1:]]
        with pytest.raises(Refused, match="changed by somebody"):
            outside.refuse_changed(bound, others)
        accept = tmp_path / "accepted.toml"
        subjects = [item.subject for item in held.plan().open_points]
        assert len(subjects) == 2  # of the partitions the key of their whole tells
        accept.write_text("".join(accepting(subject, held) for subject in subjects))
        plan = held.plan(accept=accept)
        texts = {item.step: "" for item in plan.statements}
        for item in plan.statements:
            texts[item.step] += item.text
        assert texts["add keys from outside"].count("ADD CONSTRAINT") == 1
        assert texts["bind from outside"].count("ADD CONSTRAINT") == 1  # of the partitions

        read: list[int] = []

        def tell(_name: str, done: int, _total: int) -> None:
            if done <= list(texts).index("switch"):  # readers of either side do not wait
                with connect(held.conninfo) as reader:
                    reader.execute("SET LOCAL lock_timeout = '100ms'")
                    reader.execute('SELECT FROM public.tenants, "Books 100%".lines LIMIT 1')
                    read.append(done)

        act = apply.Act("books", plan.token, tell=tell)
        apply.carry_out(held.conninfo, held.request(accept=accept), act)
        assert read == [*range(1, list(texts).index("switch") + 1)]
        assert held.execute(SHOWN) == keys and held.execute(NAMES) == []
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match=r"to \{pay\}"):
            held.execute(STRANGER)
        held.roll_back(tmp_path)
        assert held.dump() == before
