WITH
-- include individual
SELECT h.object AS node, list_sort(list(DISTINCT h.node)) AS others, NULL::TIMESTAMPTZ AS moment, NULL::TIMESTAMPTZ AS until,
       count(DISTINCT h.node) AS n, count(DISTINCT i.surname_key)::VARCHAR AS detail,
       list_sort(list(DISTINCT h.record_id))[:$most] AS record_ids
FROM holder h JOIN individual i USING (node) WHERE h.object LIKE 'account:%'
GROUP BY h.object HAVING count(DISTINCT h.node) >= 3 AND count(DISTINCT i.surname_key) >= 3 ORDER BY node
