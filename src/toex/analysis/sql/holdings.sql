WITH
-- include who
, asked AS (SELECT unnest($nodes::VARCHAR[]) AS node),
held AS (
    SELECT w.node, w.supplier, w.dataset, w.source_key, w.record_id, w.kind AS what FROM who w SEMI JOIN asked USING (node)
    UNION
    SELECT w.node, e.supplier, e.dataset, e.source_key, e.record_id, e.kind FROM who w SEMI JOIN asked USING (node)
    JOIN link l ON l.from_id = w.record_id JOIN event e ON e.record_id = l.to_id
    UNION
    SELECT w.node, e.supplier, e.dataset, e.source_key, e.record_id, e.kind FROM who w SEMI JOIN asked USING (node)
    JOIN link l ON l.to_id = w.record_id JOIN event e ON e.record_id = l.from_id
    UNION
    SELECT w.node, t.supplier, t.dataset, t.source_key, t.record_id, t.kind FROM who w SEMI JOIN asked USING (node)
    JOIN link l ON l.from_id = w.record_id JOIN text t ON t.record_id = l.to_id
    UNION
    SELECT w.node, t.supplier, t.dataset, t.source_key, t.record_id, t.kind FROM who w SEMI JOIN asked USING (node)
    JOIN link l ON l.to_id = w.record_id JOIN text t ON t.record_id = l.from_id
)
SELECT h.node, h.supplier, h.dataset, h.what, count(DISTINCT h.record_id)::INTEGER AS records,
       count(DISTINCT COALESCE(g.origin, h.dataset || '|' || h.source_key))::INTEGER AS sources,
       list_sort(list(DISTINCT COALESCE(g.origin, h.dataset || '|' || h.source_key))) AS origins,
       list_sort(list(DISTINCT h.record_id))[:$most] AS record_ids
FROM held h LEFT JOIN text_origin g ON g.dataset = h.dataset AND g.source_key = h.source_key
GROUP BY h.node, h.supplier, h.dataset, h.what ORDER BY h.node, h.supplier, h.dataset, h.what
