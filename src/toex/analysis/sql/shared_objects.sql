WITH
-- include individual
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
has AS (
    SELECT node, object, record_id FROM holder
    UNION
    SELECT node, 'place:' || address_key, record_id FROM who WHERE kind = 'person' AND address_key <> ''
)
SELECT h.node, h.object, list_sort(list(DISTINCT o.node)) AS others,
       list_sort(list_distinct(list(DISTINCT h.record_id) || list(DISTINCT o.record_id)))[:$most] AS record_ids
FROM has h SEMI JOIN asked USING (node) JOIN has o ON o.object = h.object AND o.node <> h.node
GROUP BY h.node, h.object ORDER BY h.node, h.object
