-- The categories of data subject and the birthday that each record states, and the first and last day that the record
-- itself bears: the events that its row links it to, else when it was reported.
WITH mine AS (SELECT unnest($ids::VARCHAR[]) AS record_id),
kept AS (
    SELECT record_id, subject, supplier, reported, CASE WHEN coalesce(dob_default, false) THEN NULL ELSE dob END AS born FROM person
    UNION ALL SELECT record_id, subject, supplier, reported, NULL FROM organisation
    UNION ALL SELECT record_id, subject, supplier, reported, NULL FROM "object"
    UNION ALL SELECT record_id, subject, supplier, reported, NULL FROM place
),
happened AS (
    SELECT m.record_id, e.start AS moment FROM mine m JOIN link l ON l.from_id = m.record_id JOIN event e ON e.record_id = l.to_id
    UNION ALL
    SELECT m.record_id, e.start FROM mine m JOIN link l ON l.to_id = m.record_id JOIN event e ON e.record_id = l.from_id
)
SELECT k.record_id, any_value(k.subject) AS subject, any_value(k.supplier) AS supplier, any_value(k.born) AS born,
       min(coalesce(h.moment, k.reported)) AS first_at, max(coalesce(h.moment, k.reported)) AS last_at
FROM kept k SEMI JOIN mine m ON m.record_id = k.record_id LEFT JOIN happened h ON h.record_id = k.record_id
GROUP BY k.record_id ORDER BY k.record_id
