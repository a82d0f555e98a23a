-- Totals per source, written apart from the projections: what the source holds = what was loaded +
-- what is in quarantine. Money by currency (in that currency), gallons, miles. Values that are no
-- numbers (NaN, infinity) count nowhere: a sum would tell nothing any more. Each table is read once.
-- No parameters. Columns: check, subject, expected, found, status, detail, key (NULL: each is told
-- alone; text).
WITH before AS (
    SELECT 'fuel_logs.' || part.name AS measure, part.currency, part.amount
    FROM {source}.fuel_logs AS f
    CROSS JOIN LATERAL (
        VALUES
        ('total_amount', coalesce(f.currency, 'no currency'), f.total_amount),
        ('tax_amount', coalesce(f.currency, 'no currency'), f.tax_amount),
        ('gallons', NULL, f.gallons),
        ('miles', NULL, f.odometer_reading)
    ) AS part (name, currency, amount)
    UNION ALL
    SELECT 'service_records.' || part.name, part.currency, part.amount
    FROM {source}.service_records AS s
    CROSS JOIN LATERAL (
        VALUES
        ('total_cost', coalesce(s.currency, 'no currency'), s.total_cost),
        ('labor_cost', coalesce(s.currency, 'no currency'), s.labor_cost),
        ('parts_cost', coalesce(s.currency, 'no currency'), s.parts_cost),
        ('miles', NULL, s.odometer_reading)
    ) AS part (name, currency, amount)
    UNION ALL
    SELECT 'odometer_readings.miles', NULL, o.mileage FROM {source}.odometer_readings AS o
    UNION ALL
    SELECT 'vehicle_events.miles', NULL, e.miles FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT 'vehicles.baseline_fuel_mpg', NULL, v.baseline_fuel_mpg FROM {source}.vehicles AS v
    UNION ALL
    SELECT 'vehicles.baseline_service_interval_miles', NULL, v.baseline_service_interval_miles FROM {source}.vehicles AS v
    UNION ALL
    SELECT 'reminders.due_miles', NULL, r.due_miles FROM {source}.reminders AS r
),

after AS (
    SELECT
        l.source_table || '.' || coalesce(part.name, 'miles') AS measure,
        CASE WHEN part.money THEN coalesce(e.payload ->> 'currency', 'no currency') END AS currency,
        CASE WHEN part.key IS NULL THEN to_jsonb(e.miles) ELSE e.payload -> part.key END AS value
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    -- a row of any other source counts by its miles alone
    LEFT JOIN (
        VALUES
        ('fuel_logs', 'miles', NULL, false),
        ('fuel_logs', 'gallons', 'gallons', false),
        ('fuel_logs', 'total_amount', 'total_amount', true),
        ('fuel_logs', 'tax_amount', 'tax_amount', true),
        ('service_records', 'miles', NULL, false),
        ('service_records', 'total_cost', 'total_amount', true),
        ('service_records', 'labor_cost', 'labor_cost', true),
        ('service_records', 'parts_cost', 'parts_cost', true)
    ) AS part (source_table, name, key, money) ON part.source_table = l.source_table
    UNION ALL
    SELECT 'vehicles.baseline_fuel_mpg', NULL, to_jsonb(v.manufacturer_mpg) FROM {target}.vehicles AS v
    UNION ALL
    SELECT 'vehicles.baseline_service_interval_miles', NULL, to_jsonb(v.manufacturer_service_interval_miles)
    FROM {target}.vehicles AS v
    UNION ALL
    SELECT 'reminders.due_miles', NULL, to_jsonb(r.due_mileage) FROM {target}.reminders AS r
),

refused AS (
    SELECT
        q.source_table || '.' || part.name AS measure,
        CASE WHEN part.money THEN coalesce(q.source_row ->> 'currency', 'no currency') END AS currency,
        q.source_row -> part.key AS value
    FROM (SELECT DISTINCT ON (q.source_table, q.source_id) q.* FROM audit.quarantine AS q) AS q
    INNER JOIN (
        VALUES
        ('fuel_logs', 'total_amount', 'total_amount', true),
        ('fuel_logs', 'tax_amount', 'tax_amount', true),
        ('fuel_logs', 'gallons', 'gallons', false),
        ('fuel_logs', 'miles', 'odometer_reading', false),
        ('service_records', 'total_cost', 'total_cost', true),
        ('service_records', 'labor_cost', 'labor_cost', true),
        ('service_records', 'parts_cost', 'parts_cost', true),
        ('service_records', 'miles', 'odometer_reading', false),
        ('odometer_readings', 'miles', 'mileage', false),
        ('vehicle_events', 'miles', 'miles', false),
        ('vehicles', 'baseline_fuel_mpg', 'baseline_fuel_mpg', false),
        ('vehicles', 'baseline_service_interval_miles', 'baseline_service_interval_miles', false),
        ('reminders', 'due_miles', 'due_miles', false)
    ) AS part (source_table, name, key, money) ON part.source_table = q.source_table
),

both_sides AS (
    SELECT
        b.measure,
        b.currency,
        CASE WHEN b.amount NOT IN ('NaN', 'Infinity', '-Infinity') THEN b.amount END AS before,
        NULL::numeric AS loaded,
        NULL::numeric AS refused
    FROM before AS b
    UNION ALL
    SELECT a.measure, a.currency, NULL, CASE WHEN jsonb_typeof(a.value) = 'number' THEN a.value::numeric END, NULL
    FROM after AS a
    UNION ALL
    SELECT r.measure, r.currency, NULL, NULL, CASE WHEN jsonb_typeof(r.value) = 'number' THEN r.value::numeric END
    FROM refused AS r
),

total AS (
    SELECT
        s.measure || coalesce(' in ' || s.currency, '') AS measure,
        coalesce(sum(s.before), 0) AS before,
        coalesce(sum(s.loaded), 0) AS loaded,
        coalesce(sum(s.refused), 0) AS refused,
        count(s.before) AS before_values,
        count(s.loaded) + count(s.refused) AS after_values
    FROM both_sides AS s
    GROUP BY s.measure, s.currency
)

SELECT
    'totals' AS check,
    t.measure AS subject,
    trim_scale(t.before) || ' in ' || t.before_values || CASE t.before_values WHEN 1 THEN ' value' ELSE ' values' END
    AS expected,
    trim_scale(t.loaded + t.refused) || ' in ' || t.after_values || CASE t.after_values WHEN 1 THEN ' value' ELSE ' values' END
    AS found,
    CASE WHEN t.before = t.loaded + t.refused AND t.before_values = t.after_values THEN 'ok' ELSE 'fail' END AS status,
    CASE WHEN t.refused <> 0 THEN trim_scale(t.refused) || ' of it in quarantine' ELSE '' END AS detail,
    NULL AS key
FROM total AS t
WHERE t.before_values > 0 OR t.after_values > 0
ORDER BY t.measure COLLATE "C"
