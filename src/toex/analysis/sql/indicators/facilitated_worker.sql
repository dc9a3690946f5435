-- Met at a border or carried in, and later on a payroll, an account of wages or a place of cultivation.
WITH
-- include individual
, carried AS (
    SELECT node, record_id, moment FROM attended
    WHERE regexp_matches(lower(COALESCE(summary, '')), 'immigration|clandestine|facilitat|small boat|concealed')
    UNION
    SELECT w.node, t.record_id, t.written FROM text t JOIN link l ON l.to_id = t.record_id OR l.from_id = t.record_id
    JOIN who w ON w.record_id = CASE WHEN l.to_id = t.record_id THEN l.from_id ELSE l.to_id END
    WHERE t.kind <> 'message' AND regexp_matches(lower(t.text), 'clandestine|small boat|concealed in a lorry')
),
worked AS (
    SELECT node, record_id, moment FROM attended
    WHERE kind IN ('employment', 'payroll', 'work') OR regexp_matches(lower(COALESCE(summary, '')), 'cannabis')
    UNION
    SELECT w.node, l.record_id, COALESCE(l.start, e.start) FROM link l JOIN who w ON w.record_id IN (l.from_id, l.to_id)
    LEFT JOIN event e ON e.record_id = CASE WHEN w.record_id = l.from_id THEN l.to_id ELSE l.from_id END
    WHERE l.kind IN ('worker', 'employer', 'agency', 'paid into') AND w.kind = 'person'
)
SELECT c.node, []::VARCHAR[] AS others, min(c.moment) AS moment, max(x.moment) AS until, count(DISTINCT x.record_id) AS n, '' AS detail,
       list_sort(list_distinct(list(DISTINCT c.record_id) || list(DISTINCT x.record_id)))[:$most] AS record_ids
FROM carried c JOIN worked x ON x.node = c.node AND x.record_id <> c.record_id
     AND (c.moment IS NULL OR x.moment IS NULL OR x.moment >= c.moment)
GROUP BY c.node ORDER BY c.node
