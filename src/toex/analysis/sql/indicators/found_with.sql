-- Found after a missing episode with somebody of another surname.
WITH
-- include individual
SELECT m.node, list_sort(list(DISTINCT c.node)) AS others, min(m.moment) AS moment, max(COALESCE(m.finish, m.moment)) AS until,
       count(DISTINCT m.record_id) AS n, '' AS detail, list_sort(list(DISTINCT m.record_id))[:$most] AS record_ids
FROM attended m JOIN attended c ON c.record_id = m.record_id AND c.role = 'found with' AND c.node <> m.node
JOIN individual x ON x.node = m.node JOIN individual y ON y.node = c.node
WHERE m.kind = 'missing' AND m.role <> 'found with' AND x.surname_key IS DISTINCT FROM y.surname_key
GROUP BY m.node ORDER BY m.node
