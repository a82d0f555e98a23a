"""Rows that break the rules of the target, for the tests of the profile and of the quarantine."""

from __future__ import annotations

import json

from motomind_nb.postgres import Connection

TENANT = "10000000-0000-4000-8000-000000000001"
NOBODY = "10000000-0000-4000-8000-00000000dead"
VEHICLE = "40000000-0000-4000-8000-000000000001"
# source, id of the sample's row that is copied, last digits of the copy's id, what differs, rule
BROKEN = [
    ("tenants", TENANT, "f1", {"name": " "}, "blank_name"),
    ("tenants", TENANT, "f2", {"kind": "club"}, "unknown_kind"),
    ("tenants", TENANT, "f3", {"subscription_status": "free"}, "unknown_subscription_status"),
    ("users", "20000000-0000-4000-8000-000000000001", "f1", {}, "no_tenant"),
    (
        "garages",
        "30000000-0000-4000-8000-000000000001",
        "f1",
        {"tenant_id": NOBODY},
        "unknown_tenant",
    ),
    ("garages", "30000000-0000-4000-8000-000000000001", "f2", {"name": ""}, "blank_name"),
    ("vehicles", VEHICLE, "f1", {"tenant_id": NOBODY}, "unknown_tenant"),
    ("vehicles", VEHICLE, "f2", {"garage_id": NOBODY}, "orphan_garage"),
    ("vehicles", VEHICLE, "f3", {"display_name": "  "}, "blank_name"),
    ("vehicles", VEHICLE, "f4", {"vin": "MADEUP0000000000O"}, "vin_format"),
    ("vehicles", VEHICLE, "f5", {"year": 1899}, "year_range"),
    (
        "vehicle_images",
        "60000000-0000-4000-8000-000000000001",
        "f1",
        {"vehicle_id": VEHICLE[:-2] + "f5"},
        "vehicle_in_quarantine",
    ),
    (
        "vehicle_images",
        "60000000-0000-4000-8000-000000000001",
        "f2",
        {"vehicle_id": NOBODY},
        "orphan_vehicle",
    ),
    (
        "vehicle_images",
        "60000000-0000-4000-8000-000000000001",
        "f3",
        {"tenant_id": NOBODY},
        "unknown_tenant",
    ),
    (
        "reminders",
        "70000000-0000-4000-8000-000000000001",
        "f1",
        {"category": "party"},
        "unknown_value",
    ),
    (
        "reminders",
        "70000000-0000-4000-8000-000000000001",
        "f2",
        {"due_date": "2025-05-30"},
        "due_before_created",
    ),
    (
        "reminders",
        "70000000-0000-4000-8000-000000000001",
        "f3",
        {"created_at": "2025-06-01T01:00:00Z"},
        "second_open_reminder",
    ),
    (
        "odometer_readings",
        "80000000-0000-4000-8000-000000000001",
        "f1",
        {"reading_date": "1899-12-31"},
        "date_range",
    ),
    (
        "odometer_readings",
        "80000000-0000-4000-8000-000000000001",
        "f2",
        {"reading_date": "infinity"},
        "date_range",
    ),
    (
        "odometer_readings",
        "80000000-0000-4000-8000-000000000001",
        "f3",
        {"mileage": -1},
        "negative_miles",
    ),
    (
        "odometer_readings",
        "80000000-0000-4000-8000-000000000001",
        "f4",
        {"mileage": None},
        "no_miles",
    ),
    (
        "fuel_logs",
        "90000000-0000-4000-8000-000000000001",
        "f1",
        {"total_amount": "NaN"},
        "not_a_number",
    ),
    ("fuel_logs", "90000000-0000-4000-8000-000000000001", "f2", {"gallons": "NaN"}, "not_a_number"),
    ("fuel_logs", "90000000-0000-4000-8000-000000000001", "f3", {"gallons": -1}, "negative_amount"),
    (
        "fuel_logs",
        "90000000-0000-4000-8000-000000000001",
        "f4",
        {"gallons": None, "total_amount": 0},
        "no_amount",
    ),
    (
        "fuel_logs",
        "90000000-0000-4000-8000-000000000001",
        "f5",
        {"odometer_reading": -1},
        "negative_miles",
    ),
    (
        "fuel_logs",
        "90000000-0000-4000-8000-000000000001",
        "f6",
        {"date": "-infinity"},
        "date_range",
    ),
    (
        "service_records",
        "a0000000-0000-4000-8000-000000000001",
        "f1",
        {"labor_cost": "NaN"},
        "not_a_number",
    ),
    (
        "service_records",
        "a0000000-0000-4000-8000-000000000001",
        "f2",
        {"service_type": " "},
        "no_kind",
    ),
    (
        "service_records",
        "a0000000-0000-4000-8000-000000000001",
        "f3",
        {"odometer_reading": -5},
        "negative_miles",
    ),
    (
        "service_records",
        "a0000000-0000-4000-8000-000000000001",
        "f4",
        {"service_date": "1850-01-01"},
        "date_range",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000001",
        "f1",
        {"payload": {"doc_type": 1}},
        "no_doc_type",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000001",
        "f2",
        {"payload": [1]},
        "payload_not_object",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000002",
        "f3",
        {"payload": {"kind": ""}},
        "no_kind",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000002",
        "f4",
        {"type": "fuel", "payload": {"gallons": True}},
        "amount_type",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000002",
        "f5",
        {"type": "fuel", "payload": {"gallons": -2, "total_amount": 3}},
        "negative_amount",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000002",
        "f6",
        {"type": "fuel", "payload": {"gallons": 0}},
        "no_amount",
    ),
    ("vehicle_events", "50000000-0000-4000-8000-000000000003", "f7", {"miles": None}, "no_miles"),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000003",
        "f8",
        {"miles": -3},
        "negative_miles",
    ),
    (
        "vehicle_events",
        "50000000-0000-4000-8000-000000000003",
        "f9",
        {"date": "1899-12-31"},
        "date_range",
    ),
]
DROP_RULES = """
DO $drop$
DECLARE rule record;
BEGIN
    FOR rule IN
        SELECT conrelid::regclass AS held, conname FROM pg_constraint
        WHERE connamespace = 'legacy'::regnamespace AND contype IN ('c', 'f', 'u')
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.held, rule.conname);
    END LOOP;
    FOR rule IN
        SELECT attrelid::regclass AS held, attname FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'legacy'::regnamespace AND c.relkind = 'r' AND attnotnull
            AND attnum > 0 AND attname NOT IN ('id', 'version', 'vin', 'tenant_id', 'user_id')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER %I DROP NOT NULL', rule.held, rule.attname);
    END LOOP;
    DROP INDEX IF EXISTS legacy.ux_reminders_dedupe_open;
END
$drop$
"""


