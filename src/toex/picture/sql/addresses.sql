-- For each thing one record that states it, and which of that record's things of the kind it is: so a page of it is
-- addressed by a record and a number, and never by the value.
WITH asked AS (SELECT unnest($keys::VARCHAR[]) AS key),
stated AS (
    SELECT record_id, CASE kind WHEN 'vrm' THEN 'vehicle' WHEN 'imei' THEN 'device' ELSE kind END AS kind,
           CASE kind WHEN 'imei' THEN left(value, 14) ELSE value END AS value
    FROM identifier WHERE value <> '' AND kind IN ('phone', 'vrm', 'vehicle', 'imei', 'account', 'email', 'username')
    UNION
    SELECT record_id, 'place', address_key FROM (
        SELECT record_id, address_key FROM person UNION ALL SELECT record_id, address_key FROM organisation
        UNION ALL SELECT record_id, address_key FROM place UNION ALL SELECT record_id, address_key FROM event
    ) WHERE address_key <> ''
),
chosen AS (
    SELECT a.key, min(s.record_id) AS record_id FROM asked a JOIN stated s ON s.kind || ':' || s.value = a.key GROUP BY a.key
),
numbered AS (
    SELECT s.record_id, s.kind, s.kind || ':' || s.value AS key,
           row_number() OVER (PARTITION BY s.record_id, s.kind ORDER BY s.value)::INTEGER AS n
    FROM stated s SEMI JOIN chosen c ON c.record_id = s.record_id
)
SELECT n.key, n.record_id, n.kind, n.n FROM numbered n JOIN chosen c ON c.key = n.key AND c.record_id = n.record_id
ORDER BY n.key
