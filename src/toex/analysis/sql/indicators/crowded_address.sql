WITH
-- include individual
SELECT 'place:' || w.address_key AS node, list_sort(list(DISTINCT w.node)) AS others, NULL::TIMESTAMPTZ AS moment, NULL::TIMESTAMPTZ AS until,
       count(DISTINCT w.node) AS n, count(DISTINCT i.surname_key)::VARCHAR AS detail,
       list_sort(list(DISTINCT w.record_id))[:$most] AS record_ids
FROM who w JOIN individual i USING (node)
WHERE w.kind = 'person' AND w.address_key <> '' AND (i.born IS NULL OR i.born < $today::DATE - INTERVAL 18 YEAR)
GROUP BY w.address_key HAVING count(DISTINCT w.node) >= 7 AND count(DISTINCT i.surname_key) >= 6 ORDER BY node
