reads AS (
    SELECT i.value AS vrm, e.record_id, e.start AS moment, COALESCE(NULLIF(e.place_name, ''), e.lat || ',' || e.lon) AS camera,
           epoch_ms(e.start) // 120000 AS bucket  -- `//` on a DOUBLE does not floor in DuckDB: epoch(start) // 120 finds nothing
    FROM event e JOIN identifier i ON i.record_id = e.record_id AND i.kind IN ('vrm', 'vehicle')
    WHERE e.kind = 'anpr' AND e.start IS NOT NULL AND i.value <> ''
)
