-- Totals per source, written apart from the projections: what the source holds = what was loaded +
-- what is in quarantine. Money by currency (in that currency), gallons, miles. Values that are no
-- numbers (NaN, infinity) count nowhere: a sum would tell nothing any more. Each table is read once, and
-- added up by currency before its sums get their names. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (NULL: each is told alone; text).
WITH fuel AS (
    SELECT
        coalesce(f.currency, 'no currency') AS currency,
        sum(f.total_amount) FILTER (WHERE f.total_amount > '-Infinity' AND f.total_amount < 'Infinity') AS total_amount,
        count(f.total_amount) FILTER (WHERE f.total_amount > '-Infinity' AND f.total_amount < 'Infinity') AS total_amount_values,
        sum(f.tax_amount) FILTER (WHERE f.tax_amount > '-Infinity' AND f.tax_amount < 'Infinity') AS tax_amount,
        count(f.tax_amount) FILTER (WHERE f.tax_amount > '-Infinity' AND f.tax_amount < 'Infinity') AS tax_amount_values,
        sum(f.gallons) FILTER (WHERE f.gallons > '-Infinity' AND f.gallons < 'Infinity') AS gallons,
        count(f.gallons) FILTER (WHERE f.gallons > '-Infinity' AND f.gallons < 'Infinity') AS gallons_values,
        sum(f.odometer_reading) AS odometer_reading,
        count(f.odometer_reading) AS odometer_reading_values
    FROM {source}.fuel_logs AS f
    GROUP BY coalesce(f.currency, 'no currency')
),

service AS (
    SELECT
        coalesce(s.currency, 'no currency') AS currency,
        sum(s.total_cost) FILTER (WHERE s.total_cost > '-Infinity' AND s.total_cost < 'Infinity') AS total_cost,
        count(s.total_cost) FILTER (WHERE s.total_cost > '-Infinity' AND s.total_cost < 'Infinity') AS total_cost_values,
        sum(s.labor_cost) FILTER (WHERE s.labor_cost > '-Infinity' AND s.labor_cost < 'Infinity') AS labor_cost,
        count(s.labor_cost) FILTER (WHERE s.labor_cost > '-Infinity' AND s.labor_cost < 'Infinity') AS labor_cost_values,
        sum(s.parts_cost) FILTER (WHERE s.parts_cost > '-Infinity' AND s.parts_cost < 'Infinity') AS parts_cost,
        count(s.parts_cost) FILTER (WHERE s.parts_cost > '-Infinity' AND s.parts_cost < 'Infinity') AS parts_cost_values,
        sum(s.odometer_reading) AS odometer_reading,
        count(s.odometer_reading) AS odometer_reading_values
    FROM {source}.service_records AS s
    GROUP BY coalesce(s.currency, 'no currency')
),

before AS (
    SELECT 'fuel_logs.' || part.name AS measure, part.currency, part.amount, part.numbers
    FROM fuel
    CROSS JOIN LATERAL (
        VALUES
        ('total_amount', fuel.currency, fuel.total_amount, fuel.total_amount_values),
        ('tax_amount', fuel.currency, fuel.tax_amount, fuel.tax_amount_values),
        ('gallons', NULL, fuel.gallons, fuel.gallons_values),
        ('miles', NULL, fuel.odometer_reading, fuel.odometer_reading_values)
    ) AS part (name, currency, amount, numbers)
    UNION ALL
    SELECT 'service_records.' || part.name, part.currency, part.amount, part.numbers
    FROM service
    CROSS JOIN LATERAL (
        VALUES
        ('total_cost', service.currency, service.total_cost, service.total_cost_values),
        ('labor_cost', service.currency, service.labor_cost, service.labor_cost_values),
        ('parts_cost', service.currency, service.parts_cost, service.parts_cost_values),
        ('miles', NULL, service.odometer_reading, service.odometer_reading_values)
    ) AS part (name, currency, amount, numbers)
    UNION ALL
    SELECT 'odometer_readings.miles', NULL, sum(o.mileage), count(o.mileage) FROM {source}.odometer_readings AS o
    UNION ALL
    SELECT 'vehicle_events.miles', NULL, sum(e.miles), count(e.miles) FROM {source}.vehicle_events AS e
    UNION ALL
    SELECT
        'vehicles.baseline_fuel_mpg',
        NULL,
        sum(v.baseline_fuel_mpg) FILTER (WHERE v.baseline_fuel_mpg > '-Infinity' AND v.baseline_fuel_mpg < 'Infinity'),
        count(v.baseline_fuel_mpg) FILTER (WHERE v.baseline_fuel_mpg > '-Infinity' AND v.baseline_fuel_mpg < 'Infinity')
    FROM {source}.vehicles AS v
    UNION ALL
    SELECT
        'vehicles.baseline_service_interval_miles',
        NULL,
        sum(v.baseline_service_interval_miles),
        count(v.baseline_service_interval_miles)
    FROM {source}.vehicles AS v
    UNION ALL
    SELECT 'reminders.due_miles', NULL, sum(r.due_miles), count(r.due_miles) FROM {source}.reminders AS r
),

