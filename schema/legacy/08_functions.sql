-- The fifteen functions, with the signatures of the real ones; the bodies say what their names and
-- types promise. None fixes its search_path and all names are unqualified, so each of them breaks
-- when the tables move to another schema. Two can never succeed: see the comments.

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

CREATE FUNCTION update_reminders_updated_at() RETURNS trigger
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

-- What the plan of a tenant still allows this month.
CREATE FUNCTION check_usage_limit(p_tenant uuid, p_feature text, p_wanted integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
AS $body$
DECLARE
    allowed integer;
    used bigint;
BEGIN
    SELECT CASE p_feature
        WHEN 'explanations' THEN l.max_explanations_per_month ELSE l.max_pdf_exports_per_month
    END
    INTO allowed
    FROM tenants AS t
    JOIN plan_limits AS l ON l.plan_name = t.plan_name
    WHERE t.id = p_tenant;
    IF p_feature = 'explanations' THEN
        SELECT count(*) INTO used FROM explanations AS e
        WHERE e.tenant_id = p_tenant AND e.created_at >= date_trunc('month', now());
    ELSE
        SELECT coalesce(sum(c.pdf_exports_count), 0) INTO used FROM usage_counters AS c
        WHERE c.tenant_id = p_tenant AND c.day >= date_trunc('month', now());
    END IF;
    RETURN used + p_wanted <= allowed;
END
$body$;

CREATE FUNCTION get_usage_summary(p_tenant uuid) RETURNS TABLE (
    current_month_explanations integer,
    current_month_pdf_exports integer,
    current_month_tokens_in integer,
    current_month_tokens_out integer,
    plan_name text,
    max_explanations integer,
    max_pdf_exports integer,
    explanations_remaining integer,
    pdf_exports_remaining integer
)
LANGUAGE plpgsql SECURITY DEFINER
AS $body$
BEGIN
    RETURN QUERY
    SELECT
        u.explanations,
        u.exports,
        u.tokens_in,
        u.tokens_out,
        t.plan_name,
        l.max_explanations_per_month,
        l.max_pdf_exports_per_month,
        l.max_explanations_per_month - u.explanations,
        l.max_pdf_exports_per_month - u.exports
    FROM tenants AS t
    JOIN plan_limits AS l ON l.plan_name = t.plan_name
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(c.explanations_count), 0)::integer AS explanations,
            coalesce(sum(c.pdf_exports_count), 0)::integer AS exports,
            coalesce(sum(c.tokens_in), 0)::integer AS tokens_in,
            coalesce(sum(c.tokens_out), 0)::integer AS tokens_out
        FROM usage_counters AS c
        WHERE c.tenant_id = t.id AND c.day >= date_trunc('month', now())
    ) AS u
    WHERE t.id = p_tenant;
END
$body$;

-- Always fails with 42702: vehicle_id is a column and one of the columns that it returns.
CREATE FUNCTION compute_vehicle_metrics(p_tenant uuid, p_vehicle uuid) RETURNS TABLE (
    vehicle_id uuid,
    latest_odometer_miles integer,
    fuel_efficiency_mpg numeric,
    miles_driven_since_service integer,
    days_since_service integer,
    data_completeness_pct integer,
    source_latency_sec integer,
    last_updated timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER
AS $body$
BEGIN
    RETURN QUERY
    SELECT
        v.id,
        (
            SELECT max((payload ->> 'miles')::integer) FROM manual_events
            WHERE vehicle_id = p_vehicle AND event_type = 'odometer_reading'
        ),
        v.baseline_fuel_mpg,
        NULL::integer,
        NULL::integer,
        0,
        0,
        now()
    FROM vehicles AS v
    WHERE v.tenant_id = p_tenant AND v.id = p_vehicle;
END
$body$;

CREATE FUNCTION refresh_vehicle_metrics(p_tenant uuid, p_vehicle uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
AS $body$
BEGIN
    INSERT INTO vehicle_metrics (
        tenant_id, vehicle_id, metric_date, fuel_efficiency_mpg, data_completeness_pct
    )
    SELECT p_tenant, p_vehicle, CURRENT_DATE, m.fuel_efficiency_mpg, m.data_completeness_pct
    FROM compute_vehicle_metrics(p_tenant, p_vehicle) AS m
    ON CONFLICT (tenant_id, vehicle_id, metric_date, period_type) DO UPDATE
    SET fuel_efficiency_mpg = excluded.fuel_efficiency_mpg,
        data_completeness_pct = excluded.data_completeness_pct;
END
$body$;

CREATE FUNCTION trigger_refresh_metrics() RETURNS trigger
LANGUAGE plpgsql
AS $body$
BEGIN
    PERFORM refresh_vehicle_metrics(NEW.tenant_id, NEW.vehicle_id);
    RETURN NEW;
END
$body$;

CREATE FUNCTION refresh_health_scores_production() RETURNS jsonb
LANGUAGE plpgsql
AS $body$
DECLARE
    started timestamptz := clock_timestamp();
BEGIN
    REFRESH MATERIALIZED VIEW vehicle_health_scores;
    RETURN jsonb_build_object('refreshed', true, 'seconds', extract(EPOCH FROM clock_timestamp() - started));
END
$body$;

-- Always fails with 23514: audit_log does not allow the action REFRESH.
CREATE FUNCTION refresh_vehicle_health_scores() RETURNS void
LANGUAGE plpgsql
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

CREATE FUNCTION consolidated_health_check() RETURNS TABLE (
    vehicles_missing_display_name bigint,
    vehicles_with_unknown_name bigint,
    orphaned_vehicles bigint,
    reminders_duplicate_dedupe bigint
)
LANGUAGE plpgsql
AS $body$
BEGIN
    RETURN QUERY
    SELECT
        (SELECT count(*) FROM vehicles WHERE display_name IS NULL),
        (SELECT count(*) FROM vehicles WHERE display_name ILIKE 'unknown%'),
        (
            SELECT count(*) FROM vehicles AS v
            WHERE v.garage_id IS NOT NULL AND NOT EXISTS (SELECT FROM garages AS g WHERE g.id = v.garage_id)
        ),
        (
            SELECT count(*) FROM (
                SELECT r.dedupe_key FROM reminders AS r
                WHERE r.status IN ('open', 'scheduled') AND r.dedupe_key IS NOT NULL
                GROUP BY r.dedupe_key
                HAVING count(*) > 1
            ) AS twice
        );
END
$body$;

CREATE FUNCTION gold_standard_health_check() RETURNS TABLE (
    category text,
    metric text,
    current_value text,
    target text,
    status text,
    grade text
)
LANGUAGE plpgsql
AS $body$
BEGIN
    RETURN QUERY
    SELECT 'Scores', 'Rows', count(*)::text, 'one a vehicle', 'shown', 'none'
    FROM health_score_system_status;
END
$body$;

CREATE FUNCTION validate_data_quality() RETURNS TABLE (
    check_name text,
    status text,
    issue_count integer,
    details text
)
LANGUAGE plpgsql
AS $body$
BEGIN
    RETURN QUERY
    SELECT 'events without a vehicle', 'checked', count(*)::integer, 'vehicle_id names no vehicle'
    FROM vehicle_events AS e
    WHERE NOT EXISTS (SELECT FROM vehicles AS v WHERE v.id = e.vehicle_id);
END
$body$;
