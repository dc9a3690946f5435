-- What some records are called, and of whom the view shows each to be: with everything that it is one with.
WITH asked AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS record_id),
member AS (
    SELECT record_id AS asked, record_id FROM asked
    UNION SELECT mine.record_id, also.record_id FROM asked
    JOIN face mine ON mine.record_id = asked.record_id JOIN face also ON also.entity = mine.entity
),
kept AS (
    SELECT record_id, 'person' AS "table", name AS label, supplier, subject,
           CASE WHEN coalesce(dob_default, false) THEN NULL ELSE dob END AS born FROM person
    UNION ALL SELECT record_id, 'organisation', name, supplier, subject, NULL FROM organisation
    UNION ALL SELECT record_id, kind, coalesce(nullif(raw, ''), value), supplier, subject, NULL FROM "object"
    UNION ALL SELECT record_id, 'place', coalesce(nullif(address, ''), place_name, postcode), supplier, subject, NULL FROM place
    UNION ALL SELECT record_id, 'event', kind || coalesce(' ' || strftime(start, '%d/%m/%Y'), ''), supplier, subject, NULL FROM event
    UNION ALL SELECT record_id, 'text', kind || coalesce(' ' || reference, ''), supplier, subject, NULL FROM text
)
SELECT m.asked AS record_id, any_value(k."table") FILTER (k.record_id = m.asked) AS "table",
       any_value(k.label) FILTER (k.record_id = m.asked) AS label, any_value(k.supplier) FILTER (k.record_id = m.asked) AS supplier,
       bit_or(coalesce(k.subject, 0)) AS subject, max(k.born) AS born
FROM member m JOIN kept k ON k.record_id = m.record_id GROUP BY m.asked
