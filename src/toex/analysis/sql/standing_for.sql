-- Which node of this view each of some records stands for; a record that is not shown is left out.
WITH
-- include who
, asked AS (SELECT unnest($records::VARCHAR[]) AS record_id)
SELECT record_id, node FROM who SEMI JOIN asked USING (record_id)
UNION
SELECT record_id, node FROM thing SEMI JOIN asked USING (record_id)
ORDER BY 1
