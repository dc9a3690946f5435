WITH
-- include individual
, paid AS (
    SELECT w.address_key, w.node, w.record_id, p.surname_key, h.object AS account
    FROM who w JOIN person p USING (record_id) JOIN holder h ON h.record_id = w.record_id AND h.object LIKE 'account:%'
    WHERE w.address_key <> ''
)
SELECT 'place:' || address_key AS node, list_sort(list(DISTINCT node)) AS others, NULL::TIMESTAMPTZ AS moment, NULL::TIMESTAMPTZ AS until,
       count(DISTINCT account) AS n, count(DISTINCT surname_key)::VARCHAR AS detail,
       list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM paid GROUP BY address_key
HAVING count(DISTINCT account) >= 5 AND count(DISTINCT surname_key) >= 4 AND count(DISTINCT node) >= 5 ORDER BY node
