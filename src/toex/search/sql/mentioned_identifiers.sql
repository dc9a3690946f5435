-- Who and what holds the identifiers that a text names: how many visible records each, and the first of those that are a
-- person, an organisation, an object or a place. What was made of the text's own row is no other record of it.
WITH
-- include wanted
near AS MATERIALIZED (
    SELECT kind, value, record_id, "table" AS record_table FROM identifier WHERE value IN (each $values)
    UNION ALL
    SELECT 'postcode', postcode, record_id, 'person' FROM person WHERE postcode IN (each $postcodes)
    UNION ALL
    SELECT 'postcode', postcode, record_id, 'place' FROM place WHERE postcode IN (each $postcodes)
    UNION ALL
    SELECT 'postcode', postcode, record_id, 'event' FROM event WHERE postcode IN (each $postcodes)
),
once AS (
    SELECT DISTINCT w.kind, w.value, n.record_id, n.record_table
    FROM near n JOIN wanted w ON n.value = w.value AND n.kind = w.kind
    WHERE NOT list_contains($own::VARCHAR[], n.record_id)
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY kind, value)::INTEGER AS found,
           row_number() OVER (PARTITION BY kind, value ORDER BY CASE record_table WHEN 'person' THEN 0 WHEN 'organisation' THEN 1
               WHEN 'object' THEN 2 WHEN 'place' THEN 3 ELSE 4 END, record_id) AS place
    FROM once
)
SELECT c.kind, c.value, c.record_id, c.record_table, c.found, p.name, p.dob, p.subject
FROM counted c LEFT JOIN person p ON p.record_id = c.record_id AND c.record_table = 'person'
WHERE c.place <= $most ORDER BY c.kind, c.value, c.place
