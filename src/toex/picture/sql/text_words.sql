-- A text's words, and beside it, in no order, the other records that were made of its row.
WITH asked AS MATERIALIZED (SELECT record_id, text AS words, subject, dataset, source_key FROM text WHERE record_id = $id)
SELECT record_id, words, subject FROM asked
UNION ALL
SELECT o.record_id, a.words, a.subject FROM asked a JOIN (
    SELECT record_id, dataset, source_key FROM person
    UNION ALL SELECT record_id, dataset, source_key FROM organisation
    UNION ALL SELECT record_id, dataset, source_key FROM "object"
    UNION ALL SELECT record_id, dataset, source_key FROM place
    UNION ALL SELECT record_id, dataset, source_key FROM event
) o ON o.dataset = a.dataset AND o.source_key = a.source_key
