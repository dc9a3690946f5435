-- The events and reports that are drawn as elements of their own.
WITH asked AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS record_id)
SELECT record_id, kind, supplier, start AS moment, place_name AS place, reference, summary AS said, 'event' AS held_in
FROM event SEMI JOIN asked USING (record_id)
UNION ALL
SELECT record_id, kind, supplier, written, '', reference, text, 'text' FROM text SEMI JOIN asked USING (record_id)
ORDER BY moment NULLS LAST, record_id
