"""Rights are judged as they work: by whatever grant, on whatever kind of object of ours."""

from __future__ import annotations

import pytest
from rebuilt import Connection, module_target, one, owner

from motomind_nb import rebuilt

__all__ = ["module_target", "owner"]

FAULTS = {
    "of PUBLIC": (("GRANT DELETE ON reminders TO PUBLIC",), "public.reminders DELETE anon"),
    "of a role that it belongs to": (
        (
            "CREATE ROLE night_auditor",
            "GRANT night_auditor TO anon",
            "GRANT SELECT ON private.job_log TO night_auditor",
        ),
        "private.job_log SELECT anon",
    ),
    "on one column": (
        ("GRANT SELECT (miles) ON vehicle_events_2025 TO anon",),
        "public.vehicle_events (partitions) SELECT anon",
    ),
    "on a sequence": (
        ("GRANT USAGE ON ALL SEQUENCES IN SCHEMA private TO anon",),
        "private.job_log_id_seq USAGE anon",
    ),
    "on a function": (
        ("GRANT EXECUTE ON FUNCTION private.revoke_rights(regclass) TO authenticated",),
        "private.revoke_rights(relation regclass) EXECUTE authenticated",
    ),
}


def different(connection: Connection) -> set[str]:
    """The rights that differ from the file, as object, command and role."""
    frame = rebuilt.compare_rights(connection)
    differ = frame[frame.status != "ok"]
    return {f"{row.object} {row.command} {row.role}" for row in differ.itertuples()}


@pytest.mark.parametrize("name", FAULTS)
def test_a_right_too_many_is_found(owner: Connection, name: str) -> None:
    statements, expected = FAULTS[name]
    for statement in statements:
        owner.execute(statement)
    assert expected in different(owner)


def test_rights_that_were_compared_are_not_tried_again(owner: Connection) -> None:
    before = rebuilt.compare_rights(owner)
    owner.execute("GRANT DELETE ON reminders TO PUBLIC")
    judged = [rebuilt.check_schema(owner, before), rebuilt.check_schema(owner)]
    status = [{item.status for item in found if item.check == "rights"} for found in judged]
    assert status == [{"ok"}, {"fail"}]


def test_maintain_is_found_where_the_server_knows_it(owner: Connection) -> None:
    if one(owner, "SELECT current_setting('server_version_num')::integer") < 170000:
        pytest.skip("MAINTAIN came with PostgreSQL 17")
    owner.execute("GRANT MAINTAIN ON vehicles TO authenticated")
    assert different(owner) == {"public.vehicles MAINTAIN authenticated"}


def test_functions_of_others_in_public_are_none_of_ours(owner: Connection) -> None:
    owner.execute(
        "CREATE FUNCTION public.dashboard() RETURNS int LANGUAGE plpgsql SECURITY DEFINER"
        " AS 'BEGIN RETURN 1; END'"
    )
    assert different(owner) == set()
    wrong = [item for item in rebuilt.check_schema(owner) if item.status == "fail"]
    assert [item.subject for item in wrong if "dashboard" in item.subject] == []


def test_revoke_rights_leaves_the_owner_alone(owner: Connection) -> None:
    owner.execute('CREATE ROLE "Night shift"')
    owner.execute('GRANT ALL ON garages TO "Night shift" WITH GRANT OPTION')
    owner.execute("GRANT SELECT (name), UPDATE (name) ON garages TO PUBLIC")
    owner.execute("SELECT private.revoke_rights('garages')")
    held = (
        "SELECT string_agg(DISTINCT given.grantee::regrole::text, ',') FROM pg_class AS class,"
        " aclexplode(class.relacl) AS given WHERE class.oid = 'garages'::regclass"
    )
    assert one(owner, held) == one(owner, "SELECT user::text")
    columns = "SELECT count(attacl) FROM pg_attribute WHERE attrelid = 'garages'::regclass"
    assert one(owner, columns) == 0


def test_completing_a_partition_takes_back_rights_on_columns_too(owner: Connection) -> None:
    owner.execute("GRANT SELECT ON vehicle_events_2026 TO PUBLIC")
    owner.execute("GRANT SELECT (payload) ON vehicle_events_2026 TO anon")
    assert len(different(owner)) == 3
    owner.execute("SELECT private.complete_partition('vehicle_events_2026')")
    assert different(owner) == set()
