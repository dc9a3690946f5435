-- The records that the view shows as one with any of these, themselves apart.
WITH asked AS (SELECT unnest($ids::VARCHAR[]) AS record_id)
SELECT DISTINCT f.record_id FROM face f
WHERE f.entity IN (SELECT entity FROM face SEMI JOIN asked USING (record_id)) AND f.record_id NOT IN (FROM asked)
ORDER BY 1
