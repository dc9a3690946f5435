-- What records state of one of these nodes and any other, most sources first.
WITH
-- include stated
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
mine AS (
    SELECT b AS other, kind, record_id, origin, moment, narrow FROM association SEMI JOIN asked ON node = a
    UNION ALL
    SELECT a, kind, record_id, origin, moment, narrow FROM association SEMI JOIN asked ON node = b
)
SELECT other, list_sort(list(DISTINCT kind)) AS kinds, count(DISTINCT origin)::INTEGER AS sources,
       count(DISTINCT record_id) FILTER (narrow)::INTEGER AS contacts, list_sort(list(DISTINCT record_id))[:$cited] AS record_ids,
       min(moment) AS first_at, max(moment) AS last_at, (count(*) OVER ())::INTEGER AS found
FROM mine WHERE other NOT IN (FROM asked) GROUP BY other ORDER BY sources DESC, contacts DESC, other LIMIT $most
