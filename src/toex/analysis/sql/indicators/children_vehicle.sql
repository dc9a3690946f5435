WITH
-- include individual
, seat AS (
    SELECT a.node, n.node AS vehicle, a.record_id, a.moment, i.surname_key FROM attended a
    JOIN named n ON n.record_id = a.record_id AND n.node LIKE 'vehicle:%'
    JOIN individual i ON i.node = a.node AND i.born > $today::DATE - INTERVAL 18 YEAR
    UNION
    SELECT h.node, h.object, h.record_id, NULL, i.surname_key FROM holder h
    JOIN individual i ON i.node = h.node AND i.born > $today::DATE - INTERVAL 18 YEAR WHERE h.object LIKE 'vehicle:%'
)
SELECT vehicle AS node, list_sort(list(DISTINCT node)) AS others, min(moment) AS moment, max(moment) AS until,
       count(DISTINCT node) AS n, '' AS detail, list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM seat GROUP BY vehicle HAVING count(DISTINCT node) >= 2 AND count(DISTINCT surname_key) >= 2 ORDER BY 1