stated AS (
    SELECT
        l.source_table,
        e.miles,
        coalesce(e.payload ->> 'currency', 'no currency') AS currency,
        CASE WHEN jsonb_typeof(e.payload -> 'total_amount') = 'number' THEN (e.payload -> 'total_amount')::numeric END AS total_amount,
        CASE WHEN jsonb_typeof(e.payload -> 'tax_amount') = 'number' THEN (e.payload -> 'tax_amount')::numeric END AS tax_amount,
        CASE WHEN jsonb_typeof(e.payload -> 'gallons') = 'number' THEN (e.payload -> 'gallons')::numeric END AS gallons,
        CASE WHEN jsonb_typeof(e.payload -> 'labor_cost') = 'number' THEN (e.payload -> 'labor_cost')::numeric END AS labor_cost,
        CASE WHEN jsonb_typeof(e.payload -> 'parts_cost') = 'number' THEN (e.payload -> 'parts_cost')::numeric END AS parts_cost
    FROM {target}.vehicle_events AS e
    INNER JOIN private.event_source AS l
        ON l.tenant_id = e.tenant_id AND l.event_id = e.id AND l.event_date = e.date
    -- each number is read once, for its sum and its count
    OFFSET 0
),

added AS (
    SELECT
        stated.source_table,
        stated.currency,
        sum(stated.miles) AS miles,
        count(stated.miles) AS miles_values,
        sum(stated.total_amount) AS total_amount,
        count(stated.total_amount) AS total_amount_values,
        sum(stated.tax_amount) AS tax_amount,
        count(stated.tax_amount) AS tax_amount_values,
        sum(stated.gallons) AS gallons,
        count(stated.gallons) AS gallons_values,
        sum(stated.labor_cost) AS labor_cost,
        count(stated.labor_cost) AS labor_cost_values,
        sum(stated.parts_cost) AS parts_cost,
        count(stated.parts_cost) AS parts_cost_values
    FROM stated
    GROUP BY stated.source_table, stated.currency
),

after AS (
    SELECT added.source_table || '.miles' AS measure, NULL AS currency, added.miles AS amount, added.miles_values AS numbers
    FROM added
    UNION ALL
    -- a row of any other source counts by its miles alone
    SELECT
        added.source_table || '.' || part.name,
        CASE WHEN part.money THEN added.currency END,
        part.amount,
        part.numbers
    FROM added
    CROSS JOIN LATERAL (
        VALUES
        ('fuel_logs', 'gallons', false, added.gallons, added.gallons_values),
        ('fuel_logs', 'total_amount', true, added.total_amount, added.total_amount_values),
        ('fuel_logs', 'tax_amount', true, added.tax_amount, added.tax_amount_values),
        ('service_records', 'total_cost', true, added.total_amount, added.total_amount_values),
        ('service_records', 'labor_cost', true, added.labor_cost, added.labor_cost_values),
        ('service_records', 'parts_cost', true, added.parts_cost, added.parts_cost_values)
    ) AS part (source_table, name, money, amount, numbers)
    WHERE part.source_table = added.source_table
    UNION ALL
    SELECT 'vehicles.baseline_fuel_mpg', NULL, sum(v.manufacturer_mpg) FILTER (WHERE v.manufacturer_mpg > '-Infinity' AND v.manufacturer_mpg < 'Infinity'), count(v.manufacturer_mpg) FILTER (WHERE v.manufacturer_mpg > '-Infinity' AND v.manufacturer_mpg < 'Infinity')
    FROM {target}.vehicles AS v
    UNION ALL
    SELECT
        'vehicles.baseline_service_interval_miles',
        NULL,
        sum(v.manufacturer_service_interval_miles),
        count(v.manufacturer_service_interval_miles)
    FROM {target}.vehicles AS v
    UNION ALL
    SELECT 'reminders.due_miles', NULL, sum(r.due_mileage), count(r.due_mileage) FROM {target}.reminders AS r
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
        b.amount AS before,
        b.numbers AS before_values,
        NULL::numeric AS loaded,
        NULL::numeric AS refused,
        NULL::bigint AS after_values
    FROM before AS b
    UNION ALL
    SELECT a.measure, a.currency, NULL, NULL, a.amount, NULL, a.numbers FROM after AS a
    UNION ALL
    SELECT r.measure, r.currency, NULL, NULL, NULL, r.value::numeric, 1
    FROM refused AS r
    WHERE jsonb_typeof(r.value) = 'number'
),

total AS (
    SELECT
        s.measure || coalesce(' in ' || s.currency, '') AS measure,
        coalesce(sum(s.before), 0) AS before,
        coalesce(sum(s.loaded), 0) AS loaded,
        coalesce(sum(s.refused), 0) AS refused,
        coalesce(sum(s.before_values), 0) AS before_values,
        coalesce(sum(s.after_values), 0) AS after_values
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
