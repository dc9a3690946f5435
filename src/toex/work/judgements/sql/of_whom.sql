-- The categories of data subject of everything that the view shows each of these records as one with, itself included.
WITH asked AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS record_id),
member AS (
    SELECT record_id AS asked, record_id FROM asked
    UNION SELECT mine.record_id, also.record_id FROM asked
    JOIN face mine ON mine.record_id = asked.record_id JOIN face also ON also.entity = mine.entity
),
kept AS (
    SELECT record_id, subject FROM person UNION ALL SELECT record_id, subject FROM organisation
    UNION ALL SELECT record_id, subject FROM "object" UNION ALL SELECT record_id, subject FROM place
)
SELECT m.asked, bit_or(k.subject) AS subject FROM member m JOIN kept k ON k.record_id = m.record_id GROUP BY m.asked
