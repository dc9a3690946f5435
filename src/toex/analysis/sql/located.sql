WITH
-- include who
, asked AS (SELECT unnest($records::VARCHAR[]) AS record_id)
SELECT w.node FROM who w SEMI JOIN asked USING (record_id)
UNION
SELECT t.node FROM thing t SEMI JOIN asked USING (record_id)
UNION
SELECT w.node FROM who w JOIN asked a ON a.record_id = w.node
ORDER BY 1
