-- The other records of the entity that the view shows a record in.
SELECT p.record_id, p.dataset, p.source_key
FROM face mine
JOIN face also ON also.entity = mine.entity AND also.record_id <> mine.record_id
JOIN (
    SELECT record_id, dataset, source_key FROM person
    UNION ALL
    SELECT record_id, dataset, source_key FROM organisation
) p ON p.record_id = also.record_id
WHERE mine.record_id = ?
ORDER BY p.dataset, p.source_key
