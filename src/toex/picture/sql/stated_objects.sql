-- The things of one kind that one record states, in the order in which addresses number them.
SELECT DISTINCT CASE kind WHEN 'imei' THEN left(value, 14) ELSE value END AS value FROM identifier
WHERE record_id = $id AND value <> '' AND kind = ANY (
    CASE $kind WHEN 'vehicle' THEN ['vrm', 'vehicle'] WHEN 'device' THEN ['imei'] ELSE [$kind] END
) AND kind IN ('phone', 'vrm', 'vehicle', 'imei', 'account', 'email', 'username')
UNION
SELECT address_key FROM (
    SELECT record_id, address_key FROM person UNION ALL SELECT record_id, address_key FROM organisation
    UNION ALL SELECT record_id, address_key FROM place UNION ALL SELECT record_id, address_key FROM event
) WHERE $kind = 'place' AND record_id = $id AND address_key <> ''
ORDER BY 1
