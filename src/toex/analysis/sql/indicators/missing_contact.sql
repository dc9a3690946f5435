WITH
-- include individual
,
-- include contact
, episode AS (SELECT DISTINCT node, record_id, moment, finish FROM attended WHERE kind = 'missing' AND role <> 'found with' AND moment IS NOT NULL),
told AS (
    SELECT sender FROM contact WHERE texted GROUP BY sender, epoch_ms(moment) // 3600000 HAVING count(DISTINCT receiver) >= $fewest
),
watched AS (
    SELECT DISTINCT substr(h.object, 7) AS phone FROM holder h JOIN individual i USING (node)
    WHERE h.object LIKE 'phone:%' AND (i.subject & 3) > 0
    UNION SELECT sender FROM told
),
own AS (SELECT DISTINCT node, substr(object, 7) AS phone FROM holder WHERE object LIKE 'phone:%'),
both_ways AS (
    SELECT sender AS phone, receiver AS other, record_id, moment FROM contact
    UNION ALL SELECT receiver, sender, record_id, moment FROM contact
)
SELECT m.node, list_sort(list(DISTINCT 'phone:' || c.other)) AS others, min(c.moment) AS moment, max(c.moment) AS until,
       count(DISTINCT c.record_id) AS n, count(DISTINCT m.record_id)::VARCHAR AS detail,
       list_sort(list_distinct(list(DISTINCT m.record_id) || list(DISTINCT c.record_id)))[:$most] AS record_ids
FROM episode m JOIN own o USING (node) JOIN both_ways c ON c.phone = o.phone
     AND c.moment BETWEEN m.moment AND COALESCE(m.finish, m.moment + INTERVAL 3 DAY)
JOIN watched w ON w.phone = c.other
WHERE NOT EXISTS (SELECT 1 FROM own mine WHERE mine.node = m.node AND mine.phone = c.other)
GROUP BY m.node HAVING count(DISTINCT c.record_id) >= 2 ORDER BY m.node
