WITH
-- include individual
, episode AS (SELECT * FROM attended WHERE kind = 'missing' AND role <> 'found with' AND moment IS NOT NULL)
SELECT m.node, []::VARCHAR[] AS others, min(m.moment) AS moment, max(x.moment) AS until,
       count(DISTINCT m.record_id) AS n, string_agg(DISTINCT x.kind, ', ' ORDER BY x.kind) AS detail,
       list_sort(list_distinct(flatten(list([m.record_id, x.record_id])))) AS record_ids
FROM episode m JOIN attended x ON x.node = m.node AND x.kind IN ('stop', 'custody', 'crime') AND x.supplier <> m.supplier
     AND x.moment BETWEEN m.moment AND COALESCE(m.finish, m.moment + INTERVAL 3 DAY)
GROUP BY m.node ORDER BY m.node
