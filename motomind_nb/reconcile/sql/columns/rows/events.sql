-- The rows of an event source that must be in the target, with what their conversions need besides.
-- Holes: rows, the staged rows that are not in quarantine; name, the source as text.
-- Columns: those of the table, then whole_row (jsonb), garage_zone (text), is_disputed (boolean),
-- chain_number (integer).
SELECT
    staged.*,
    to_jsonb(staged.*) AS whole_row,
    place.timezone AS garage_zone,
    marked.source_id IS NOT NULL AS is_disputed,
    coalesce(later.chain, 1) AS chain_number
FROM ({rows}) AS staged
LEFT JOIN (
    SELECT car.id, car.tenant_id, home.timezone
    FROM {source}.vehicles AS car
    INNER JOIN {source}.garages AS home ON (home.id, home.tenant_id) = (car.garage_id, car.tenant_id)
) AS place ON (place.id, place.tenant_id) = (staged.vehicle_id, staged.tenant_id)
LEFT JOIN (SELECT source_id FROM audit.disputed WHERE source_table = {name}) AS marked
    ON marked.source_id = staged.id
LEFT JOIN (SELECT source_id, chain FROM audit.later_chain WHERE source_table = {name}) AS later
    ON later.source_id = staged.id
-- each row is put together once, not anew for each of its values
OFFSET 0