# what breaks each rule: what to SET on its table, or whole statements
FAULTS = {
    ("tenants", "name is not blank"): "name = ' '",
    ("tenants", "kind is known"): "kind = 'club'",
    ("tenants", "subscription status is known"): "subscription_status = 'x'",
    ("users", "has a tenant"): "DELETE FROM legacy.memberships",
    ("users", "belongs to one tenant"): (
        "INSERT INTO legacy.tenants (id, name, kind, created_at, updated_at) VALUES"
        " (gen_random_uuid(), 'B', 'solo', now(), now()); INSERT INTO legacy.memberships"
        " (tenant_id, user_id, role, created_at) SELECT t.id, u.id, 'viewer', now() FROM "
        "legacy.tenants AS t, legacy.users AS u WHERE t.name = 'B'"
    ),
    ("memberships", "role is known"): "role = 'guest'",
    ("garages", "name is not blank"): "name = ''",
    ("vehicles", "name is not blank"): "display_name = '  '",
    ("vehicles", "VIN has its form"): "vin = 'not a vin'",
    ("vehicles", "year is plausible"): "year = 3",
    ("vehicles", "garage is of the same tenant"): "UPDATE legacy.garages SET tenant_id = {b}",
    ("vehicle_images", "tenant is the vehicle's"): "tenant_id = {b}",
    ("reminders", "category is known"): "category = 'fun'",
    ("reminders", "priority is known"): "priority = 'now'",
    ("reminders", "status has a mapping"): "status = 'lost'",
    ("reminders", "due after it was created"): "status = 'open', due_date = '2001-01-01'",
    ("reminders", "tenant is the vehicle's"): "tenant_id = {b}",
    ("reminders", "one open reminder per key"): (
        "DROP INDEX IF EXISTS legacy.ux_reminders_dedupe_open; UPDATE legacy.reminders"
        " SET status = 'open', dedupe_key = 'one'"
    ),
    ("vehicle_events", "type has a mapping"): "type = 'party'",
    ("vehicle_events", "date is plausible"): "date = '1899-12-31'",
    ("vehicle_events", "date is not far ahead"): "date = '2031-01-01'",
    ("vehicle_events", "miles are not negative"): "miles = -1",
    ("vehicle_events", "odometer event has miles"): "type = 'odometer', miles = NULL",
    ("vehicle_events", "tenant is the vehicle's"): "tenant_id = {b}",
    ("vehicle_events", "document states no miles"): "type = 'document', miles = 5",
    ("vehicle_events", "payload is an object"): "payload = '[]'",
    ("vehicle_events", "fuel has an amount"): "type = 'fuel', payload = '{{\"gallons\": -5}}'",
    ("vehicle_events", "amounts are numbers"): (
        "type = 'fuel', payload = '{{\"total_amount\": \"12,50\"}}'"
    ),
    ("vehicle_events", "maintenance says its kind"): (
        "type = 'maintenance', payload = '{{\"kind\": null}}'"
    ),
    ("vehicle_events", "document says its type"): (
        "type = 'document', payload = '{{\"doc_type\": \"\"}}'"
    ),
    ("odometer_readings", "date is plausible"): "reading_date = '-infinity'",
    ("odometer_readings", "date is not far ahead"): "reading_date = '2031-01-01'",
    ("odometer_readings", "miles are not negative"): "mileage = -1",
    ("odometer_readings", "tenant is the vehicle's"): "tenant_id = gen_random_uuid()",
    ("fuel_logs", "date is plausible"): "date = '0001-01-01 BC'",
    ("fuel_logs", "date is not far ahead"): "date = '2031-01-01'",
    ("fuel_logs", "miles are not negative"): "odometer_reading = -1",
    ("fuel_logs", "fuel has an amount"): "total_amount = 'NaN'",
    ("fuel_logs", "tenant is the vehicle's"): "tenant_id = gen_random_uuid()",
    ("service_records", "date is plausible"): "service_date = 'infinity'",
    ("service_records", "date is not far ahead"): "service_date = '2031-01-01'",
    ("service_records", "miles are not negative"): "odometer_reading = -1",
    ("service_records", "maintenance says its kind"): "service_type = ' '",
    ("service_records", "tenant is the vehicle's"): "tenant_id = gen_random_uuid()",
    ("event tables", "id is used once"): (
        "UPDATE legacy.fuel_logs AS f SET id = o.id FROM (SELECT id FROM "
        "legacy.odometer_readings ORDER BY id LIMIT 1) AS o WHERE f.id = (SELECT "
        "min(id::text)::uuid FROM legacy.fuel_logs)"
    ),
    ("manual_events", "holds no rows"): (
        "INSERT INTO legacy.manual_events (id, tenant_id, vehicle_id, event_type, payload,"
        " created_at, updated_at) SELECT gen_random_uuid(), tenant_id, id, 'maintenance', '{{}}',"
        " now(), now() FROM legacy.vehicles LIMIT 1"
    ),
}
OTHER = (
    "INSERT INTO legacy.tenants (id, name, kind, created_at, updated_at) VALUES"
    " (gen_random_uuid(), 'B', 'solo', now(), now());"
)
ITS_ID = "(SELECT id FROM legacy.tenants WHERE name = 'B')"
# a planted fault has to get past the legacy rules first
OPEN_RULES = (
    "DO $body$ DECLARE one record; BEGIN FOR one IN SELECT conrelid::regclass AS t, conname"
    " FROM pg_constraint WHERE contype = 'c' AND connamespace = 'legacy'::regnamespace LOOP"
    " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.t, one.conname); END LOOP; END $body$"
)


def insert_copy(
    connection: Connection, source: str, copied: str, changes: dict[str, object]
) -> None:
    """Copy a staged row with some columns changed."""
    connection.execute(
        f"INSERT INTO legacy.{source} SELECT (jsonb_populate_record(s, %s)).* "
        f"FROM legacy.{source} AS s WHERE s.id = %s",
        (json.dumps(changes), copied),
    )


def plant(connection: Connection, source: str, rule: str) -> None:
    """Break a rule that the profile shows, as FAULTS says."""
    fault = FAULTS[source, rule].format(b=ITS_ID)
    if not fault.startswith(("UPDATE", "INSERT", "DELETE", "DROP")):
        fault = f"UPDATE legacy.{source} SET {fault}"
    for statement in (OPEN_RULES, OTHER, fault):
        connection.execute(statement.encode())
