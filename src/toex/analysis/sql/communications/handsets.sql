-- Stretches in which a number (or a handset) was used with one handset (or number): changes show as a new stretch.
WITH used AS (
    SELECT DISTINCT p.value AS phone, left(d.value, 14) AS device, e.start AS moment, e.record_id
    FROM event e JOIN identifier p ON p.record_id = e.record_id AND p.kind = 'phone' AND p.role IN ('caller', 'sender', 'from')
    JOIN identifier d ON d.record_id = e.record_id AND d.kind = 'imei' AND d.value <> ''
    WHERE e.start IS NOT NULL AND (list_contains($values::VARCHAR[], p.value) OR list_contains($values::VARCHAR[], left(d.value, 14)))
),
marked AS (
    SELECT *, row_number() OVER (PARTITION BY phone ORDER BY moment, record_id)
              - row_number() OVER (PARTITION BY phone, device ORDER BY moment, record_id) AS stretch
    FROM used
)
SELECT phone, device, min(moment) AS first_at, max(moment) AS last_at, count(*)::INTEGER AS n,
       list_sort(list(record_id))[:$most] AS record_ids
FROM marked GROUP BY phone, device, stretch ORDER BY phone, first_at, device
