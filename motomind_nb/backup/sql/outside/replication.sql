-- Purpose: logical replication out of this database and into tables that move: consumers of a slot get
-- no more changes of tables that went elsewhere, and a subscription writes to whatever bears the name.
-- Parameters: classes, ids, names (arrays: what the migration moves).
-- Columns: kind, name, depends_on, text.
SELECT
    'replication slot' AS kind,
    quote_ident(s.slot_name) AS name,
    'all tables' AS depends_on,
    'LOGICAL ' || s.plugin AS text
FROM pg_catalog.pg_replication_slots AS s
WHERE s.slot_type = 'logical' AND s.database = current_database()
UNION ALL
SELECT
    'subscription',
    quote_ident(s.subname),
    string_agg(m.name, ', ' ORDER BY m.name),
    'publications ' || array_to_string(s.subpublications, ', ')
FROM pg_catalog.pg_subscription_rel AS r
INNER JOIN pg_catalog.pg_subscription AS s ON r.srsubid = s.oid
INNER JOIN unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
    ON r.srrelid = m.id AND m.class = 'pg_catalog.pg_class'::regclass
GROUP BY s.subname, s.subpublications
ORDER BY 1, 2
