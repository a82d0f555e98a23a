-- Where one target row came from, or what one source row became. Hole: lineage, the query of all;
-- %(id)s: the id of either (text). Columns: those of lineage.
SELECT lineage.* FROM ({lineage}) AS lineage
WHERE lineage.target_id = %(id)s OR lineage.source_id = %(id)s
ORDER BY lineage.target_table COLLATE "C", lineage.target_id COLLATE "C"
