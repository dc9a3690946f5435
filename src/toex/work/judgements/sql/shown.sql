-- Which of some records the view shows.
WITH asked AS (SELECT unnest($ids::VARCHAR[]) AS record_id)
SELECT a.record_id FROM asked a WHERE a.record_id IN (
    SELECT record_id FROM person UNION ALL SELECT record_id FROM organisation
    UNION ALL SELECT record_id FROM "object" UNION ALL SELECT record_id FROM place
)
