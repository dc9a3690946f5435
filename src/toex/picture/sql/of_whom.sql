-- The categories of data subject of everything that the view shows a record as one with.
SELECT bit_or(kept.subject) AS subject
FROM face mine
JOIN face also ON also.entity = mine.entity
JOIN (
    SELECT record_id, subject FROM person
    UNION ALL SELECT record_id, subject FROM organisation
    UNION ALL SELECT record_id, subject FROM "object"
    UNION ALL SELECT record_id, subject FROM place
) kept ON kept.record_id = also.record_id
WHERE mine.record_id = ?
