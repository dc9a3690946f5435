-- One number given for several workers or account holders of different surnames.
WITH
-- include individual
, worker AS (
    SELECT DISTINCT record_id FROM holder WHERE object LIKE 'account:%'
    UNION SELECT from_id FROM link WHERE kind IN ('employer', 'agency', 'paid into', 'worker')
    UNION SELECT to_id FROM link WHERE kind IN ('employer', 'agency', 'paid into', 'worker')
)
SELECT h.object AS node, list_sort(list(DISTINCT h.node)) AS others, NULL::TIMESTAMPTZ AS moment, NULL::TIMESTAMPTZ AS until,
       count(DISTINCT h.node) AS n, count(DISTINCT i.surname_key)::VARCHAR AS detail,
       list_sort(list(DISTINCT h.record_id))[:$most] AS record_ids
FROM holder h SEMI JOIN worker USING (record_id) JOIN individual i USING (node)
WHERE h.object LIKE 'phone:%'
GROUP BY h.object HAVING count(DISTINCT h.node) >= 4 AND count(DISTINCT i.surname_key) >= 3 ORDER BY node
