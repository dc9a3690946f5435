-- The other records that were made of the same row.
SELECT record_id, "table", part FROM (
    SELECT record_id, 'person' AS "table", part, dataset, source_key FROM person
    UNION ALL SELECT record_id, 'organisation', part, dataset, source_key FROM organisation
    UNION ALL SELECT record_id, 'object', part, dataset, source_key FROM "object"
    UNION ALL SELECT record_id, 'place', part, dataset, source_key FROM place
    UNION ALL SELECT record_id, 'event', part, dataset, source_key FROM event
    UNION ALL SELECT record_id, 'text', part, dataset, source_key FROM text
) WHERE dataset = $dataset AND source_key = $key AND record_id <> $id
ORDER BY "table", part, record_id
