-- `held_before` holds the records of the earlier view (record_id, digest; source_key = its entity there).
WITH now_held AS (
    SELECT record_id, digest, 'person' AS record_table, dataset, supplier FROM person
    UNION ALL SELECT record_id, digest, 'organisation', dataset, supplier FROM organisation
    UNION ALL SELECT record_id, digest, 'object', dataset, supplier FROM "object"
    UNION ALL SELECT record_id, digest, 'place', dataset, supplier FROM place
    UNION ALL SELECT record_id, digest, 'event', dataset, supplier FROM event
    UNION ALL SELECT record_id, digest, 'text', dataset, supplier FROM text
    UNION ALL SELECT record_id, digest, 'link', dataset, supplier FROM link
)
SELECT n.record_id, n.record_table, n.dataset, n.supplier,
       CASE WHEN b.record_id IS NULL THEN 'new' ELSE 'changed' END AS what
FROM now_held n LEFT JOIN held_before b ON b.record_id = n.record_id AND b.part = n.record_table
WHERE b.record_id IS NULL OR b.digest IS DISTINCT FROM n.digest
ORDER BY n.record_table, n.record_id
