-- A night runs from noon to noon, so that a journey over midnight is one; its corridor is its first and last camera.
WITH pass AS (
    SELECT i.value AS vrm, e.record_id, e.start AS moment, COALESCE(NULLIF(e.place_name, ''), e.lat || ',' || e.lon) AS camera,
           (epoch_ms(e.start) - 43200000) // 86400000 AS night, (epoch_ms(e.start) // 3600000) % 24 AS hour
    FROM event e JOIN identifier i ON i.record_id = e.record_id AND i.kind IN ('vrm', 'vehicle')
    WHERE e.kind = 'anpr' AND e.start IS NOT NULL
),
journey AS (
    SELECT vrm, night, min(camera) AS low, max(camera) AS high, count(DISTINCT camera) AS cameras,
           min(moment) AS moment, list_sort(list(record_id))[:3] AS record_ids
    FROM pass WHERE hour >= 20 OR hour < 5 GROUP BY vrm, night HAVING count(DISTINCT camera) >= 2
),
corridor AS (
    SELECT vrm, low, high, count(*) AS nights, min(moment) AS moment, max(moment) AS until,
           list_sort(flatten(list(record_ids)))[:$most] AS record_ids
    FROM journey GROUP BY vrm, low, high
)
SELECT DISTINCT ON (vrm) 'vehicle:' || vrm AS node, []::VARCHAR[] AS others, moment, until, nights AS n,
       low || ' and ' || high AS detail, record_ids
FROM corridor WHERE nights >= 4 ORDER BY vrm, nights DESC, low, high
