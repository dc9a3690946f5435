WITH wanted AS (
    SELECT DISTINCT record_id::INTEGER AS line, value FROM wanted_identifier WHERE kind = 'reference'
),
found AS (
    SELECT w.line, w.value, p.record_id, 'person' AS record_table FROM person p JOIN wanted w ON p.source_key = w.value
    UNION
    SELECT w.line, w.value, e.record_id, 'event' FROM event e JOIN wanted w ON e.source_key = w.value
    UNION
    SELECT w.line, w.value, e.record_id, 'event' FROM event e JOIN wanted w ON e.reference = w.value
    UNION
    SELECT w.line, w.value, t.record_id, 'text' FROM text t JOIN wanted w ON t.reference = w.value
    UNION
    SELECT w.line, w.value, i.record_id, i."table" FROM identifier i JOIN wanted w ON i.value = w.value AND i.kind = 'reference'
)
SELECT * FROM (
    SELECT *, 'reference' AS kind, 'reference' AS roles, NULL::TIMESTAMPTZ AS moment,
           count(*) OVER (PARTITION BY line, record_table) AS found,
           row_number() OVER (PARTITION BY line, record_table ORDER BY record_id) AS place
    FROM found
) WHERE place <= $most ORDER BY line, record_table, record_id
