-- Every visible record that states a wanted identifier; the look-up runs on the table sorted by value, so it stands
-- alone and the ranks are taken after it.
WITH
-- include wanted
near AS MATERIALIZED (
    SELECT kind, value, record_id, "table" AS record_table, role, "at" AS moment, dataset
    FROM identifier WHERE value IN (each $values)
),
once AS (
    SELECT w.line, w.kind, w.value, n.record_id, n.record_table, n.dataset,
           string_agg(DISTINCT n.role, ', ' ORDER BY n.role) AS roles, min(n.moment) AS moment
    FROM near n JOIN wanted w ON n.value = w.value AND n.kind = w.kind GROUP BY ALL
)
SELECT * FROM (
    SELECT *, count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id, value) AS place
    FROM once
) WHERE place <= $most ORDER BY line, record_table, record_id, kind, value
