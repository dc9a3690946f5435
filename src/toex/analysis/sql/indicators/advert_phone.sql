WITH
-- include individual
, advert AS (
    SELECT e.record_id, e.start AS moment, COALESCE(NULLIF(e.place_name, ''), e.postcode, e.address) AS town FROM event e WHERE e.kind = 'advert'
    UNION ALL
    SELECT t.record_id, t.written, NULL FROM text t WHERE t.kind = 'advert'
      AND NOT EXISTS (SELECT 1 FROM event e WHERE e.kind = 'advert' AND e.dataset = t.dataset AND e.source_key = t.source_key)
)
SELECT 'phone:' || i.value AS node, COALESCE(list_sort(list(DISTINCT p.node) FILTER (p.node IS NOT NULL)), []) AS others, min(a.moment) AS moment, max(a.moment) AS until,
       count(DISTINCT a.record_id) AS n, count(DISTINCT a.town)::VARCHAR AS detail,
       list_sort(list(DISTINCT a.record_id))[:$most] AS record_ids
FROM advert a JOIN identifier i ON i.record_id = a.record_id AND i.kind = 'phone' AND i.value <> ''
LEFT JOIN attended p ON p.record_id = a.record_id
GROUP BY i.value HAVING count(DISTINCT a.record_id) >= 4 ORDER BY node
