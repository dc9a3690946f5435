WITH used AS (
    SELECT DISTINCT left(d.value, 14) AS device, s.value AS sim, s.kind, s.record_id, d."at" AS moment
    FROM identifier d JOIN identifier s ON s.record_id = d.record_id
    WHERE d.kind = 'imei' AND d.value <> '' AND s.value <> ''
      AND (s.kind = 'imsi' OR (s.kind = 'phone' AND s.role IN ('caller', 'sender', 'from', 'holder', 'subscriber')))
      AND (s.role = d.role OR s.role IN ('caller', 'sender', 'from', 'holder', 'subscriber'))
),
counted AS (
    SELECT device, count(DISTINCT sim) FILTER (kind = 'imsi') AS sims, count(DISTINCT sim) FILTER (kind = 'phone') AS numbers,
           min(moment) AS moment, max(moment) AS until,
           list_sort(list(DISTINCT 'phone:' || sim) FILTER (kind = 'phone')) AS others
    FROM used GROUP BY device
)
SELECT 'device:' || c.device AS node, c.others, c.moment, c.until, greatest(c.sims, c.numbers) AS n, '' AS detail,
       (SELECT list_sort(list(r)) FROM (SELECT min(record_id) AS r FROM used u WHERE u.device = c.device GROUP BY u.sim)) AS record_ids
FROM counted c WHERE greatest(c.sims, c.numbers) > 1 ORDER BY node
