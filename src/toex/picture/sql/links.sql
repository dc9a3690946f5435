-- What a record is linked to, either way round, with a word on the other end.
WITH ends AS (
    SELECT kind, to_id AS other_id FROM link WHERE from_id = $id
    UNION
    SELECT kind, from_id FROM link WHERE to_id = $id
),
things AS (
    SELECT record_id, name AS what FROM person
    UNION ALL
    SELECT record_id, name FROM organisation
    UNION ALL
    SELECT record_id, kind || ' ' || coalesce(value, raw, '') FROM object
    UNION ALL
    SELECT record_id, coalesce(address, place_name, postcode, '') FROM place
    UNION ALL
    SELECT record_id, kind || coalesce(' ' || strftime(start, '%d/%m/%Y'), '') FROM event
    UNION ALL
    SELECT record_id, kind || coalesce(' ' || reference, '') FROM text
)
SELECT ends.kind, ends.other_id, things.what
FROM ends JOIN things ON things.record_id = ends.other_id
ORDER BY ALL
LIMIT 200
