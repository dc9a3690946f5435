-- Which of some records the view shows, in whatever table.
WITH asked AS (SELECT unnest($ids::VARCHAR[]) AS record_id)
SELECT record_id FROM (
    SELECT record_id FROM person UNION ALL SELECT record_id FROM organisation UNION ALL SELECT record_id FROM "object"
    UNION ALL SELECT record_id FROM place UNION ALL SELECT record_id FROM event UNION ALL SELECT record_id FROM text
    UNION ALL SELECT record_id FROM link
) SEMI JOIN asked USING (record_id)
