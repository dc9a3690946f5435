-- The records that are this thing itself (and not of somebody who states it).
SELECT record_id FROM "object"
WHERE kind || ':' || CASE WHEN kind = 'device' THEN left(value, 14) ELSE value END = $key
UNION
SELECT record_id FROM place WHERE 'place:' || address_key = $key
ORDER BY 1
