WITH
-- include stated
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node)
SELECT a, b, list_sort(list(DISTINCT kind)) AS kinds, count(DISTINCT origin)::INTEGER AS sources,
       count(DISTINCT record_id) FILTER (narrow)::INTEGER AS contacts,
       list_sort(list(DISTINCT origin)) AS origins,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids,
       min(moment) AS first_at, max(moment) AS last_at
FROM association SEMI JOIN asked x ON x.node = a SEMI JOIN asked y ON y.node = b
GROUP BY a, b ORDER BY a, b
