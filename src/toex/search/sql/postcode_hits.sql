WITH wanted AS (
    SELECT DISTINCT record_id::INTEGER AS line, kind, value FROM wanted_identifier WHERE kind = 'postcode'
),
found AS (
    SELECT w.line, w.value, p.record_id, 'person' AS record_table FROM person p JOIN wanted w ON p.postcode = w.value
    UNION ALL
    SELECT w.line, w.value, p.record_id, 'place' FROM place p JOIN wanted w ON p.postcode = w.value
    UNION ALL
    SELECT w.line, w.value, p.record_id, 'event' FROM event p JOIN wanted w ON p.postcode = w.value
)
SELECT * FROM (
    SELECT *, 'postcode' AS kind, 'address' AS roles, NULL::TIMESTAMPTZ AS moment,
           count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id) AS place
    FROM found
) WHERE place <= $most ORDER BY line, record_table, record_id
