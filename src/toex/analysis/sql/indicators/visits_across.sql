WITH
-- include individual
, guest AS (SELECT * FROM attended WHERE kind = 'visit' AND role = 'visitor'),
inmate AS (SELECT * FROM attended WHERE kind = 'visit' AND role IN ('prisoner', 'subject'))
SELECT g.node, list_sort(list(DISTINCT p.node)) AS others, min(g.moment) AS moment, max(g.moment) AS until,
       count(DISTINCT p.node) AS n, count(DISTINCT g.record_id)::VARCHAR AS detail,
       list_sort(list(DISTINCT g.record_id))[:$most] AS record_ids
FROM guest g JOIN inmate p ON p.record_id = g.record_id AND p.node <> g.node
GROUP BY g.node HAVING count(DISTINCT p.node) >= 2 ORDER BY g.node
