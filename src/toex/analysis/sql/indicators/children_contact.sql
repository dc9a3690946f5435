-- One number in repeated contact with several children who are no family of each other.
WITH
-- include individual
,
-- include contact
, child AS (
    SELECT h.node, substr(h.object, 7) AS phone, i.surname_key FROM holder h JOIN individual i USING (node)
    WHERE h.object LIKE 'phone:%' AND i.born > $today::DATE - INTERVAL 18 YEAR
),
alone AS (SELECT phone FROM child GROUP BY phone HAVING count(DISTINCT node) = 1),
young AS (SELECT DISTINCT c.* FROM child c SEMI JOIN alone USING (phone)),
both_ways AS (
    SELECT sender AS phone, receiver AS other, record_id, moment FROM contact
    UNION ALL SELECT receiver, sender, record_id, moment FROM contact
),
each_child AS (
    SELECT b.other, y.node, any_value(y.surname_key) AS surname_key, count(*) AS times, min(b.moment) AS moment, max(b.moment) AS until,
           list_sort(list(b.record_id))[:4] AS record_ids
    FROM both_ways b JOIN young y ON y.phone = b.phone
    WHERE b.other NOT IN (SELECT phone FROM child)
    GROUP BY b.other, y.node HAVING count(*) >= 2
)
SELECT 'phone:' || other AS node, list_sort(list(DISTINCT node)) AS others, min(moment) AS moment, max(until) AS until,
       count(DISTINCT node) AS n, sum(times)::BIGINT::VARCHAR AS detail, list_sort(flatten(list(record_ids)))[:$most] AS record_ids
FROM each_child GROUP BY other HAVING count(DISTINCT node) >= 3 AND count(DISTINCT surname_key) >= 2 ORDER BY 1
