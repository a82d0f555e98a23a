-- The fifteen functions. None fixes its search_path and all names are unqualified, so each of them
-- breaks when the tables move to another schema. Two can never succeed: see the comments.

CREATE FUNCTION update_updated_at_column() RETURNS trigger
LANGUAGE plpgsql
AS $body$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$body$;

CREATE FUNCTION update_fuel_logs_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $body$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$body$;

CREATE FUNCTION update_odometer_readings_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $body$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$body$;

CREATE FUNCTION update_service_records_updated_at() RETURNS trigger
LANGUAGE plpgsql
AS $body$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$body$;

-- Always fails with 42702: the variable and the column are both called vehicle_id.
CREATE FUNCTION process_manual_event() RETURNS trigger
LANGUAGE plpgsql
AS $body$
DECLARE
    vehicle_id uuid := NEW.vehicle_id;
    known bigint;
BEGIN
    SELECT count(*) INTO known FROM vehicle_metrics WHERE vehicle_id = NEW.vehicle_id;
    IF known = 0 THEN
        PERFORM upsert_vehicle_metrics(NEW.tenant_id, NEW.vehicle_id, NEW.created_at::date);
    END IF;
    RETURN NEW;
END
$body$;

CREATE FUNCTION upsert_vehicle_metrics(p_tenant uuid, p_vehicle uuid, p_day date) RETURNS void
LANGUAGE plpgsql
AS $body$
BEGIN
    INSERT INTO vehicle_metrics (tenant_id, vehicle_id, metric_date)
    VALUES (p_tenant, p_vehicle, p_day)
    ON CONFLICT (tenant_id, vehicle_id, metric_date, period_type) DO NOTHING;
END
$body$;

-- Always fails with 23514: audit_log does not allow the action REFRESH.
CREATE FUNCTION refresh_vehicle_health_scores() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
AS $body$
BEGIN
    REFRESH MATERIALIZED VIEW vehicle_health_scores;
    INSERT INTO audit_log (tenant_id, table_name, record_id, action)
    VALUES (
        '00000000-0000-0000-0000-000000000000',
        'vehicle_health_scores',
        '00000000-0000-0000-0000-000000000000',
        'REFRESH'
    );
END
$body$;

CREATE FUNCTION consolidated_health_check() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
AS $body$
BEGIN
    RETURN jsonb_build_object(
        'vehicles', (SELECT count(*) FROM vehicles WHERE deleted_at IS NULL),
        'events', (SELECT count(*) FROM vehicle_events),
        'open_reminders', (SELECT count(*) FROM reminders WHERE status = 'open'),
        'migrations', (SELECT count(*) FROM schema_migrations),
        'checked_at', now()
    );
END
$body$;

CREATE FUNCTION current_tenant_id() RETURNS uuid
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
    RETURN current_setting('app.tenant_id', true)::uuid;
END
$body$;

CREATE FUNCTION get_latest_odometer(p_vehicle uuid) RETURNS integer
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
    RETURN (
        SELECT mileage FROM odometer_readings
        WHERE vehicle_id = p_vehicle
        ORDER BY reading_date DESC, reading_time DESC, created_at DESC
        LIMIT 1
    );
END
$body$;

CREATE FUNCTION get_vehicle_fuel_total(p_vehicle uuid) RETURNS numeric
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
    RETURN (SELECT sum(total_amount) FROM fuel_logs WHERE vehicle_id = p_vehicle);
END
$body$;

CREATE FUNCTION get_vehicle_service_total(p_vehicle uuid) RETURNS numeric
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
    RETURN (SELECT sum(total_cost) FROM service_records WHERE vehicle_id = p_vehicle);
END
$body$;

CREATE FUNCTION increment_usage(p_tenant uuid, p_explanations integer, p_exports integer)
RETURNS void
LANGUAGE plpgsql
AS $body$
BEGIN
    INSERT INTO usage_counters (tenant_id, day, explanations_count, pdf_exports_count)
    VALUES (p_tenant, CURRENT_DATE, p_explanations, p_exports)
    ON CONFLICT (tenant_id, day) DO UPDATE
    SET explanations_count = usage_counters.explanations_count + p_explanations,
        pdf_exports_count = usage_counters.pdf_exports_count + p_exports;
END
$body$;

CREATE FUNCTION within_plan_limits(p_tenant uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
    RETURN (
        SELECT count(v.id) <= l.max_vehicles
        FROM tenants AS t
        JOIN plan_limits AS l ON l.plan_name = t.plan_name
        LEFT JOIN vehicles AS v ON v.tenant_id = t.id AND v.deleted_at IS NULL
        WHERE t.id = p_tenant
        GROUP BY l.max_vehicles
    );
END
$body$;

CREATE FUNCTION forget_old_vin_cache(p_days integer) RETURNS bigint
LANGUAGE plpgsql
AS $body$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM vin_cache WHERE updated_at < now() - make_interval(days => p_days);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$body$;
