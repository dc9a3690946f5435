-- Every visible record that states a wanted identifier; the look-up runs on the table sorted by value, so it stands
-- alone and the ranks are taken after it.
WITH wanted AS MATERIALIZED (
    SELECT DISTINCT record_id::INTEGER AS line, kind, value FROM wanted_identifier
),
found AS MATERIALIZED (
    SELECT w.line, w.kind, w.value, i.record_id, i."table" AS record_table, i.role, i."at" AS moment
    FROM identifier i JOIN wanted w ON i.value = w.value AND i.kind = w.kind
),
once AS (
    SELECT line, kind, value, record_id, record_table, string_agg(DISTINCT role, ', ' ORDER BY role) AS roles,
           min(moment) AS moment
    FROM found GROUP BY ALL
)
SELECT * FROM (
    SELECT *, count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id) AS place
    FROM once
) WHERE place <= $most ORDER BY line, record_table, record_id
