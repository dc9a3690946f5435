-- Who holds a number, mark, account or address, in which dataset, in what kind of record.
WITH stating AS (
    SELECT i.record_id, i.dataset, CASE i."table" WHEN 'object' THEN $kind ELSE i."table" END AS what FROM identifier i
    WHERE CASE i.kind WHEN 'vrm' THEN 'vehicle:' || i.value WHEN 'imei' THEN 'device:' || left(i.value, 14)
              ELSE i.kind || ':' || i.value END = $key
    UNION
    SELECT record_id, dataset, 'person' FROM person WHERE 'place:' || address_key = $key
    UNION
    SELECT record_id, dataset, 'organisation' FROM organisation WHERE 'place:' || address_key = $key
    UNION
    SELECT record_id, dataset, 'event' FROM event WHERE 'place:' || address_key = $key
    UNION
    SELECT record_id, dataset, 'place' FROM place WHERE 'place:' || address_key = $key
)
SELECT dataset, what, count(DISTINCT record_id)::INTEGER AS records, list_sort(list(DISTINCT record_id))[:$most] AS record_ids
FROM stating GROUP BY dataset, what ORDER BY dataset, what
